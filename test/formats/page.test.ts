import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { table, tableKinds } from './page.js'

/** The page of formats: its table is what the code does. */

const page = new URL('../../docs/formats.md', import.meta.url)
const mark = '<!-- The table is written by test/formats/page.test.ts -->'

test('the table', () => {
  const [before, , after] = readFileSync(page, 'utf8').split(mark) as [string, string, string]
  const text = `${before}${mark}\n\n${table()}\n\n${mark}${after}`
  if (process.env['UPDATE_GOLDEN']) writeFileSync(page, text)
  expect(readFileSync(page, 'utf8')).toBe(text)
})

test('every kind has tensors, operators and a reading', () => {
  const rows = table().split('\n').slice(2)
  expect(rows.length).toBe(tableKinds.length)
  for (const row of rows)
    expect(
      row
        .split('|')
        .slice(3, -1)
        .every((cell) => cell.trim() !== ''),
    ).toBe(true)
})

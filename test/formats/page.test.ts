import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { tableKinds, tables } from './page.js'

/** The table on the page of formats matches the code. */

const page = new URL('../../docs/formats.md', import.meta.url)
const mark = '<!-- The tables are written by test/formats/page.test.ts -->'

const written = tables()

test('the tables', () => {
  const [before, , after] = readFileSync(page, 'utf8').split(mark) as [string, string, string]
  const text = `${before}${mark}\n\n${written.join('\n\n')}\n\n${mark}${after}`
  if (process.env['UPDATE_GOLDEN']) writeFileSync(page, text)
  expect(readFileSync(page, 'utf8')).toBe(text)
})

test('every kind has tensors, operators and a reading', () => {
  for (const [index, table] of written.entries()) {
    const rows = table.split('\n').slice(2)
    expect(rows.length).toBe(tableKinds.length)
    // Not every kind has tensors: the first column of the first table.
    for (const row of rows) {
      const cells = row.split('|').slice(index === 0 ? 3 : 2, -1)
      expect(cells.every((cell) => cell.trim() !== '')).toBe(true)
    }
  }
})

import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { isLong, sampled } from '../support/effort.js'
import { tableKinds, tables } from './page.js'

/** The table on the page of formats matches the code. */

const page = new URL('../../docs/formats.md', import.meta.url)
const mark = '<!-- The tables are written by test/formats/page.test.ts -->'

/** A short run writes the rows of some kinds, and looks for them in the page. */
const kinds = sampled(tableKinds)
const written = tables(kinds)

test('the tables', () => {
  const [before, stands = '', after] = readFileSync(page, 'utf8').split(mark) as [string, string, string]
  if (!isLong) {
    if (process.env['UPDATE_GOLDEN']) throw new Error('The tables are written as a whole: set EFFORT=long too.')
    const rows = stands
      .trim()
      .split('\n\n')
      .map((table) => table.split('\n'))
    expect(rows.length).toBe(written.length)
    for (const [index, table] of written.entries()) {
      expect(rows[index]?.length).toBe(tableKinds.length + 2)
      expect(rows[index]).toEqual(expect.arrayContaining(table.split('\n')))
    }
    return
  }
  const text = `${before}${mark}\n\n${written.join('\n\n')}\n\n${mark}${after}`
  if (process.env['UPDATE_GOLDEN']) writeFileSync(page, text)
  expect(readFileSync(page, 'utf8')).toBe(text)
})

test('every kind has tensors, operators and a reading', () => {
  for (const [index, table] of written.entries()) {
    const rows = table.split('\n').slice(2)
    expect(rows.length).toBe(kinds.length)
    // Not every kind has tensors: the first column of the first table.
    for (const row of rows) {
      const cells = row.split('|').slice(index === 0 ? 3 : 2, -1)
      expect(cells.every((cell) => cell.trim() !== '')).toBe(true)
    }
  }
})

// Compares how many cases each property drew in a run with the recorded number of a run of all tests (test/support/cases.json).
import { readFileSync } from 'node:fs'
import { tableOf } from './table.mjs'

/** @type {Record<string, { recorded: number, short: number, long: number }>} */
const cases = JSON.parse(readFileSync(new URL('../test/support/cases.json', import.meta.url), 'utf8'))

const shown = (count) => count.toLocaleString('en-US')

/**
 * The cases of a run: a table, the counts, and any errors. A short run has to draw at least a tenth, and both runs together at least as
 * many as recorded.
 *
 * @param {'short' | 'long'} effort
 * @param {string} list a line of JSON for each property, as written by test/support/effort.ts
 */
export const casesDrawn = (effort, list) => {
  /** @type {Record<string, number>} */
  const counts = {}
  for (const line of list.split('\n').filter(Boolean)) {
    const { property, count } = JSON.parse(line)
    counts[property] = (counts[property] ?? 0) + count
  }
  const other = effort === 'short' ? 'long' : 'short'
  const faults = Object.entries(cases).flatMap(([property, { recorded, [other]: later }]) => {
    const count = counts[property] ?? 0
    if (effort === 'short' && count < recorded / 10) return [`${property}: ${count} cases are drawn, less than a tenth of ${recorded}`]
    return count + later < recorded ? [`${property}: ${count} cases are drawn, with the other run's ${later} less than ${recorded}`] : []
  })
  const rows = Object.entries(cases).map(([property, each]) => [counts[property] ?? 0, each[other], each.recorded, property])
  const total = [0, 1, 2].map((column) => rows.reduce((sum, row) => sum + row[column], 0))
  const table = tableOf(
    ['cases drawn', 'this run', `${other} run`, 'both', 'before'],
    [...rows, [...total, 'all']].map(([own, others, before, name]) => [name, ...[own, others, own + others, before].map(shown)]),
  )
  return { table, counts, faults }
}

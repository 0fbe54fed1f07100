import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import cases from './support/cases.json' with { type: 'json' }

/** The table of cases per run: both runs together draw all cases, and the table lists every property. */

const folder = new URL('.', import.meta.url)
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts') && name !== 'effort.test.ts')
  .map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }))

describe.each(Object.entries(cases))('%s', (property, { recorded, short, long }) => {
  test('a short run draws at least a tenth, and both runs together no fewer than were drawn before', () => {
    expect(short).toBeGreaterThanOrEqual(recorded / 10)
    expect(short + long).toBeGreaterThanOrEqual(recorded)
  })

  test('one test draws its cases', () => {
    expect(sources.filter(({ text }) => text.includes(`casesOf('${property}')`))).toHaveLength(1)
  })
})

test('no test draws a number of cases of its own', () => {
  const others = sources.flatMap(({ name, text }) =>
    [...text.matchAll(/\bnumRuns\b(?!: casesOf\()(?!: draws\b)|fc\.assert\((?![\s\S]*?numRuns)/g)].map(
      ({ 0: found }) => `${name}: ${found}`,
    ),
  )
  expect(others).toEqual([])
})

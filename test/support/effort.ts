import { appendFileSync } from 'node:fs'
import recorded from './cases.json' with { type: 'json' }

/**
 * How much a run tests. `npm test` has the main compiler and a sample of every property; with `EFFORT=long`, which
 * `npm run test:long` sets, there are every compiler, every case, Chromium, PyTorch, and every ready architecture in ONNX Runtime.
 */
export const isLong = process.env['EFFORT'] === 'long'

/** A property that drawn cases are held to, by its name in cases.json. */
export type Property = keyof typeof recorded

/** For one run with another number of cases: `DRAWS=20000 npx vitest run test/mirror.test.ts`. */
const asked = process.env['DRAWS']

const countOf = (property: Property): number => (asked ? Number(asked) : recorded[property][isLong ? 'long' : 'short'])

/**
 * How many cases of a property to draw. The numbers stand in cases.json: those of each run, and how many were drawn when all ran at
 * once, of which a short run draws at least a tenth.
 */
export const casesOf = (property: Property): number => {
  const count = countOf(property)
  // scripts/test.mjs adds these up.
  const list = process.env['CASES_LIST']
  if (list) appendFileSync(list, `${JSON.stringify({ property, count })}\n`)
  return count
}

/** A bound on some of a property's cases, in proportion to how many are drawn. */
export const inProportion = (property: Property, bound: number): number =>
  Math.floor((bound * countOf(property)) / recorded[property].recorded)

/** Cases that take a process each, or a compiler: all of them in a long run, and in a short one every tenth. */
export const sampled = <const Case>(cases: readonly Case[]): Case[] => cases.filter((_, index) => isLong || index % 10 === 0)

import { expect, test } from 'vitest'
import { costOfCompletions } from '../support/compiler.js'
import { sampled } from '../support/effort.js'

/*
 * What a compiler works until an editor shows the names of kept values. It compares the types of an argument with themselves for that: as
 * soon as this compares the rules of all kinds, or follows a block without end, it takes seconds. `subtract`, `average` and their like
 * are declared as these are.
 */

const kept = "input(8, 8, 3).conv2d(4, 1).keep('skip').conv2d(4, 1)"

/** Instantiations, at most: a fifth of what the dearest of each was. */
const mostInChain = 300_000
const mostWithInputs = 500_000

const ofInputs = 'inputs({ left: [8], right: [8] })'

const calls = [
  ...['add', 'concat', 'residual', 'multiply', 'subtract', 'from'].map((join) => [`${kept}.${join}(`, ')', mostInChain] as const),
  ...['add', 'concat', 'multiply', 'matmul'].map((join) => [`${ofInputs}.${join}(`, ", 'right')", mostWithInputs] as const),
]

test.each(sampled(calls))("%s'|'%s: the names come at once", (call, rest, most) => {
  const begin = `import { input, inputs } from 'stridewise'\nexport const network = ${call}'`
  const cost = costOfCompletions(`${begin}'${rest}\n`, begin.length)
  expect(cost).toBeLessThan(most)
  expect(cost).toBeGreaterThan(100)
})

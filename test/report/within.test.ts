import { describe, expect, test } from 'vitest'
import { input } from '../../src/index.js'
import { BudgetError, within } from '../../src/report/index.js'
import { small, vgg16 } from '../support/networks.js'

/** Budgets at run time; what the compiler says is in test-d/within.test-d.ts. */

const classifier = input(784).dense(100).relu().dense(10)

test('a network within its budget is given back', () => {
  expect(within(classifier, { params: 79_510, macs: 79_400, memory: 321_576 })).toBe(classifier)
  expect(within(vgg16, { params: 138_357_544 })).toBe(vgg16)
  expect(within(small, {})).toBe(small)
})

/** A budget that the compiler cannot see through. */
const open = (count: number): number => count

describe('one that costs more is refused', () => {
  test.each([
    ['params', 79_509, 'within: the network has 79510 parameters, more than the budget of 79509.', 79_510],
    ['macs', 79_399, 'within: the network has 79400 MACs, more than the budget of 79399.', 79_400],
    ['memory', 321_575, 'within: the network has 321576 bytes of inference memory, more than the budget of 321575.', 321_576],
  ] as const)('%s', (quantity, budget, message, actual) => {
    const build = () => within(classifier, { [quantity]: open(budget) })
    expect(build).toThrow(BudgetError)
    expect(build).toThrow(message)
    try {
      build()
    } catch (error) {
      expect(error).toMatchObject({ name: 'BudgetError', quantity, actual, budget })
    }
  })
})

test.each([
  [{ parms: 3 }, "within: there is no budget 'parms'. The budgets are params, macs and memory."],
  [{ params: 1.5 }, 'within: params must be a whole number of at least 0, not 1.5.'],
  [{ macs: -1 }, 'within: macs must be a whole number of at least 0, not -1.'],
  [{ memory: '64MiB' }, 'within: memory must be a whole number of at least 0, not "64MiB".'],
  [{ params: 2 ** 60 }, 'within: params must be at most 9007199254740991 (2^53 - 1), not 1152921504606847000.'],
  [[3], 'within: the budget must be an object such as { params: 5_000_000 }, not [3].'],
  [undefined, 'within: the budget must be an object such as { params: 5_000_000 }, not undefined.'],
])('a budget of %j is refused', (budget, message) => {
  expect(() => within(classifier, budget as never)).toThrow(message)
})

test('what is no network is refused', () => {
  expect(() => (within as (network: unknown, budget: object) => unknown)(3, { params: 3 })).toThrow(
    'within: needs a network such as input(784).dense(10), not 3.',
  )
})

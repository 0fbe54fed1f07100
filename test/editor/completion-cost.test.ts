import { expect, test } from 'vitest'
import { costOfCompletions } from '../support/compiler.js'

/*
 * What a compiler works until an editor shows the names of kept values. It compares the types of an argument with themselves for that: as
 * soon as this compares the rules of all kinds, or follows a block without end, it takes seconds. `subtract`, `average` and their like
 * are declared as these are.
 */

const kept = "input(8, 8, 3).conv2d(4, 1).keep('skip').conv2d(4, 1)"

/** A tenth of what it was, which took six seconds. */
const most = 300_000

test.each(['add', 'concat', 'residual', 'multiply', 'subtract', 'from'])('%s: the names of kept values come at once', (join) => {
  const begin = `import { input } from 'stridewise'\nexport const network = ${kept}.${join}('`
  const cost = costOfCompletions(`${begin}')\n`, begin.length)
  expect(cost).toBeLessThan(most)
  expect(cost).toBeGreaterThan(100)
})

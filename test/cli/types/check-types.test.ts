import { expect, test } from 'vitest'
import { messageOf } from '../../../src/cli/types/check-types.js'

/* The package's sentence in what a compiler says, as the run time says it. */

test.each([
  [
    `Argument of type '"same"' is not assignable to parameter of type 'void | "conv2d: the options must be an object such as { padding: 'same' }, not \\"same\\"."'.`,
    `conv2d: the options must be an object such as { padding: 'same' }, not "same".`,
  ],
  [
    `Type 'number' is not assignable to type '"dense: units must be a whole number of at least 1, not 0."'.`,
    'dense: units must be a whole number of at least 1, not 0.',
  ],
  [
    `This expression is not callable.\n  Type 'Mistake<"globalAvgPool: needs a shape such as [7, 7, 512], not \\"7\\"."' has no call signatures.`.replace(
      `"'`,
      `">'`,
    ),
    'globalAvgPool: needs a shape such as [7, 7, 512], not "7".',
  ],
])('%s', (message, sentence) => {
  expect(messageOf('TS2345', message)).toBe(sentence)
})

test("a compiler's own message keeps its code", () => {
  expect(messageOf('TS2322', "Type 'string' is not assignable to type 'number'.\n  And more.")).toBe(
    "TS2322: Type 'string' is not assignable to type 'number'. And more.",
  )
})

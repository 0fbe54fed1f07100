import { expect, test } from 'vitest'
import { input, type Network, ShapeError } from '../../src/index.js'

/* Where an error at run time says that it is. */

test('a mistake in a function inside a function has the line of the call inside, and the whole sentence', () => {
  const three = 3 as number
  const innermost = (x: Network<[32, 32, 3], [32, 32, 3], 0>) => x.conv2d(3, three, { stride: 2 })
  let error: unknown
  try {
    input(32, 32, 3).concat(
      (x) => x,
      (x) => x.residual((y) => innermost(y)),
    )
  } catch (thrown) {
    error = thrown
  }
  expect(error).toBeInstanceOf(ShapeError)
  const { stack = '', message } = error as ShapeError
  expect(message).toMatch(/^concat, branch 2: residual, body: conv2d: /)
  expect(stack).toContain(message)
  expect(stack).toMatch(/at innermost /)
})

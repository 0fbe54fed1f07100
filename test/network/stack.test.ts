import { expect, test } from 'vitest'
import { input, ShapeError } from '../../src/index.js'

/* Where an error in plain JavaScript says that it is. */

test('a mistake in a function inside a function has the line of the call inside, and the whole sentence', () => {
  const three = 3 as number
  const innermost = (z: ReturnType<typeof inner>) => z.conv2d(3, three, { stride: 2 })
  const inner = (y: { relu(): { conv2d(filters: number, kernel: number, options: object): never } }) => y.relu()
  let error: unknown
  try {
    input(32, 32, 3).concat(
      (x) => x,
      (x) => x.residual((y) => innermost(inner(y as never))),
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

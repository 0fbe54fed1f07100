import fc from 'fast-check'

/** What calls are drawn of: numbers, most of them possible, lists of them, and options. */

/** Mostly the usual. */
export const often = <Value>(usual: fc.Arbitrary<Value>, weight: number, rare: fc.Arbitrary<Value>): fc.Arbitrary<Value> =>
  fc.oneof({ arbitrary: usual, weight }, { arbitrary: rare, weight: 1 })

/** No whole number of at least 1. */
export const wrong = fc.constantFrom(0, -1, -7, 0.5, 1.5, 2.25)

export const size = often(fc.integer({ min: 1, max: 16 }), 2, fc.integer({ min: 1, max: 300 }))
export const channels = often(fc.constantFrom(1, 2, 3, 4, 6, 8, 12, 16, 64), 3, fc.integer({ min: 1, max: 2048 }))
export const kernel = often(often(fc.integer({ min: 1, max: 4 }), 4, fc.integer({ min: 1, max: 12 })), 60, wrong)
export const stride = often(often(fc.integer({ min: 1, max: 3 }), 4, fc.integer({ min: 1, max: 9 })), 60, wrong)
export const dilation = often(often(fc.constant(1), 2, fc.integer({ min: 1, max: 4 })), 60, wrong)
export const zeros = often(often(fc.integer({ min: 0, max: 2 }), 5, fc.integer({ min: 0, max: 11 })), 60, fc.constantFrom(-1, 0.5))
export const groups = often(often(fc.constantFrom(1, 2, 3, 4), 4, fc.integer({ min: 1, max: 32 })), 40, wrong)
export const filters = often(channels, 40, wrong)
export const rate = fc.constantFrom(0, 0.1, 0.5, 0.999, 1e-7, 1, -0.5, 1.5, 2)

/** A list of one value for each axis. */
export const axesOf = <Value>(rank: number, value: fc.Arbitrary<Value>): fc.Arbitrary<Value[]> =>
  fc.array(value, { minLength: rank, maxLength: rank })

/** One value for all axes, or one for each. */
export const perAxis = (rank: number, value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> => often<unknown>(value, 2, axesOf(rank, value))

/** Some of the options, and now and then an unknown one. */
export const some = (options: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<unknown[]> => {
  const named = { ...options, name: fc.constantFrom('stem', 'last one') }
  const withUnknown = { ...named, stides: fc.constant(2) }
  return fc.oneof(
    { arbitrary: fc.constant<unknown[]>([]), weight: 8 },
    { arbitrary: fc.record<Record<string, unknown>>(named, { requiredKeys: [] }).map((drawn) => [drawn]), weight: 40 },
    // Beside a known option: an unknown one alone is refused in TypeScript's own words.
    {
      arbitrary: fc.record<Record<string, unknown>>(withUnknown, { requiredKeys: ['stides', 'name'] }).map((drawn) => [drawn]),
      weight: 3,
    },
  )
}

/** Arguments, and options after them. */
export const joined = (first: fc.Arbitrary<unknown>[], options: fc.Arbitrary<unknown[]>): fc.Arbitrary<unknown[]> =>
  fc.tuple(fc.tuple(...first), options).map(([before, after]) => [...before, ...after])

/** No argument. */
export const none = fc.constant<unknown[]>([])

/** A shape with so many spatial axes. */
export const shapeOf = (rank: number): fc.Arbitrary<number[]> =>
  // More than three axes only of small numbers, so that the product stays exact.
  fc.tuple(axesOf(rank, rank > 3 ? fc.integer({ min: 1, max: 9 }) : size), channels).map(([spatial, last]) => [...spatial, last])

/** Mostly the rank that a layer wants. */
export const shapeFor = (rank: number): fc.Arbitrary<number[]> =>
  often(
    shapeOf(rank),
    12,
    fc.constantFrom(0, 1, 2, 3, 3, 4).chain((other) => shapeOf(other)),
  )

/** A method with the arguments it can have, on an input of so many spatial axes or on a shape of its own. */
export interface Drawn {
  readonly rank: number
  readonly method: string
  readonly args: fc.Arbitrary<unknown[]>
  readonly shape?: fc.Arbitrary<number[]>
}

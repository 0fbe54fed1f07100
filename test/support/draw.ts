import fc from 'fast-check'
import { type Call, Wide } from './call.js'

/** Draws calls of every kind of layer: shapes of every rank, every option, about half of them impossible. */

const often = <Value>(usual: fc.Arbitrary<Value>, weight: number, rare: fc.Arbitrary<Value>): fc.Arbitrary<Value> =>
  fc.oneof({ arbitrary: usual, weight }, { arbitrary: rare, weight: 1 })

/** No whole number of at least 1. */
const wrong = fc.constantFrom(0, -1, -7, 0.5, 1.5, 2.25)

const size = often(fc.integer({ min: 1, max: 16 }), 2, fc.integer({ min: 1, max: 300 }))
const channels = often(fc.constantFrom(1, 2, 3, 4, 6, 8, 12, 16, 64), 3, fc.integer({ min: 1, max: 2048 }))
const kernel = often(often(fc.integer({ min: 1, max: 4 }), 4, fc.integer({ min: 1, max: 12 })), 60, wrong)
const stride = often(often(fc.integer({ min: 1, max: 3 }), 4, fc.integer({ min: 1, max: 9 })), 60, wrong)
const dilation = often(often(fc.constant(1), 2, fc.integer({ min: 1, max: 4 })), 60, wrong)
const zeros = often(often(fc.integer({ min: 0, max: 2 }), 5, fc.integer({ min: 0, max: 11 })), 60, fc.constantFrom(-1, 0.5))
const groups = often(often(fc.constantFrom(1, 2, 3, 4), 4, fc.integer({ min: 1, max: 32 })), 40, wrong)
const filters = often(channels, 40, wrong)

/** One value for all axes, or one for each. */
const perAxis = (rank: number, value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  often<unknown>(value, 2, fc.array(value, { minLength: rank, maxLength: rank }))

const padding = (rank: number): fc.Arbitrary<unknown> =>
  fc.oneof(
    { arbitrary: zeros, weight: 4 },
    { arbitrary: fc.constantFrom('same', 'valid'), weight: 2 },
    { arbitrary: fc.array(fc.oneof(zeros, fc.tuple(zeros, zeros)), { minLength: rank, maxLength: rank }), weight: 3 },
  )

const windowOptions = (rank: number) => ({
  stride: perAxis(rank, stride),
  padding: padding(rank),
  dilation: perAxis(rank, dilation),
  rounding: fc.constantFrom('exact', 'floor', 'ceil'),
  name: fc.constantFrom('stem', 'last one'),
})

/** Some of the options, and now and then one that there is not. */
const some = (options: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<unknown[]> => {
  const withUnknown: typeof options = { ...options, stides: fc.constant(2) }
  return fc.oneof(
    { arbitrary: fc.constant<unknown[]>([]), weight: 8 },
    { arbitrary: fc.record(options, { requiredKeys: [] }).map((drawn) => [drawn]), weight: 40 },
    // Beside a known option: an unknown one alone is refused in TypeScript's own words.
    {
      arbitrary: fc.record(withUnknown, { requiredKeys: ['stides', 'name'] }).map((drawn) => [drawn]),
      weight: 2,
    },
  )
}

interface Drawn {
  readonly rank: number
  readonly method: string
  readonly args: fc.Arbitrary<unknown[]>
}

const joined = (first: fc.Arbitrary<unknown>[], options: fc.Arbitrary<unknown[]>): fc.Arbitrary<unknown[]> =>
  fc.tuple(fc.tuple(...first), options).map(([before, after]) => [...before, ...after])

const rate = fc.constantFrom(0, 0.1, 0.5, 0.999, 1e-7, 1, -0.5, 1.5, 2)

const methods: Drawn[] = [
  ...[1, 2, 2, 3].map((rank) => ({
    rank,
    method: `conv${rank}d`,
    args: joined([filters, perAxis(rank, kernel)], some({ ...windowOptions(rank), groups, bias: fc.boolean() })),
  })),
  ...['maxPool', 'avgPool'].flatMap((stem) =>
    [1, 2, 3].map((rank) => ({ rank, method: `${stem}${rank}d`, args: joined([perAxis(rank, kernel)], some(windowOptions(rank))) })),
  ),
  { rank: 0, method: 'dense', args: joined([filters], some({ bias: fc.boolean(), name: fc.constant('head') })) },
  { rank: 2, method: 'localResponseNorm', args: often(kernel, 4, wrong).map((one) => [one]) },
  { rank: 1, method: 'dropout', args: rate.map((one) => [one]) },
  ...['globalAvgPool', 'globalMaxPool', 'flatten', 'relu', 'softmax', 'batchNorm', 'layerScale'].map((method) => ({
    rank: 2,
    method,
    args: fc.constant<unknown[]>([]),
  })),
]

const shapeOf = (rank: number): fc.Arbitrary<number[]> =>
  fc.tuple(fc.array(size, { minLength: rank, maxLength: rank }), channels).map(([spatial, last]) => [...spatial, last])

/** Mostly the rank that the layer wants. */
const shapeFor = (rank: number): fc.Arbitrary<number[]> =>
  often(
    shapeOf(rank),
    12,
    fc.integer({ min: 0, max: 3 }).chain((other) => shapeOf(other)),
  )

/** One of the numbers of a call made known at run time only: which, counted through all of them. */
const widened = (call: Call, at: number): Call => {
  let count = 0
  const widen = (value: unknown): unknown => {
    if (typeof value === 'number') return count++ === at && value > 0 && Number.isInteger(value) ? new Wide(value) : value
    if (Array.isArray(value)) return value.map(widen)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, widen(each)]))
  }
  return { ...call, shape: call.shape.map(widen) as Call['shape'], args: call.args.map(widen) }
}

/** A call, with a wide number in one of ten. */
export const drawCall: fc.Arbitrary<Call> = fc
  .constantFrom(...methods)
  .chain(({ rank, method, args }) =>
    fc.record({ shape: shapeFor(rank), after: often(fc.constant(false), 3, fc.constant(true)), method: fc.constant(method), args }),
  )
  .chain((call) =>
    often(
      fc.constant<Call>(call),
      9,
      fc.nat({ max: 8 }).map((at) => widened(call, at)),
    ),
  )

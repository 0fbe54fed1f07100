import fc from 'fast-check'
import {
  axesOf,
  channels,
  type Drawn,
  filters,
  groups,
  joined,
  kernel,
  none,
  often,
  rate,
  shapeFor,
  shapeOf,
  size,
  some,
  wrong,
  zeros,
} from './draw-numbers.js'

/** Layers without a window: dense layers, normalizations, activations, reshapes, resizes, tokens and recurrences. */

const one = (value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown[]> => value.map((each) => [each])
const oneOrNone = (value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown[]> => often(one(value), 3, none)
const factor = fc.constantFrom<unknown>(1, 2, 1.5, 2.5, 0.5, 0.75, 1.3333334, 0.29, 0.000001, 1e-7, 4)
const scale = often(fc.integer({ min: 1, max: 4 }), 20, wrong)
const anyShape = fc.constantFrom(0, 1, 2, 2, 3, 4).chain(shapeOf)
const affine = some({ affine: fc.boolean(), epsilon: fc.constantFrom(1e-3, 1e-5) })

/** One number for all spatial axes, one for each, or now and then one too many. */
const eachSpatial = (rank: number, value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  often<unknown>(value, 1, often(axesOf(rank, value), 12, axesOf((rank % 3) + 1, value)))

const spatial = (method: string, value: fc.Arbitrary<unknown>, options = none): Drawn[] =>
  [1, 2, 3].map((rank) => ({ rank, method, args: joined([eachSpatial(rank, value)], options) }))

const ends = often<unknown>(zeros, 1, fc.tuple(zeros, zeros))
const atEnds = (method: string, options = none): Drawn[] =>
  [1, 2, 3].map((rank) => ({
    rank,
    method,
    args: joined([often<unknown>(zeros, 1, often(axesOf(rank, ends), 12, axesOf((rank % 3) + 1, ends)))], options),
  }))

/** A method on a shape of its own, with arguments that suit that shape. */
const suited = (
  method: string,
  shape: fc.Arbitrary<number[]>,
  suiting: (shape: readonly number[]) => fc.Arbitrary<unknown[]>,
  args: fc.Arbitrary<unknown[]>,
): Drawn[] =>
  fc
    .sample(shape, { seed: method.length, numRuns: 60 })
    .map((each) => ({ rank: each.length - 1, method, shape: fc.constant(each), args: often(suiting(each), 3, args) }))

const small = fc
  .integer({ min: 0, max: 3 })
  .chain((rank) => fc.array(fc.integer({ min: 1, max: 8 }), { minLength: rank + 1, maxLength: rank + 1 }))
const divisors = (of: number): number[] => Array.from({ length: of }, (_, index) => index + 1).filter((each) => of % each === 0)
const valuesOf = (shape: readonly number[]): number => shape.reduce((product, each) => product * each, 1)

/** The same values in up to three axes. */
const reshaped = (shape: readonly number[]): fc.Arbitrary<number[]> =>
  fc
    .constantFrom(...divisors(valuesOf(shape)))
    .chain((first) =>
      fc.constantFrom(...divisors(valuesOf(shape) / first)).map((second) => [first, second, valuesOf(shape) / first / second]),
    )

/** One of the axes as two. */
const unflattened = (shape: readonly number[]): fc.Arbitrary<number[]> =>
  fc
    .constantFrom(...shape.entries())
    .chain(([index, cells]) => fc.constantFrom(...divisors(cells)).map((first) => [index, first, cells / first]))

/** A number for all channels, or one for each. */
const eachChannel = (shape: readonly number[], value: fc.Arbitrary<number>): fc.Arbitrary<unknown> =>
  often<unknown>(value, 1, axesOf(shape.at(-1) as number, value))
const anyNumber = fc.constantFrom(0, 1, -1, 2, 0.5, -0.25, 127.5, 1e-7)
const variance = often(fc.constantFrom(1, 2, 0.5, 5625, 1e-7), 12, fc.constantFrom(0, -1, -0.5))

const axis = often(fc.integer({ min: 0, max: 3 }), 12, fc.constantFrom(-1, 4, 0.5))
const withHeads = fc.tuple(size, fc.constantFrom(8, 12, 16, 64, 192, 7)).map((shape) => [...shape])
const windowed = fc
  .tuple(fc.constantFrom(4, 6, 8, 12, 24, 7), fc.constantFrom(4, 6, 12, 24, 9), fc.constantFrom(8, 12, 24, 48, 7))
  .map((shape) => [...shape])
/** A part of one of the axes, with its places counted from either end. */
const part = (shape: readonly number[]): fc.Arbitrary<number[]> =>
  fc.constantFrom(...shape.entries()).chain(([index, cells]) =>
    fc.integer({ min: 0, max: cells - 1 }).chain((start) => {
      const starts = fc.constantFrom(start, start - cells)
      const ends = fc.integer({ min: start + 1, max: cells }).chain((end) => fc.constantFrom(end, end < cells ? end - cells : end))
      return fc.oneof(fc.tuple(fc.constant(index), starts), fc.tuple(fc.constant(index), starts, ends)).map((given) => [...given])
    }),
  )
const place = often(fc.integer({ min: -9, max: 9 }), 12, wrong)
const squares = fc.tuple(size, size, fc.constantFrom(4, 9, 16, 36, 64, 12, 3)).map((shape) => [...shape])

const plainMethods = ['relu', 'softmax', 'relu6', 'selu', 'softplus', 'silu', 'hardSwish', 'gelu', 'mish', 'sigmoid', 'tanh']
const onTokens = ['classToken', 'positionEmbedding', 'meanTokens']

export const vocabularyMethods: readonly Drawn[] = [
  { rank: 0, method: 'dense', args: joined([filters], some({ bias: fc.boolean() })) },
  { rank: 1, method: 'dense', args: joined([filters], some({ bias: fc.boolean() })) },
  {
    rank: 2,
    method: 'localResponseNorm',
    args: joined([often(kernel, 4, wrong)], some({ alpha: rate, beta: rate, k: rate }).map(withoutUnknown)),
  },
  {
    rank: 2,
    method: 'batchNorm',
    shape: anyShape,
    args: some({ epsilon: rate, scale: fc.boolean(), shift: fc.boolean() }).map(withoutUnknown),
  },
  { rank: 2, method: 'layerNorm', shape: anyShape, args: affine },
  { rank: 2, method: 'rmsNorm', shape: anyShape, args: affine },
  { rank: 2, method: 'groupNorm', shape: anyShape, args: joined([groups], affine) },
  { rank: 2, method: 'instanceNorm', shape: anyShape, args: affine },
  { rank: 1, method: 'dropout', args: one(rate) },
  { rank: 2, method: 'stochasticDepth', args: one(rate) },
  ...[...plainMethods, 'hardSigmoid', 'logSoftmax'].map((method) => ({ rank: 2, method, shape: anyShape, args: none })),
  { rank: 2, method: 'leakyRelu', shape: anyShape, args: oneOrNone(rate) },
  { rank: 2, method: 'elu', shape: anyShape, args: oneOrNone(rate) },
  { rank: 2, method: 'prelu', shape: anyShape, args: some({ shared: fc.boolean() }) },
  { rank: 2, method: 'identity', shape: anyShape, args: none },
  { rank: 2, method: 'layerScale', shape: anyShape, args: none },
  { rank: 2, method: 'affine', shape: anyShape, args: some({ scale: fc.boolean(), shift: fc.boolean() }) },
  ...suited(
    'rescale',
    small,
    (shape) =>
      fc.oneof(joined([eachChannel(shape, anyNumber)], none), joined([eachChannel(shape, anyNumber), eachChannel(shape, anyNumber)], none)),
    joined([eachChannel([1], anyNumber)], oneOrNone(eachChannel([2], anyNumber))),
  ),
  ...suited(
    'normalize',
    small,
    (shape) => often(joined([eachChannel(shape, anyNumber), eachChannel(shape, variance)], none), 3, none),
    joined([eachChannel([1], anyNumber)], oneOrNone(eachChannel([2], variance))),
  ),
  ...['globalAvgPool', 'globalMaxPool'].map((method) => ({ rank: 2, method, shape: anyShape, args: none })),
  ...spatial('adaptiveAvgPool', size),
  ...spatial('adaptiveMaxPool', often(size, 30, wrong)),
  ...[1, 2, 2, 3].map((rank) => ({
    rank,
    method: 'upsample',
    args: joined(
      [
        fc.oneof(
          { arbitrary: eachSpatial(rank, scale), weight: 3 },
          { arbitrary: eachSpatial(rank, factor), weight: 3 },
          { arbitrary: eachSpatial(rank, often(size, 20, wrong)).map((each) => ({ size: each })), weight: 2 },
        ),
      ],
      some({
        method: fc.constantFrom('nearest', 'bilinear', 'bilinear', 'bicubic'),
        alignCorners: fc.boolean(),
        rounding: fc.constantFrom('floor', 'floor', 'exact'),
      }),
    ),
  })),
  ...atEnds('zeroPad'),
  ...atEnds('crop'),
  ...atEnds('pad', some({ mode: fc.constantFrom('constant', 'reflect', 'replicate', 'symmetric', 'circular') })),
  { rank: 2, method: 'pixelUnshuffle', shape: often(windowed, 4, shapeFor(2)), args: one(scale) },
  { rank: 2, method: 'pixelShuffle', shape: often(squares, 4, shapeFor(2)), args: one(scale) },
  { rank: 2, method: 'flatten', shape: anyShape, args: oneOrNone(axis) },
  ...suited(
    'reshape',
    small,
    (shape) =>
      often(
        reshaped(shape),
        3,
        fc.tuple(reshaped(shape), fc.nat(2)).map(([sizes, at]) => sizes.map((size, axis) => (axis === at ? -1 : size))),
      ),
    fc.array(often(fc.integer({ min: 1, max: 9 }), 9, wrong), { minLength: 1, maxLength: 4 }),
  ),
  ...suited(
    'permute',
    anyShape,
    (shape) => fc.shuffledSubarray([...shape.keys()], { minLength: shape.length }),
    fc.array(axis, { minLength: 1, maxLength: 4 }),
  ),
  ...suited(
    'squeeze',
    fc.tuple(size, fc.constantFrom(1, 1, 1, 2), fc.constantFrom(1, 4)).map((shape) => [...shape]),
    () => fc.constantFrom([1], [1], [2], [0]),
    one(axis),
  ),
  { rank: 2, method: 'unsqueeze', shape: often(shapeOf(1), 1, anyShape), args: one(axis) },
  ...suited(
    'slice',
    small,
    part,
    fc.oneof(fc.tuple(axis, place), fc.tuple(axis, place, place)).map((given) => [...given]),
  ),
  ...suited(
    'unflatten',
    small,
    unflattened,
    joined([axis], fc.array(often(fc.integer({ min: 1, max: 9 }), 9, wrong), { minLength: 1, maxLength: 3 })),
  ),
  ...['toTokens', 'toTokens', ...onTokens].map((method) => ({ rank: 1, method, shape: often(shapeOf(1), 2, anyShape), args: none })),
  { rank: 1, method: 'selectToken', args: oneOrNone(often(fc.integer({ min: 0, max: 12 }), 9, wrong)) },
  {
    rank: 1,
    method: 'multiHeadAttention',
    shape: often(withHeads, 4, shapeFor(1)),
    args: joined(
      [often(fc.constantFrom(1, 2, 3, 4, 8, 12), 12, filters)],
      some({
        bias: fc.boolean(),
        causal: fc.boolean(),
        keyValueHeads: often(fc.constantFrom(1, 1, 2, 3, 4), 9, wrong),
        headWidth: often(fc.constantFrom(1, 4, 16, 64), 9, wrong),
      }),
    ),
  },
  {
    rank: 2,
    method: 'windowAttention',
    shape: often(windowed, 5, shapeFor(2)),
    args: joined(
      [often(fc.constantFrom(1, 2, 3, 4, 6), 12, filters), often(fc.constantFrom(1, 2, 3, 4, 6), 12, wrong)],
      some({ shift: often(fc.constantFrom(0, 0, 1, 2), 12, wrong), bias: fc.boolean(), version: often(fc.constantFrom(1, 2), 12, wrong) }),
    ),
  },
  {
    rank: 2,
    method: 'patchMerging',
    shape: often(windowed, 2, anyShape),
    args: some({ version: often(fc.constantFrom(1, 2), 12, wrong) }),
  },
  { rank: 0, method: 'embedding', args: fc.tuple(filters, filters).map((both) => [...both]) },
  ...['lstm', 'gru'].map((method) => ({
    rank: 1,
    method,
    args: joined(
      [often(channels, 12, wrong)],
      some({ returnSequences: fc.boolean(), bidirectional: fc.constantFrom(false, 'concat', 'sum'), bias: fc.boolean() }),
    ),
  })),
]

/** Options whose unknown names TypeScript refuses in its own words: only the names that there are. */
function withoutUnknown(args: unknown[]): unknown[] {
  return args.map((options) => {
    const { stides: _, ...known } = options as Record<string, unknown>
    return known
  })
}

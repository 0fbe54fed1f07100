import fc from 'fast-check'
import { type Drawn, often, shapeOf } from './draw-numbers.js'
import { vocabularyMethods } from './draw-vocabulary.js'
import { windowMethods } from './draw-windows.js'
import { Value } from './value.js'

/** Draws layer values: layers, blocks and branches in each other, about half of them impossible where they are applied. */

/** The input that drawn values are applied to. */
export const valueInput = [9, 9, 4]
const features = 4

const filters = fc.constantFrom(4, 4, 4, 4, 4, 4, 4, 4, 8, 8, 12, 0)
const value = (kind: string, ...args: fc.Arbitrary<unknown>[]): fc.Arbitrary<Value> =>
  fc.tuple(...args).map((drawn) => new Value(kind, drawn))

const convolutions = [
  value('conv2d', filters, fc.constant(3), fc.constant({ padding: 1 })),
  value('conv2d', filters, fc.constant(1)),
  value('conv2d', filters, fc.constantFrom(2, 3, 5)),
  value(
    'conv2d',
    filters,
    fc.constant(3),
    fc.constantFrom({ stride: 2 }, { stride: 2, padding: 1, rounding: 'floor' }, { padding: 'same', stride: 2 }),
  ),
  value('conv2d', filters, fc.constant(1), fc.constantFrom({ stride: 2, rounding: 'floor' }, { groups: 4 }, { bias: false })),
  value('convTranspose2d', filters, fc.constant(3), fc.constantFrom({ padding: 1 }, { stride: 2, padding: 'same' })),
  value('separableConv2d', filters, fc.constant(3), fc.constantFrom({ padding: 1 }, { padding: 'same', multiplier: 2 })),
]

/** What a vision transformer begins with, and what follows on a vector. */
const others = [
  value('globalAvgPool'),
  value('flatten'),
  value('unflatten', fc.constantFrom(0, 1, 2, 3), fc.constantFrom(1, 2, 3), fc.constantFrom(2, 3, 4)),
  value('dense', fc.constantFrom(4, 8)),
  value('toTokens'),
  value('classToken'),
  value('positionEmbedding'),
  value('multiHeadAttention', fc.constantFrom(2, 4, 3)),
  value('meanTokens'),
  value('lstm', fc.constant(4), fc.constantFrom({}, { returnSequences: false })),
  value('reshape', fc.constant(81), fc.constantFrom(4, 5)),
  value('permute', fc.constantFrom(0, 1), fc.constant(1), fc.constantFrom(2, 0)),
  value('unsqueeze', fc.constantFrom(0, 1, 3, 4)),
  value('squeeze', fc.constantFrom(0, 1, 3)),
  value('slice', fc.constantFrom(0, 2, 2), fc.constantFrom(0, 1, -3), fc.constantFrom(4, 9, -1)),
  value('pixelShuffle', fc.constantFrom(2, 3)),
  value('pixelUnshuffle', fc.constantFrom(3, 2)),
]

/** Whatever there is, with whatever arguments. */
const whatever = fc
  .constantFrom(...windowMethods.filter(({ rank }) => rank === 2), ...vocabularyMethods)
  .chain(({ method, args }) => args.map((given) => new Value(method, given)))

/** What leaves the shape as it is. */
const keeping = fc.oneof(
  value('conv2d', fc.constant(4), fc.constant(3), fc.constant({ padding: 1 })),
  value('conv2d', fc.constant(4), fc.constant(1), fc.constantFrom({ bias: false }, { groups: 2 }, { name: 'same' })),
  value('depthwiseConv2d', fc.constant(3), fc.constantFrom({ padding: 1 }, { padding: 'same', bias: false })),
  value('groupNorm', fc.constantFrom(1, 2)),
  ...['relu', 'batchNorm', 'layerNorm', 'prelu', 'silu', 'instanceNorm'].map((kind) => value(kind)),
  value('stochasticDepth', fc.constantFrom(0.1, 0.2)),
  value('dropout', fc.constantFrom(0.5, 0.5, 0.5, 1)),
)
const layer = fc.oneof(
  { arbitrary: keeping, weight: 10 },
  { arbitrary: fc.oneof(...convolutions), weight: 3 },
  { arbitrary: fc.oneof(...others), weight: 2 },
  { arbitrary: whatever, weight: 2 },
)

const gate = fc
  .tuple(fc.constantFrom(4, 4, 8), fc.boolean())
  .map(([units, pooled]) => new Value('block', [...(pooled ? [new Value('globalAvgPool', [])] : []), new Value('dense', [units])]))
const pooledGate = fc.oneof(
  value('adaptiveAvgPool', fc.constantFrom(1, 1, [1, 2], [1])),
  value('block', value('toTokens'), value('adaptiveMaxPool', fc.constantFrom(1, 2))),
)

/** Branches of a join: seldom one, which is refused. */
const severalOf = (any: fc.Arbitrary<Value>): fc.Arbitrary<Value[]> =>
  often(fc.array(any, { minLength: 2, maxLength: 3 }), 9, fc.array(any, { minLength: 1, maxLength: 1 }))

const elementwise = ['average', 'maximum', 'minimum']

/** A layer, or layers in each other, three deep at most. */
export const drawValue: fc.Arbitrary<Value> = fc.letrec<{ any: Value; block: Value }>((tie) => {
  const branches = severalOf(tie('any'))
  const join = (kind: string) => branches.map((some) => new Value(kind, some))
  return {
    any: fc.oneof(
      { depthSize: 'small', maxDepth: 3, withCrossShrink: true },
      { arbitrary: layer, weight: 4 },
      { arbitrary: tie('block'), weight: 3 },
      { arbitrary: tie('any').map((body) => new Value('residual', [body])), weight: 2 },
      { arbitrary: fc.tuple(tie('any'), tie('any')).map((both) => new Value('residual', both)), weight: 2 },
      { arbitrary: join('concat'), weight: 2 },
      { arbitrary: join('add'), weight: 1 },
      {
        arbitrary: fc.oneof(...elementwise.flatMap((kind) => [join(kind), severalOf(keeping).map((some) => new Value(kind, some))])),
        weight: 1,
      },
      {
        arbitrary: fc.oneof(fc.tuple(tie('any'), keeping), fc.tuple(keeping, keeping)).map((both) => new Value('subtract', [...both])),
        weight: 1,
      },
      { arbitrary: fc.oneof(gate, pooledGate, tie('any')).map((one) => new Value('multiply', [one])), weight: 1 },
      {
        arbitrary: fc.tuple(fc.constantFrom('aux', 'head', 'side', ''), tie('any')).map((both) => new Value('branchOut', both)),
        weight: 1,
      },
      { arbitrary: fc.tuple(fc.constantFrom(1, 2, 3, 0), tie('any')).map((both) => new Value('repeat', both)), weight: 1 },
      { arbitrary: fc.constant(new Value('identity', [])), weight: 1 },
    ),
    block: fc.array(tie('any'), { maxLength: 5 }).map((layers) => new Value('block', layers)),
  }
}).any

/** Mostly the input that the values are meant for. */
const shape = often(
  fc.constant(valueInput),
  6,
  fc.constantFrom(0, 1, 2, 3).chain((rank) => shapeOf(rank)),
)
const several = fc.oneof({ arbitrary: severalOf(drawValue), weight: 2 }, { arbitrary: severalOf(keeping), weight: 1 })
const product = fc.tuple(keeping, value('permute', fc.constant(0), fc.constant(2), fc.constant(1)))

const partNames = (count: number) =>
  fc.array(often(fc.constantFrom('a', 'b', 'c', 'd', 'e'), 12, fc.constantFrom('', 'input')), { minLength: count, maxLength: count })

/** Sizes that mostly add up to the features, each with a name. */
const drawnSplit = often(
  fc.uniqueArray(fc.integer({ min: 1, max: features - 1 }), { maxLength: 3 }).map((cuts) => {
    const ends = [...cuts.sort((one, other) => one - other), features]
    return ends.map((end, index) => end - (ends[index - 1] ?? 0))
  }),
  6,
  fc.array(fc.constantFrom(1, 2, 3, 0, 1.5, -1), { maxLength: 3 }),
).chain((sizes) => often(partNames(sizes.length), 12, partNames(sizes.length + 1)).map((names): unknown[] => [sizes, ...names]))

/** The kinds that are made of other layers. */
export const branchMethods: readonly Drawn[] = [
  { rank: 2, method: 'block', shape, args: fc.array(drawValue, { maxLength: 4 }) },
  { rank: 2, method: 'repeat', shape, args: fc.tuple(fc.constantFrom(1, 2, 3, 12, 0, 1.5), drawValue).map((both) => [...both]) },
  { rank: 2, method: 'residual', shape, args: fc.array(drawValue, { minLength: 1, maxLength: 2 }) },
  { rank: 2, method: 'concat', shape, args: several },
  ...['add', ...elementwise].map((method) => ({ rank: 2, method, shape, args: several })),
  // TypeScript itself counts the arguments of those that take two.
  {
    rank: 2,
    method: 'subtract',
    shape,
    args: fc.oneof(fc.tuple(drawValue, drawValue), fc.tuple(keeping, keeping)).map((both) => [...both]),
  },
  { rank: 2, method: 'matmul', shape, args: fc.oneof(fc.tuple(drawValue, drawValue), product).map((both) => [...both]) },
  { rank: 2, method: 'multiply', shape, args: fc.oneof(gate, pooledGate, drawValue).map((one) => [one]) },
  {
    rank: 2,
    method: 'chunk',
    shape,
    args: fc.array(often(fc.constantFrom('a', 'b', 'c', 'd', 'e'), 12, fc.constantFrom('', 'input')), { minLength: 1, maxLength: 4 }),
  },
  { rank: 2, method: 'split', shape, args: drawnSplit },
  { rank: 2, method: 'branchOut', shape, args: fc.tuple(fc.constantFrom('aux', 'head', 'side', ''), drawValue).map((both) => [...both]) },
]

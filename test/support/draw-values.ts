import fc from 'fast-check'
import {
  type AnyLayer,
  add,
  avgPool2d,
  batchNorm,
  block,
  concat,
  conv2d,
  dense,
  dropout,
  flatten,
  globalAvgPool,
  identity,
  maxPool2d,
  multiply,
  relu,
  repeat,
  residual,
  unflatten,
} from '../../src/index.js'
import { text } from './call.js'

/** Draws layer values: layers, blocks and branches in each other, about half of them impossible where they are applied. */

/** A layer value that is not made yet: a function's name and its arguments. */
export class Value {
  constructor(
    readonly kind: string,
    readonly args: readonly unknown[],
  ) {}
}

/** As source text: `block(conv2d(8, 3), relu())`. */
export const valueText = (value: unknown): string =>
  value instanceof Value ? `${value.kind}(${value.args.map(valueText).join(', ')})` : text(value)

/** The functions that are drawn from, by their names. */
export const makers = {
  add,
  avgPool2d,
  batchNorm,
  block,
  concat,
  conv2d,
  dense,
  dropout,
  flatten,
  globalAvgPool,
  identity,
  maxPool2d,
  multiply,
  relu,
  repeat,
  residual,
  unflatten,
}

/** Made. */
export const made = (value: unknown): AnyLayer => {
  if (!(value instanceof Value)) return value as AnyLayer
  const make = makers[value.kind as 'relu'] as (...args: unknown[]) => AnyLayer
  return make(...value.args.map(made))
}

/** The kinds that there are in a value, at any depth. */
export const kindsIn = (value: unknown): string[] => (value instanceof Value ? [value.kind, ...value.args.flatMap(kindsIn)] : [])

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
]
const others = [
  value('maxPool2d', fc.constantFrom(2, 3)),
  value('avgPool2d', fc.constant(3), fc.constant({ stride: 1, padding: 1 })),
  value('batchNorm'),
  value('relu'),
  value('dropout', fc.constantFrom(0.5, 0.5, 1)),
  value('globalAvgPool'),
  value('flatten'),
  value('unflatten', fc.constantFrom(0, 1, 2, 3), fc.constantFrom(1, 2, 3), fc.constantFrom(2, 3, 4)),
  value('dense', fc.constantFrom(4, 8)),
]
/** What leaves the shape as it is. */
const keeping = fc.oneof(
  value('conv2d', fc.constant(4), fc.constant(3), fc.constant({ padding: 1 })),
  value('conv2d', fc.constant(4), fc.constant(1), fc.constantFrom({ bias: false }, { groups: 2 }, { name: 'same' })),
  value('relu'),
  value('batchNorm'),
)
const layer = fc.oneof(
  { arbitrary: keeping, weight: 9 },
  { arbitrary: fc.oneof(...convolutions), weight: 3 },
  { arbitrary: fc.oneof(...others), weight: 2 },
)

const gate = fc
  .tuple(fc.constantFrom(4, 4, 8), fc.boolean())
  .map(([units, pooled]) => new Value('block', [...(pooled ? [new Value('globalAvgPool', [])] : []), new Value('dense', [units])]))

/** A layer, or layers in each other, three deep at most. */
export const drawValue: fc.Arbitrary<Value> = fc.letrec<{ any: Value; block: Value }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', maxDepth: 3, withCrossShrink: true },
    { arbitrary: layer, weight: 4 },
    { arbitrary: tie('block'), weight: 3 },
    { arbitrary: tie('any').map((body) => new Value('residual', [body])), weight: 2 },
    { arbitrary: fc.tuple(tie('any'), tie('any')).map((both) => new Value('residual', both)), weight: 2 },
    { arbitrary: fc.array(tie('any'), { minLength: 1, maxLength: 3 }).map((some) => new Value('concat', some)), weight: 2 },
    { arbitrary: fc.array(tie('any'), { minLength: 1, maxLength: 3 }).map((some) => new Value('add', some)), weight: 1 },
    { arbitrary: fc.oneof(gate, tie('any')).map((one) => new Value('multiply', [one])), weight: 1 },
    { arbitrary: fc.tuple(fc.constantFrom(1, 2, 3, 0), tie('any')).map((both) => new Value('repeat', both)), weight: 1 },
    { arbitrary: fc.constant(new Value('identity', [])), weight: 1 },
  ),
  block: fc.array(tie('any'), { maxLength: 5 }).map((layers) => new Value('block', layers)),
})).any

import fc from 'fast-check'
import { type Call, Wide } from './call.js'
import { type Drawn, often, shapeFor } from './draw-numbers.js'
import { branchMethods } from './draw-values.js'
import { vocabularyMethods } from './draw-vocabulary.js'
import { windowMethods } from './draw-windows.js'
import { Value } from './value.js'

/** Draws one layer of any kind on an input: shapes of every rank, every option, about half of them impossible. */

/** Kinds that only a layer value can have: as methods they would be no shorter than what they hold. */
export const valuesOnly = ['identity', 'block', 'repeat']

/** One kind as often as the other, however many ranks or shapes each is drawn for. */
const byKind = new Map<string, Drawn[]>()
for (const drawn of [...windowMethods, ...vocabularyMethods, ...branchMethods]) {
  byKind.set(drawn.method, [...(byKind.get(drawn.method) ?? []), drawn])
}
/** Kinds with more to go wrong come more often. */
const weights: Readonly<Record<string, number>> = {
  conv2d: 6,
  convTranspose2d: 4,
  maxPool2d: 4,
  separableConv2d: 3,
  reshape: 3,
  permute: 3,
  residual: 3,
  repeat: 3,
}
const anyMethod = fc.oneof(
  ...[...byKind].map(([method, drawn]) => ({
    arbitrary: fc.constantFrom(...drawn),
    weight: weights[method] ?? (drawn.length > 1 ? 2 : 1),
  })),
)

/** A call with some of its numbers changed: which, counted through all of them. */
const changed = (call: Call, change: (value: number, at: number) => unknown): Call => {
  let count = 0
  const walk = (value: unknown): unknown => {
    if (typeof value === 'number') return change(value, count++)
    if (Array.isArray(value)) return value.map(walk)
    if (value instanceof Value) return new Value(value.kind, value.args.map(walk))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, walk(each)]))
  }
  return { ...call, shape: call.shape.map(walk) as Call['shape'], args: call.args.map(walk) }
}

/** One of the numbers made known at run time only. */
const widened = (call: Call, at: number): Call =>
  changed(call, (value, index) => (index === at && value > 0 && Number.isInteger(value) ? new Wide(value) : value))

/** Some of the arguments' numbers made impossible, so that one call has several mistakes. */
const spoiled = (call: Call, at: readonly number[], by: number): Call =>
  changed(call, (value, index) => (index >= call.shape.length && at.includes(index - call.shape.length) ? by : value))

/** A call, with a wide number in one of ten, and with numbers that cannot be in one of twelve. */
export const drawCall: fc.Arbitrary<Call> = anyMethod
  .chain(({ rank, method, args, shape }) =>
    fc.record({
      shape: shape ?? shapeFor(rank),
      after: often(fc.constant(false), 3, fc.constant(true)),
      method: fc.constant(method),
      args,
      applied: valuesOnly.includes(method) ? fc.constant(true) : often(fc.constant(false), 1, fc.constant(true)),
    }),
  )
  .chain((call) =>
    fc.oneof(
      { arbitrary: fc.constant<Call>(call), weight: 49 },
      { arbitrary: fc.nat({ max: 8 }).map((at) => widened(call, at)), weight: 6 },
      {
        arbitrary: fc
          .tuple(fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 3 }), fc.constantFrom(0, -1, 1.5, 3, 1e21))
          .map(([at, by]) => spoiled(call, at, by)),
        weight: 5,
      },
    ),
  )

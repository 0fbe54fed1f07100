import fc from 'fast-check'
import { type AnyNetwork, input, ShapeError } from '../../src/index.js'
import { plain } from './call.js'
import { often, shapeFor } from './draw-numbers.js'
import { drawValue, valueInput } from './draw-values.js'
import { vocabularyMethods } from './draw-vocabulary.js'
import { windowMethods } from './draw-windows.js'
import { made, Value } from './value.js'

/** Whole networks, drawn: branches in each other, and every kind of layer by itself. About half of them cannot be. */

const single = fc
  .constantFrom(...windowMethods, ...vocabularyMethods)
  .chain(({ rank, method, args, shape }) =>
    fc.tuple(shape ?? shapeFor(rank), args).map(([on, given]) => new Value('on', [on, new Value(method, given)])),
  )

/** A value, or `on` with the shape of an input and a value. */
export const drawNetwork: fc.Arbitrary<Value> = often(drawValue, 1, single)

/** The network of a drawn value; `undefined` when there can be none. */
export const runNetwork = (value: Value): AnyNetwork | undefined => {
  const [shape, layer] = value.kind === 'on' ? (value.args as [unknown, Value]) : [valueInput, value]
  try {
    const begin = input as unknown as (...sizes: unknown[]) => { apply(layer: unknown): AnyNetwork }
    return begin(...(plain(shape) as number[])).apply(made(plain(layer)))
  } catch (error) {
    if (error instanceof ShapeError) return undefined
    throw error
  }
}

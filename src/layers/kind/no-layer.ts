import { fill, ShapeError } from '../../shape/message.js'
import { type AnyLayer, isLayerFunction } from './value.js'

/** The message for a value that is not a layer value. */
export const noLayer = '{where}needs a layer value such as conv2d(8, 3), not {given}.{advice}'

/** What to do with a function in a block. */
export const adviceOnFunctions =
  ' A block is made of layers: write block(conv2d(8, 3), relu()), or apply the function itself: .apply(x => x.relu()).'

/**
 * Rejects functions of a network in a list of layers: a block, or a branch from a kept value.
 *
 * @throws {ShapeError} with what to write instead
 */
export const requireNoFunction = (layer: AnyLayer): AnyLayer => {
  if (typeof layer !== 'function' || isLayerFunction(layer)) return layer
  throw new ShapeError(fill(noLayer, { where: '', given: 'a function', advice: adviceOnFunctions }), 'apply', 'layer')
}

import type { AnyLayer } from '../../layers/kind/value.js'
import { layerOf } from '../../layers/kind/value.js'
import { type Call, isCall } from './call.js'

/* The layer values that the calls of a source create. */

/** The defaults of functions that fill in omitted arguments, by kind. A method leaves them to its rule. */
const defaults: Readonly<Record<string, readonly unknown[]>> = {
  leakyRelu: [0.01],
  elu: [1],
  rescale: [1, 0],
  selectToken: [0],
}

/**
 * The layer value that a call creates.
 *
 * @param constants the layer values of the source's constants, by name
 */
export const layerOfCall = ({ name, args, constant }: Call, constants: ReadonlyMap<string, AnyLayer>): AnyLayer =>
  constant === undefined
    ? layerOf(
        name,
        args.map((arg) => (isCall(arg) ? layerOfCall(arg, constants) : arg)),
        defaults[name],
      )
    : (constants.get(name) as AnyLayer)

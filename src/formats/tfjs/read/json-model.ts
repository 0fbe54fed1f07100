import { FormatError } from '../../../network/format-error.js'
import { isObject } from '../../../shape/objects.js'
import type { InputSizesGiven } from '../../input-sizes.js'
import { fromKeras } from '../../keras/read/read.js'
import type { ReadBytes } from './manifest.js'
import { readTfjs, type TfjsNetwork } from './read.js'

/**
 * The network in a JSON file: of Keras, or the `model.json` of TensorFlow.js, with the weights that it names.
 *
 * @throws {FormatError} also for a list of weights alone
 */
export const readJsonModel = (
  json: unknown,
  bytesOf: ReadBytes,
  input?: InputSizesGiven,
): Pick<TfjsNetwork, 'network'> & Partial<TfjsNetwork> => {
  if (Array.isArray(json) && json.length > 0 && json.every((each) => isObject(each) && Array.isArray(each['paths'])))
    throw new FormatError('is a list of weights without their network: TensorFlow.js needs the model.json that it belongs to.', 'tfjs', '')
  const isTfjs = isObject(json) && isObject(json['modelTopology']) && json['weightsManifest'] !== undefined
  return isTfjs ? readTfjs(json, bytesOf, input) : fromKeras(json, input === undefined ? {} : { input })
}

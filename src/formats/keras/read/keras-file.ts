import { FormatError } from '../../../network/format-error.js'
import { isObject } from '../../../shape/objects.js'
import { textOf } from '../../text.js'
import { parsed } from './read.js'

/*
 * A .keras file: a zip with the layers in config.json, the version in metadata.json, and the weights in HDF5.
 */

/** Bytes of a JSON in it that are read: layers of the largest models take one or two million. */
export const mostJson = 2 ** 22

/** The file in it that has the weights. */
export const weightsFile = 'model.weights.h5'

/**
 * The layers in a .keras file, as `fromKeras` takes them.
 *
 * @param fileNamed the bytes of a file in the zip; undefined if it is not there
 */
export const layersOfKerasFile = (fileNamed: (name: string) => Uint8Array | undefined): unknown => {
  const json = (name: string): unknown => {
    const bytes = fileNamed(name)
    return bytes && parsed(textIn(bytes, name))
  }
  const config = json('config.json')
  if (config === undefined) throw new FormatError('is a zip without config.json, in which Keras writes the layers.', 'keras', '')
  return isObject(config) ? { ...versionIn(json('metadata.json')), ...config } : config
}

/** Which Keras wrote it: some options mean something else in each. */
const versionIn = (metadata: unknown): Readonly<Record<string, unknown>> => {
  const version = isObject(metadata) ? metadata['keras_version'] : undefined
  return typeof version === 'string' ? { keras_version: version } : {}
}

const textIn = (bytes: Uint8Array, name: string): string => {
  try {
    return textOf(bytes)
  } catch {
    throw new FormatError(`${name} is not UTF-8 text.`, 'keras', '')
  }
}

import { closeSync, openSync } from 'node:fs'
import type { InputSizesGiven } from '../../formats/input-sizes.js'
import { fromKeras } from '../../formats/keras/index.js'
import { parsed } from '../../formats/keras/read/read.js'
import { textOf } from '../../formats/text.js'
import { isObject } from '../../network/described.js'
import { FormatError } from '../../network/format-error.js'
import type { ModelOfFile } from './model-file.js'
import { fileInZip } from './zip.js'

/*
 * A .keras file: a zip with the layers in config.json, the version in metadata.json, and the weights in HDF5.
 */

/** Bytes of the JSON in it: layers of the largest models take one or two million. */
const mostJson = 2 ** 22

/** The network in a .keras file. */
export const readKerasZip = (file: string, wantsWeights: boolean, input: InputSizesGiven | undefined): ModelOfFile => {
  const handle = openSync(file, 'r')
  try {
    const json = (name: string): unknown => {
      const bytes = fileInZip(handle, name, mostJson)
      return bytes && parsed(textIn(bytes, name))
    }
    const config = json('config.json')
    if (config === undefined) throw new FormatError('is a zip without config.json, in which Keras writes the layers.', 'keras', '')
    const version = isObject(config) ? versionIn(json('metadata.json')) : {}
    if (wantsWeights)
      throw new FormatError(
        "has its weights in HDF5, which is not read: leave out --weights. In Keras, write ONNX: model.export('model.onnx', format='onnx').",
        'keras',
        '',
      )
    return fromKeras(isObject(config) ? { ...version, ...config } : config, input === undefined ? {} : { input })
  } finally {
    closeSync(handle)
  }
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

import { extname, resolve } from 'node:path'
import type { InputSizesGiven } from '../../../formats/input-sizes.js'
import { textOf } from '../../../formats/text.js'
import { FormatError } from '../../../network/format-error.js'
import type { AnyNetwork } from '../../../network/network.js'
import { networkFrom } from '../../../network/network-from.js'
import { isObject } from '../../../shape/objects.js'
import type { Weights } from '../../../weights/weights.js'
import { UsageError } from '../../output/exit.js'
import { shownPath } from '../../output/problem.js'
import { endProgress } from '../../output/progress.js'
import { requireReadable } from '../found.js'
import { readWholeFile } from './bytes.js'
import { formOf, forms, formsRead } from './content.js'
import { filesBeside } from './files-beside.js'
import { shardsBeside } from './shards-beside.js'

/*
 * Models from other tools: an ONNX file, with its weights inside or beside it, Keras's JSON, and TensorFlow.js models with weights beside them;
 * and the data of a network, which JSON.stringify writes.
 */

/** The contents of a model file. */
export interface ModelOfFile {
  readonly network: AnyNetwork
  /** Omitted if the format has no weights. */
  readonly weights?: Weights
}

/** The maximum file size of formats in bytes: the limit of protobuf, and of a string in Node. */
export const maxFileSize: Readonly<Record<string, number>> = { '.onnx': 2 ** 31, '.json': 2 ** 29 - 24 }

/**
 * The absolute path of a model file.
 *
 * @throws {UsageError} when there is no such file, or its name or content is not of a supported format
 */
export const requireModelFile = (path: string): string => {
  const file = resolve(path)
  requireReadable(file)
  const form = formOf(file)
  const extension = extname(file)
  const expected = Object.hasOwn(formsRead, extension) ? formsRead[extension] : undefined
  if (form !== undefined && form !== expected) {
    throw new UsageError(`${shownPath(file)} looks like ${forms[form].description}. ${forms[form].remedy}`)
  }
  if (expected === undefined) {
    throw new UsageError(
      `${shownPath(file)} cannot be imported: the name of a model must end in .onnx, .json, .keras or .h5. Keras writes its JSON with model.to_json().`,
    )
  }
  return file
}

/**
 * Reads the network in a model file.
 *
 * @param wantsWeights whether to read weights from files beside the model
 * @param input sizes that the file leaves open
 * @throws {FormatError} with the place of the damage, or with the operator that no layer implements
 */
export const readModelFile = async (file: string, wantsWeights: boolean, input?: InputSizesGiven): Promise<ModelOfFile> => {
  const form = formsRead[extname(file)]
  if (form === 'keras') return (await import('./keras-zip.js')).readKerasZip(file, wantsWeights, input)
  if (form === 'hdf5') return (await import('./keras-hdf5.js')).readKerasHdf5File(file, wantsWeights, input)
  const bytes = readWholeFile(file, maxFileSize[extname(file)])
  if (extname(file) === '.json') {
    return readJson(textIn(bytes), file, wantsWeights, input)
  }
  const [{ readModel }, { ExternalFiles }] = await Promise.all([
    import('../../../formats/onnx/read/read.js'),
    import('../../../formats/onnx/wire/external.js'),
  ])
  try {
    return readModel(bytes, filesBeside(file, wantsWeights, new ExternalFiles()), input, wantsWeights)
  } finally {
    endProgress()
  }
}

/** The JSON of a network, of Keras, or a `model.json` of TensorFlow.js with the files that it names beside it. */
const readJson = async (text: string, file: string, wantsWeights: boolean, input: InputSizesGiven | undefined): Promise<ModelOfFile> => {
  const [{ parsed }, { readJsonModel }] = await Promise.all([
    import('../../../formats/keras/read/read.js'),
    import('../../../formats/tfjs/read/json-model.js'),
  ])
  const data = parsed(text)
  if (isObject(data) && data['format'] === 'stridewise') {
    if (input !== undefined) throw new UsageError(`${shownPath(file)} has the sizes of its input in it: leave --input out.`)
    return { network: networkFrom(data) }
  }
  try {
    return readJsonModel(data, shardsBeside(file, wantsWeights), input)
  } finally {
    endProgress()
  }
}

const textIn = (bytes: Uint8Array): string => {
  try {
    return textOf(bytes)
  } catch {
    throw new FormatError('is not UTF-8 text.', 'keras', '')
  }
}

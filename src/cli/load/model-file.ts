import { closeSync, fstatSync, openSync, statSync } from 'node:fs'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { textOf } from '../../formats/text.js'
import { FormatError } from '../../network/format-error.js'
import type { AnyNetwork } from '../../network/network.js'
import type { OnnxTensor } from '../../onnx/model.js'
import type { External } from '../../onnx/read.js'
import type { Weights } from '../../weights/weights.js'
import { UsageError } from '../output/exit.js'
import { shownPath } from '../output/problem.js'
import { endProgress, progress, type Show } from '../output/progress.js'
import { readPart, readWhole } from './bytes.js'
import { formOf, forms } from './content.js'

/*
 * Models that others wrote: an ONNX file, with its weights in it or beside it, and the JSON of Keras.
 */

/** What a model file holds. */
export interface ModelOfFile {
  readonly network: AnyNetwork
  /** None where the format has none. */
  readonly weights?: Weights
}

/** Bytes that a file of the format can have: protobuf's limit, and that of a text in Node. */
const largest: Readonly<Record<string, number>> = { '.onnx': 2 ** 31, '.json': 2 ** 29 - 24 }

/** Bytes of a tensor beside the model that the network may depend on, and which is read even when no weights are asked for. */
const small = 2 ** 20

/**
 * The absolute path of a model file.
 *
 * @throws {UsageError} when there is none, or when by its name or its content it is of no format that can be read
 */
export const requireModelFile = (path: string): string => {
  const file = resolve(path)
  const found = statSync(file, { throwIfNoEntry: false })
  if (!found) throw new UsageError(`There is no file ${shownPath(file)}.`)
  if (!found.isFile()) throw new UsageError(`${shownPath(file)} is no file.`)
  const form = formOf(file)
  const extension = extname(file)
  const isRead = (form === 'onnx' || form === 'json') && extension === `.${form}`
  if (form !== undefined && !isRead) {
    throw new UsageError(`${shownPath(file)} looks like ${forms[form].what}. ${forms[form].remedy}`)
  }
  if (!Object.hasOwn(largest, extension)) {
    throw new UsageError(
      `${shownPath(file)} is no model that can be read: its name must end in .onnx or .json. Keras writes its JSON with model.to_json().`,
    )
  }
  return file
}

/**
 * The network in a model file.
 *
 * @param wantsWeights whether those in a file beside an ONNX model are read too
 * @throws {FormatError} with the place where the file is damaged, or with what no layer here stands for
 */
export const readModelFile = async (file: string, wantsWeights: boolean): Promise<ModelOfFile> => {
  const bytes = readWhole(file, largest[extname(file)])
  if (extname(file) === '.json') {
    const { fromKeras } = await import('../../keras/index.js')
    return fromKeras(textIn(bytes))
  }
  const { externalPlace, readModel } = await import('../../onnx/read.js')
  // How much of each file beside the model is read.
  const shows = new Map<string, Show>()
  const beside: ReadBeside = (handle, offset, length, path) => {
    let sum = 0
    const show = shows.get(path) ?? counted(progress(basename(path), fstatSync(handle).size))
    shows.set(path, show)
    return readPart(handle, offset, length, (done) => {
      show(done - sum)
      sum = done
    })
  }
  try {
    return readModel(bytes, (tensor) => besideOf(file, tensor, wantsWeights, externalPlace, beside))
  } finally {
    endProgress()
  }
}

/** Reads a part of a file beside the model. */
type ReadBeside = (handle: number, offset: number, length: number, path: string) => Uint8Array

/** Shows what is read in parts, which are added. */
const counted = (show: Show): Show => {
  let sum = 0
  return (part) => {
    sum += part
    show(sum)
  }
}

const textIn = (bytes: Uint8Array): string => {
  try {
    return textOf(bytes)
  } catch {
    throw new FormatError('is no text of UTF-8.', 'keras', '')
  }
}

/** The bytes of a tensor beside its model. Without a wish for weights only small tensors are read, and the file need not be there. */
const besideOf = (
  model: string,
  tensor: OnnxTensor,
  wantsWeights: boolean,
  placeIn: typeof import('../../onnx/read.js').externalPlace,
  read: ReadBeside,
): ReturnType<External> => {
  const { name, external = {} } = tensor
  const location = external['location'] ?? ''
  // A model of others must not reach for files that lie elsewhere.
  if (location === '' || /^[/\\]|:|(^|[/\\])\.\.([/\\]|$)/.test(location))
    throw new FormatError(`stands in the file '${location}', which is not beside the model.`, 'onnx', name)
  const file = join(dirname(model), location)
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) {
    if (!wantsWeights) return undefined
    throw new FormatError(`stands in the file ${shownPath(file)}, which is not there.`, 'onnx', name)
  }
  const handle = openSync(file, 'r')
  try {
    const { offset, length } = placeIn(tensor, fstatSync(handle).size)
    return wantsWeights || length <= small ? read(handle, offset, length, file) : undefined
  } finally {
    closeSync(handle)
  }
}

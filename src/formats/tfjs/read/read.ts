import { atNode, FormatError } from '../../../network/format-error.js'
import type { Network } from '../../../network/network.js'
import { isObject } from '../../../shape/objects.js'
import type { Shape } from '../../../shape/shape.js'
import type { Weights } from '../../../weights/weights.js'
import { requireBytes, requireOptions } from '../../checked-input.js'
import type { InputSizesGiven } from '../../input-sizes.js'
import { modelFile, parsed } from '../../keras/read/read.js'
import { readGraph } from './graph.js'
import { readLayersModel } from './layers-model.js'
import { type ReadBytes, tensorsOf } from './manifest.js'

/** Options of {@link fromTfjs}. */
export interface FromTfjsOptions {
  /**
   * Sizes of one example, channels last, where the file leaves them open: `[224, 224, 3]`, or for several inputs
   * `{ image: [224, 224, 3] }`. Sizes that the file has must be the same.
   */
  readonly input?: InputSizesGiven
}

/** What a model of TensorFlow.js holds. */
export interface TfjsNetwork {
  /** Its shapes are known at run time only; toTypeScript makes a source of it, which has them in its type. */
  readonly network: Network<Shape, Shape, number>
  /** Its numbers, as far as their files were given. */
  readonly weights: Weights
}

/**
 * The network in a model of TensorFlow.js, and its weights: a graph model, as `tensorflowjs_converter` writes it, or a layers model, as
 * `model.save()` writes it.
 *
 * The operators of a graph model are read as layers: fused ones are a layer each for what they do, and formulas such as
 * `x * relu6(x + 3) / 6` are the layer that computes the same numbers. Whatever is not exactly a layer of this package is refused.
 *
 * @param model the content of `model.json`, as text or as an object
 * @param weights the content of the files that it names, one behind the other
 * @param options `input`: the sizes that the file leaves open
 * @throws {FormatError} with the operator or the layer at fault
 * @example
 * const files = ['group1-shard1of2.bin', 'group1-shard2of2.bin'].map((name) => readFileSync(name))
 * const { network, weights } = fromTfjs(readFileSync('model.json', 'utf8'), Buffer.concat(files))
 */
export const fromTfjs = (model: unknown, weights?: Uint8Array, options: FromTfjsOptions = {}): TfjsNetwork => {
  requireOptions('tfjs', options, ['input'])
  const bytes = weights === undefined ? undefined : requireBytes('tfjs', weights)
  return readTfjs(model, inOne(bytes), options.input)
}

/** The network in a model, with its weights wherever they are. */
export const readTfjs = (model: unknown, bytesOf: ReadBytes, input: unknown): TfjsNetwork =>
  atNode('tfjs', '', () => {
    const file = typeof model === 'string' ? parsed(model, 'tfjs') : model
    if (!isObject(file) || !isObject(file['modelTopology']))
      throw new FormatError('needs the content of a model.json: it must have a modelTopology.', 'tfjs', '')
    const tensors = tensorsOf(file['weightsManifest'], bytesOf)
    return isGraphModel(file) ? readGraph(file, tensors, input) : readLayersModel(modelFile(file), tensors, input)
  })

/** Whether a file is a graph model: its topology is a list of operators. */
export const isGraphModel = (file: Readonly<Record<string, unknown>>): boolean =>
  file['format'] === 'graph-model' || (isObject(file['modelTopology']) && Array.isArray(file['modelTopology']['node']))

/** Files that stand in one piece, one behind the other. */
const inOne =
  (bytes: Uint8Array | undefined): ReadBytes =>
  ({ start, length, name }) => {
    if (!bytes) return undefined
    if (start === undefined) throw new FormatError('stands behind text in the files, whose length is not known here.', 'tfjs', name)
    return bytes.subarray(start, start + length)
  }

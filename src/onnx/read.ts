import { requireBytes, requireOptions } from '../formats/given.js'
import { FormatError, placed } from '../network/format-error.js'
import type { Network } from '../network/network.js'
import { rebuild } from '../network/rebuild.js'
import type { Shape } from '../shape/shape.js'
import type { Weights } from '../weights/weights.js'
import { assemble } from './assemble.js'
import { decodeModel } from './decode.js'
import { beginInputs } from './inputs.js'
import type { OnnxModel, OnnxTensor } from './model.js'
import { activationReaders } from './read-activations.js'
import { cellReaders } from './read-cells.js'
import { formulaReaders } from './read-formulas.js'
import { joinReaders } from './read-joins.js'
import { normalizationReaders } from './read-normalizations.js'
import { shapeReaders } from './read-shapes.js'
import { tokenReaders } from './read-tokens.js'
import { windowReaders } from './read-windows.js'
import { Reader, type Readers } from './reader.js'
import { recorded } from './recorded.js'

/** Options of {@link fromOnnx}. */
export interface FromOnnxOptions {
  /** The bytes of the file beside the model that holds its weights, if it has one. */
  readonly externalData?: Uint8Array
}

/** What a model file holds. */
export interface OnnxNetwork {
  /** Its shapes are known at run time only; toTypeScript makes a source of it, which has them in its type. */
  readonly network: Network<Shape, Shape, number>
  /** Its numbers; those that are fed at every run, or stand in another file that was not given, are not there. */
  readonly weights: Weights
}

/** What reads each operator. */
export const readers: Readers = Object.assign(
  Object.create(null),
  windowReaders,
  activationReaders,
  normalizationReaders,
  formulaReaders,
  joinReaders,
  shapeReaders,
  cellReaders,
  tokenReaders,
)

/**
 * The network in an ONNX file, and its weights.
 *
 * Of a file that {@link toOnnx} wrote it is the same network. Of any other file the operators are read as layers: images may have their channels
 * first or last, weights stand under PyTorch's names where the file has them. Whatever is not exactly a layer of this package is refused.
 *
 * @throws {FormatError} with the byte where the file is damaged, or the operator that is no layer here
 * @example
 * const { network, weights } = fromOnnx(readFileSync('resnet50.onnx'))
 */
export const fromOnnx = (bytes: Uint8Array, options: FromOnnxOptions = {}): OnnxNetwork => {
  requireOptions('onnx', options, ['externalData'])
  const file = requireBytes('onnx', bytes)
  const beside = options.externalData && requireBytes('onnx', options.externalData)
  return readModel(file, (tensor) => externalBytes(tensor, beside))
}

/** The bytes of a tensor that stands in another file; nothing where they are not at hand. */
export type External = (tensor: OnnxTensor) => Uint8Array | undefined

/** The network in the bytes of a file, and its weights. */
export const readModel = (file: Uint8Array, external: External): OnnxNetwork =>
  placed('onnx', '', () => {
    const model = decodeModel(file)
    return (model.graph.nodes.length <= manyNodes && recorded(model, external)) || readOperators(model, external)
  })

/** More than any network has. */
const manyNodes = 50_000
const manyOutputs = 1000

/** The network of a model's operators, whatever else the file says. */
export const readOperators = (model: OnnxModel, external: External): OnnxNetwork => {
  if (model.graph.nodes.length > manyNodes)
    throw new FormatError(`has ${model.graph.nodes.length} operators: more than ${manyNodes} are not read.`, 'onnx', '')
  if (model.graph.outputs.length > manyOutputs)
    throw new FormatError(`has ${model.graph.outputs.length} outputs: more than ${manyOutputs} are not read.`, 'onnx', '')
  if (model.opset < 9) throw new FormatError(`is of opset ${model.opset}; those from 9 on can be read.`, 'onnx', '')
  const read = new Reader(model, external)
  beginInputs(read)
  for (const node of model.graph.nodes) {
    const reader = node.domain === '' ? readers[node.operator] : undefined
    if (!reader) read.fail(node, 'is an operator that no layer here stands for.')
    else placed('onnx', read.place(node), () => reader(read, node))
  }
  const { plan, weights } = assemble(read)
  return { network: rebuild(plan, 'onnx'), weights }
}

/** The bytes of a tensor in a file of its own, or nothing where that file was not given. */
const externalBytes = (tensor: OnnxTensor, file: Uint8Array | undefined): Uint8Array | undefined => {
  if (!file) return undefined
  const { offset, length } = externalPlace(tensor, file.length)
  return file.subarray(offset, offset + length)
}

/**
 * Where a tensor stands in a file of so many bytes.
 *
 * @throws {FormatError} when that is not in the file
 */
export const externalPlace = ({ name, external = {} }: OnnxTensor, size: number): { readonly offset: number; readonly length: number } => {
  const offset = Number(external['offset'] ?? 0)
  const length = Number(external['length'] ?? size - offset)
  if (!Number.isSafeInteger(offset) || !Number.isSafeInteger(length) || offset < 0 || length < 0 || offset + length > size) {
    throw new FormatError(
      `stands at byte ${external['offset']} to the length of ${external['length']}, and the file has ${size}.`,
      'onnx',
      name,
    )
  }
  return { offset, length }
}

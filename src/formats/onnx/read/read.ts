import { valuesIn } from '../../../layers/kind/layer.js'
import { atNode, FormatError } from '../../../network/format-error.js'
import type { Graph } from '../../../network/graph.js'
import type { Network } from '../../../network/network.js'
import { rebuild } from '../../../network/rebuild.js'
import type { Shape } from '../../../shape/shape.js'
import type { Weights } from '../../../weights/weights.js'
import { requireBytes, requireOptions } from '../../checked-input.js'
import { type InputSizesGiven, settledShapes } from '../../input-sizes.js'
import { elementTypes, type OnnxGraph, type OnnxModel, type OnnxNode } from '../model.js'
import { decodeModel } from '../wire/decode.js'
import { type External, fromBytes, leftOut } from '../wire/external.js'
import { smallTensor } from '../wire/limits.js'
import { named } from '../words.js'
import { activationReaders } from './activations.js'
import { assemble } from './assembly/assemble.js'
import { recorded } from './assembly/recorded.js'
import { axisReaders } from './axes.js'
import { boundedReaders } from './bounded.js'
import { cellReaders } from './cells.js'
import { constantReaders } from './constant-operators.js'
import { elementwiseReaders, unknownOperator } from './elementwise.js'
import { fillReaders, refill } from './fills.js'
import { fold } from './folding/fold.js'
import { formulaReaders } from './formulas.js'
import { rewritten } from './idioms/rewrite.js'
import { joinReaders } from './joins.js'
import { normalizationReaders } from './normalizations.js'
import { beginInputs } from './reader/inputs.js'
import { requireOperands } from './reader/operand-counts.js'
import { Reader, type Readers } from './reader/reader.js'
import { recurrenceReaders } from './recurrences.js'
import { reductionReaders } from './reductions.js'
import { shapeReaders } from './shapes.js'
import { tokenReaders } from './tokens.js'
import { windowReaders } from './windows.js'

/** Options of {@link fromOnnx}. */
export interface FromOnnxOptions {
  /** The bytes of the file beside the model that holds its weights, if it has one. */
  readonly externalData?: Uint8Array
  /**
   * Sizes of one example, channels last, where the file leaves them open: `[224, 224, 3]`, or for several inputs
   * `{ image: [224, 224, 3] }`. Sizes that the file has must be the same.
   */
  readonly input?: InputSizesGiven
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
  boundedReaders,
  elementwiseReaders,
  normalizationReaders,
  formulaReaders,
  joinReaders,
  shapeReaders,
  axisReaders,
  cellReaders,
  tokenReaders,
  recurrenceReaders,
  reductionReaders,
  constantReaders,
  fillReaders,
)

/**
 * The network in an ONNX file, and its weights.
 *
 * Of a file that {@link toOnnx} wrote it is the same network. Of any other file the operators are read as layers: images may have their channels
 * first or last, weights stand under PyTorch's names where the file has them. Whatever is not exactly a layer of this package is refused.
 *
 * @param options `input`: the sizes that the file leaves open; `externalData`: the file of its weights
 * @throws {FormatError} with the byte where the file is damaged, or the operator that is no layer here
 * @example
 * const { network, weights } = fromOnnx(readFileSync('resnet50.onnx'))
 */
export const fromOnnx = (bytes: Uint8Array, options: FromOnnxOptions = {}): OnnxNetwork => {
  requireOptions('onnx', options, ['externalData', 'input'])
  const file = requireBytes('onnx', bytes)
  return readModel(file, fromBytes(options.externalData && requireBytes('onnx', options.externalData)), options.input)
}

/**
 * The network in the bytes of a file, and its weights.
 *
 * @param input sizes that the file leaves open
 * @param wantsWeights whether the numbers of large tensors are needed: without them only shapes are read
 */
export const readModel = (file: Uint8Array, external: External, input?: unknown, wantsWeights = true): OnnxNetwork =>
  atNode('onnx', '', () => {
    const model = decodeModel(file)
    const own = recorded(model, external, wantsWeights)
    if (own && input !== undefined) requireShapes(own.network.graph, input)
    if (own) return own
    return wantsWeights ? readOperators(model, external, input) : readOperators(withoutLarge(model), withoutBytes(external), input)
  })

/** A model whose large tensors have shapes only. */
const withoutLarge = (model: OnnxModel): OnnxModel => {
  const initializers = model.graph.initializers.map((tensor) => {
    const { raw, ...others } = tensor
    const isLarge = tensor.type === elementTypes.float && raw && raw.length > smallTensor && raw.length === 4 * valuesIn(tensor.dims)
    return isLarge ? { ...others, external: leftOut } : tensor
  })
  return { ...model, graph: { ...model.graph, initializers } }
}

const withoutBytes =
  (external: External): External =>
  (tensor, bytes) =>
    tensor.external === leftOut ? undefined : external(tensor, bytes)

/** Refuses sizes that are not those of a network. */
const requireShapes = ({ nodes, inputs }: Graph, given: unknown): void => {
  const all = nodes.filter(({ name, kind }) => kind === 'input' && inputs.includes(name))
  settledShapes(
    'onnx',
    all.map(({ name, output }) => ({ name, sizes: output })),
    given,
  )
}

/** The versions of ONNX's operators whose words are known here: in a later one, what a file leaves out may mean something else. */
const opsets = { first: 9, last: 26 } as const

/** The network of a model's operators, whatever else the file says. */
export const readOperators = (model: OnnxModel, external: External, input?: unknown): OnnxNetwork => {
  const { first, last } = opsets
  if (!(model.opset >= first && model.opset <= last))
    throw new FormatError(`is of opset ${model.opset}; those from ${first} to ${last} can be read.`, 'onnx', '')
  const read = new Reader(model, external)
  beginInputs(read, input)
  readGraph(read, model.graph)
  const { plan, weights } = assemble(read)
  return { network: rebuild(plan, 'onnx'), weights }
}

/** Reads the operators of a graph, those of an idiom as one. */
const readGraph = (read: Reader, graph: OnnxGraph): void => {
  for (const { node, read: readIdiom } of rewritten(read.model, graph)) {
    if (readIdiom) atNode('onnx', read.place(node), () => readIdiom(read, node))
    else readNode(read, node)
  }
}

/** Reads one operator: what can be computed is computed, of a choice the one branch is read, and all else is a layer, or a step to one. */
const readNode = (read: Reader, node: OnnxNode): void => {
  requireOperands(read, node)
  atNode('onnx', read.place(node), () => {
    if (fold(read, node) || refill(read, node)) return
    if (node.domain === '' && node.operator === 'If') return readBranch(read, node)
    const reader = node.domain === '' ? readers[node.operator] : undefined
    if (!reader) return read.fail(node, unknownOperator(node))
    reader(read, node)
  })
}

/** The branch of an `If` whose condition is known. */
const readBranch: Readers[string] = (read, node) => {
  read.known(node, 'then_branch', 'else_branch')
  const condition = read.take(node, 0)
  const value = condition.is === 'sizes' && condition.sizes.length === 1 ? condition.sizes[0] : undefined
  if (typeof value !== 'number') return read.fail(node, 'chooses by numbers that are known at run time only, which no layer here does.')
  const name = value ? 'then_branch' : 'else_branch'
  const branch = node.attributes[name]
  if (!branch || !('graph' in branch)) return read.fail(node, `has no ${name}.`)
  const { initializers, outputs } = branch.graph
  if (outputs.length !== node.outputs.length)
    return read.fail(node, `its ${name} has ${outputs.length} outputs, and it has ${node.outputs.length}.`)
  for (const tensor of initializers) {
    if (read.has(tensor.name)) read.fail(node, `gives '${named(tensor.name)}', which is there already.`)
    read.begins(tensor.name, tensor)
  }
  readGraph(read, branch.graph)
  for (const [index, output] of outputs.entries()) read.hold(node, read.take({ ...node, inputs: [output.name] }, 0), index)
}

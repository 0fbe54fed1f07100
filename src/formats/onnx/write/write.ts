import { valuesIn } from '../../../layers/kind/layer.js'
import { atNode, FormatError } from '../../../network/format-error.js'
import { type Graph, type GraphNode, outputsOf } from '../../../network/graph.js'
import type { NetworkLike } from '../../../network/network-like.js'
import { shown } from '../../../shape/message.js'
import { checkWeights } from '../../../weights/check.js'
import { flattenedBefore } from '../../../weights/layout.js'
import { type LeftOutOptions, reachedFor, reachedSpecs } from '../../../weights/reached-graph.js'
import type { Weights } from '../../../weights/weights.js'
import { requireNetwork, requireOptions, requireUtf8Names } from '../../checked-input.js'
import { planText } from '../../plan.js'
import { elementTypes, type OnnxModel, type OnnxValue } from '../model.js'
import { encodeModel } from '../wire/encode.js'
import { externalTensors, inlineTensors } from './data.js'
import { Emitter } from './emitter.js'
import { neededOpset, operators } from './operators.js'

/** Options of {@link toOnnx}. */
export interface OnnxOptions extends LeftOutOptions {
  /** The weights, or `'inputs'` to feed them at every run; by default random initial weights of He et al. 2015. */
  readonly weights?: Weights | 'inputs'
  /** Seed of the random initial weights, default 0. */
  readonly seed?: number
  /** Version of ONNX's operators from 17 to 22; by default 17, or the first that has what the network needs. */
  readonly opset?: number
  /** Fixed batch size; by default any number, `N`. */
  readonly batch?: number
  /** Name of a file beside the model that holds the weights, which {@link onnxData} returns; by default the model contains them. */
  readonly externalData?: string
}

/** Bytes that a model with its weights may have: protobuf's limit is 2 GiB, and readers want some room. */
const largest = 2 ** 31 - 2 ** 24

/**
 * A network as an ONNX model: the bytes of a file.
 *
 * Inputs and outputs have the network's own shapes, channels last, behind the batch; inside, images are channels first, as ONNX's operators
 * want them. Every value in between has its shape in the file. Weights have the names and layouts of {@link Weights}; those of a shared layer
 * stand in the file once. The file also says which network it was made of, so that {@link fromOnnx} gives back the same one.
 *
 * The file holds what leads to an output. `onLeftOut` is called with the names of the layers that do not; inputs that nothing uses are in it.
 *
 * @throws {FormatError} with the node that ONNX cannot hold, the tensor that is not the network's, or the option that cannot be
 * @example
 * writeFileSync('resnet50.onnx', toOnnx(resnet50()))
 */
export const toOnnx = (network: NetworkLike, options: OnnxOptions = {}): Uint8Array => encodeModel(onnxModel(network, options))

/**
 * The model of a network, before it becomes bytes.
 *
 * @throws {FormatError} also if it has more operators, constants, inputs and weights than `mostNames`
 */
export const onnxModel = (network: NetworkLike, options: OnnxOptions = {}, mostNames?: number): OnnxModel => {
  const whole = requireNetwork('onnx', network)
  requireUtf8Names('onnx', whole.graph)
  requireOptions('onnx', options, ['weights', 'seed', 'opset', 'batch', 'externalData', 'onLeftOut'])
  const { weights, batch = 'N', externalData } = options
  if (batch !== 'N' && (!Number.isSafeInteger(batch) || batch < 1)) {
    throw new FormatError(`batch must be a whole number of at least 1, not ${shown(batch)}.`, 'onnx', '')
  }
  const reached = reachedFor(whole.graph, options)
  const { graph } = reached
  const opset = settledOpset(graph, options.opset)
  const tensorSpecs = reachedSpecs(reached)
  const specs = tensorSpecs.map(({ spec }) => spec)
  if (weights instanceof Map) checkWeights(network, weights)
  else if (weights !== undefined && weights !== 'inputs')
    throw new FormatError("weights must be a Map of tensors, or 'inputs'.", 'onnx', '')

  const emit = new Emitter(
    graph,
    opset,
    batch,
    specs.map(({ name }) => name),
    mostNames,
  )
  const inputs = graph.inputs.map((name) => emitInput(emit, name))
  emitNodes(emit)
  const outputs = endsOf(graph).map(({ name, node }) => emitOutput(emit, node, name))

  const asInputs: OnnxValue[] =
    weights === 'inputs' ? specs.map(({ name, shape }) => ({ name, type: elementTypes.float, dims: shape })) : []
  const bytes = specs.reduce((sum, { shape }) => sum + 4 * valuesIn(shape), 0)
  if (externalData === undefined && weights !== 'inputs' && bytes > largest) {
    throw new FormatError(
      `${bytes} bytes of weights are more than a file can hold. Use externalData, and write them with onnxData.`,
      'onnx',
      '',
    )
  }
  const tensors =
    weights === 'inputs' ? [] : externalData === undefined ? inlineTensors(tensorSpecs, options) : externalTensors(specs, externalData)
  const ends = new Set([...inputs, ...outputs].map(({ name }) => name))
  return {
    version: 8,
    producer: 'stridewise',
    opset,
    graph: {
      name: 'network',
      nodes: emit.nodes,
      initializers: [...tensors, ...emit.constants],
      inputs: [...inputs, ...asInputs],
      outputs,
      values: emit.values.filter(({ name }) => !ends.has(name)),
    },
    metadata: { 'stridewise.graph': planText(graph) },
  }
}

/** The opset that was asked for, or the first that has every operator. */
const settledOpset = (graph: Graph, asked: number | undefined): number => {
  if (asked === undefined) return graph.nodes.reduce((most, node) => Math.max(most, neededOpset(node)), 0)
  if (Number.isSafeInteger(asked) && asked >= 17 && asked <= 22) return asked
  throw new FormatError(`opset must be a whole number from 17 to 22, not ${shown(asked)}.`, 'onnx', '')
}

/**
 * The outputs of a file, and the names of those that are named in place of one. Heads beside an output have those of their layers, in the order of
 * the heads' names.
 */
const endsOf = (graph: Graph): { readonly node: string; readonly name?: string }[] => {
  if (graph.output === undefined) return outputsOf(graph)
  const heads = Object.keys(graph.outputs).sort()
  return [graph.output, ...heads.map((name) => graph.outputs[name] as string)].map((node) => ({ node }))
}

const emitInput = (emit: Emitter, node: string): OnnxValue => {
  const name = emit.unique(node)
  emit.hold(node, 'last', name)
  const type = emit.isWhole(node) ? elementTypes.int64 : elementTypes.float
  return { name, type, dims: [emit.batch, ...emit.shapeOf(node)] }
}

const emitNodes = (emit: Emitter): void => {
  const { graph } = emit
  const ordered = flattenedBefore(graph)
  const users = new Map<string, string>()
  for (const node of graph.nodes) for (const name of node.inputs) users.set(name, node.name)
  const owners = new Map(graph.nodes.map((node) => [node.name, node]))
  for (const node of graph.nodes) {
    if (node.kind === 'input') continue
    if (node.kind === 'flatten') {
      // Where only dense layers take it, a flattened image has PyTorch's order, and so have their weights.
      const isOrdered = ordered.has(users.get(node.name) ?? '')
      emitFlatten(emit, node, isOrdered)
      continue
    }
    const write = Object.hasOwn(operators, node.kind) ? operators[node.kind as keyof typeof operators] : undefined
    if (!write) throw new FormatError(`ONNX has no layer of the kind '${node.kind}'.`, 'onnx', node.name)
    // What writes a layer sees its weights, whoever owns them.
    const { weights } = owners.get(node.sharedWith ?? node.name) as GraphNode
    atNode('onnx', node.name, () => write(emit, { ...node, weights }))
  }
}

const emitFlatten = (emit: Emitter, node: GraphNode, isOrdered: boolean): void => {
  const from = emit.take(node.inputs[0] as string, isOrdered ? 'first' : 'last')
  if (node.output.length === 1) emit.put(node, 'last', 'Flatten', [from], { axis: { int: 1 } })
  else emit.put(node, 'last', 'Reshape', [from, emit.whole(`${node.name}/shape`, [0, ...node.output])])
}

const emitOutput = (emit: Emitter, node: string, wish?: string): OnnxValue => {
  const shape = emit.shapeOf(node)
  const result = emit.take(node, 'last')
  const name = wish === undefined ? unnamedOutput(emit, node, result) : emit.output(wish, result, shape)
  emit.results.add(name)
  return { name, type: elementTypes.float, dims: [emit.batch, ...shape] }
}

const unnamedOutput = (emit: Emitter, node: string, result: string): string => {
  const isUsed = emit.results.has(result) || emit.graph.inputs.includes(node)
  return isUsed ? emit.add('Identity', `${node}/output`, { inputs: [result], shape: emit.shapeOf(node) }) : result
}

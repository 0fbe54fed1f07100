import { valuesIn, type Weight } from '../layers/kind/layer.js'
import { wholeInputsOf } from '../network/element-types.js'
import { type Graph, type GraphNode, outputsOf } from '../network/graph.js'
import type { NetworkLike } from '../network/network-like.js'
import { type Unreached, unreachedIn } from '../network/unreached.js'
import { type Fields, receptiveFields } from '../receptive-field/fields.js'
import type { Shape } from '../shape/shape.js'
import { requireNetwork } from './checked-input.js'
import { innerTensorsOf } from './inner-tensors.js'
import { buffersOf, type Peak, peakOf } from './memory.js'
import { bytesOf, bytesOfIndex, copiesOf, type DataType, type Optimizer, type ReportOptions, settledOptions } from './options.js'
import { type Stage, stagesOf, whereItLies } from './stages.js'

/** A row of a {@link Report}: a layer where it stands. */
export interface Layer extends Fields {
  readonly name: string
  readonly kind: string
  /** Names of the layers whose outputs it takes; none for an input. */
  readonly from: readonly string[]
  /** Names under which its output is kept; left out where there are none. */
  readonly kept?: readonly string[]
  /** Names of the outputs of the network that it gives, `'output'` for the one without a name; left out where there are none. */
  readonly outputs?: readonly string[]
  /** The name of the shared layer that made it. */
  readonly shared?: string
  /** The name of the layer whose weights it has, where a shared layer is applied again: its own parameters are then 0. */
  readonly sharedWith?: string
  /** For an input that only embeddings take: its values are indices, 64-bit whole numbers whatever the format of the report. */
  readonly elementType?: 'int64'
  /** Shape of its input; several for a layer that joins branches. */
  readonly input: readonly Shape[]
  readonly output: Shape
  /** Trainable parameters. */
  readonly params: number
  /** Running statistics and the like: stored, but not trained. */
  readonly nonTrainable: number
  /** Multiply-accumulates for one example; biases are not counted. */
  readonly macs: number
  /** Values of all tensors that it writes for one example; 0 when it works in place. */
  readonly activations: number
  /** Bytes of its activations, for the whole batch. */
  readonly bytes: number
  /** The hyperparameters with their defaults filled in, by their names. */
  readonly settings: Readonly<Record<string, unknown>>
  /** Bytes that it reads for the whole batch: its inputs, and its weights once. A view reads and writes none. */
  readonly bytesRead: number
  /** Bytes that it writes for the whole batch: its output, and the tensors within it. */
  readonly bytesWritten: number
  /** Floating-point operations for a byte that is read or written: its place in a roofline diagram. */
  readonly intensity: number
}

/** The sums of a {@link Report}. */
export interface Totals {
  readonly params: number
  readonly nonTrainable: number
  /** Multiply-accumulates for one example. */
  readonly macs: number
  /** Floating-point operations for one example: 2 per MAC. */
  readonly flops: number
  /** Values for one example: the input and every tensor that a layer writes into memory of its own. */
  readonly activations: number
  /** Bytes, for the batch and the number format of the report. */
  readonly bytes: {
    readonly params: number
    readonly gradients: number
    readonly optimizer: number
    readonly activations: number
    /** Parameters, gradients, optimizer state and all activations. */
    readonly training: number
    /** Parameters and the peak of live activations. */
    readonly inference: number
  }
  /** The most values that are in memory at once at inference, for one example. */
  readonly peak: Peak
  /** Where memory, parameters and arithmetic lie, by the size of the feature maps. */
  readonly stages: readonly Stage[]
  /** Where most of each lies, in a sentence; empty where nothing has more than half of anything. */
  readonly summary: string
}

/** What a network costs: data, made for reading by programs; `table` and `markdown` make text of it. */
export interface Report {
  readonly batch: number
  readonly dtype: DataType
  /** The format of the parameters. */
  readonly weights: DataType
  readonly optimizer: Optimizer
  readonly biases: boolean
  readonly layers: readonly Layer[]
  /** Layers and inputs that no output depends on. The totals count them. */
  readonly unreached: Unreached
  readonly totals: Totals
}

/**
 * What a network costs: parameters, multiply-accumulates, memory and receptive field, layer by layer and in all.
 *
 * Counting rules: MACs are products with weights, without biases; FLOPs are 2 per MAC; pools, activations and normalizations
 * count none. Activations are the input and every tensor that a layer writes, once; what works in place (ReLU, softmax, dropout)
 * or is a view (flatten) takes none. Training memory is parameters, gradients, optimizer state and all activations; inference memory is
 * parameters and the peak of live activations. Nothing is run, and nothing a framework adds on top is included.
 *
 * @param network any network
 * @param options `batch` (1), `dtype` (`'f32'`), `weights` (`dtype`), `optimizer` (`'sgd'`), `biases` (`true`)
 * @throws {TypeError} if the first argument is not a network, or an option is unknown
 * @throws {RangeError} when an option is none of the values that it can be
 * @example
 * report(vgg16()).totals.params // 138357544
 * report(vgg16(), { biases: false }).totals.params // 138344128
 */
export const report = (network: NetworkLike, options: ReportOptions = {}): Report => {
  const { graph } = requireNetwork('report', network)
  const { batch, dtype, weights, optimizer, biases } = settledOptions(options)
  const buffers = buffersOf(graph)
  const fields = receptiveFields(graph)
  const bytesPerValue = bytesOf[dtype]
  const bytesPerWeight = bytesOf[weights]
  const indices = wholeInputsOf(graph)
  const bytesFor = (name: string): number => (indices.has(name) ? bytesOfIndex : bytesPerValue)
  const namesOf = namesOfNodes(graph)

  /** The bytes that a layer reads and writes. */
  const trafficOf = (
    node: GraphNode,
    inner: number,
    counted: readonly Weight[],
  ): Pick<Layer, 'bytesRead' | 'bytesWritten' | 'intensity'> => {
    const isMoved = node.memory !== 'view' && node.inputs.length > 0
    const taken = node.inputs.reduce((sum, name, place) => sum + valuesIn(node.inputShapes[place] as Shape) * bytesFor(name), 0)
    const bytesRead = isMoved ? taken * batch + count(counted) * bytesPerWeight : 0
    const bytesWritten = isMoved ? (valuesIn(node.output) + inner) * batch * bytesPerValue : 0
    const moved = bytesRead + bytesWritten
    return { bytesRead, bytesWritten, intensity: moved === 0 ? 0 : (2 * node.macs * batch) / moved }
  }

  const layers = graph.nodes.map((node): Layer => {
    const counted = node.weights.filter(({ name }) => biases || !/bias$/i.test(name))
    const inner = innerTensorsOf(node).reduce((sum, values) => sum + values, 0)
    const activations = inner + (buffers.get(node.name) === node.name ? valuesIn(node.output) : 0)
    return {
      name: node.name,
      kind: node.kind,
      from: node.inputs,
      ...namesOf(node.name),
      ...(node.shared === undefined ? {} : { shared: node.shared }),
      ...(node.sharedWith === undefined ? {} : { sharedWith: node.sharedWith }),
      ...(indices.has(node.name) ? { elementType: 'int64' } : {}),
      input: node.inputShapes,
      output: node.output,
      params: count(counted.filter(({ trainable }) => trainable)),
      nonTrainable: count(counted.filter(({ trainable }) => !trainable)),
      macs: node.macs,
      activations,
      bytes: activations * batch * bytesFor(node.name),
      settings: node.settings,
      ...trafficOf(node, inner, counted),
      ...(fields.get(node.name) as Fields),
    }
  })

  const sum = (of: (layer: Layer) => number) => layers.reduce((total, layer) => total + of(layer), 0)
  const params = sum((layer) => layer.params)
  const nonTrainable = sum((layer) => layer.nonTrainable)
  const macs = sum((layer) => layer.macs)
  const activations = sum((layer) => layer.activations)
  const whole = layers.reduce((total, { name, activations }) => total + (indices.has(name) ? activations : 0), 0)
  const { size, ...peak } = peakOf(graph, buffers, new Map([...indices].map((name) => [name, bytesOfIndex / bytesPerValue])))
  const stages = stagesOf(layers)
  const bytes = {
    params: (params + nonTrainable) * bytesPerWeight,
    gradients: params * bytesPerValue,
    optimizer: params * copiesOf[optimizer] * bytesPerValue,
    activations: (activations - whole) * batch * bytesPerValue + whole * batch * bytesOfIndex,
  }
  const totals: Totals = {
    params,
    nonTrainable,
    macs,
    flops: 2 * macs,
    activations,
    bytes: {
      ...bytes,
      training: bytes.params + bytes.gradients + bytes.optimizer + bytes.activations,
      inference: bytes.params + size * batch * bytesPerValue,
    },
    peak,
    stages,
    summary: whereItLies(stages, layers),
  }
  return { batch, dtype, weights, optimizer, biases, layers, unreached: unreachedIn(graph), totals }
}

const count = (weights: readonly Weight[]): number => weights.reduce((sum, { shape }) => sum + valuesIn(shape), 0)

/** For each node, the names under which its output is kept, and those of the outputs that it gives. Heads are outputs only. */
const namesOfNodes = (graph: Graph): ((node: string) => Pick<Layer, 'kept' | 'outputs'>) => {
  const kept = new Map<string, string[]>()
  const outputs = new Map<string, string[]>()
  const add = (to: Map<string, string[]>, node: string, name: string): void => {
    const names = to.get(node)
    if (names) names.push(name)
    else to.set(node, [name])
  }
  for (const [name, node] of Object.entries(graph.kept))
    if (graph.output === undefined || !Object.hasOwn(graph.outputs, name)) add(kept, node, name)
  for (const { name, node } of outputsOf(graph)) add(outputs, node, name)
  return (node) => ({
    ...(kept.has(node) ? { kept: kept.get(node) as string[] } : {}),
    ...(outputs.has(node) ? { outputs: outputs.get(node) as string[] } : {}),
  })
}

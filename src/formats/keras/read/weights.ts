import { valuesIn } from '../../../layers/kind/layer.js'
import { FormatError } from '../../../network/format-error.js'
import type { Graph, GraphNode } from '../../../network/graph.js'
import { named } from '../../../shape/printable.js'
import type { Shape } from '../../../shape/shape.js'
import { torchWeights } from '../../../weights/from-graph.js'
import type { Weights } from '../../../weights/weights.js'
import { columns } from '../layer.js'

/*
 * The numbers of Keras's layers as those of a network. Keras has its kernels channels last, as the graph of a network does.
 */

/** The numbers of a weight of a layer of the file, by the names that it may have; `undefined` where there are none. */
export type FindWeight = (way: readonly string[], names: readonly string[]) => Float32Array | undefined

/** Keras's names of weights by the graph's. */
const kerasNames: Readonly<Record<string, readonly string[]>> = {
  kernel: ['kernel'],
  bias: ['bias'],
  gamma: ['gamma'],
  beta: ['beta'],
  movingMean: ['moving_mean'],
  movingVariance: ['moving_variance'],
  alpha: ['alpha'],
  embedding: ['embeddings'],
  depthwiseKernel: ['depthwise_kernel'],
  pointwiseKernel: ['pointwise_kernel'],
  recurrentKernel: ['recurrent_kernel'],
}

/**
 * The weights of a network that was read.
 *
 * @param ways for each node, the layer of the file that it stands for
 * @throws {FormatError} when a weight has another number of values than the layer
 */
export const kerasWeights = (graph: Graph, ways: ReadonlyMap<string, readonly string[]>, find: FindWeight, format = 'keras'): Weights => {
  const nodes = new Map(graph.nodes.map((node) => [node.name, node]))
  return torchWeights(graph, (node, stated, shape) => {
    const whole = ways.get(node)
    if (!whole) return undefined
    const { kind, settings } = nodes.get(node) as GraphNode
    const { way, weight } = settings['bidirectional'] ? inDirection(whole, stated) : { way: whole, weight: stated }
    const of = (name: string): Float32Array | undefined => find(way, namesOf(kind, name))
    const read = kind === 'lstm' || kind === 'gru' ? recurrent(kind, weight, shape, of) : of(weight)
    // Learned positions are slopes of a rectifier that takes -1.
    const data = kind === 'positionEmbedding' ? read?.map((value) => -value) : read
    if (data && data.length !== valuesIn(shape))
      throw new FormatError(
        `has ${data.length} numbers as its ${namesOf(kind, weight)[0]}, and needs ${valuesIn(shape)}.`,
        format,
        named(way.join('/')),
      )
    return data
  })
}

const namesOf = (kind: string, weight: string): readonly string[] => {
  if (kind === 'positionEmbedding') return ['alpha']
  if (kind.startsWith('depthwise') && weight === 'kernel') return ['depthwise_kernel', 'kernel']
  if (kind === 'rmsNorm') return ['scale', 'gamma']
  // A Normalization has statistics of its data, which do not move.
  if (kind === 'normalize') return [weight === 'movingMean' ? 'mean' : 'variance']
  return kerasNames[weight] ?? [weight]
}

/** The layer of one direction within a `Bidirectional`, and its own name of a weight: `backwardKernel` is the `kernel` of `backward_lstm`. */
const inDirection = (way: readonly string[], weight: string) => {
  const own = weight.replace(/^backward./, (start) => (start.at(-1) as string).toLowerCase())
  const direction = own === weight ? 'forward' : 'backward'
  return { way: [...way.slice(0, -1), `${direction}_${way.at(-1)}`], weight: own }
}

/** Keras has one bias for both kernels of an LSTM. A GRU has one for each, and its gates in another order. */
const recurrent = (
  kind: string,
  weight: string,
  shape: Shape,
  of: (name: string) => Float32Array | undefined,
): Float32Array | undefined => {
  const data = of(weight === 'recurrentBias' ? 'bias' : weight)
  if (!data) return undefined
  const width = shape.at(-1) as number
  if (kind === 'lstm') return weight === 'recurrentBias' ? new Float32Array(width) : data
  if (weight === 'bias' || weight === 'recurrentBias') {
    if (data.length !== 2 * width) return data
    return resetFirst(data.subarray(weight === 'bias' ? 0 : width, weight === 'bias' ? width : 2 * width), width)
  }
  return resetFirst(data, width)
}

/** Columns with the gate that resets before that which updates, as PyTorch has them. */
const resetFirst = (data: Float32Array, width: number): Float32Array => {
  const units = width / 3
  if (data.length % width !== 0) return data
  const [update, reset, state] = [0, 1, 2].map((gate) => columns(data, width, gate * units, units)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ]
  const result = new Float32Array(data.length)
  for (let row = 0; row * width < data.length; row += 1) {
    for (const [place, gate] of [reset, update, state].entries())
      result.set(gate.subarray(row * units, (row + 1) * units), row * width + place * units)
  }
  return result
}

import type { AnyNetwork } from '../../src/index.js'
import type { GraphNode } from '../../src/network/graph.js'
import { fromTorch, transpose } from '../../src/weights/layout.js'
import { weightSpecs } from '../../src/weights/names.js'
import type { Weights } from '../../src/weights/weights.js'
import { attention, products } from './attention-values.js'

/**
 * The values of a network's nodes, computed one by one from their definitions, channels last: an oracle for what formats make of graphs. Only
 * the kinds that graphs-drawn.ts draws.
 */
export const graphValues = (
  network: AnyNetwork,
  weights: Weights,
  inputs: Readonly<Record<string, Float64Array>>,
): Map<string, Float64Array> => {
  const specs = weightSpecs(network.graph)
  const shapeOf = new Map(network.graph.nodes.flatMap((node) => node.weights.map(({ name, shape }) => [`${node.name} ${name}`, shape])))
  const weightOf = (node: string, weight: string): Float32Array => {
    const spec = specs.find((each) => each.node === node && each.weight === weight)
    const tensor = spec && weights.get(spec.name)
    return tensor ? fromTorch(weight, tensor.data as Float32Array, shapeOf.get(`${node} ${weight}`) ?? []) : new Float32Array()
  }
  const values = new Map<string, Float64Array>()
  for (const node of network.graph.nodes) {
    const taken = node.inputs.map((name) => values.get(name) as Float64Array)
    const [first] = taken as [Float64Array]
    const size = node.output.reduce((product, each) => product * each, 1)
    const shape = node.inputShapes[0] ?? []
    const channels = shape.at(-1) as number
    const owner = node.sharedWith ?? node.name
    const each = (compute: (at: number) => number): Float64Array => Float64Array.from({ length: size }, (_, at) => compute(at))
    const makers: Readonly<Record<string, () => Float64Array>> = {
      input: () => inputs[node.name] as Float64Array,
      relu: () => first.map((value) => Math.max(0, value)),
      tanh: () => first.map(Math.tanh),
      flatten: () => first,
      globalAvgPool: () => each((at) => mean(first.filter((_, index) => index % channels === at))),
      dense: () => dense(first, channels, weightOf(owner, 'kernel'), weightOf(owner, 'bias')),
      conv2d: () => convolved(node, first, weightOf(owner, 'kernel'), weightOf(owner, 'bias')),
      add: () => each((at) => taken.reduce((sum, value) => sum + (value[at] as number), 0)),
      average: () => each((at) => mean(taken.map((value) => value[at] as number))),
      maximum: () => each((at) => Math.max(...taken.map((value) => value[at] as number))),
      minimum: () => each((at) => Math.min(...taken.map((value) => value[at] as number))),
      subtract: () => each((at) => (first[at] as number) - (taken[1]?.[at] as number)),
      multiply: () => each((at) => (first[at] as number) * (taken[1]?.[at % (taken[1]?.length ?? 1)] as number)),
      matmul: () => products(first, taken[1] as Float64Array, shape, node.output.at(-1) as number),
      permute: () => turned(first, shape, node.settings['axes'] as number[]),
      multiHeadAttention: () => {
        const [keyTokens, keyFeatures] = (node.inputShapes[1] ?? shape) as [number, number]
        const [tokens, features] = shape as [number, number]
        const sizes = { tokens, features, keyTokens, keyFeatures, heads: node.settings['heads'] as number }
        return attention(first, taken[1] ?? first, sizes, (weight) => weightOf(owner, weight))
      },
      concat: () =>
        joined(
          taken,
          node.inputShapes.map((each) => each.at(-1) as number),
          size,
        ),
    }
    values.set(node.name, (makers[node.kind] as () => Float64Array)())
  }
  return values
}

const turned = (values: Float64Array, shape: readonly number[], axes: readonly number[]): Float64Array =>
  Float64Array.from(transpose(Float32Array.from(values.keys()), shape, axes), (at) => values[at] as number)

const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length

const joined = (values: readonly Float64Array[], channels: readonly number[], size: number): Float64Array => {
  const all = channels.reduce((sum, each) => sum + each, 0)
  return Float64Array.from({ length: size }, (_, at) => {
    const position = Math.floor(at / all)
    let channel = at % all
    let index = 0
    while (channel >= (channels[index] as number)) channel -= channels[index++] as number
    return values[index]?.[position * (channels[index] as number) + channel] as number
  })
}

/** Each position's channels, multiplied by a matrix. */
const dense = (input: Float64Array, channels: number, kernel: Float32Array, bias: Float32Array): Float64Array =>
  Float64Array.from({ length: (input.length / channels) * bias.length }, (_, at) => {
    const [position, filter] = [Math.floor(at / bias.length), at % bias.length]
    let sum = bias[filter] as number
    for (let channel = 0; channel < channels; channel += 1)
      sum += (input[position * channels + channel] as number) * (kernel[channel * bias.length + filter] as number)
    return sum
  })

/** A convolution over an image, with zeros around it. */
const convolved = (node: GraphNode, input: Float64Array, weights: Float32Array, bias: Float32Array): Float64Array => {
  const [height, width, channels] = node.inputShapes[0] as [number, number, number]
  const [rows, columns, filters] = node.output as [number, number, number]
  const { axes, fits } = node.window as NonNullable<GraphNode['window']>
  const [y, x] = axes as [(typeof axes)[number], (typeof axes)[number]]
  const [above, left] = fits.map(({ before }) => before) as [number, number]
  const values = new Float64Array(rows * columns * filters)
  for (let at = 0; at < values.length; at += 1) {
    const filter = at % filters
    const [row, column] = [Math.floor(at / filters / columns), Math.floor(at / filters) % columns]
    let sum = bias[filter] as number
    for (let down = 0; down < y.kernel; down += 1) {
      for (let across = 0; across < x.kernel; across += 1) {
        const [from, to] = [row * y.stride + down - above, column * x.stride + across - left]
        if (from < 0 || to < 0 || from >= height || to >= width) continue
        const [place, tap] = [(from * width + to) * channels, (down * x.kernel + across) * channels]
        for (let channel = 0; channel < channels; channel += 1)
          sum += (input[place + channel] as number) * (weights[(tap + channel) * filters + filter] as number)
      }
    }
    values[at] = sum
  }
  return values
}

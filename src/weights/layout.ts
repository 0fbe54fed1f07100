import { valuesIn } from '../layers/kind/layer.js'
import { joiningKinds } from '../network/arguments.js'
import { type Graph, type GraphNode, outputsOf } from '../network/graph.js'
import type { Shape } from '../shape/shape.js'
import { reachedNodes } from './reached.js'

/*
 * The only place that converts between layouts. In this package shapes are channels last, as in TensorFlow. In PyTorch and ONNX, images
 * are channels first, and a kernel's outputs are its first axis.
 */

/** Whether a weight is a kernel, whose axes have another order in PyTorch. */
const isKernel = (weight: string): boolean => /kernel$/i.test(weight)

/**
 * For each axis in PyTorch's layout, the corresponding axis in the graph's layout: outputs, inputs, then the window.
 *
 * `[height, width, channels, filters]` becomes `[filters, channels, height, width]`, and `[features, units]` becomes `[units,
 * features]`. A transposed convolution's `[height, width, filters, channels]` becomes `[channels, filters, height, width]`.
 */
export const torchAxes = (weight: string, rank: number): number[] => {
  const axes = Array.from({ length: rank }, (_, axis) => axis)
  return isKernel(weight) && rank > 1 ? [rank - 1, rank - 2, ...axes.slice(0, -2)] : axes
}

/** A weight's shape in PyTorch's layout. */
export const torchShape = (weight: string, shape: Shape): Shape => torchAxes(weight, shape.length).map((axis) => shape[axis] as number)

/** Transposes a tensor: axis i of the result is axis `axes[i]` of the input. */
export const transpose = (data: Float32Array, shape: Shape, axes: readonly number[]): Float32Array => {
  const result = new Float32Array(data.length)
  const steps = shape.map((_, axis) => valuesIn(shape.slice(axis + 1)))
  const sizes = axes.map((axis) => shape[axis] as number)
  const strides = axes.map((axis) => steps[axis] as number)
  const position = sizes.map(() => 0)
  let source = 0
  for (let target = 0; target < result.length; target += 1) {
    result[target] = data[source] as number
    for (let axis = sizes.length - 1; axis >= 0; axis -= 1) {
      position[axis] = (position[axis] as number) + 1
      source += strides[axis] as number
      if ((position[axis] as number) < (sizes[axis] as number)) break
      source -= (strides[axis] as number) * (sizes[axis] as number)
      position[axis] = 0
    }
  }
  return result
}

/** Converts a weight from PyTorch's layout to the graph's. `shape` is in the graph's layout. */
export const fromTorch = (weight: string, data: Float32Array, shape: Shape): Float32Array => {
  const axes = torchAxes(weight, shape.length)
  const inverse = axes.map((_, axis) => axes.indexOf(axis))
  return isPermuted(axes) ? transpose(data, torchShape(weight, shape), inverse) : data
}

/** Converts a weight from the graph's layout to PyTorch's. `shape` is in the graph's layout. */
export const toTorch = (weight: string, data: Float32Array, shape: Shape): Float32Array => {
  const axes = torchAxes(weight, shape.length)
  return isPermuted(axes) ? transpose(data, shape, axes) : data
}

const isPermuted = (axes: readonly number[]): boolean => axes.some((axis, index) => axis !== index)

/** Kinds that leave every value of a vector at its index. */
const elementwiseKinds: ReadonlySet<string> = new Set([
  ...['relu', 'relu6', 'leakyRelu', 'prelu', 'elu', 'selu', 'gelu', 'silu', 'mish', 'sigmoid', 'hardSigmoid', 'hardSwish', 'tanh'],
  ...['softplus', 'softmax', 'logSoftmax', 'dropout', 'stochasticDepth', 'batchNorm', 'layerNorm', 'layerScale', 'affine'],
])

/**
 * For each node that reads a vector whose values are in PyTorch's order in {@link Weights}: the shape of the flattened image, channels
 * last.
 *
 * PyTorch flattens channel by channel, this package row by row. If a flattened image only reaches dense layers, through layers that
 * leave every value at its index, the weights are in PyTorch's order, as in a PyTorch network; otherwise they are in this package's
 * order. Layers that share weights have a single order: PyTorch's only if all of them read images of the same shape. Nodes that lead to
 * no output are ignored.
 */
export const flattenedBefore = (graph: Graph): ReadonlyMap<string, Shape> => {
  const live = reachedNodes(graph)
  const users = new Map<string, GraphNode[]>()
  for (const node of graph.nodes) {
    if (!live.has(node.name)) continue
    for (const name of node.inputs) {
      const readers = users.get(name)
      if (readers) readers.push(node)
      else users.set(name, [node])
    }
  }
  const isChannelsFirst = channelsFirst(graph)
  const ends = new Set(outputsOf(graph).map(({ node }) => node))

  const flattens: FlattenedImage[] = []
  for (const node of graph.nodes) {
    const shape = node.inputShapes[0] as Shape
    if (node.kind !== 'flatten' || !live.has(node.name) || node.output.length !== 1 || !isChannelsFirst.has(node.inputs[0] as string))
      continue
    const readers = readersOf(node, users, ends)
    if (readers) flattens.push({ shape, readers })
  }
  const found = new Map<string, Shape>()
  for (const { shape, readers } of withOneOrder(flattens, graph, live)) for (const name of readers) found.set(name, shape)
  for (const { name, sharedWith } of graph.nodes) {
    const shape = live.has(name) ? found.get(name) : undefined
    if (sharedWith !== undefined && shape) found.set(sharedWith, shape)
  }
  return found
}

/** A flattened image, and the nodes that read its values in their order. */
interface FlattenedImage {
  readonly shape: Shape
  readonly readers: readonly string[]
}

/** The images whose readers share weights only with readers of images of the same shape. */
const withOneOrder = (flattens: readonly FlattenedImage[], graph: Graph, live: ReadonlySet<string>): readonly FlattenedImage[] => {
  const owners = new Map<string, string>()
  for (const { name, sharedWith } of graph.nodes) if (sharedWith !== undefined) owners.set(name, sharedWith).set(sharedWith, sharedWith)
  const members = [...owners].filter(([name]) => live.has(name))
  for (let remaining = flattens; ; ) {
    const shapes = new Map(remaining.flatMap(({ shape, readers }) => readers.map((name) => [name, shape.join()])))
    const found = new Map<string, string | undefined>()
    const conflicting = new Set<string>()
    for (const [name, owner] of members) {
      if (found.has(owner) && found.get(owner) !== shapes.get(name)) conflicting.add(owner)
      found.set(owner, shapes.get(name))
    }
    const agreeing = remaining.filter(({ readers }) => !readers.some((name) => conflicting.has(owners.get(name) ?? '')))
    if (agreeing.length === remaining.length) return agreeing
    remaining = agreeing
  }
}

/** The nodes that read a vector's values in their order, up to the next dense layers; `undefined` if anything else reads them. */
const readersOf = (start: GraphNode, users: ReadonlyMap<string, GraphNode[]>, ends: ReadonlySet<string>): string[] | undefined => {
  const reached: string[] = []
  const stack = [start]
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (ends.has(node.name)) return undefined
    for (const user of users.get(node.name) ?? []) {
      reached.push(user.name)
      if (user.kind === 'dense') continue
      if (!elementwiseKinds.has(user.kind)) return undefined
      stack.push(user)
    }
  }
  return reached
}

/** Kinds that treat `[length, channels]` as a signal, which is channels first in PyTorch. */
const signalKinds =
  /^(conv|depthwiseConv|separableConv|convTranspose|maxPool|avgPool)1d$|^(adaptive(Avg|Max)Pool|zeroPad|pad|crop|upsample)$|^(batch|instance|group|localResponse)Norm$/

/**
 * The nodes whose outputs are channels first in PyTorch: images and volumes always, vectors never, and `[length, channels]` if
 * convolutions or similar layers produced it, but not if it is `[tokens, features]`.
 */
export const channelsFirst = (graph: Graph): ReadonlySet<string> => {
  const found = new Set<string>()
  for (const { name, kind, inputs, output } of graph.nodes) {
    // A matrix product has the rows of the first operand and the columns of the second, so it keeps neither order.
    const keeps =
      elementwiseKinds.has(kind) || kind === 'slice' || (kind !== 'matmul' && (joiningKinds as readonly string[]).includes(kind))
    const isSignal = output.length === 2 && (signalKinds.test(kind) || (keeps && found.has(inputs[0] as string)))
    if (output.length > 2 || isSignal) found.add(name)
  }
  return found
}

/**
 * For each value of a flattened image in PyTorch's order, its index in this package's order: from channel by channel to row by row.
 *
 * @param shape the shape of the image, channels last
 */
export const flattenOrder = (shape: Shape): Uint32Array => {
  const channels = shape.at(-1) as number
  const positions = valuesIn(shape) / channels
  return Uint32Array.from({ length: channels * positions }, (_, place) => (place % positions) * channels + Math.floor(place / positions))
}

/** Reorders the values in each row of a matrix: value i of a row is the previous value `order[i]`. */
export const reorderRows = (data: Float32Array, order: Uint32Array): Float32Array => {
  const width = order.length
  const result = new Float32Array(data.length)
  for (let row = 0; row < data.length; row += width) {
    for (let place = 0; place < width; place += 1) result[row + place] = data[row + (order[place] as number)] as number
  }
  return result
}

/** The inverse of an order. */
export const inverseOrder = (order: Uint32Array): Uint32Array => {
  const inverse = new Uint32Array(order.length)
  for (const [place, from] of order.entries()) inverse[from] = place
  return inverse
}

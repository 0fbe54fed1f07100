import { valuesIn } from '../layers/kind/layer.js'
import { joiningKinds } from '../network/arguments.js'
import { type Graph, type GraphNode, outputsOf } from '../network/graph.js'
import type { Shape } from '../shape/shape.js'
import { reachedNodes } from './reached.js'

/*
 * The one place where numbers change their layout. Here shapes are channels last, as in TensorFlow; in PyTorch and ONNX images are channels
 * first, and a kernel's outputs stand first.
 */

/** Whether a weight is a kernel, whose axes stand in another order in PyTorch. */
const isKernel = (weight: string): boolean => /kernel$/i.test(weight)

/**
 * For each axis in PyTorch's layout, which axis of the graph's it is: outputs, inputs, then the window.
 *
 * `[height, width, channels, filters]` becomes `[filters, channels, height, width]`, `[features, units]` becomes `[units, features]`; a
 * transposed convolution's `[height, width, filters, channels]` becomes `[channels, filters, height, width]`.
 */
export const torchAxes = (weight: string, rank: number): number[] => {
  const axes = Array.from({ length: rank }, (_, axis) => axis)
  return isKernel(weight) && rank > 1 ? [rank - 1, rank - 2, ...axes.slice(0, -2)] : axes
}

/** A weight's shape in PyTorch's layout. */
export const torchShape = (weight: string, shape: Shape): Shape => torchAxes(weight, shape.length).map((axis) => shape[axis] as number)

/** The values of a tensor with its axes in another order: axis i of the result is axis `axes[i]` of the tensor. */
export const transpose = (data: Float32Array, shape: Shape, axes: readonly number[]): Float32Array => {
  const result = new Float32Array(data.length)
  const steps = shape.map((_, axis) => valuesIn(shape.slice(axis + 1)))
  const sizes = axes.map((axis) => shape[axis] as number)
  const strides = axes.map((axis) => steps[axis] as number)
  const at = sizes.map(() => 0)
  let from = 0
  for (let to = 0; to < result.length; to += 1) {
    result[to] = data[from] as number
    for (let axis = sizes.length - 1; axis >= 0; axis -= 1) {
      at[axis] = (at[axis] as number) + 1
      from += strides[axis] as number
      if ((at[axis] as number) < (sizes[axis] as number)) break
      from -= (strides[axis] as number) * (sizes[axis] as number)
      at[axis] = 0
    }
  }
  return result
}

/** A weight of the graph's layout, from PyTorch's. */
export const fromTorch = (weight: string, data: Float32Array, shape: Shape): Float32Array => {
  const axes = torchAxes(weight, shape.length)
  const back = axes.map((_, axis) => axes.indexOf(axis))
  return isMoved(axes) ? transpose(data, torchShape(weight, shape), back) : data
}

/** A weight in PyTorch's layout, from the graph's; `shape` is the graph's. */
export const toTorch = (weight: string, data: Float32Array, shape: Shape): Float32Array => {
  const axes = torchAxes(weight, shape.length)
  return isMoved(axes) ? transpose(data, shape, axes) : data
}

const isMoved = (axes: readonly number[]): boolean => axes.some((axis, index) => axis !== index)

/** Kinds that leave every value of a vector in its place. */
const placeKeeping: ReadonlySet<string> = new Set([
  ...['relu', 'relu6', 'leakyRelu', 'prelu', 'elu', 'selu', 'gelu', 'silu', 'mish', 'sigmoid', 'hardSigmoid', 'hardSwish', 'tanh'],
  ...['softplus', 'softmax', 'logSoftmax', 'dropout', 'stochasticDepth', 'batchNorm', 'layerNorm', 'layerScale', 'affine'],
])

/**
 * For each node that takes a vector whose values stand in PyTorch's order in {@link Weights}: the shape, channels last, that was flattened.
 *
 * PyTorch flattens channel by channel, this package row by row. Where a flattened image goes to dense layers only, through layers that leave
 * every value in its place, a PyTorch network has its weights in PyTorch's order; everywhere else the order is this package's. Layers that share
 * their weights have one order: PyTorch's only where each of them takes an image of the same shape. What leads to no output has no say.
 */
export const flattenedBefore = (graph: Graph): ReadonlyMap<string, Shape> => {
  const live = reachedNodes(graph)
  const users = new Map<string, GraphNode[]>()
  for (const node of graph.nodes) {
    if (!live.has(node.name)) continue
    for (const name of node.inputs) {
      const known = users.get(name)
      if (known) known.push(node)
      else users.set(name, [node])
    }
  }
  const first = channelsFirst(graph)
  const ends = new Set(outputsOf(graph).map(({ node }) => node))

  const flattens: FlattenedImage[] = []
  for (const node of graph.nodes) {
    const shape = node.inputShapes[0] as Shape
    if (node.kind !== 'flatten' || !live.has(node.name) || node.output.length !== 1 || !first.has(node.inputs[0] as string)) continue
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

/** An image that is flattened, and the nodes that take its values in their order. */
interface FlattenedImage {
  readonly shape: Shape
  readonly readers: readonly string[]
}

/** Those images all of whose readers share weights with readers of images of the same shape only. */
const withOneOrder = (flattens: readonly FlattenedImage[], graph: Graph, live: ReadonlySet<string>): readonly FlattenedImage[] => {
  const owners = new Map<string, string>()
  for (const { name, sharedWith } of graph.nodes) if (sharedWith !== undefined) owners.set(name, sharedWith).set(sharedWith, sharedWith)
  const members = [...owners].filter(([name]) => live.has(name))
  for (let left = flattens; ; ) {
    const shapes = new Map(left.flatMap(({ shape, readers }) => readers.map((name) => [name, shape.join()])))
    const found = new Map<string, string | undefined>()
    const apart = new Set<string>()
    for (const [name, owner] of members) {
      if (found.has(owner) && found.get(owner) !== shapes.get(name)) apart.add(owner)
      found.set(owner, shapes.get(name))
    }
    const agree = left.filter(({ readers }) => !readers.some((name) => apart.has(owners.get(name) ?? '')))
    if (agree.length === left.length) return agree
    left = agree
  }
}

/** The nodes that take a vector's values in their order, as far as the next dense layers; `undefined` when something else takes them. */
const readersOf = (start: GraphNode, users: ReadonlyMap<string, GraphNode[]>, ends: ReadonlySet<string>): string[] | undefined => {
  const reached: string[] = []
  const waiting = [start]
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (ends.has(node.name)) return undefined
    for (const user of users.get(node.name) ?? []) {
      reached.push(user.name)
      if (user.kind === 'dense') continue
      if (!placeKeeping.has(user.kind)) return undefined
      waiting.push(user)
    }
  }
  return reached
}

/** Kinds on `[length, channels]` that are those of signals, which PyTorch has channels first. */
const onSignals =
  /^(conv|depthwiseConv|separableConv|convTranspose|maxPool|avgPool)1d$|^(adaptive(Avg|Max)Pool|zeroPad|pad|crop|upsample)$|^(batch|instance|group|localResponse)Norm$/

/**
 * The nodes whose outputs PyTorch holds channels first: images and volumes always, `[length, channels]` where convolutions and their kin
 * made it and not where it is `[tokens, features]`; vectors never.
 */
export const channelsFirst = (graph: Graph): ReadonlySet<string> => {
  const found = new Set<string>()
  for (const { name, kind, inputs, output } of graph.nodes) {
    // A product of matrices has the rows of the first and the columns of the second: no order of either.
    const keeps = placeKeeping.has(kind) || (kind !== 'matmul' && (joiningKinds as readonly string[]).includes(kind))
    const isSignal = output.length === 2 && (onSignals.test(kind) || (keeps && found.has(inputs[0] as string)))
    if (output.length > 2 || isSignal) found.add(name)
  }
  return found
}

/**
 * For each value of a flattened image in PyTorch's order, its place in this package's: channel by channel to row by row.
 *
 * @param shape of the image, channels last
 */
export const flattenOrder = (shape: Shape): Uint32Array => {
  const channels = shape.at(-1) as number
  const positions = valuesIn(shape) / channels
  return Uint32Array.from({ length: channels * positions }, (_, place) => (place % positions) * channels + Math.floor(place / positions))
}

/** Each row of a matrix with its values in another order: value i of a row is its value `order[i]` of before. */
export const reorderRows = (data: Float32Array, order: Uint32Array): Float32Array => {
  const width = order.length
  const result = new Float32Array(data.length)
  for (let row = 0; row < data.length; row += width) {
    for (let place = 0; place < width; place += 1) result[row + place] = data[row + (order[place] as number)] as number
  }
  return result
}

/** The order that takes back what another one did. */
export const inverseOrder = (order: Uint32Array): Uint32Array => {
  const inverse = new Uint32Array(order.length)
  for (const [place, from] of order.entries()) inverse[from] = place
  return inverse
}

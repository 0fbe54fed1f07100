import type { Shape } from '../../../shape/shape.js'
import { grown } from './elementwise.js'
import type { TfNode } from './graph-def.js'
import { oneOrEach, type ReadWeight } from './layers.js'
import { type Constant, isBatch, type Operand, type Size, type Value } from './operands.js'
import { type OperatorReader, type Reader, sizesOperand } from './reader.js'

/** Convolutions and pools of TensorFlow. */

/** A number for each spatial axis, out of one for every axis. */
const spatial = (node: TfNode, name: string, rank: number): number[] => {
  const list = node.wholes(name)
  if (list.length === 0) return Array.from({ length: rank }, () => 1)
  if (list.length !== rank + 2 || list[0] !== 1 || list.at(-1) !== 1)
    return node.fail(`${name} must be a number for each of ${rank + 2} axes, 1 for the batch and the channels, not [${list.join(', ')}].`)
  return list.slice(1, -1)
}

/** Images have their channels last. */
const requireChannelsLast = (node: TfNode): void => {
  const format = node.text('data_format', 'NHWC')
  if (format !== 'NHWC' && format !== 'NDHWC')
    node.fail(`has its channels on another axis: data_format is ${format}. TensorFlow.js runs NHWC.`)
}

type Padding = 'valid' | 'same' | number | readonly (number | readonly [number, number])[]

const paddingOf = (node: TfNode, rank: number): Padding => {
  const word = node.text('padding', '')
  if (word === 'SAME') return 'same'
  if (word === 'VALID') return 'valid'
  if (word !== 'EXPLICIT') return node.fail(`padding must be SAME, VALID or EXPLICIT, not ${word || 'nothing'}.`)
  const list = node.wholes('explicit_paddings')
  const pairs = Array.from({ length: rank + 2 }, (_, axis) => [list[2 * axis], list[2 * axis + 1]] as const)
  const isKnown = list.length === 2 * (rank + 2) && [pairs[0], pairs.at(-1)].every((pair) => pair?.[0] === 0 && pair[1] === 0)
  if (!isKnown) return node.fail(`explicit_paddings must be two numbers for each of ${rank + 2} axes, 0 for the batch and the channels.`)
  return pairs.slice(1, -1).map(([before, after]) => (before === after ? (before as number) : [before as number, after as number]))
}

const settingsOf = (all: Readonly<Record<string, unknown>>, standard: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(all).filter(([name, value]) => !(Object.hasOwn(standard, name) && standard[name] === value)))

const standard = { stride: 1, padding: 'valid', dilation: 1, groups: 1, multiplier: 1 }

/** A weight that is a constant of the file. */
export const weightOf = ({ key, numbers }: Constant): ReadWeight => ({ key, numbers: () => numbers() as Float32Array | undefined })

const kernelOf = (read: Reader, node: TfNode, rank: number, index = 1): Constant => {
  const kernel = read.constant(node, index)
  if (kernel.shape.length !== rank + 2 || kernel.isWhole)
    return node.fail(`needs a filter of ${rank + 2} axes, not [${kernel.shape.join(', ')}].`)
  return kernel
}

/** What a convolution stands on: a value, or one that is taken apart, with the dilation that this means. */
const startOf = (read: Reader, node: TfNode, rank: number) => {
  const spaced = read.spaced(node)
  const value = spaced?.value ?? read.value(node)
  if (value.shape.length !== rank + 1) return node.fail(`takes ${value.shape.length + 1} axes, and needs ${rank + 2}.`)
  const [stride, dilations] = [spatial(node, 'strides', rank), spatial(node, 'dilations', rank)]
  const padding = paddingOf(node, rank)
  if (!spaced) return { spaced, value, settings: { stride: oneOrEach(stride), padding, dilation: oneOrEach(dilations) } }
  if (padding !== 'valid' || [...stride, ...dilations].some((each) => each !== 1))
    return node.fail('between SpaceToBatchND and BatchToSpaceND must have a stride of 1, no dilation and no padding.')
  const ends = spaced.pads.map((pair) => (pair[0] === pair[1] ? (pair[0] as number) : pair))
  return { spaced, value, settings: { stride: 1, padding: oneOrEach(ends), dilation: oneOrEach(spaced.block) } }
}

const convolution =
  (rank: number, isDepthwise = false): OperatorReader =>
  (read, node) => {
    requireChannelsLast(node)
    const { value, settings, spaced } = startOf(read, node, rank)
    const kernel = kernelOf(read, node, rank)
    const cells = kernel.shape.slice(0, rank)
    const [inputs, outputs] = kernel.shape.slice(rank) as [number, number]
    const channels = value.shape.at(-1) as number
    if (isDepthwise ? inputs !== channels : channels % inputs !== 0)
      node.fail(`its filter is for ${inputs} channels, and there are ${channels}.`)
    const own = isDepthwise ? { multiplier: outputs } : { groups: channels / inputs }
    const kind = `${isDepthwise ? 'depthwiseConv' : 'conv'}${rank}d`
    const all = {
      ...(isDepthwise ? {} : { filters: outputs }),
      kernel: oneOrEach(cells),
      ...settingsOf({ ...settings, ...own }, standard),
      bias: false,
    }
    return fused(read, node, read.add(node, kind, all, [value], { kernel: weightOf(kernel) }), 2, spaced)
  }

/** What fused operators do behind their product: a bias, and an activation. */
export const fused = (read: Reader, node: TfNode, value: Value, first: number, spaced?: { readonly block: readonly number[] }): Operand => {
  const ops = node.op.startsWith('_Fused') || node.op.startsWith('Fused') ? node.texts('fused_ops') : []
  let result: Operand = value
  let next = first
  for (const [index, op] of ops.entries()) {
    const isBias = op === 'BiasAdd'
    if ((isBias && index > 0) || index > 1 || !['BiasAdd', 'Relu', 'Relu6', 'Elu', 'Sigmoid', 'Tanh', 'LeakyRelu', 'Prelu'].includes(op))
      return node.fail(`fuses ${ops.join(' and ')}, which is not known here.`)
    if (isBias) {
      const bias = vectorOf(read, node, next, value.shape.at(-1) as number)
      next += 1
      read.withBias(value.layer, weightOf(bias))
    } else if (op === 'Prelu') {
      result = read.add(node, ...slopesOf(read, node, next, value))
    } else {
      const slope = node.number('leakyrelu_alpha', 0.2)
      const name = op === 'LeakyRelu' ? 'leakyRelu' : `${op[0]?.toLowerCase()}${op.slice(1)}`
      result = read.add(node, name, op === 'LeakyRelu' ? { slope } : op === 'Elu' ? { alpha: 1 } : {}, [value])
    }
  }
  // What follows puts the positions together again.
  return spaced ? { is: 'spaced', value: result, block: spaced.block, pads: spaced.block.map(() => [0, 0]) } : result
}

const vectorOf = (read: Reader, node: TfNode, index: number, length: number): Constant => {
  const vector = read.constant(node, index)
  if (vector.shape.join() !== `${length}` || vector.isWhole)
    return node.fail(`needs ${length} numbers as input ${index + 1}, not [${vector.shape.join(', ')}].`)
  return vector
}

const slopesOf = (
  read: Reader,
  node: TfNode,
  index: number,
  value: Value,
): Parameters<Reader['add']> extends [unknown, ...infer Rest] ? Rest : never => {
  const slopes = read.constant(node, index)
  const channels = value.shape.at(-1) as number
  const count = slopes.shape.reduce((product, size) => product * size, 1)
  const isShared = count === 1 && channels !== 1
  if (slopes.isWhole || (!isShared && (count !== channels || (slopes.shape.length > 0 && slopes.shape.at(-1) !== channels))))
    return node.fail(`has slopes of the shape [${slopes.shape.join(', ')}], and not one for each channel.`)
  return ['prelu', isShared ? { shared: true } : {}, [value], { alpha: weightOf(slopes) }]
}

/** The size of a transposed convolution's output is an input: it says where the output ends. */
const transposed =
  (rank: number): OperatorReader =>
  (read, node) => {
    requireChannelsLast(node)
    const [sizes, kernel, value] = [read.sizes(node, 0), kernelOf(read, node, rank), read.value(node, 2)]
    if (value.shape.length !== rank + 1 || sizes.length !== rank + 2) return node.fail(`needs ${rank + 2} axes.`)
    const [stride, cells] = [spatial(node, 'strides', rank), kernel.shape.slice(0, rank)]
    if (spatial(node, 'dilations', rank).some((each) => each !== 1)) node.fail('has a dilation, which is not known here.')
    const [filters, channels] = kernel.shape.slice(rank) as [number, number]
    if (channels !== value.shape.at(-1)) node.fail(`its filter is for ${channels} channels, and there are ${value.shape.at(-1)}.`)
    const wanted = sizes.slice(1, -1).map((size) => (isBatch(size) ? node.fail('its size depends on the batch.') : size))
    const word = paddingOf(node, rank)
    const ends = wanted.map((size, axis) => {
      const [step, window, length] = [stride[axis] as number, cells[axis] as number, value.shape[axis] as number]
      const whole = (length - 1) * step + window
      const isFit = word === 'same' ? Math.ceil(size / step) === length : word === 'valid' && size >= whole && size < whole + step
      if (!isFit) return node.fail(`gives ${size} positions of ${length} with stride ${step}, which does not fit.`)
      const cut = Math.max(whole - size, 0)
      return { before: Math.floor(cut / 2), after: Math.ceil(cut / 2), more: Math.max(size - whole, 0) }
    })
    const padding = ends.map(({ before, after }): number | number[] => (before === after ? before : [before, after]))
    const settings = {
      filters,
      kernel: oneOrEach(cells),
      ...settingsOf(
        { stride: oneOrEach(stride), padding: oneOrEach(padding), outputPadding: oneOrEach(ends.map(({ more }) => more)) },
        { stride: 1, padding: 0, outputPadding: 0 },
      ),
      bias: false,
    }
    return read.add(node, `convTranspose${rank}d`, settings, [value], { kernel: weightOf(kernel) })
  }

const pool =
  (kind: 'maxPool' | 'avgPool', rank: number): OperatorReader =>
  (read, node) => {
    requireChannelsLast(node)
    const value = read.value(node)
    if (value.shape.length !== rank + 1) return node.fail(`takes ${value.shape.length + 1} axes, and needs ${rank + 2}.`)
    const [kernel, stride, padding] = [spatial(node, 'ksize', rank), spatial(node, 'strides', rank), paddingOf(node, rank)]
    if (typeof padding !== 'string') return node.fail('has a padding in numbers, which TensorFlow.js does not run.')
    const settings = {
      kernel: oneOrEach(kernel),
      ...(stride.join() === kernel.join() ? {} : { stride: oneOrEach(stride) }),
      ...(padding === 'same' ? { padding } : {}),
    }
    return read.add(node, `${kind}${rank}d`, settings, [value])
  }

const spaceToBatch: OperatorReader = (read, node) => {
  const value = read.value(node)
  const [block, flat] = [read.wholes(node, 1), read.wholes(node, 2)]
  const pads = block.map((_, axis) => [flat[2 * axis] as number, flat[2 * axis + 1] as number])
  const isFit =
    block.length === value.shape.length - 1 &&
    flat.length === 2 * block.length &&
    block.every((size) => size > 0) &&
    flat.every((size) => size >= 0) &&
    block.every((size, axis) => ((value.shape[axis] as number) + (flat[2 * axis] as number) + (flat[2 * axis + 1] as number)) % size === 0)
  return isFit ? { is: 'spaced', value, block, pads } : node.fail('its block and paddings do not fit the axes of its input.')
}

const batchToSpace: OperatorReader = (read, node) => {
  const spaced = read.operand(node, 0)
  const [block, flat] = [read.wholes(node, 1), read.wholes(node, 2)]
  if (spaced.is !== 'spaced' || spaced.block.join() !== block.join() || spaced.pads.flat().some((size) => size !== 0))
    return node.fail('must put together what SpaceToBatchND took apart for a convolution.')
  const amount = block.map((_, axis) => [flat[2 * axis] as number, flat[2 * axis + 1] as number])
  if (flat.length !== 2 * block.length || flat.some((size) => size < 0)) return node.fail('must have two numbers for each axis as crops.')
  return flat.every((size) => size === 0)
    ? spaced.value
    : read.add(node, 'crop', { amount: amount.map((pair) => (pair[0] === pair[1] ? (pair[0] as number) : pair)) }, [spaced.value])
}

/** A product with a matrix of the file, or of two values. */
const matmul: OperatorReader = (read, node) => {
  const isBatched = node.op.startsWith('BatchMatMul')
  const [first, second] = isBatched ? ['adj_x', 'adj_y'] : ['transpose_a', 'transpose_b']
  const [turnsFirst, turnsSecond] = [node.boolean(first as string), node.boolean(second as string)]
  const other = read.part(node, 1)
  if (other.is !== 'constant') {
    if (!isBatched) return node.fail('multiplies two values of the network along their batches.')
    const [one, two] = [turned(read, node, read.value(node), turnsFirst), turned(read, node, read.value(node, 1), turnsSecond)]
    return read.add(node, 'matmul', {}, [one, two])
  }
  const value = read.rows(node)
  if (turnsFirst || other.shape.length !== 2 || other.isWhole)
    return node.fail(`multiplies by numbers of the shape [${other.shape.join(', ')}], which no layer here does.`)
  const [rows, columns] = (turnsSecond ? [...other.shape].reverse() : other.shape) as [number, number]
  if (rows !== value.shape.at(-1)) return node.fail(`its matrix is for ${rows} features, and there are ${value.shape.at(-1)}.`)
  const kernel: ReadWeight = turnsSecond ? turnedMatrix(other) : weightOf(other)
  const rank = value.shape.length - 1
  if (rank > 3) return node.fail(`takes ${rank + 2} axes, and a dense layer here at most 5.`)
  const dense =
    rank > 1
      ? read.add(node, `conv${rank}d`, { filters: columns, kernel: 1, bias: false }, [value], { kernel })
      : read.add(node, 'dense', { units: columns, bias: false }, [value], { kernel })
  return fused(read, node, { ...dense, merged: value.merged }, 2)
}

const turnedMatrix = ({ key, shape, numbers }: Constant): ReadWeight => ({
  key: `turned ${key}`,
  numbers: () => {
    const [rows, columns] = shape as [number, number]
    const data = numbers()
    return data && Float32Array.from({ length: data.length }, (_, at) => data[(at % rows) * columns + Math.floor(at / rows)] as number)
  },
})

/** A value with its last two axes exchanged. */
const turned = (read: Reader, node: TfNode, value: Value, isTurned: boolean): Value => {
  const rank = value.shape.length
  if (!isTurned) return value
  if (rank < 2) return node.fail('needs matrices.')
  const axes = [...Array.from({ length: rank - 2 }, (_, axis) => axis), rank - 1, rank - 2]
  return read.add(node, 'permute', { axes }, [value])
}

/** A bias for each channel, as a part of a formula: behind a convolution it becomes the convolution's own. */
const biasAdd: OperatorReader = (read, node) => {
  const part = read.part(node, 0)
  if (part.is === 'constant') return node.fail('adds to numbers of the file.')
  const bias = vectorOf(read, node, 1, part.shape.at(-1) as number)
  return grown(read, node, 'BiasAdd', [part, bias], part.shape, part.merged)
}

const batchNorm: OperatorReader = (read, node) => {
  requireChannelsLast(node)
  const value = read.value(node)
  // TensorFlow.js, and a network that is used, takes the statistics of the file.
  const isTraining = node.attributes['is_training'] === undefined ? false : node.boolean('is_training')
  if (isTraining) return node.fail('is in training mode: it would normalize by the numbers of the batch.')
  const channels = value.shape.at(-1) as number
  const [gamma, beta, movingMean, movingVariance] = [1, 2, 3, 4].map((index) => weightOf(vectorOf(read, node, index, channels))) as [
    ReadWeight,
    ReadWeight,
    ReadWeight,
    ReadWeight,
  ]
  const epsilon = short(node.number('epsilon', 1e-4))
  return read.add(node, 'batchNorm', epsilon === 1e-5 ? {} : { epsilon }, [value], { gamma, beta, movingMean, movingVariance })
}

/** A 32-bit float as it was written. */
const short = (value: number): number => {
  const text = Number(value.toPrecision(7))
  return Math.fround(text) === Math.fround(value) ? text : value
}

const embedding: OperatorReader = (read, node) => {
  const [table, words] = [read.constant(node, 0), read.value(node, 1)]
  if (table.shape.length !== 2 || table.isWhole || words.shape.length !== 1)
    return node.fail('is no layer here but as an embedding: rows of a matrix of the file, at the words of a sequence.')
  const [vocabulary, features] = table.shape as [number, number]
  return read.add(node, 'embedding', { vocabulary, features }, [words], { embedding: weightOf(table) })
}

/** Rows of a table, or entries of a list of sizes. */
const gather: OperatorReader = (read, node) => {
  const table = read.operand(node, 0)
  if (table.is !== 'sizes') return embedding(read, node)
  const indices = read.constant(node, 1)
  const places = read.wholes(node, 1)
  const sizes = places.map((place): Size => table.sizes[place] ?? node.fail(`takes size ${place}, and there are ${table.sizes.length}.`))
  return sizesOperand(node, indices.shape.length > 0, sizes)
}

/** `[height, width]` of a resize, as factors. */
export const factorsOf = (node: TfNode, shape: Shape, wanted: readonly number[]): number[] =>
  wanted.map((size, axis) => {
    const length = shape[axis] as number
    return size % length === 0 && size > 0
      ? size / length
      : node.fail(`resizes ${length} positions to ${size}: upsample here takes whole factors.`)
  })

export const windowReaders: Readonly<Record<string, OperatorReader>> = {
  Conv2D: convolution(2),
  _FusedConv2D: convolution(2),
  Conv3D: convolution(3),
  DepthwiseConv2dNative: convolution(2, true),
  FusedDepthwiseConv2dNative: convolution(2, true),
  Conv2DBackpropInput: transposed(2),
  MaxPool: pool('maxPool', 2),
  AvgPool: pool('avgPool', 2),
  MaxPool3D: pool('maxPool', 3),
  AvgPool3D: pool('avgPool', 3),
  SpaceToBatchND: spaceToBatch,
  BatchToSpaceND: batchToSpace,
  MatMul: matmul,
  _FusedMatMul: matmul,
  BatchMatMul: matmul,
  BatchMatMulV2: matmul,
  BiasAdd: biasAdd,
  FusedBatchNorm: batchNorm,
  FusedBatchNormV2: batchNorm,
  FusedBatchNormV3: batchNorm,
  GatherV2: gather,
  Gather: gather,
}

import { fitAxis } from '../shape/window.js'
import type { ReadWeight } from './layers.js'
import type { OnnxNode } from './model.js'
import { oneOrEach, type Reader, type Readers } from './reader.js'

/** Convolutions and pools: the windows of a file as this package says them. */

interface ReadWindow {
  readonly kernel: number | number[]
  readonly stride: number | number[]
  readonly dilation: number | number[]
  readonly padding: 'same' | number | (number | [number, number])[]
  readonly rounding: 'exact' | 'floor' | 'ceil'
}

const each = (read: Reader, node: OnnxNode, name: string, rank: number, standard: number, least: number): readonly number[] => {
  const values = read.ints(node, name) ?? Array.from({ length: rank }, () => standard)
  if (values.length !== rank || values.some((value) => !Number.isSafeInteger(value) || value < least)) {
    return read.fail(node, `its ${name} must be ${rank} whole numbers of at least ${least}, not [${values.join(', ')}].`)
  }
  return values
}

/** The window of an operator on the spatial axes of a layer's output. */
const windowOf = (read: Reader, node: OnnxNode, sizes: readonly number[], kernel: readonly number[]): ReadWindow => {
  const rank = sizes.length
  const strides = each(read, node, 'strides', rank, 1, 1)
  const dilations = each(read, node, 'dilations', rank, 1, 1)
  const pads = each(read, node, 'pads', 2 * rank, 0, 0)
  const pad = read.text(node, 'auto_pad', 'NOTSET')
  if (!['NOTSET', 'VALID', 'SAME_UPPER', 'SAME_LOWER'].includes(pad)) read.fail(node, `there is no auto_pad '${pad}'.`)
  const common = { kernel: oneOrEach(kernel), stride: oneOrEach(strides), dilation: oneOrEach(dilations) }
  if (pad === 'SAME_UPPER') return { ...common, padding: 'same', rounding: 'exact' }

  const axes = sizes.map((size, axis) => {
    const shared = { size, kernel: kernel[axis] as number, stride: strides[axis] as number, dilation: dilations[axis] as number }
    const same = fitAxis({ ...shared, padding: 'same' })
    const ends: [number, number] = pad === 'SAME_LOWER' ? [same.after, same.before] : [pads[axis] as number, pads[axis + rank] as number]
    return { fit: fitAxis({ ...shared, padding: ends }), ends }
  })
  const isExact = axes.every(({ fit }) => fit.remainder === 0)
  const up = read.int(node, 'ceil_mode', 0) === 1
  const ends = axes.map(({ ends: [before, after] }): number | [number, number] => (before === after ? before : [before, after]))
  const isUniform = ends.every((end) => typeof end === 'number' && end === ends[0])
  return { ...common, padding: isUniform ? (ends[0] as number) : ends, rounding: isExact ? 'exact' : up ? 'ceil' : 'floor' }
}

const windowAttributes = ['auto_pad', 'dilations', 'kernel_shape', 'pads', 'strides']

/** A convolution's kernel and bias, checked against each other and against the attribute. */
const kernelOf = (read: Reader, node: OnnxNode, rank: number) => {
  const kernel = read.tensor(node, 1)
  const bias = read.optionalTensor(node, 2)
  if (kernel.dims.length !== rank + 1) read.fail(node, `its kernel has ${kernel.dims.length} axes, and its input needs ${rank + 1}.`)
  const cells = kernel.dims.slice(2)
  const said = read.ints(node, 'kernel_shape')
  if (said && said.join() !== cells.join())
    read.fail(node, `its kernel_shape is [${said.join(', ')}], and its kernel [${cells.join(', ')}].`)
  const weights: ReadWeight[] = [{ suffix: 'weight', from: kernel }, ...(bias ? [{ suffix: 'bias', from: bias }] : [])]
  return { kernel, cells, weights, bias: bias !== undefined }
}

const convolution = (read: Reader, node: OnnxNode) => {
  read.known(node, ...windowAttributes, 'group')
  const { name, rank } = read.first(node)
  if (rank < 2 || rank > 4) read.fail(node, `works on ${rank - 1} spatial axes, and layers here on one to three.`)
  const { kernel, cells, weights, bias } = kernelOf(read, node, rank)
  const input = read.shapeOf(name)
  const channels = input.at(-1) as number
  const groups = read.int(node, 'group', 1)
  const [filters, share] = kernel.dims as [number, number]
  if (share * groups !== channels)
    read.fail(node, `its kernel sees ${share} channels in each of ${groups} groups, and the input has ${channels}.`)
  const window = windowOf(read, node, input.slice(0, -1), cells)
  const isDepthwise = groups === channels && groups > 1 && filters % groups === 0
  const settings = isDepthwise ? { ...window, bias, multiplier: filters / groups } : { filters, ...window, groups, bias }
  read.holdFirst(node, read.add(node, `${isDepthwise ? 'depthwiseConv' : 'conv'}${rank - 1}d`, settings, [name], weights))
}

const transposed = (read: Reader, node: OnnxNode) => {
  read.known(node, ...windowAttributes, 'group', 'output_padding')
  const { name, rank } = read.first(node)
  const { kernel, cells, weights, bias } = kernelOf(read, node, rank)
  const groups = read.int(node, 'group', 1)
  if (read.text(node, 'auto_pad', 'NOTSET') !== 'NOTSET') read.fail(node, 'pads by itself; only numbers of pads can be read.')
  const channels = read.shapeOf(name).at(-1) as number
  if (kernel.dims[0] !== channels) read.fail(node, `its kernel takes ${kernel.dims[0]} channels, and the input has ${channels}.`)
  const { rounding: _, ...window } = windowOf(read, node, read.shapeOf(name).slice(0, -1), cells)
  const outputPadding = oneOrEach(each(read, node, 'output_padding', rank - 1, 0, 0))
  const settings = { filters: (kernel.dims[1] as number) * groups, ...window, outputPadding, groups, bias }
  read.holdFirst(node, read.add(node, `convTranspose${rank - 1}d`, settings, [name], weights))
}

const pool = (stem: 'maxPool' | 'avgPool') => (read: Reader, node: OnnxNode) => {
  read.known(node, ...windowAttributes, 'ceil_mode', 'count_include_pad', 'storage_order')
  if (node.outputs.slice(1).some((name) => name !== '')) read.fail(node, 'gives the places of its maxima too, which no layer here does.')
  const { name, rank } = read.first(node)
  const input = read.shapeOf(name)
  const cells = each(read, node, 'kernel_shape', rank - 1, 0, 1)
  const window = windowOf(read, node, input.slice(0, -1), cells)
  const pads = read.ints(node, 'pads') ?? []
  if (stem === 'avgPool' && pads.some((cells) => cells > 0) && read.int(node, 'count_include_pad', 0) !== 1) {
    const same = isSame(window, input.slice(0, -1), cells)
    if (!same) read.fail(node, 'does not count its padding; average pools here do, but for that of same.')
    return read.holdFirst(node, read.add(node, `${stem}${rank - 1}d`, { ...window, padding: 'same', rounding: 'exact' }, [name]))
  }
  read.holdFirst(node, read.add(node, `${stem}${rank - 1}d`, { ...window }, [name]))
}

/** Whether a window's padding is that of `'same'`. */
const isSame = ({ stride, dilation, padding }: ReadWindow, sizes: readonly number[], cells: readonly number[]): boolean => {
  const at = (value: number | readonly number[], axis: number): number => (typeof value === 'number' ? value : (value[axis] as number))
  return sizes.every((size, axis) => {
    const shared = { size, kernel: cells[axis] as number, stride: at(stride, axis), dilation: at(dilation, axis) }
    const ends = Array.isArray(padding) ? padding[axis] : padding
    const own = fitAxis({ ...shared, padding: ends as number | [number, number] })
    const same = fitAxis({ ...shared, padding: 'same' })
    return own.before === same.before && own.after === same.after && own.positions === same.positions
  })
}

const globalPool = (kind: string) => (read: Reader, node: OnnxNode) => {
  read.known(node)
  const { name } = read.first(node)
  read.holdFirst(node, read.add(node, kind, { size: 1 }, [name]))
}

export const windowReaders: Readers = {
  Conv: convolution,
  ConvTranspose: transposed,
  MaxPool: pool('maxPool'),
  AveragePool: pool('avgPool'),
  GlobalAveragePool: globalPool('adaptiveAvgPool'),
  GlobalMaxPool: globalPool('adaptiveMaxPool'),
}

import { fitAxis, roundUp } from '../../../shape/window.js'
import { oneOrEach } from '../../settings.js'
import type { OnnxNode } from '../model.js'
import { listed, named } from '../words.js'
import type { ConstantTensor } from './operands/operand.js'
import type { ReadWeight } from './reader/layers.js'
import type { Reader, Readers } from './reader/reader.js'

/** Convolutions and pools: the windows of a file as this package says them. */

interface ReadWindow {
  readonly kernel: number | readonly number[]
  readonly stride: number | readonly number[]
  readonly dilation: number | readonly number[]
  readonly padding: 'same' | number | (number | [number, number])[]
  readonly rounding: 'exact' | 'floor' | 'ceil'
  readonly countIncludePad?: false
}

const each = (read: Reader, node: OnnxNode, name: string, rank: number, standard: number, least: number): readonly number[] => {
  const values = read.ints(node, name) ?? Array.from({ length: rank }, () => standard)
  if (values.length !== rank || values.some((value) => !Number.isSafeInteger(value) || value < least)) {
    return read.fail(node, `its ${name} must be ${rank} whole numbers of at least ${least}, not ${listed(values)}.`)
  }
  return values
}

/** Zeros before and after each axis: as numbers, or so many that there is a window for every stride. */
const zerosPerAxis = (
  read: Reader,
  node: OnnxNode,
  sizes: readonly number[],
  kernel: readonly number[],
): [before: number, after: number][] => {
  const rank = sizes.length
  const [strides, dilations] = [each(read, node, 'strides', rank, 1, 1), each(read, node, 'dilations', rank, 1, 1)]
  const pads = each(read, node, 'pads', 2 * rank, 0, 0)
  const auto = autoPad(read, node)
  return sizes.map((size, axis) => {
    if (auto === 'VALID') return [0, 0]
    if (auto === 'NOTSET') return [pads[axis] as number, pads[axis + rank] as number]
    const shared = { size, kernel: kernel[axis] as number, stride: strides[axis] as number, dilation: dilations[axis] as number }
    const same = fitAxis({ ...shared, padding: 'same' })
    return auto === 'SAME_LOWER' ? [same.after, same.before] : [same.before, same.after]
  })
}

const autoPad = (read: Reader, node: OnnxNode): string => {
  const auto = read.text(node, 'auto_pad', 'NOTSET')
  return ['NOTSET', 'VALID', 'SAME_UPPER', 'SAME_LOWER'].includes(auto) ? auto : read.fail(node, `there is no auto_pad '${named(auto)}'.`)
}

/** The window of an operator on the spatial axes of a layer's output. */
const windowOf = (read: Reader, node: OnnxNode, sizes: readonly number[], kernel: readonly number[]): ReadWindow => {
  const rank = sizes.length
  const strides = each(read, node, 'strides', rank, 1, 1)
  const dilations = each(read, node, 'dilations', rank, 1, 1)
  const ends = zerosPerAxis(read, node, sizes, kernel)
  const common = { kernel: oneOrEach(kernel), stride: oneOrEach(strides), dilation: oneOrEach(dilations) }
  const auto = autoPad(read, node)
  if (auto === 'SAME_UPPER') return { ...common, padding: 'same', rounding: 'exact' }
  // A padding of 'same' has one window for each stride, whatever ceil_mode says.
  const up = auto !== 'SAME_LOWER' && read.flag(node, 'ceil_mode', false)
  return roundedBy({ ...common, padding: numbersOf(ends), rounding: up ? 'ceil' : 'floor' }, sizes, kernel)
}

/** A window, with the rounding `'exact'` if its size divides evenly. */
const roundedBy = (window: ReadWindow, sizes: readonly number[], kernel: readonly number[]): ReadWindow => {
  const isExact = fitsOf(window, sizes, kernel).every(({ fit }) => fit.remainder === 0)
  return isExact ? { ...window, rounding: 'exact' } : window
}

/** How a window fits each axis. */
const fitsOf = ({ stride, dilation, padding }: ReadWindow, sizes: readonly number[], kernel: readonly number[]) => {
  const at = (value: number | readonly number[], axis: number): number => (typeof value === 'number' ? value : (value[axis] as number))
  return sizes.map((size, index) => {
    const ends = Array.isArray(padding) ? (padding[index] as number | [number, number]) : padding
    const axis = { size, kernel: kernel[index] as number, stride: at(stride, index), dilation: at(dilation, index), padding: ends }
    return { axis, fit: fitAxis(axis) }
  })
}

/** Zeros at both ends as an option says them: one number for all, or for each axis one or two. */
const numbersOf = (ends: readonly (readonly [number, number])[]): number | (number | [number, number])[] => {
  const each = ends.map(([before, after]): number | [number, number] => (before === after ? before : [before, after]))
  return each.every((end) => typeof end === 'number' && end === each[0]) ? (each[0] as number) : each
}

const windowAttributes = ['auto_pad', 'dilations', 'kernel_shape', 'pads', 'strides']

/** A convolution's kernel and bias, checked against each other and against the attribute. */
const kernelOf = (read: Reader, node: OnnxNode, rank: number) => {
  const kernel = read.tensor(node, 1)
  const bias = read.optionalTensor(node, 2)
  if (kernel.dims.length !== rank + 1) read.fail(node, `its kernel has ${kernel.dims.length} axes, and its input needs ${rank + 1}.`)
  const cells = kernel.dims.slice(2)
  const said = read.ints(node, 'kernel_shape')
  if (said && said.join() !== cells.join()) read.fail(node, `its kernel_shape is ${listed(said)}, and its kernel ${listed(cells)}.`)
  const weights: ReadWeight[] = [{ suffix: 'weight', from: kernel }, ...(bias ? [{ suffix: 'bias', from: bias }] : [])]
  return { kernel, cells, weights, bias }
}

/** Refuses a bias that has not one value for each filter. */
const requireBias = (read: Reader, node: OnnxNode, bias: ConstantTensor | undefined, filters: number): void => {
  if (bias && bias.dims.join() !== `${filters}`) read.fail(node, `its bias is ${listed(bias.dims)}, and there are ${filters} filters.`)
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
  requireBias(read, node, bias, filters)
  const window = windowOf(read, node, input.slice(0, -1), cells)
  const isDepthwise = groups === channels && groups > 1 && filters % groups === 0
  const common = { ...window, bias: bias !== undefined }
  const settings = isDepthwise ? { ...common, multiplier: filters / groups } : { filters, groups, ...common }
  read.holdFirst(node, read.add(node, `${isDepthwise ? 'depthwiseConv' : 'conv'}${rank - 1}d`, settings, [name], weights))
}

const transposed = (read: Reader, node: OnnxNode) => {
  read.known(node, ...windowAttributes, 'group', 'output_padding')
  const { name, rank } = read.first(node)
  const { kernel, cells, weights, bias } = kernelOf(read, node, rank)
  const groups = read.int(node, 'group', 1)
  if (autoPad(read, node).startsWith('SAME')) read.fail(node, 'pads by itself; only numbers of pads can be read.')
  const channels = read.shapeOf(name).at(-1) as number
  if (kernel.dims[0] !== channels) read.fail(node, `its kernel takes ${kernel.dims[0]} channels, and the input has ${channels}.`)
  const filters = (kernel.dims[1] as number) * groups
  requireBias(read, node, bias, filters)
  const [stride, dilation] = ['strides', 'dilations'].map((of) => oneOrEach(each(read, node, of, rank - 1, 1, 1)))
  const padding = numbersOf(zerosPerAxis(read, node, read.shapeOf(name).slice(0, -1), cells))
  const outputPadding = oneOrEach(each(read, node, 'output_padding', rank - 1, 0, 0))
  const settings = { filters, kernel: oneOrEach(cells), stride, padding, dilation, outputPadding, groups, bias: bias !== undefined }
  read.holdFirst(node, read.add(node, `convTranspose${rank - 1}d`, settings, [name], weights))
}

const pool = (stem: 'maxPool' | 'avgPool') => (read: Reader, node: OnnxNode) => {
  read.known(node, ...windowAttributes, 'ceil_mode', ...(stem === 'avgPool' ? ['count_include_pad'] : ['storage_order']))
  // Only these places depend on the storage_order.
  if (node.outputs.slice(1).some((name) => name !== '')) read.fail(node, 'gives the places of its maxima too, which no layer here does.')
  const { name, rank } = read.first(node)
  const sizes = read.shapeOf(name).slice(0, -1)
  const cells = each(read, node, 'kernel_shape', rank - 1, 0, 1)
  const window = windowOf(read, node, sizes, cells)
  const isDilated = each(read, node, 'dilations', rank - 1, 1, 1).some((dilation) => dilation > 1)
  // By ONNX's words the padding is that of the dilated window, in ONNX Runtime that of the kernel alone, and so are the sizes.
  if (isDilated && autoPad(read, node).startsWith('SAME'))
    read.fail(node, 'pads a dilated window by itself, of which there are two readings.')
  const isMean = stem === 'avgPool' && read.text(node, 'auto_pad', 'NOTSET') !== 'VALID'
  const ends = zerosPerAxis(read, node, sizes, cells)
  const settings = isMean && ends.flat().some((zeros) => zeros > 0) ? averaged(read, node, window, ends, sizes, cells) : window
  read.holdFirst(node, read.add(node, `${stem}${rank - 1}d`, { ...settings }, [name]))
}

/**
 * The window of an average over a padding. ONNX does not count it by default. If the windows of `'same'`, or windows that reach past the
 * edge, are in the same places, the layer needs no option.
 */
const averaged = (
  read: Reader,
  node: OnnxNode,
  window: ReadWindow,
  ends: readonly (readonly [number, number])[],
  sizes: readonly number[],
  cells: readonly number[],
): ReadWindow => {
  if (read.flag(node, 'count_include_pad', false)) {
    return window.padding === 'same' ? roundedBy({ ...window, padding: numbersOf(ends), rounding: 'floor' }, sizes, cells) : window
  }
  const wanted = positionsOf(window, sizes, cells)
  const candidates: readonly Pick<ReadWindow, 'padding' | 'rounding'>[] = [
    { padding: 'same', rounding: 'exact' },
    { padding: 0, rounding: 'floor' },
    { padding: 0, rounding: 'ceil' },
  ]
  const found = candidates.find((each) => positionsOf({ ...window, ...each }, sizes, cells) === wanted)
  return found ? { ...window, ...found } : { ...window, countIncludePad: false }
}

/** Where the windows of each axis begin, and how many there are, as text. */
const positionsOf = (window: ReadWindow, sizes: readonly number[], cells: readonly number[]): string =>
  fitsOf(window, sizes, cells)
    .map(({ axis, fit }) => `${fit.before} ${window.rounding === 'ceil' && fit.remainder > 0 ? roundUp(axis, fit) : fit.positions}`)
    .join()

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

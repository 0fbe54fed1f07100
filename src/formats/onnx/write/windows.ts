import type { SlidingWindow } from '../../../layers/kind/layer.js'
import { byRank } from '../../../network/by-rank.js'
import { FormatError } from '../../../network/format-error.js'
import type { GraphNode } from '../../../network/graph.js'
import type { Shape } from '../../../shape/shape.js'
import { cellsWithin, requireCells } from '../../cells-within.js'
import { countsPadding } from '../../settings.js'
import type { OnnxAttribute } from '../model.js'
import { arranged, type Emitter } from './emitter.js'
import type { Operators } from './operators.js'
import { none, transposed } from './transposed.js'

/** Convolutions and pools: all of them want their channels first. */

/** The cells that windows take in before and after each axis: those that hang over the edge are counted too. */
const padsOf = ({ axes, fits, rounding }: SlidingWindow, output: Shape): { before: number[]; after: number[]; over: number[] } => {
  const over = axes.map(({ size, stride }, axis) => {
    const fit = fits[axis] as SlidingWindow['fits'][number]
    const needed = ((output[axis] as number) - 1) * stride + fit.span - size - fit.before - fit.after
    return rounding === 'ceil' ? Math.max(needed, 0) : 0
  })
  return { before: fits.map(({ before }) => before), after: fits.map(({ after }) => after), over }
}

const sum = (one: readonly number[], other: readonly number[]): number[] => one.map((value, index) => value + (other[index] as number))

/** The attributes of a window, with explicit padding. */
const windowAttributes = ({ axes }: SlidingWindow, pads: readonly number[]): Record<string, OnnxAttribute> => ({
  kernel_shape: { ints: axes.map(({ kernel }) => kernel) },
  strides: { ints: axes.map(({ stride }) => stride) },
  pads: { ints: pads },
  dilations: { ints: axes.map(({ dilation }) => dilation) },
})

const convolution = (emit: Emitter, node: GraphNode): void => {
  const window = node.window as SlidingWindow
  const channels = (node.inputShapes[0] as Shape).at(-1) as number
  const group = node.kind.startsWith('conv') ? (node.settings['groups'] as number) : channels
  const { before, after, over } = padsOf(window, node.output)
  const attributes = { ...windowAttributes(window, [...before, ...sum(after, over)]), group: { int: group } }
  const from = emit.take(node.inputs[0] as string, 'first')
  if (!node.kind.startsWith('separable')) {
    const weights = node.weights.map(({ name }) => emit.weight(node, name === 'kernel' ? 'weight' : 'bias'))
    emit.put(node, 'first', 'Conv', [from, ...weights], attributes)
    return
  }
  const middle = [channels * (node.settings['multiplier'] as number), ...node.output.slice(0, -1)]
  const depth = emit.add('Conv', `${node.name}/depthwise`, {
    inputs: [from, emit.weight(node, 'depthwise.weight')],
    shape: middle,
    attributes,
  })
  const point = [depth, emit.weight(node, 'pointwise.weight')]
  emit.put(node, 'first', 'Conv', node.settings['bias'] ? [...point, emit.weight(node, 'pointwise.bias')] : point)
}

/** A border around the spatial axes of a tensor with its channels first. */
const padded = (
  emit: Emitter,
  node: GraphNode,
  from: string,
  value: number,
  before: readonly number[],
  after: readonly number[],
): string => {
  const input = node.inputShapes[0] as Shape
  const sizes = before.map((cells, axis) => (input[axis] as number) + cells + (after[axis] as number))
  const pads = emit.whole(`${node.name}/pads`, [0, 0, ...before, 0, 0, ...after])
  const border = emit.floats(`${node.name}/border`, [value], [])
  return emit.add('Pad', `${node.name}/padded`, { inputs: [from, pads, border], shape: [input.at(-1) as number, ...sizes] })
}

/** Zeros around an average pool. ONNX Runtime would make them padding of the pool itself, also where that is refused: a reshape keeps it off. */
const zeros = (emit: Emitter, node: GraphNode, from: string, before: readonly number[], after: readonly number[]): string => {
  const input = node.inputShapes[0] as Shape
  const sizes = before.map((cells, axis) => (input[axis] as number) + cells + (after[axis] as number))
  const wide = padded(emit, node, from, 0, before, after)
  return emit.reshape(`${node.name}/apart`, wide, [input.at(-1) as number, ...sizes])
}

const maxPool = (emit: Emitter, node: GraphNode): void => {
  requireCells(node, 'onnx')
  const window = node.window as SlidingWindow
  const { before, after, over } = padsOf(window, node.output)
  const end = sum(after, over)
  const from = emit.takeForPool(node)
  // ONNX Runtime refuses pads that are no smaller than the kernel, which a dilated window may have.
  if (window.axes.every(({ kernel }, axis) => (before[axis] as number) < kernel && (end[axis] as number) < kernel)) {
    emit.put(node, 'first', 'MaxPool', [from], windowAttributes(window, [...before, ...end]))
    return
  }
  const wide = padded(emit, node, from, Number.NEGATIVE_INFINITY, before, end)
  emit.put(node, 'first', 'MaxPool', [wide], windowAttributes(window, [...none(before), ...none(end)]))
}

/** Cells beyond the padding never count in the mean. */
const avgPool = (emit: Emitter, node: GraphNode): void => {
  const window = node.window as SlidingWindow
  const { before, after, over } = padsOf(window, node.output)
  const counted = countsPadding(node.settings)
  if (!counted) requireCells(node, 'onnx')
  const isDilated = window.axes.some(({ dilation }) => dilation > 1)
  if (isDilated && emit.opset < 19) throw new FormatError('a dilated average pool needs opset 19.', 'onnx', node.name)
  let from = emit.takeForPool(node)
  const { dilations, ...plain } = windowAttributes(window, [])
  const attributes = isDilated ? { ...plain, dilations: dilations as OnnxAttribute } : plain
  const fits = (cells: readonly number[]) => window.axes.every(({ kernel }, axis) => (cells[axis] as number) < kernel)
  const hangs = over.some((cells) => cells > 0)
  if (!counted || (!hangs && fits(before) && fits(after))) {
    const end = sum(after, over)
    if (!fits(before) || !fits(end)) {
      averageOfCells(emit, node, from, attributes)
      return
    }
    const include = { count_include_pad: { int: counted ? 1 : 0 } }
    emit.put(node, 'first', 'AveragePool', [from], { ...attributes, pads: { ints: [...before, ...end] }, ...include })
    return
  }
  if (!fits(over)) {
    averageOfCells(emit, node, from, attributes)
    return
  }
  if (!fits(before) || !fits(after)) from = zeros(emit, node, from, before, after)
  else if ([...before, ...after].some((cells) => cells > 0)) from = padded(emit, node, from, 0, before, after)
  emit.put(node, 'first', 'AveragePool', [from], { ...attributes, pads: { ints: [...none(before), ...over] } })
}

/** More factors than this for an axis are not written. */
const mostFactors = 2 ** 20

/**
 * An average pool whose padding ONNX does not take, because it is as large as the kernel: one over zeros, times what makes of it an average
 * over the cells that count.
 */
const averageOfCells = (emit: Emitter, node: GraphNode, from: string, attributes: Record<string, OnnxAttribute>): void => {
  const window = node.window as SlidingWindow
  const { before, after, over } = padsOf(window, node.output)
  const wide = zeros(emit, node, from, before, sum(after, over))
  const shape = arranged(node.output, 'first')
  let mean = emit.add('AveragePool', `${node.name}/mean`, {
    inputs: [wide],
    shape,
    attributes: { ...attributes, pads: { ints: none([...before, ...after]) } },
  })
  const rank = window.axes.length
  for (const [axis, { size, kernel, stride, dilation }] of window.axes.entries()) {
    const positions = node.output[axis] as number
    if (positions > mostFactors)
      throw new FormatError(`ONNX has no average pool with this padding over ${positions} positions.`, 'onnx', node.name)
    const counted = countsPadding(node.settings)
    const [first, end] = counted ? [-(before[axis] as number), size + (after[axis] as number)] : [0, size]
    const factors = Array.from(
      { length: positions },
      (_, position) => kernel / cellsWithin({ kernel, dilation }, position * stride - (before[axis] as number), [first, end]),
    )
    const vector = emit.floats(`${node.name}/factors${axis}`, factors, [positions, ...Array.from({ length: rank - 1 - axis }, () => 1)])
    if (axis === rank - 1) emit.put(node, 'first', 'Mul', [mean, vector])
    else mean = emit.add('Mul', `${node.name}/axis${axis}`, { inputs: [mean, vector], shape })
  }
}

const globalPool =
  (operator: string) =>
  (emit: Emitter, node: GraphNode): void => {
    const input = node.inputShapes[0] as Shape
    const channels = input.at(-1) as number
    const from = emit.take(node.inputs[0] as string, 'first')
    const pooled = emit.add(operator, `${node.name}/pooled`, { inputs: [from], shape: [channels, ...input.slice(0, -1).map(() => 1)] })
    emit.put(node, 'last', 'Flatten', [pooled], { axis: { int: 1 } })
  }

/** A shape with its channels first, with another size on a spatial axis. */
const sized = (shape: readonly number[], axis: number, size: number): number[] =>
  shape.map((each, index) => (index === axis + 1 ? size : each))

/** An adaptive pool: one window where the size divides the input, else part by part along each axis (PyTorch's parts). */
const adaptivePool =
  (pool: string, global: string, reduce: string) =>
  (emit: Emitter, node: GraphNode): void => {
    const input = node.inputShapes[0] as Shape
    const from = emit.take(node.inputs[0] as string, 'first')
    const sizes = node.output.slice(0, -1)
    if (sizes.every((size) => size === 1)) {
      emit.put(node, 'first', global, [from])
      return
    }
    const kernel = sizes.map((size, axis) => (input[axis] as number) / size)
    if (kernel.every(Number.isInteger)) {
      emit.put(node, 'first', pool, [emit.takeForPool(node)], { kernel_shape: { ints: kernel }, strides: { ints: kernel } })
      return
    }
    let current = from
    const shape = [...arranged(input, 'first')]
    for (const [axis, size] of sizes.entries()) {
      const cells = input[axis] as number
      const place = axis + 2
      const parts = Array.from({ length: size }, (_, part) => {
        const wish = `${node.name}/axis${axis}_part${part}`
        const [start, end] = [Math.floor((part * cells) / size), Math.ceil(((part + 1) * cells) / size)]
        const bounds = [emit.whole(`${wish}/from`, [start]), emit.whole(`${wish}/to`, [end]), emit.whole(`${wish}/axis`, [place])]
        const cut = emit.add('Slice', `${wish}/cut`, { inputs: [current, ...bounds], shape: sized(shape, axis, end - start) })
        return reduced(emit, reduce, wish, cut, [place], 1, sized(shape, axis, 1))
      })
      shape[axis + 1] = size
      const isLast = axis === sizes.length - 1
      if (isLast) emit.put(node, 'first', 'Concat', parts, { axis: { int: place } })
      else
        current = emit.add('Concat', `${node.name}/axis${axis}`, { inputs: parts, shape: [...shape], attributes: { axis: { int: place } } })
    }
  }

/** A reduction over axes, which are an input from opset 18 on. */
export const reduced = (
  emit: Emitter,
  operator: string,
  wish: string,
  from: string,
  axes: readonly number[],
  keep: number,
  shape: readonly number[],
): string =>
  emit.opset < 18
    ? emit.add(operator, wish, { inputs: [from], shape, attributes: { axes: { ints: axes }, keepdims: { int: keep } } })
    : emit.add(operator, wish, { inputs: [from, emit.whole(`${wish}/axes`, axes)], shape, attributes: { keepdims: { int: keep } } })

export const windowOperators = {
  ...byRank('conv', convolution),
  ...byRank('depthwiseConv', convolution),
  ...byRank('separableConv', convolution, [1, 2]),
  ...byRank('convTranspose', transposed),
  ...byRank('maxPool', maxPool),
  ...byRank('avgPool', avgPool),
  globalAvgPool: globalPool('GlobalAveragePool'),
  globalMaxPool: globalPool('GlobalMaxPool'),
  adaptiveAvgPool: adaptivePool('AveragePool', 'GlobalAveragePool', 'ReduceMean'),
  adaptiveMaxPool: adaptivePool('MaxPool', 'GlobalMaxPool', 'ReduceMax'),
} satisfies Operators

import { requireCells } from '../cells-within.js'
import { countsPadding } from '../settings.js'
import { type Call, call, type Literal, numberText, perAxis, tuple, unless } from './call.js'
import { type Part, type PartsWriter, part } from './part.js'
import { none, outputOf, type PlacedWindow, padCall, padding, placedWindow } from './placement.js'

/* Pools. PyTorch's padding is limited to half the kernel. */

/** Whether PyTorch's pools accept a padding: the same at both ends, and at most half the kernel. */
const poolTakes = ({ kernel, before, after }: PlacedWindow): boolean =>
  before.every((cells, axis) => cells === after[axis] && cells <= (kernel[axis] as number) / 2)

const strideOption = ({ kernel, stride }: PlacedWindow): Literal | undefined =>
  stride.every((step, axis) => step === kernel[axis]) ? undefined : perAxis(stride)

export const maxPool: PartsWriter = (node, input) => {
  requireCells(node, 'pytorch')
  const window = placedWindow(node)
  const { rank, kernel, dilation, before, after, over } = window
  const own = poolTakes(window)
  const ends = after.map((cells, axis) => cells + (over[axis] as number))
  const options = {
    stride: strideOption(window),
    padding: own ? unless(0, perAxis(before)) : undefined,
    dilation: unless(1, perAxis(dilation)),
    ceil_mode: own && !none(over) ? true : undefined,
  }
  const module = part(call(`nn.MaxPool${rank}d`, { kernel_size: perAxis(kernel) }, options), outputOf(node))
  return own ? [module] : [padding(input, before, ends, '-float("inf")'), module]
}

export const avgPool: PartsWriter = (node, input) => {
  const window = placedWindow(node)
  const { rank, kernel, stride, before, after, over } = window
  // A kernel of one cell has no dilation.
  const gaps = window.dilation.map((step, axis) => (kernel[axis] === 1 ? 1 : step))
  const isDilated = gaps.some((step) => step !== 1)
  const counted = countsPadding(node.settings)
  if (!counted) requireCells(node, 'pytorch')
  // AvgPool3d rejects a map that is smaller than its kernel, whatever the padding.
  const isSmaller = rank === 3 && kernel.some((cells, axis) => (input.shape[axis] as number) < cells)
  // PyTorch omits a window that starts in the padding.
  const isBeyond = over.some((cells, axis) => cells >= (kernel[axis] as number))
  const pool = (more: Readonly<Record<string, Literal | undefined>>): Call =>
    isDilated
      ? call(
          'DilatedAvgPool',
          Object.fromEntries([kernel, stride, gaps].map((sizes, index) => [`sizes_${index}`, tuple(sizes.map(numberText))])),
        )
      : call(`nn.AvgPool${rank}d`, { kernel_size: perAxis(kernel) }, { stride: strideOption(window), ...more })
  const ceil_mode = none(over) ? undefined : true
  if (poolTakes(window) && !isSmaller && !isDilated && !isBeyond) {
    const padding = unless(0, perAxis(before))
    return [part(pool({ ceil_mode, padding, count_include_pad: padding === undefined || counted ? undefined : false }), outputOf(node))]
  }
  const meanOfCells = (first: readonly number[], last: readonly number[]): Part => {
    const inner = [padCall(first, last, '0.0'), pool({})].map(({ callee, args }) => inlineText(callee, args))
    return part(call('CellMean', { pad: inner[0] as string, pool: inner[1] as string }), outputOf(node))
  }
  const ends = after.map((cells, axis) => cells + (over[axis] as number))
  if (!counted) return [meanOfCells(before, ends)]
  const front = none([...before, ...after]) ? [] : [padding(input, before, after)]
  // After a padding of its own it rounds up over more cells, and keeps a window that starts in that padding.
  const isKept = node.output.slice(0, -1).some((size, axis) => {
    const cells = (input.shape[axis] as number) + (before[axis] as number) + (after[axis] as number)
    const [span, step] = [kernel[axis] as number, stride[axis] as number]
    return !none(over) && (size - 1) * step < cells - span && size * step < cells
  })
  if (isDilated || isBeyond || isKept)
    return [
      ...front,
      none(over)
        ? part(pool({}), outputOf(node))
        : meanOfCells(
            over.map(() => 0),
            over,
          ),
    ]
  return [...front, part(pool({ ceil_mode }), outputOf(node))]
}

const inlineText = (callee: string, args: Call['args']): string =>
  `${callee}(${args.map(({ name, value, keyword }) => (keyword ? `${name}=${literal(value)}` : literal(value))).join(', ')})`

const literal = (value: Literal): string => (typeof value === 'boolean' ? (value ? 'True' : 'False') : `${value}`)

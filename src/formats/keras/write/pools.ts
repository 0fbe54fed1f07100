import type { GraphNode } from '../../../network/graph.js'
import { cellsWithin } from '../../cells-within.js'
import { type Chain, type Config, refuse, requireFew, type Writer } from '../layer.js'
import { alongEach, cropped, none, padded } from './cells.js'
import { cutWidth, edgesRepeated, type Factor, scaledAlong, widened } from './edges.js'
import { forSame, isOne, placementOf, type WindowPlacement } from './placement.js'

/*
 * Pools. The cells that a max pool has around its input never win, those of Keras are zeros.
 */

const pooling = ({ kernel, stride }: Pick<WindowPlacement, 'kernel' | 'stride'>, padding: string): Config => ({
  pool_size: kernel,
  strides: stride,
  padding,
})

export const maxPool: Writer = (chain, node) => {
  const place = placementOf(node)
  const { rank, kernel, stride, dilation, ends, isSame } = place
  if (!isOne(dilation)) return inPhases(chain, node, place, 'Max')
  const className = `MaxPooling${rank}D`
  if (none(ends)) return chain.add('pool', className, pooling(place, 'valid'), node.output)
  if (isSame) return forSame(chain, place).add('pool', className, pooling(place, 'same'), node.output)
  // Zeros could win. With stride 1 and 'same' the window stands everywhere, beyond the edge too: of these positions every one that is
  // wanted is taken.
  const offsets = kernel.map((cells, axis) => Math.floor((cells - 1) / 2) - (ends[axis]?.[0] as number))
  const size = (axis: number): number => chain.shape[axis] as number
  const last = offsets.map((offset, axis) => offset + ((node.output[axis] as number) - 1) * (stride[axis] as number))
  // Further over the edge copies of the outermost cells stand around the map.
  if (offsets.some((offset) => offset < 0) || last.some((at, axis) => at >= size(axis)))
    return edgesRepeated(chain, ends).add('pool', className, pooling(place, 'valid'), node.output)
  const everywhere = chain.add('everywhere', className, pooling({ kernel, stride: kernel.map(() => 1) }, 'same'), chain.shape)
  const cut = cropped(
    everywhere,
    offsets.map((offset, axis) => [offset, size(axis) - 1 - (last[axis] as number)] as const),
  )
  return isOne(stride) ? cut : cut.add('pool', className, pooling({ kernel: kernel.map(() => 1), stride }, 'valid'), node.output)
}

export const avgPool: Writer = (chain, node) => {
  const place = placementOf(node)
  const { rank, dilation, ends, isSame } = place
  const className = `AveragePooling${rank}D`
  const isPlain = isOne(dilation)
  if (isPlain && none(ends)) return chain.add('pool', className, pooling(place, 'valid'), node.output)
  // The cells of 'same', and those beyond the edge, are not counted.
  if (isPlain && !place.padded && isSame) return forSame(chain, place).add('pool', className, pooling(place, 'same'), node.output)
  const factors = node.output.slice(0, -1).map((_, axis) => factorsOf(node, place, axis))
  const pooled = isPlain
    ? padded(chain, ends).add('pool', className, pooling(place, 'valid'), node.output)
    : inPhases(chain, node, place, 'Average')
  return scaledAlong(pooled, factors)
}

/** An average over the whole kernel becomes one over the cells that count: zeros of a numeric padding do, others and what hangs over do not. */
const factorsOf = (node: GraphNode, { padded, kernel, stride, dilation, ends }: WindowPlacement, axis: number): Factor[] => {
  const { axes, fits } = node.window as NonNullable<GraphNode['window']>
  const axisWindow = { kernel: kernel[axis] as number, dilation: dilation[axis] as number }
  const step = stride[axis] as number
  const [before] = ends[axis] as readonly [number, number]
  const size = axes[axis]?.size as number
  const [first, end] = padded ? [-before, size + (fits[axis]?.after as number)] : [0, size]
  const positions = node.output[axis] as number
  const factorAt = (position: number): number => {
    const counted = cellsWithin(axisWindow, position * step - before, [first, end])
    return counted > 0 ? axisWindow.kernel / counted : refuse(node, 'a window sees no cell of its input. Use less dilation.')
  }
  const runs: Factor[] = []
  const add = (from: number, to: number, factor: number): void => {
    const last = runs.at(-1)
    if (from < to && last?.factor === factor) runs[runs.length - 1] = { ...last, to }
    else if (from < to) runs.push({ from, to, factor })
  }
  // Windows that lie inside count all their cells.
  const firstInside = Math.min(positions, Math.max(0, Math.ceil((first + before) / step)))
  const lastInside = Math.max(
    firstInside,
    Math.min(positions, Math.floor((end - (axisWindow.kernel - 1) * axisWindow.dilation - 1 + before) / step) + 1),
  )
  requireFew(node, Math.max(firstInside, positions - lastInside), 'windows over the edge', "Use less padding, or rounding: 'floor'.")
  for (let at = 0; at < firstInside; at += 1) add(at, at + 1, factorAt(at))
  add(firstInside, lastInside, 1)
  for (let at = lastInside; at < positions; at += 1) add(at, at + 1, factorAt(at))
  return runs
}

/**
 * A dilated pool, axis after axis: cells whose places have the same remainder by the dilation become channels, in which windows have no gaps.
 */
const inPhases = (chain: Chain, node: GraphNode, { kernel, stride, dilation, ends }: WindowPlacement, stem: 'Max' | 'Average'): Chain =>
  alongEach(chain, 'phases', [...ends], (axis, [before, after], [rows, size, rest]) => {
    const [cells, step, gap] = [kernel, stride, dilation].map((values) => values[axis] as number) as [number, number, number]
    const role = (name: string): string => `${name}_${axis}`
    const positions = node.output[axis] as number
    const lastStart = (positions - 1) * step
    /** How many cells before the first window there are now. */
    let ahead = 0
    if (stem === 'Average') {
      const total = before + size + after
      const columns = Math.ceil(total / gap)
      const padding = [
        [0, 0],
        [before, columns * gap - size - before],
      ]
      chain.add(role('pad'), 'ZeroPadding2D', { padding }, [rows, columns * gap, rest]).reshape(role('phases'), [rows, columns, gap * rest])
    } else {
      const columns = Math.ceil(size / gap)
      if (size < gap) return refuse(node, `its dilation is larger than its input. Use a dilation of at most ${size}.`)
      const missing = columns * gap - size
      if (missing > 0) {
        const more = cutWidth(chain.branch(), role('more'), size - gap, size - gap + missing)
        chain.join(role('filled'), 'Concatenate', { axis: 2 }, [chain.branch(), more], [rows, columns * gap, rest])
      }
      chain.reshape(role('phases'), [rows, columns, gap * rest])
      const columnsBefore = Math.ceil(before / gap)
      ahead = columnsBefore * gap - before
      const columnsAfter = Math.max(0, Math.floor((ahead + lastStart) / gap) + cells - columns - columnsBefore)
      widened(chain, role('edge'), [columnsBefore, columnsAfter])
    }
    const pooled = (chain.shape[1] as number) - cells + 1
    const onWidth = (pool: number, strides: number): Config => ({ pool_size: [1, pool], strides: [1, strides], padding: 'valid' })
    chain
      .add(role('pool'), `${stem}Pooling2D`, onWidth(cells, 1), [rows, pooled, gap * rest])
      .reshape(role('positions'), [rows, pooled * gap, rest])
    cutWidth(chain, role('cut'), ahead, ahead + lastStart + 1)
    if (step > 1) chain.add(role('steps'), 'MaxPooling2D', onWidth(1, step), [rows, positions, rest])
  })

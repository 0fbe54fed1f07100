import type { GraphNode } from '../../../network/graph.js'
import { type Config, refuse, type Writer } from '../layer.js'
import { cropped, padded } from './cells.js'
import { forSame, isOne, placementOf, type WindowPlacement } from './placement.js'

/*
 * Pools. The cells that a max pool has around its input never win, those of Keras are zeros.
 */

const pooling = ({ kernel, stride }: Pick<WindowPlacement, 'kernel' | 'stride'>, padding: string): Config => ({
  pool_size: kernel,
  strides: stride,
  padding,
})

const requireUndilated = (node: GraphNode, { dilation }: WindowPlacement): void => {
  if (!isOne(dilation)) refuse(node, 'the pools of Keras have no dilation. Use dilation 1.')
}

export const maxPool: Writer = (chain, node) => {
  const place = placementOf(node)
  requireUndilated(node, place)
  const { rank, kernel, stride, ends, isSame } = place
  const className = `MaxPooling${rank}D`
  const noPadding = ends.every(([before, after]) => before === 0 && after === 0)
  if (noPadding) return chain.add('pool', className, pooling(place, 'valid'), node.output)
  if (isSame) return forSame(chain, place).add('pool', className, pooling(place, 'same'), node.output)
  // Zeros could win. With stride 1 and 'same' the window stands everywhere, beyond the edge too: of these positions every one that is
  // wanted is taken.
  const offsets = kernel.map((cells, axis) => Math.floor((cells - 1) / 2) - (ends[axis]?.[0] as number))
  const size = (axis: number): number => chain.shape[axis] as number
  const last = offsets.map((offset, axis) => offset + ((node.output[axis] as number) - 1) * (stride[axis] as number))
  if (offsets.some((offset) => offset < 0) || last.some((at, axis) => at >= size(axis))) {
    return refuse(
      node,
      "its windows reach further over the edge than those of 'same', and the padding of Keras is zeros, which could win. Use less padding, or rounding: 'floor'.",
    )
  }
  const everywhere = chain.add('everywhere', className, pooling({ kernel, stride: kernel.map(() => 1) }, 'same'), chain.shape)
  const cut = cropped(
    everywhere,
    offsets.map((offset, axis) => [offset, size(axis) - 1 - (last[axis] as number)] as const),
  )
  return isOne(stride) ? cut : cut.add('pool', className, pooling({ kernel: kernel.map(() => 1), stride }, 'valid'), node.output)
}

export const avgPool: Writer = (chain, node) => {
  const place = placementOf(node)
  requireUndilated(node, place)
  const { rank, ends, isSame } = place
  const className = `AveragePooling${rank}D`
  if (ends.every(([before, after]) => before === 0 && after === 0))
    return chain.add('pool', className, pooling(place, 'valid'), node.output)
  // The cells of 'same', and those beyond the edge, are not counted.
  if (!place.padded && isSame) return forSame(chain, place).add('pool', className, pooling(place, 'same'), node.output)
  if (place.over) return refuse(node, "its last window hangs over the edge, and the cells there do not count. Use rounding: 'floor'.")
  return padded(chain, ends).add('pool', className, pooling(place, 'valid'), node.output)
}

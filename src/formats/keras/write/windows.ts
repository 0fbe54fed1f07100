import type { Writer } from '../layer.js'
import { convolution, depthwise, separable } from './convolutions.js'
import { avgPool, maxPool } from './pools.js'
import { transposed } from './transposed.js'

/*
 * The writers of all layers that slide a window.
 */

const byRank = (stem: string, write: Writer, ranks: readonly number[] = [1, 2, 3]): Record<string, Writer> =>
  Object.fromEntries(ranks.map((rank) => [`${stem}${rank}d`, write]))

export const windowWriters: Readonly<Record<string, Writer>> = {
  ...byRank('conv', convolution),
  ...byRank('depthwiseConv', depthwise),
  ...byRank('separableConv', separable, [1, 2]),
  ...byRank('convTranspose', transposed),
  ...byRank('maxPool', maxPool),
  ...byRank('avgPool', avgPool),
}

import { byRank } from '../../../network/by-rank.js'
import type { Writer } from '../layer.js'
import { convolution, depthwise, separable } from './convolutions.js'
import { avgPool, maxPool } from './pools.js'
import { transposed } from './transposed.js'

/*
 * The writers of all layers that slide a window.
 */

export const windowWriters = {
  ...byRank('conv', convolution),
  ...byRank('depthwiseConv', depthwise),
  ...byRank('separableConv', separable, [1, 2]),
  ...byRank('convTranspose', transposed),
  ...byRank('maxPool', maxPool),
  ...byRank('avgPool', avgPool),
} satisfies Readonly<Record<string, Writer>>

import type { Answer } from '../types/answer.js'
import { networkIn, shownNumber, shownShape } from '../types/network-type.js'

/*
 * The totals of each exported network, above its line.
 */

/** What is known of a network only when its file has run, as texts: MACs, memory, a budget that is exceeded. */
export type RunTotals = readonly string[]

/** What stands above an exported network; undefined where it is none. */
export const lensAt = (answer: Answer | undefined, totals: RunTotals = []): string | undefined => {
  const network = networkIn(answer?.type)
  if (!network) return undefined
  const parameters = network.params === undefined ? 'parameters unknown' : `${shownNumber(network.params)} parameters`
  return [`${shownShape(network.input)} → ${shownShape(network.output)}`, parameters, ...totals].join(' · ')
}

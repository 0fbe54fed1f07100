import type { Answer } from '../types/answer.js'
import { type NetworkType, networkIn, shownNumber, shownShape } from '../types/network-type.js'
import { signatureIn } from '../types/signature.js'

/*
 * The totals of each exported network, above its line.
 */

/** What is known of a network only when its file has run, as texts: MACs, memory, a budget that is exceeded. */
export type RunTotals = readonly string[]

/** The network that a type is, or that a function of that type gives when it is called without arguments. */
const networkOf = (type: string | undefined): NetworkType | undefined => {
  const signature = type === undefined ? undefined : signatureIn(type)
  return networkIn(signature && !signature.needsArguments ? signature.returns : type)
}

/** What stands above an exported network, or a function that gives one; undefined where it is none. */
export const lensAt = (answer: Answer | undefined, totals: RunTotals = []): string | undefined => {
  const network = networkOf(answer?.type)
  if (!network) return undefined
  const parameters = network.params === undefined ? 'parameters unknown' : `${shownNumber(network.params)} parameters`
  return [`${shownShape(network.input)} → ${shownShape(network.output)}`, parameters, ...totals].join(' · ')
}

import { described, isReport } from '../network/described.js'
import type { AnyNetwork } from '../network/network.js'
import { asNetwork } from '../network/network-like.js'

/*
 * What only plain JavaScript can get wrong: something else where a network or a report is needed.
 */

/**
 * The network that was given, or that the data describes.
 *
 * @throws {TypeError} when it is neither, with what it is
 * @throws {FormatError} when something is wrong with the data
 */
export const requireNetwork = (operation: string, value: unknown): AnyNetwork => {
  const network = asNetwork(value)
  if (network) return network
  const description = described(value)
  const advice = description === 'a layer value' ? ' Apply it to an input: input(28, 28, 1).apply(layer).' : ''
  throw new TypeError(`${operation}: needs a network such as input(784).dense(10), not ${description}.${advice}`)
}

/**
 * Refuses what is no report.
 *
 * @throws {TypeError} with what it is
 */
export const requireReport = (operation: string, value: unknown): void => {
  if (isReport(value)) return
  throw new TypeError(`${operation}: needs a report, ${operation}(report(network)), not ${described(value)}.`)
}

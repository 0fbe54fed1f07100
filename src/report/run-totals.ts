import type { AnyNetwork } from '../network/network.js'
import { report } from './report.js'
import { decimalBytes, decimalCount } from './units.js'
import { type Budget, excessesOf } from './within.js'

const words = { params: 'parameters', macs: 'MACs', memory: 'memory' } as const

/** A network's MACs, its memory, and each budget that it exceeds, as editors show them behind its parameters. */
export const runTotals = (network: AnyNetwork, budget: Budget): readonly string[] => {
  const { totals } = report(network)
  const excesses = excessesOf(network, budget).map(({ quantity, budget: most }) => {
    const text = quantity === 'memory' ? decimalBytes(most) : decimalCount(most)
    return `over its budget of ${text} ${words[quantity]}`
  })
  return [`${decimalCount(totals.macs)} MACs`, `${decimalBytes(totals.bytes.inference)} for inference`, ...excesses]
}

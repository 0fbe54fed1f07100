import { dirname } from 'node:path'
import type { RunTotals } from '../../editor/lens/lens.js'
import type { AnyNetwork } from '../../network/network.js'
import { report } from '../../report/report.js'
import { decimalBytes, decimalCount } from '../../report/units.js'
import { type Budget, excessesOf } from '../../report/within.js'
import { configurations } from '../check/config.js'
import { load } from '../load/load.js'

/*
 * What only a run of the file tells of its networks: MACs, memory and budgets. A file runs only where the client allows it.
 */

/** Seconds after which running a file times out. */
const timeout = 20

/** The totals of each exported network of a saved file; none where it does not run. */
export const totalsOf = async (path: string): Promise<ReadonlyMap<string, RunTotals>> => {
  try {
    const { networks } = await load(path, { timeout, print: () => {} })
    const { budget, networks: own } = configurations()(dirname(path))
    return new Map(networks.map(({ name, network }) => [name, textsOf(network, { ...budget, ...own[name] })]))
  } catch {
    // A mistake in the file or in its configuration is what `stridewise check` reports.
    return new Map()
  }
}

const words = { params: 'parameters', macs: 'MACs', memory: 'memory' } as const

const textsOf = (network: AnyNetwork, budget: Budget): RunTotals => {
  const { totals } = report(network)
  const excesses = excessesOf(network, budget).map(({ quantity, budget: most }) => {
    const text = quantity === 'memory' ? decimalBytes(most) : decimalCount(most)
    return `over its budget of ${text} ${words[quantity]}`
  })
  return [`${decimalCount(totals.macs)} MACs`, `${decimalBytes(totals.bytes.inference)} for inference`, ...excesses]
}

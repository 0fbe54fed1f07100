import { dirname } from 'node:path'
import type { RunTotals } from '../../editor/lens/lens.js'
import { runTotals } from '../../report/run-totals.js'
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
    return new Map(networks.map(({ name, network }) => [name, runTotals(network, { ...budget, ...own[name] })]))
  } catch {
    // A mistake in the file or in its configuration is what `stridewise check` reports.
    return new Map()
  }
}

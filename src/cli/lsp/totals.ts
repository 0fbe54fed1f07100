import { basename, dirname } from 'node:path'
import type { RunTotals } from '../../editor/lens/lens.js'
import { runTotals } from '../../report/run-totals.js'
import { configurations } from '../check/config.js'
import { load } from '../load/load.js'
import { sentenceOf } from './client.js'

/*
 * What only a run of the file tells of its networks: MACs, memory and budgets. A file runs only where the client allows it.
 */

/** Seconds after which running a file times out. */
const timeout = 20

/** The result of running a file. */
export interface Ran {
  /** The totals of each exported network. */
  readonly totals: ReadonlyMap<string, RunTotals>
  /** Why there are no totals, or no budgets, in a sentence. */
  readonly failure?: string
}

/** Runs a saved file and returns its totals. If the file or its configuration has an error, returns the message. */
export const totalsOf = async (path: string): Promise<Ran> => {
  try {
    const { networks, problem } = await load(path, { timeout, print: () => {} })
    if (problem) return { totals: new Map(), failure: told(path, problem.message, 'MACs and memory', problem.line) }
    const { budgets, failure } = budgetsFor(path)
    const totals = new Map(networks.map((each) => [each.name, runTotals(each.network, budgets(each.name))]))
    return { totals, ...(failure === undefined ? {} : { failure: told(path, failure, 'Budgets') }) }
  } catch (error) {
    return { totals: new Map(), failure: told(path, sentenceOf(error), 'MACs and memory') }
  }
}

/** `net.ts:5: conv2d: ... MACs and memory are not shown.` */
const told = (path: string, message: string, missing: string, line?: number): string => {
  const sentence = message.split('\n')[0]?.replace(/\.?$/, '.')
  return `${basename(path)}${line === undefined ? '' : `:${line}`}: ${sentence} ${missing} are not shown.`
}

type Budget = Parameters<typeof runTotals>[1]

/** The budget of each network of a file, or why the configuration says none. */
const budgetsFor = (path: string): { readonly budgets: (name: string) => Budget; readonly failure?: string } => {
  try {
    const { budget, networks } = configurations()(dirname(path))
    return { budgets: (name) => ({ ...budget, ...networks[name] }) }
  } catch (error) {
    return { budgets: () => ({}), failure: sentenceOf(error) }
  }
}

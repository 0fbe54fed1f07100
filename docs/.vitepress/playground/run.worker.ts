import * as stridewise from 'stridewise'
import * as reporting from 'stridewise/report'
import * as zoo from 'stridewise/zoo'

/* Runs the code of the playground, away from the page, and answers with what its networks cost. */

const packages: Readonly<Record<string, object>> = { stridewise, 'stridewise/report': reporting, 'stridewise/zoo': zoo }

/** What running gave: a report for each exported network, what was printed, and what was thrown. */
export interface Outcome {
  readonly reports: readonly { readonly name: string; readonly type: string; readonly report: reporting.Report }[]
  readonly printed: readonly string[]
  readonly thrown: string | undefined
}

const isNetwork = (value: unknown): value is stridewise.AnyNetwork =>
  typeof value === 'object' && value !== null && 'graph' in value && 'params' in value

const required = (name: string): object => {
  const found = packages[name]
  if (!found) throw new Error(`The playground has no package '${name}'; it has ${Object.keys(packages).join(', ')}.`)
  return found
}

const run = (script: string): Outcome => {
  const exported: Record<string, unknown> = {}
  const printed: string[] = []
  const log = (...values: unknown[]): void => {
    printed.push(
      values.map((value) => (typeof value === 'string' ? value : `${isNetwork(value) ? value : JSON.stringify(value)}`)).join(' '),
    )
  }
  let thrown: string | undefined
  try {
    new Function('require', 'exports', 'console', script)(required, exported, { log })
  } catch (error) {
    thrown = `${error}`
  }
  const reports = Object.entries(exported)
    .filter((entry): entry is [string, stridewise.AnyNetwork] => isNetwork(entry[1]))
    .map(([name, network]) => ({ name, type: `${network}`, report: reporting.report(network) }))
  return { reports, printed, thrown }
}

self.addEventListener('message', ({ data }: MessageEvent<string>) => self.postMessage(run(data)))

import { type AnyNetwork, ShapeError } from '../../src/index.js'
import { report } from '../../src/report/index.js'
import { build, type Call, isWide, networkText, type Outcome, plain, sourceOf, withoutNote } from '../support/call.js'
import { type CheckedLine, checkLines } from '../support/check.js'
import { differ } from '../support/differ.js'
import { makersImport } from '../support/value.js'
import { checkNative, type Expected, type NativeVerdict, nativeCompiler } from './native.js'
import { consult } from './oracle/oracle.js'
import type { Costs, Described } from './oracle/verdict.js'
import type { Finding } from './tally.js'

/** Layers and networks as the types of two compilers, the run time, the report and the oracle see them. */

/** A limit of the package, not of networks. */
const beyond = 'a number beyond 2^53 - 1'

/** What the run time makes of a call; an error that is none of the package's is a difference by itself. */
const builtOf = (call: Call): { readonly network?: AnyNetwork; readonly outcome?: Outcome; readonly crash?: string } => {
  try {
    const network = build(call)
    return { network, outcome: { network: networkText(network) } }
  } catch (error) {
    if (error instanceof ShapeError) return { outcome: { sentence: error.message, blamed: error.argument } }
    return { crash: `run time: ${String(error)}` }
  }
}

const layersOf = ({ after, method, args }: Call): Described[] => [
  ...(after ? [{ kind: 'batchNorm', args: [] }] : []),
  { kind: method, args: plain(args) as unknown[] },
]

/** Equal, or as near as sums of numbers beyond 2^53 come. */
const equal = (one: number, other: number): boolean =>
  one === other || (Math.min(one, other) > Number.MAX_SAFE_INTEGER && Math.abs(one - other) < 1e-9 * one)

/** What a network is against what the oracle says of it. */
const againstOracle = (network: AnyNetwork, costs: Costs): string[] => {
  const { totals, layers } = report(network)
  const last = layers.find(({ name }) => name === network.graph.output)
  const oracle = `oracle: [${costs.output}], ${costs.params} parameters, ${costs.macs} MACs`
  const run = network.output.join() === costs.output.join() && equal(network.params, costs.params)
  const reported = last?.output.join() === costs.output.join() && equal(totals.params, costs.params) && equal(totals.macs, costs.macs)
  return [
    ...(run ? [] : [`run time: ${networkText(network)}, ${oracle}`]),
    ...(reported ? [] : [`report: [${last?.output}], ${totals.params} parameters, ${totals.macs} MACs, ${oracle}`]),
  ]
}

/** How the native compiler differs from what is expected of it, and from where the main one puts a mistake. */
const nativeDiffers = (call: Call, outcome: Outcome, checked: CheckedLine, native: NativeVerdict, type?: string): string | undefined => {
  const said = native.refusals.map(({ sentence, column }) => `${column}: ${sentence}`)
  if (type !== undefined) {
    if (said.length > 0) return `refused by the types only: ${said.join(' | ')}`
    return native.same ? undefined : `another type than ${type}`
  }
  if ('network' in outcome) return `expected to be refused, and built ${outcome.network}`
  const wanted = checked.diagnostics.map(({ column }, index) => `${column}: ${checked.sentences[index]}`)
  if (said.join('\n') !== wanted.join('\n')) return `${said.join(' | ') || 'no refusal'}, and types 6.0: ${wanted.join(' | ')}`
  // What is not known at compile time is not in the sentence of the types.
  return isWide(call) || [outcome.sentence, withoutNote(outcome.sentence)].includes(native.refusals[0]?.sentence as string)
    ? undefined
    : `${said.join(' | ')}, and run time: ${outcome.sentence}`
}

/** What all judges say of calls; `folder` is where the native compiler's source is written. */
export const judgeCalls = (calls: readonly Call[], rowOf: (call: Call) => string, folder: string): Finding[] => {
  const bySource = new Map(calls.map((call) => [sourceOf(call), { call, ...builtOf(call) }]))
  const checked = checkLines([...bySource.keys()], makersImport)
  const expected = [...bySource].map(([line, { call, network, outcome }]): Expected => {
    const { type, diagnostics } = checked.get(line) as CheckedLine
    if (isWide(call)) return { line, type: diagnostics.length > 0 ? undefined : type }
    if (!network || !outcome || !('network' in outcome)) return { line, type: undefined }
    // Heads are kept values, which a network's own text says too.
    return {
      line,
      type: Object.keys(network.graph.kept).length + Object.keys(network.graph.outputs).length > 0 ? `${network}` : outcome.network,
    }
  })
  const native = checkNative(expected, makersImport, folder)
  const verdictOf = (each: Expected): Finding => {
    const { call, network, outcome, crash } = bySource.get(each.line) as NonNullable<ReturnType<typeof bySource.get>>
    const found = { row: rowOf(call), source: each.line }
    if (!outcome) return { ...found, verdict: 'different', says: [crash as string] }
    const line = checked.get(each.line) as CheckedLine
    const types = differ(call, outcome, line)
    const nativeTypes = nativeDiffers(call, outcome, line, native.get(each.line) as NativeVerdict, each.type)
    const costs = consult(plain(call.shape) as number[], layersOf(call))
    const isBeyond = 'sentence' in outcome && outcome.sentence.includes('(2^53 - 1)')
    const says = [
      ...(types ? [`types 6.0: ${types}`] : []),
      ...(nativeTypes ? [`types ${nativeCompiler.slice(-3)}: ${nativeTypes}`] : []),
      ...(network && typeof costs !== 'string' ? againstOracle(network, costs) : []),
      ...(network && typeof costs === 'string' ? [`run time: ${networkText(network)}, oracle: ${costs}`] : []),
      ...('sentence' in outcome && typeof costs !== 'string' && !isBeyond
        ? [`run time: ${outcome.sentence}, oracle: [${costs.output}], ${costs.params} parameters`]
        : []),
    ]
    if (says.length > 0) return { ...found, verdict: 'different', says }
    if (typeof costs === 'string') return { ...found, verdict: 'impossible' }
    return isBeyond ? { ...found, verdict: 'refused', reason: beyond } : { ...found, verdict: 'agreed' }
  }
  const verdicts = new Map(expected.map((each) => [each.line, verdictOf(each)]))
  return calls.map((call) => verdicts.get(sourceOf(call)) as Finding)
}

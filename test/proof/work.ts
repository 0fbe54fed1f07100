import fc from 'fast-check'
import { type Call, plain, sourceOf } from '../support/call.js'
import { drawCall, valuesOnly } from '../support/draw.js'
import { drawLargeGraph } from '../support/draw-graphs.js'
import { drawValue, valueInput } from '../support/draw-values.js'
import { drawNetwork } from '../support/networks-drawn.js'
import { Value } from '../support/value.js'
import { judgeDamaged } from './damaged.js'
import { candidatesOf, judgeNetworks } from './files.js'
import { judgeGraphs } from './graphs.js'
import { judgeCalls } from './layers.js'
import { minimized } from './minimize.js'
import { count, type Difference, type Finding, type Tally } from './tally.js'

/** One piece of the proof: what is drawn by a seed and a number, judged and counted. */

export interface Task {
  readonly part: 'layers' | 'nested' | 'networks' | 'graphs' | 'damaged'
  /** Which piece of its part, from 0. */
  readonly index: number
  /** How many are drawn. */
  readonly count: number
  readonly seed: number
  /** Of which rows a difference has been made smaller already; `undefined` when none is to be. */
  readonly minimized: readonly string[] | undefined
  /** Where the native compiler's source is written. */
  readonly folder: string
}

export const nestedRow = 'nested networks'

const callOf = ({ kind, args }: Value): Call => ({ shape: valueInput, after: false, method: kind, args, applied: true })

/** Each piece has a seed of its own, so that a run can go on anywhere. */
const seedOf = ({ seed, part, index }: Task): number => (Math.imul(seed + part.length * 7919, 1_000_003) + index) | 0

const drawn = <Value>(task: Task, of: fc.Arbitrary<Value>): Value[] => fc.sample(of, { seed: seedOf(task), numRuns: task.count })

/** Networks of branches in each other and of every kind of layer by itself; all numbers are known. */
const drawForFrameworks = fc.oneof(
  drawNetwork,
  drawCall.map(({ shape, method, args }) => new Value('on', [plain(shape), new Value(method, plain(args) as unknown[])])),
)

/** Who differs, as the sentences of a difference begin. */
const whoDiffers = ({ says }: Difference): string | undefined => says[0]?.split(':')[0]

/** A call as something that can be made simpler, and back. */
const asValue = ({ shape, after, method, args, applied }: Call): Value =>
  new Value('on', [shape, { after, applied }, new Value(method, args)])
const asCall = (value: Value): Call => {
  const [shape, { after = false, applied = false }, { kind, args }] = value.args as [Call['shape'], Partial<Call>, Value]
  return { shape, after, method: kind, args, applied: applied || valuesOnly.includes(kind) }
}

/** A finding that differs, made smaller. */
const smallest = async <Drawn>(
  value: Drawn,
  found: Difference,
  judge: (several: readonly Drawn[]) => Promise<readonly Finding[]>,
): Promise<Difference> => {
  const isLike = (finding: Finding): boolean => finding.says !== undefined && whoDiffers(finding as Difference) === whoDiffers(found)
  let last = found
  await minimized(value, async (several) => {
    const findings = await judge(several)
    const at = findings.findIndex(isLike)
    if (at >= 0) last = findings[at] as Difference
    return findings.map(isLike)
  })
  return last
}

/** A tally with one of its differences made smaller, of a row of which none is yet. */
const withSmallest = async (tally: Tally, task: Task, shrink: (difference: Difference) => Promise<Difference>): Promise<Tally> => {
  const shortestFirst = [...tally.differences].sort((one, other) => one.source.length - other.source.length)
  const one = shortestFirst.find(({ row }) => task.minimized && !task.minimized.includes(row))
  if (!one) return tally
  return { ...tally, minimized: one.row, differences: [await shrink(one), ...shortestFirst.filter((each) => each !== one)] }
}

const workOnCalls = async (task: Task, calls: readonly Call[], rowOf: (call: Call) => string): Promise<Tally> => {
  const tally = count(judgeCalls(calls, rowOf, task.folder))
  return withSmallest(tally, task, (difference) => {
    const call = calls.find((each) => sourceOf(each) === difference.source) as Call
    const judge = async (several: readonly Value[]) => judgeCalls(several.map(asCall), rowOf, task.folder)
    return smallest(asValue(call), difference, judge)
  })
}

const workOnNetworks = async (task: Task): Promise<Tally> => {
  const values = drawn(task, drawForFrameworks)
  const candidates = candidatesOf(values)
  const tally = count(await judgeNetworks(candidates))
  return withSmallest(tally, task, (difference) => {
    const { value } = candidates.find(({ source }) => source === difference.source) as (typeof candidates)[number]
    const judge = async (several: readonly Value[]): Promise<readonly Finding[]> => {
      const small = several.map((each) => candidatesOf([each])[0])
      const findings = await judgeNetworks(small.flatMap((each) => each ?? []))
      const bySource = new Map(findings.filter(({ row, says }) => says && row === difference.row).map((each) => [each.source, each]))
      return small.map((each) => bySource.get(each?.source ?? '') ?? { row: '', source: '', verdict: 'agreed' })
    }
    return smallest(value, difference, judge)
  })
}

/** Draws a piece, and has it judged. */
export const work = async (task: Task): Promise<Tally> => {
  if (task.part === 'layers') return workOnCalls(task, drawn(task, drawCall), ({ method }) => method)
  if (task.part === 'nested') return workOnCalls(task, drawn(task, drawValue).map(callOf), () => nestedRow)
  if (task.part === 'networks') return workOnNetworks(task)
  if (task.part === 'graphs') return count(await judgeGraphs(drawn(task, drawLargeGraph), task.folder))
  return count(judgeDamaged(task.seed, task.index * task.count, task.count))
}

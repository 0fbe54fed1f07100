import { diffArrays } from 'diff'
import { titleOf } from '../../drawing/captions/caption.js'
import { isNumbered } from '../../drawing/captions/numbered.js'
import { hasNames } from '../../drawing/volumes/labels.js'
import type { AnyNetwork } from '../../network/network.js'
import type { ReportOptions } from '../../report/options.js'
import { type Layer, type Report, report } from '../../report/report.js'
import { wiringBetween } from './wiring.js'

/** A layer that is not as it was. */
export interface Change {
  readonly what: 'added' | 'removed' | 'changed'
  /** The name of the layer, as it is now if it is still there. */
  readonly name: string
  /** In a few words: `conv2d 3x3`. */
  readonly before?: LayerState
  readonly after?: LayerState
  /** Hyperparameters that changed, as `filters: 64 -> 96`. */
  readonly settings: readonly string[]
  /**
   * What changed around it, in networks with several inputs, kept values, named outputs or shared layers: `from: c3 -> c4`,
   * `output: none -> p3`; left out where nothing did.
   */
  readonly wiring?: readonly string[]
}

/** What is told of a layer. */
export interface LayerState {
  readonly title: string
  readonly output: readonly number[]
  readonly params: number
  readonly macs: number
  /** Bytes of its activations, for the whole batch. */
  readonly bytes: number
}

/** What a whole network costs; the names and units are those of a report's totals. */
export interface Cost {
  readonly layers: number
  readonly params: number
  readonly macs: number
  /** Values for one example. */
  readonly activations: number
  readonly bytes: Pick<Report['totals']['bytes'], 'activations' | 'inference' | 'training'>
}

/** How a network differs from what it was; a side that is missing is undefined. */
export interface NetworkDiff {
  readonly name: string
  readonly before?: Cost
  readonly after?: Cost
  readonly changes: readonly Change[]
}

/** How a network of a file differs, and from what. */
export interface FileDiff extends NetworkDiff {
  /** Path of the file that it is in, or was. */
  readonly file: string
  /** What it is compared with: the path of the other file, or the revision. */
  readonly base: string
  /** What was wrong with the file at the revision, because of which all of it counts as new. */
  readonly baseProblem?: string
}

type Node = AnyNetwork['graph']['nodes'][number]

/** A layer where it stands, with what it costs. */
interface Row {
  readonly node: Node
  readonly layer: Layer
}

/** Compares two networks of a name, layer by layer. */
export const diffNetworks = (
  name: string,
  before: AnyNetwork | undefined,
  after: AnyNetwork | undefined,
  options: ReportOptions,
): NetworkDiff => {
  const [old, now] = [before, after].map((network) => (network ? report(network, options) : undefined))
  const named = [before, after].some((network) => network && hasNames(network.graph))
  const changes = changesBetween(rowsOf(before, old), rowsOf(after, now), named)
  return { name, ...(old ? { before: costOf(old) } : {}), ...(now ? { after: costOf(now) } : {}), changes }
}

const rowsOf = (network: AnyNetwork | undefined, of: Report | undefined): Row[] =>
  network && of ? network.graph.nodes.map((node, index) => ({ node, layer: of.layers[index] as Layer })) : []

const costOf = ({ layers, totals }: Report): Cost => ({
  layers: layers.length,
  params: totals.params,
  macs: totals.macs,
  activations: totals.activations,
  bytes: { activations: totals.bytes.activations, inference: totals.bytes.inference, training: totals.bytes.training },
})

/**
 * Layers are taken for the same when their kind, their settings and their own names are, in the longest order that both networks
 * have in common. Of those between, one of the same name or kind on both sides counts as changed.
 */
const changesBetween = (before: readonly Row[], after: readonly Row[], named: boolean): Change[] => {
  const steps: Step[] = []
  const old = [...before]
  const now = [...after]
  const parts = diffArrays(old.map(keyOf), now.map(keyOf))
  let removed: Row[] = []
  let added: Row[] = []
  const flush = () => {
    steps.push(...pairedOff(removed, added))
    removed = []
    added = []
  }
  for (const part of parts) {
    if (part.removed) removed.push(...old.splice(0, part.value.length))
    else if (part.added) added.push(...now.splice(0, part.value.length))
    else {
      flush()
      const same = now.splice(0, part.value.length)
      steps.push(...old.splice(0, part.value.length).map((row, index) => ({ before: row, after: same[index] as Row, same: true })))
    }
  }
  flush()
  const pairs = steps.flatMap(({ before, after }) => (before && after ? [{ before: before.layer, after: after.layer }] : []))
  const wiring = named ? wiringBetween(pairs) : new Map<string, readonly string[]>()
  return steps.flatMap((step): Change[] => {
    const { before, after } = step
    if (!after) return before ? [{ what: 'removed', name: before.node.name, before: stateOf(before), settings: [] }] : []
    if (!before) return [{ what: 'added', name: after.node.name, after: stateOf(after), settings: [] }]
    const rewired = wiring.get(after.node.name) ?? []
    // The same layer may stand on another input.
    if (step.same && rewired.length === 0 && !costsOther(before, after)) return []
    return [changed(before, after, rewired)]
  })
}

/** A layer on both sides, or on one; on both it is the same but for its input, or it changed. */
interface Step {
  readonly before?: Row
  readonly after?: Row
  readonly same?: boolean
}

const keyOf = ({ node }: Row): string => JSON.stringify([node.kind, isNumbered(node) ? '' : node.name, node.settings])

const costsOther = (a: Row, b: Row): boolean =>
  `${a.layer.output}` !== `${b.layer.output}` || a.layer.params !== b.layer.params || a.layer.macs !== b.layer.macs

const pairedOff = (removed: readonly Row[], added: readonly Row[]): Step[] => {
  const left = [...removed]
  const taken = added.map((row) => {
    const own = left.findIndex(({ node }) => !isNumbered(node) && node.name === row.node.name)
    const at = own >= 0 ? own : left.findIndex(({ node }) => node.kind === row.node.kind && isNumbered(node) && isNumbered(row.node))
    return { row, partner: at < 0 ? undefined : left.splice(at, 1)[0] }
  })
  return [
    ...left.map((before): Step => ({ before })),
    ...taken.map(({ row, partner }): Step => ({ after: row, ...(partner ? { before: partner } : {}) })),
  ]
}

const changed = (before: Row, after: Row, wiring: readonly string[]): Change => ({
  what: 'changed',
  name: after.node.name,
  before: stateOf(before),
  after: stateOf(after),
  settings: settingsBetween(before.node.settings, after.node.settings),
  ...(wiring.length === 0 ? {} : { wiring }),
})

const stateOf = ({ node, layer }: Row): LayerState => ({
  title: titleOf(node),
  output: layer.output,
  params: layer.params,
  macs: layer.macs,
  bytes: layer.bytes,
})

const settingsBetween = (before: Node['settings'], after: Node['settings']): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((name) => [name, JSON.stringify(before[name]), JSON.stringify(after[name])] as const)
    .filter(([, old, now]) => old !== now)
    .map(([name, old, now]) => `${name}: ${old ?? 'none'} -> ${now ?? 'none'}`)

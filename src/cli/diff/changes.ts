import { titleOf } from '../../drawing/captions/caption.js'
import { hasNames } from '../../drawing/volumes/labels.js'
import { isNumbered } from '../../drawing/volumes/numbered.js'
import type { AnyNetwork } from '../../network/network.js'
import type { ReportOptions } from '../../report/options.js'
import { type Layer, type Report, report } from '../../report/report.js'
import { alignedIn, type Comparable } from './alignment.js'
import { connectionsOf, wiringBetween } from './wiring.js'

/** A layer that changed. */
export interface Change {
  readonly what: 'added' | 'removed' | 'changed'
  /** The name of the layer; the current one if it still exists. */
  readonly name: string
  readonly before?: LayerState
  readonly after?: LayerState
  /** The changed hyperparameters, such as `filters: 64 -> 96`. */
  readonly settings: readonly string[]
  /**
   * Changes around the layer, in networks with several inputs, kept values, named outputs or shared layers: `from: c3 -> c4`, `output:
   * none -> p3`; of an added layer, where it stands: `from: c3, c4`. Omitted if there are none.
   */
  readonly wiring?: readonly string[]
}

/** What a diff shows of a layer. */
export interface LayerState {
  /** In short: `conv2d 3x3`. */
  readonly title: string
  readonly output: readonly number[]
  readonly params: number
  readonly macs: number
  /** The bytes of its activations for the whole batch. */
  readonly bytes: number
}

/** The cost of a network, with the names and units of a report's totals. */
export interface Cost {
  readonly layers: number
  readonly params: number
  readonly macs: number
  /** Values per sample. */
  readonly activations: number
  readonly bytes: Pick<Report['totals']['bytes'], 'activations' | 'inference' | 'training'>
}

/** How a network changed; a side that does not exist is undefined. */
export interface NetworkDiff {
  readonly name: string
  readonly before?: Cost
  readonly after?: Cost
  readonly changes: readonly Change[]
}

/** How a network in a file changed, and relative to what. */
export interface FileDiff extends NetworkDiff {
  /** The path of the file that contains it, or did. */
  readonly file: string
  /** What it is compared with: the path of the other file, or the revision. */
  readonly base: string
  /** The mistake in the file at the revision. Because of it the whole network counts as new. */
  readonly baseProblem?: string
}

type Node = AnyNetwork['graph']['nodes'][number]

/** A layer in a graph, and what it costs. */
interface Row {
  readonly node: Node
  readonly layer: Layer
}

/** Compares two networks with the same name, layer by layer. */
export const diffNetworks = (
  name: string,
  before: AnyNetwork | undefined,
  after: AnyNetwork | undefined,
  options: ReportOptions,
): NetworkDiff => {
  const [old, current] = [before, after].map((network) => (network ? report(network, options) : undefined))
  const hasNamedValues = [before, after].some((network) => network && hasNames(network.graph))
  const changes = changesBetween(rowsOf(before, old), rowsOf(after, current), hasNamedValues)
  return { name, ...(old ? { before: costOf(old) } : {}), ...(current ? { after: costOf(current) } : {}), changes }
}

const rowsOf = (network: AnyNetwork | undefined, networkReport: Report | undefined): Row[] =>
  network && networkReport ? network.graph.nodes.map((node, index) => ({ node, layer: networkReport.layers[index] as Layer })) : []

const costOf = ({ layers, totals }: Report): Cost => ({
  layers: layers.length,
  params: totals.params,
  macs: totals.macs,
  activations: totals.activations,
  bytes: { activations: totals.bytes.activations, inference: totals.bytes.inference, training: totals.bytes.training },
})

/**
 * Matches layers with the same kind, settings and explicit name, in the longest common subsequence of both networks, preferably those
 * whose values have the same names. Among the layers in between, two with the same name or kind count as one that changed.
 */
const changesBetween = (before: readonly Row[], after: readonly Row[], hasNamedValues: boolean): Change[] => {
  const steps: Step[] = []
  let [at, other] = [0, 0]
  const passTo = (one: number, end: number): void => {
    steps.push(...pairUp(before.slice(at, one), after.slice(other, end)))
  }
  for (const [one, end] of alignedIn(comparable(before), comparable(after))) {
    passTo(one, end)
    steps.push({ before: before[one] as Row, after: after[end] as Row, same: true })
    at = one + 1
    other = end + 1
  }
  passTo(before.length, after.length)
  const pairs = steps.flatMap(({ before, after }) => (before && after ? [{ before: before.layer, after: after.layer }] : []))
  const wiring = hasNamedValues ? wiringBetween(pairs) : new Map<string, readonly string[]>()
  const namesBefore = new Map(after.map(({ node }, index) => [node.name, after[index - 1]?.node.name]))
  return steps.flatMap((step): Change[] => {
    const { before, after } = step
    if (!after) return before ? [{ what: 'removed', name: before.node.name, before: stateOf(before), settings: [] }] : []
    if (!before) {
      const wiring = hasNamedValues ? connectionsOf(after.layer, namesBefore.get(after.node.name)) : []
      return [{ what: 'added', name: after.node.name, after: stateOf(after), settings: [], ...withWiring(wiring) }]
    }
    const wiringChanges = wiring.get(after.node.name) ?? []
    // The input of an otherwise unchanged layer may have another shape.
    if (step.same && wiringChanges.length === 0 && !costsDiffer(before, after)) return []
    return [changedLayer(before, after, wiringChanges)]
  })
}

/** A layer on one side or both. If it is on both, `same` says that only its input may differ. */
interface Step {
  readonly before?: Row
  readonly after?: Row
  readonly same?: boolean
}

/** What tells layers apart. In a network without names of values the names are empty. */
const comparable = (rows: readonly Row[]): Comparable[] => {
  const kept = new Map(rows.map((row) => [row.node.name, keptAs(row)]))
  return rows.map((row) => ({
    key: keyOf(row),
    kept: keptAs(row),
    reads: row.node.inputs.map((name) => kept.get(name) ?? '').join(''),
  }))
}

/** The names under which a layer's value is kept, as one text. */
const keptAs = ({ layer }: Row): string => (layer.kept ?? []).map((name) => JSON.stringify(name)).join(' ')

const keyOf = ({ node }: Row): string => JSON.stringify([node.kind, isNumbered(node) ? '' : node.name, node.settings])

const costsDiffer = (a: Row, b: Row): boolean =>
  `${a.layer.output}` !== `${b.layer.output}` || a.layer.params !== b.layer.params || a.layer.macs !== b.layer.macs

/** Pairs layers in one place: those with the same explicit name, then those of a kind whose values have the same name, then those of a kind. */
const pairUp = (removed: readonly Row[], added: readonly Row[]): Step[] => {
  const unpaired = [...removed]
  const partners = new Map<Row, Row>()
  const isOfKind = (one: Row, other: Row): boolean => one.node.kind === other.node.kind && isNumbered(one.node) && isNumbered(other.node)
  for (const isPair of [
    (one: Row, other: Row) => !isNumbered(one.node) && one.node.name === other.node.name,
    (one: Row, other: Row) => isOfKind(one, other) && keptAs(one) !== '' && keptAs(one) === keptAs(other),
    isOfKind,
  ])
    for (const row of added) {
      const index = partners.has(row) ? -1 : unpaired.findIndex((one) => isPair(one, row))
      if (index >= 0) partners.set(row, unpaired.splice(index, 1)[0] as Row)
    }
  return [
    ...unpaired.map((before): Step => ({ before })),
    ...added.map((row): Step => {
      const partner = partners.get(row)
      return { after: row, ...(partner ? { before: partner } : {}) }
    }),
  ]
}

const changedLayer = (before: Row, after: Row, wiring: readonly string[]): Change => ({
  what: 'changed',
  name: after.node.name,
  before: stateOf(before),
  after: stateOf(after),
  settings: settingsBetween(before.node.settings, after.node.settings),
  ...withWiring(wiring),
})

const withWiring = (wiring: readonly string[]): Pick<Change, 'wiring'> => (wiring.length === 0 ? {} : { wiring })

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

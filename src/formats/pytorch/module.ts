import type { Graph, GraphNode } from '../../network/graph.js'
import type { AnyNetwork } from '../../network/network.js'
import { flattenedBefore } from '../../weights/layout.js'
import { outerAxes } from './axes.js'
import { refuse } from './part.js'
import { structureOf } from './series.js'
import { type ModuleCode, structuredModule } from './structured.js'
import { unstructuredModule } from './unstructured.js'

/** The module of a network. */
export const moduleOf = (network: AnyNetwork, name: string): ModuleCode => {
  const { graph } = network
  requireIndices(graph)
  const byChannels = flattenedByChannels(graph)
  const structure = structureOf(graph)
  if (!structure) return unstructuredModule(name, graph, byChannels)
  // The shape of the only input, which may have a name of its own.
  const { output: shape } = graph.nodes.find((node) => node.name === graph.input) as GraphNode
  return structuredModule(name, structure, { shape, axes: outerAxes(shape) }, byChannels)
}

/** Layers that only move values, so that whole numbers stay whole. */
const moving: ReadonlySet<string> = new Set(['input', 'flatten', 'unflatten', 'reshape', 'permute', 'toTokens'])

/**
 * Refuses an embedding of what was computed: PyTorch takes indices as whole numbers.
 *
 * @throws {FormatError} with the layer that computes
 */
const requireIndices = ({ nodes }: Graph): void => {
  const known = new Map(nodes.map((node) => [node.name, node]))
  for (const node of nodes.filter(({ kind }) => kind === 'embedding')) {
    let before = known.get(node.inputs[0] as string) as GraphNode
    while (moving.has(before.kind) && before.kind !== 'input') before = known.get(before.inputs[0] as string) as GraphNode
    if (before.kind === 'input') continue
    refuse(node, `its indices must be the input, which PyTorch takes as whole numbers, not what ${before.kind} makes of it.`)
  }
}

/** The layers that flatten channel by channel, as the weights behind them expect; all others flatten row by row. */
export const flattenedByChannels = (graph: Graph): Set<string> => {
  const readers = flattenedBefore(graph)
  const read = new Set(graph.nodes.flatMap(({ name, inputs }) => (readers.has(name) ? inputs : [])))
  return new Set(graph.nodes.filter(({ name, kind }) => kind === 'flatten' && read.has(name)).map(({ name }) => name))
}

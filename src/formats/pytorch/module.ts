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
  // A single input may have a name of its own.
  const { output: shape } = graph.nodes.find((node) => node.name === graph.input) as GraphNode
  return structuredModule(name, structure, { shape, axes: outerAxes(shape) }, byChannels)
}

/** Layers that only move values, so whole numbers stay whole. */
const moving: ReadonlySet<string> = new Set(['input', 'flatten', 'unflatten', 'reshape', 'permute', 'toTokens'])

/**
 * Rejects an embedding of computed values, since PyTorch requires integer indices.
 *
 * @throws {FormatError} for the layer that computes them
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

/** The flatten layers that read channel by channel, as the weights after them expect. All others read row by row. */
export const flattenedByChannels = (graph: Graph): Set<string> => {
  const readers = flattenedBefore(graph)
  const read = new Set(graph.nodes.flatMap(({ name, inputs }) => (readers.has(name) ? inputs : [])))
  return new Set(graph.nodes.filter(({ name, kind }) => kind === 'flatten' && read.has(name)).map(({ name }) => name))
}

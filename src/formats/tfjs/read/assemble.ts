import { valuesIn } from '../../../layers/kind/layer.js'
import { FormatError } from '../../../network/format-error.js'
import type { Graph } from '../../../network/graph.js'
import { Names } from '../../../network/names.js'
import type { Network } from '../../../network/network.js'
import { rebuild } from '../../../network/rebuild.js'
import { named } from '../../../shape/printable.js'
import type { Shape } from '../../../shape/shape.js'
import { type GraphValues, torchWeights } from '../../../weights/from-graph.js'
import type { Weights } from '../../../weights/weights.js'
import { planOf, reachedLayers } from '../../reached-layers.js'
import type { TfNode } from './graph-def.js'
import type { ReadNode } from './layers.js'
import { layerNames } from './names.js'

/*
 * The end of reading: what leads to the outputs is the network, and every weight gets its place in it.
 */

/** An output: its name, and the layer that gives it. */
export type End = readonly [name: string, layer: string]

/** The network of the layers that lead to the outputs, and its weights. */
export const assembled = (
  layers: ReadonlyMap<string, ReadNode>,
  ends: readonly End[],
  countRead: () => number,
): { network: Network<Shape, Shape, number>; weights: Weights } => {
  const last = ends.map(([, layer]) => layer)
  const reached = reachedLayers(layers.values(), last)
  const names = namesOf(reached)
  const nameOf = (layer: string): string => names.get(layer) as string
  const nodes = withSharing(reached).map(({ node, settings, owner }) => {
    const { weights: _, from: __, ...rest } = node
    const shared = owner === undefined ? {} : { shared: nameOf(owner), ...(owner === node.name ? {} : { sharedWith: nameOf(owner) }) }
    return { ...rest, name: nameOf(node.name), settings, inputs: node.inputs.map(nameOf), ...shared }
  })
  const outputs = ends.map(([name, layer]) => [name, nameOf(layer)] as const)
  const network = rebuild(planOf(nodes, outputs), 'tfjs')
  return { network, weights: weightsOf(network.graph, new Map(reached.map((node) => [nameOf(node.name), node])), countRead) }
}

/** Layers with weights have the names of their operators, others are numbered. */
const namesOf = (nodes: readonly ReadNode[]): Map<string, string> => {
  const inputs = nodes.filter(({ kind }) => kind === 'input').map(({ name }) => name)
  const layers = nodes.filter(({ kind }) => kind !== 'input')
  const withWeights = new Set(layers.filter(({ weights }) => Object.keys(weights).length > 0))
  const wishes = layerNames([...withWeights].flatMap(({ from }) => from ?? []))
  const wishOf = (node: ReadNode): string | undefined => (withWeights.has(node) ? wishes.get(node.from as TfNode) || undefined : undefined)
  const names = new Names(layers.map(wishOf), inputs)
  return new Map([
    ...inputs.map((name): [string, string] => [name, name]),
    ...layers.map((node): [string, string] => [node.name, names.next(node.kind, wishOf(node), undefined)]),
  ])
}

interface SharedNode {
  readonly node: ReadNode
  readonly settings: ReadNode['settings']
  /** The first layer with the same weights, where there are several. */
  readonly owner?: string
}

/** Layers of one kind and the same settings with the same numbers of the file are one shared layer. */
const withSharing = (nodes: readonly ReadNode[]): SharedNode[] => {
  const groups = new Map<string, ReadNode[]>()
  for (const node of nodes) {
    const keys = Object.entries(node.weights).map(([name, { key }]) => [name, key])
    if (keys.length === 0) continue
    // Whether a window fits exactly depends on what it stands on.
    const { rounding: _, ...settings } = node.settings
    const text = JSON.stringify([node.kind, Object.entries(settings).sort(), keys])
    const group = groups.get(text)
    if (group) group.push(node)
    else groups.set(text, [node])
  }
  const found = new Map<ReadNode, Omit<SharedNode, 'node'>>()
  for (const group of groups.values()) {
    if (group.length < 2) continue
    const owner = (group[0] as ReadNode).name
    const isFloor = group.some(({ settings }) => settings['rounding'] === 'floor')
    for (const node of group) found.set(node, { owner, settings: isFloor ? { ...node.settings, rounding: 'floor' } : node.settings })
  }
  return nodes.map((node) => ({ node, settings: node.settings, ...found.get(node) }))
}

/** Layers may have the same numbers of the file. Each has its own in memory, so a small file may not say it thousands of times. */
const mostCopies = 8

const weightsOf = (graph: Graph, nodes: ReadonlyMap<string, ReadNode>, countRead: () => number): Weights => {
  let taken = 0
  const valuesOf: GraphValues = (name, weight, shape) => {
    const data = nodes.get(name)?.weights[weight]?.numbers()
    taken += data?.length ?? 0
    if (taken > mostCopies * countRead() + 2 ** 20)
      throw new FormatError('is one of many layers with the same numbers: the file has far fewer.', 'tfjs', named(name))
    if (data && data.length !== valuesIn(shape))
      throw new FormatError(`has ${data.length} numbers as its ${weight}, and needs ${valuesIn(shape)}.`, 'tfjs', named(name))
    return data
  }
  return torchWeights(graph, valuesOf)
}

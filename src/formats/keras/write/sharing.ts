import type { Graph, GraphNode } from '../../../network/graph.js'
import { type KerasLayer, refuse } from '../layer.js'
import { placementOf } from './placement.js'

/*
 * A shared layer is one layer of Keras, which is called several times.
 */

/** Adds to the list of a key. */
export const addTo = <Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void => {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}

/** The nodes that share their weights with others, under the name of each one's owner. */
const sharersIn = (graph: Graph): Map<string, GraphNode[]> => {
  const nodes = new Map(graph.nodes.map((node) => [node.name, node]))
  const groups = new Map<string, GraphNode[]>()
  for (const node of graph.nodes) {
    if (node.sharedWith === undefined) continue
    const group = groups.get(node.sharedWith)
    if (group) group.push(node)
    else groups.set(node.sharedWith, [nodes.get(node.sharedWith) as GraphNode, node])
  }
  return groups
}

/** The nodes whose padding has to be a layer of its own: those of a shared window that lies as `'same'` at some of its inputs only. */
export const paddedApart = (graph: Graph): ReadonlySet<string> => {
  const found = new Set<string>()
  for (const group of sharersIn(graph).values()) {
    if (group.some(({ window }) => !window)) continue
    const isSame = group.map((node) => {
      const { ends, isSame } = placementOf(node)
      return isSame && ends.some(([before, after]) => before + after > 0)
    })
    if (isSame.some((each) => each !== isSame[0])) for (const { name } of group) found.add(name)
  }
  return found
}

/**
 * For each layer with weights of a node, that of the node which it shares its weights with.
 *
 * @throws {FormatError} when they have other options: in Keras they would be two layers
 */
export const pairs = (node: GraphNode, layers: readonly KerasLayer[], owners: readonly KerasLayer[]): [KerasLayer, KerasLayer][] => {
  const [mine, theirs] = [layers, owners].map((all) => all.filter(({ weights }) => weights.length > 0)) as [KerasLayer[], KerasLayer[]]
  const optionsOf = ({ className, config, weights }: KerasLayer) => JSON.stringify([className, config, weights.map(({ shape }) => shape)])
  return mine.map((layer, index) => {
    const owner = theirs[index]
    if (mine.length === theirs.length && owner && optionsOf(owner) === optionsOf(layer)) return [layer, owner]
    return refuse(node, `in Keras it has other options here than where it is '${node.sharedWith}', and cannot share its weights.`)
  })
}

/**
 * For each call of a layer, which of the layer's calls it is. Keras and TensorFlow.js run through the layers of a file again and again, and make
 * every call whose inputs are there: calls are numbered in that order.
 */
export const numbered = (layers: readonly KerasLayer[], ownerOf: (layer: KerasLayer) => KerasLayer): Map<KerasLayer, number> => {
  const waiting = new Map<KerasLayer, KerasLayer[]>()
  for (const layer of layers) addTo(waiting, ownerOf(layer), layer)
  const numbers = new Map<KerasLayer, number>()
  const counts = new Map<KerasLayer, number>()
  while (waiting.size > 0) {
    for (const [owner, calls] of waiting) {
      const later: KerasLayer[] = []
      for (const call of calls) {
        if (!call.inputs.every((input) => numbers.has(input))) {
          later.push(call)
          continue
        }
        const count = counts.get(owner) ?? 0
        numbers.set(call, count)
        counts.set(owner, count + 1)
      }
      if (later.length === 0) waiting.delete(owner)
      else waiting.set(owner, later)
    }
  }
  return numbers
}

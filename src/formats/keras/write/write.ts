import { type Graph, type GraphNode, outputsOf } from '../../../network/graph.js'
import type { NodeKind } from '../../../network/kinds.js'
import type { NetworkLike } from '../../../network/network-like.js'
import { type LeftOutOptions, reachedFor } from '../../../weights/reached-graph.js'
import { requireNetwork, requireOptions } from '../../checked-input.js'
import { Chain, type KerasLayer, passedOn, refuse, type Writer } from '../layer.js'
import { layerName, untaken } from '../names.js'
import { activationWriters } from './activations.js'
import { joinWriters } from './joins.js'
import { matrixWriters } from './matrices.js'
import { type KerasModel, type KerasNetwork, kerasModel } from './model.js'
import { normalizationWriters } from './normalizations.js'
import { recurrentWriters } from './recurrent.js'
import { scaleWriters } from './scales.js'
import { shapeWriters } from './shapes.js'
import { paddedApart, pairs } from './sharing.js'
import { windowWriters } from './windows.js'

/** Options of {@link toKeras}. */
export interface KerasOptions extends LeftOutOptions {
  /** Name of the model, default `'network'`. */
  readonly name?: string
}

const writers: Readonly<Record<NodeKind, Writer>> = {
  ...windowWriters,
  ...matrixWriters,
  ...activationWriters,
  ...normalizationWriters,
  ...scaleWriters,
  ...joinWriters,
  ...shapeWriters,
  ...recurrentWriters,
}

/** The layers of a network all of whose layers lead to an output. */
export const kerasLayers = (graph: Graph): KerasNetwork => {
  const ends = new Map<string, KerasLayer>()
  const layers: KerasLayer[] = []
  const seen = new Set<KerasLayer>()
  const gather = (layer: KerasLayer): void => {
    if (seen.has(layer)) return
    seen.add(layer)
    layer.inputs.forEach(gather)
    layers.push(layer)
  }
  const nodes = new Map(graph.nodes.map((node) => [node.name, node]))
  const apart = paddedApart(graph)
  const ofNode = new Map<string, KerasLayer[]>()
  const owners = new Map<KerasLayer, KerasLayer>()
  for (const node of graph.nodes) {
    const { weights } = nodes.get(node.sharedWith ?? node.name) as GraphNode
    const inputs = node.inputs.map((input) => ends.get(input) as KerasLayer)
    const end = node.kind === 'input' ? inputLayer(node) : written({ ...node, weights }, inputs, apart.has(node.name))
    const start = layers.length
    gather(end)
    const own = layers.slice(start)
    ofNode.set(node.name, own)
    if (node.sharedWith !== undefined)
      for (const [layer, owner] of pairs(node, own, ofNode.get(node.sharedWith) as KerasLayer[])) owners.set(layer, owner)
    ends.set(node.name, end)
  }
  const ownerOf = (layer: KerasLayer): KerasLayer => owners.get(layer) ?? layer
  const wishes = new Map<KerasLayer, string>()
  for (const [node, layer] of ends) if (!owners.has(layer)) wishes.set(layer, layerName(node))
  const outputs: KerasLayer[] = []
  const emitted = new Set<KerasLayer>()
  for (const { node, name } of endsOf(graph)) {
    const end = ends.get(node) as KerasLayer
    const isNamedSo = name === undefined || wishes.get(end) === layerName(name)
    // TensorFlow.js computes no output that is another output too.
    const output = emitted.has(end) || !isNamedSo ? passedOn(end, end.node, 'output') : end
    if (output !== end && name !== undefined) wishes.set(output, layerName(name))
    emitted.add(output)
    gather(output)
    outputs.push(output)
  }
  const names = namesOf(
    layers.filter((layer) => !owners.has(layer)),
    wishes,
  )
  return { layers, nameOf: (layer) => names.get(ownerOf(layer)) as string, ownerOf, outputs }
}

/** The nodes of the outputs, with names where the network names them in place of one; of heads in the order of the heads' names. */
const endsOf = (graph: Graph): { readonly node: string; readonly name?: string }[] => {
  if (graph.output === undefined) return outputsOf(graph)
  const heads = Object.entries(graph.outputs).sort(([one], [other]) => (one < other ? -1 : 1))
  return [{ node: graph.output }, ...heads.map(([, node]) => ({ node }))]
}

/** A layer for the input of the graph. */
export const inputLayer = (node: Pick<GraphNode, 'name' | 'output'>): KerasLayer => ({
  className: 'InputLayer',
  config: { batch_input_shape: [null, ...node.output], dtype: 'float32' },
  inputs: [],
  output: node.output,
  weights: [],
  node: node.name,
  role: '',
})

/** The last layer of a node behind those of its inputs. */
export const written = (node: GraphNode, inputs: readonly KerasLayer[], padsApart = false): KerasLayer => {
  if (!Object.hasOwn(writers, node.kind)) return refuse(node, 'Keras has no such layer. Write it with the layers that are there.')
  const before = inputs[0] as KerasLayer
  const { last } = writers[node.kind as NodeKind](new Chain(node, before, padsApart), node, inputs)
  // A layer that has nothing to do is there all the same, so that its name is.
  return last === before ? new Chain(node, before).add('nothing', 'Activation', { activation: 'linear' }, node.output).last : last
}

/** The last layer of a node bears its name, those before it what they do as well. */
const namesOf = (layers: readonly KerasLayer[], wishes: ReadonlyMap<KerasLayer, string>): Map<KerasLayer, string> => {
  const taken = new Set<string>()
  const names = new Map<KerasLayer, string>()
  const name = (layer: KerasLayer, wish: string): void => {
    names.set(layer, untaken(wish, taken))
  }
  for (const [layer, wish] of wishes) name(layer, wish)
  for (const layer of layers) if (!names.has(layer)) name(layer, `${layerName(layer.node)}_${layer.role}`)
  return names
}

/**
 * A network as a model of Keras: an object that JSON holds, which Keras 3, Keras 2 and TensorFlow.js load alike.
 *
 * A chain is a `Sequential`, everything else a `Model`, in which a shared layer is one layer with several calls. The file holds what leads to an
 * output; inputs that nothing uses are in it. What Keras has no option for is said exactly by other layers: numeric padding by
 * `ZeroPadding2D`, groups by a convolution for each, a group normalization by reshapes and a `LayerNormalization`. What cannot be said
 * so that all three compute the same is refused.
 *
 * @param network the network; its weights are not in it
 * @param options `name` of the model; `onLeftOut` is called with the names of the layers that lead to no output
 * @throws {FormatError} with the layer that cannot be said, why, and what to use
 * @example
 * writeFileSync('digits.json', JSON.stringify(toKeras(input(28, 28, 1).conv2d(8, 3).relu().flatten().dense(10))))
 */
export const toKeras = (network: NetworkLike, options: KerasOptions = {}): KerasModel => {
  const { graph: whole } = requireNetwork('keras', network)
  requireOptions('keras', options, ['name', 'onLeftOut'])
  const { graph } = reachedFor(whole, options)
  return kerasModel(graph, kerasLayers(graph), options.name ?? 'network')
}

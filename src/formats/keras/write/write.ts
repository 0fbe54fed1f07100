import { type Graph, type GraphNode, outputsOf } from '../../../network/graph.js'
import type { NodeKind } from '../../../network/kinds.js'
import type { NetworkLike } from '../../../network/network-like.js'
import { requireNetwork, requireOptions } from '../../checked-input.js'
import { planText } from '../../plan.js'
import { type LeftOutOptions, reachedFor } from '../../reached.js'
import { Chain, type Config, type ConfigValue, type KerasLayer, refuse, type Writer } from '../layer.js'
import { layerName, untaken } from '../names.js'
import { shapeWriters } from './shapes.js'
import { addTo, numbered, paddedApart, pairs } from './sharing.js'
import { valueWriters } from './values.js'
import { windowWriters } from './windows.js'

/** A layer in a file of Keras. */
export interface KerasLayerFile {
  readonly class_name: string
  readonly config: Config & { readonly name: string }
  /** Only in a model that is no chain: its name again, and what it takes. */
  readonly name?: string
  readonly inbound_nodes?: readonly ConfigValue[]
}

/** A model in a file of Keras. */
export interface KerasModel {
  readonly module: 'keras'
  readonly class_name: 'Sequential' | 'Model'
  readonly registered_name: null
  readonly config: {
    readonly name: string
    readonly layers: readonly KerasLayerFile[]
    readonly input_layers?: readonly ConfigValue[]
    readonly output_layers?: readonly ConfigValue[]
  }
  /** The network that it was made of, which Keras and TensorFlow.js take no notice of. */
  readonly stridewise: unknown
}

/** Options of {@link toKeras}. */
export interface KerasOptions extends LeftOutOptions {
  /** Name of the model, default `'network'`. */
  readonly name?: string
}

/** A network as calls of Keras layers. */
export interface KerasNetwork {
  /** In an order in which each stands behind its inputs. A shared layer is there for each call. */
  readonly layers: readonly KerasLayer[]
  readonly nameOf: (layer: KerasLayer) => string
  /** The first call of a layer: that of the others has the same name and weights. */
  readonly ownerOf: (layer: KerasLayer) => KerasLayer
  /** The layers whose outputs are the network's: the named ones, or the main one and those of its heads in the order of the heads' names. */
  readonly outputs: readonly KerasLayer[]
}

const writers: Readonly<Record<NodeKind, Writer>> = { ...windowWriters, ...valueWriters, ...shapeWriters }

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
  const users = new Map<string, Set<string>>()
  const addUser = (value: string, user: string): void => void users.set(value, (users.get(value) ?? new Set()).add(user))
  for (const { name, inputs } of graph.nodes) for (const input of inputs) addUser(input, name)
  for (const { node } of outputsOf(graph)) addUser(node, 'as an output')
  const apart = paddedApart(graph)
  const ofNode = new Map<string, KerasLayer[]>()
  const owners = new Map<KerasLayer, KerasLayer>()
  for (const node of graph.nodes) {
    const { weights } = nodes.get(node.sharedWith ?? node.name) as GraphNode
    const inputs = node.inputs.map((input, index) => {
      const end = ends.get(input) as KerasLayer
      // TensorFlow.js frees a value that a layer takes twice too early, if another layer takes it later.
      const isAgain = node.inputs.indexOf(input) < index && (users.get(input) as Set<string>).size > 1
      return isAgain ? { ...passedOn(end), node: node.name, role: 'again' } : end
    })
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
    const output = emitted.has(end) || !isNamedSo ? passedOn(end) : end
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

/** A layer that passes on what another gives. */
const passedOn = (layer: KerasLayer): KerasLayer => ({
  className: 'Activation',
  config: { activation: 'linear' },
  inputs: [layer],
  output: layer.output,
  weights: [],
  node: layer.node,
  role: 'output',
})

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

/** The file of layers. */
export const kerasModel = (graph: Graph, { layers, nameOf, ownerOf, outputs }: KerasNetwork, name: string): KerasModel => {
  const stridewise = JSON.parse(planText(graph)) as unknown
  const head = { module: 'keras', registered_name: null } as const
  const isChain =
    outputs.length === 1 &&
    graph.output !== undefined &&
    layers.every(
      (layer, index) =>
        ownerOf(layer) === layer && layer.inputs.length === (index === 0 ? 0 : 1) && (index === 0 || layer.inputs[0] === layers[index - 1]),
    )
  if (isChain && layers.length > 1) {
    const files = layers.map((layer) => ({ class_name: layer.className, config: { name: nameOf(layer), ...layer.config } }))
    return { ...head, class_name: 'Sequential', config: { name, layers: files }, stridewise }
  }
  const numbers = numbered(layers, ownerOf)
  const calls = new Map<KerasLayer, KerasLayer[]>()
  // The numbers of the calls are in the order in which they are found.
  for (const layer of numbers.keys()) addTo(calls, ownerOf(layer), layer)
  const inboundOf = (layer: KerasLayer): ConfigValue[] =>
    (calls.get(layer) as KerasLayer[])
      .filter(({ inputs }) => inputs.length > 0)
      .map(({ inputs }) => inputs.map((input) => [nameOf(input), numbers.get(input) as number, 0, {}] as unknown as ConfigValue))
  const files = layers
    .filter((layer) => ownerOf(layer) === layer)
    .map((layer) => ({
      class_name: layer.className,
      name: nameOf(layer),
      config: { name: nameOf(layer), ...layer.config },
      inbound_nodes: inboundOf(layer),
    }))
  const inputs = new Map(layers.filter(({ className }) => className === 'InputLayer').map((layer) => [layer.node, layer]))
  const config = {
    name,
    layers: files,
    input_layers: graph.inputs.map((input) => [nameOf(inputs.get(input) as KerasLayer), 0, 0]),
    output_layers: outputs.map((output) => [nameOf(output), numbers.get(output) as number, 0]),
  }
  return { ...head, class_name: 'Model', config, stridewise }
}

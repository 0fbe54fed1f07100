import type { Graph, GraphNode } from '../../../network/graph.js'
import type { NodeKind } from '../../../network/kinds.js'
import type { NetworkLike } from '../../../network/network-like.js'
import { requireNetwork, requireOptions } from '../../checked-input.js'
import { planText } from '../../plan.js'
import { Chain, type Config, type ConfigValue, type KerasLayer, passedOn, refuse, type Writer } from '../layer.js'
import { layerName, untaken } from '../names.js'
import { shapeWriters } from './shapes.js'
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
export interface KerasOptions {
  /** Name of the model, default `'network'`. */
  readonly name?: string
}

/** A network as Keras layers, each with its name. */
export interface KerasNetwork {
  /** In an order in which each stands behind its inputs; the input is first. */
  readonly layers: readonly KerasLayer[]
  readonly nameOf: (layer: KerasLayer) => string
  /** The layers whose outputs are the network's: the main one, then those of its heads in the order of the heads' names. */
  readonly outputs: readonly KerasLayer[]
}

const writers: Readonly<Record<NodeKind, Writer>> = { ...windowWriters, ...valueWriters, ...shapeWriters }

/** The layers of a network. */
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
  for (const node of graph.nodes) {
    const end =
      node.kind === 'input'
        ? inputLayer(node)
        : written(
            node,
            node.inputs.map((input) => ends.get(input) as KerasLayer),
          )
    gather(end)
    ends.set(node.name, end)
  }
  const outputs: KerasLayer[] = []
  const emitted = new Set<KerasLayer>()
  for (const name of [graph.output as string, ...headsInOrder(graph)]) {
    const end = ends.get(name) as KerasLayer
    // TensorFlow.js computes no output that is another output too.
    const output = emitted.has(end) ? passedOn(end, end.node, 'output') : end
    emitted.add(output)
    gather(output)
    outputs.push(output)
  }
  const names = namesOf(layers, ends)
  return { layers, nameOf: (layer) => names.get(layer) as string, outputs }
}

/** The nodes of the heads in the order of the heads' names. */
const headsInOrder = ({ outputs }: Graph): string[] =>
  Object.entries(outputs)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, node]) => node)

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
export const written = (node: GraphNode, inputs: readonly KerasLayer[]): KerasLayer => {
  if (!Object.hasOwn(writers, node.kind)) return refuse(node, 'Keras has no such layer. Write it with the layers that are there.')
  const before = inputs[0] as KerasLayer
  const { last } = writers[node.kind as NodeKind](new Chain(node, before), node, inputs)
  // A layer that has nothing to do is there all the same, so that its name is.
  return last === before ? new Chain(node, before).add('nothing', 'Activation', { activation: 'linear' }, node.output).last : last
}

/** The last layer of a node bears its name, those before it what they do as well. */
const namesOf = (layers: readonly KerasLayer[], ends: ReadonlyMap<string, KerasLayer>): Map<KerasLayer, string> => {
  const taken = new Set<string>()
  const names = new Map<KerasLayer, string>()
  const name = (layer: KerasLayer, wish: string): void => {
    names.set(layer, untaken(wish, taken))
  }
  for (const [node, layer] of ends) name(layer, layerName(node))
  for (const layer of layers) if (!names.has(layer)) name(layer, `${layerName(layer.node)}_${layer.role}`)
  return names
}

/**
 * A network as a model of Keras: an object that JSON holds, which Keras 3, Keras 2 and TensorFlow.js load alike.
 *
 * A chain is a `Sequential`, branches are a `Model`. What Keras has no option for is said exactly by other layers: numeric padding by
 * `ZeroPadding2D`, groups by a convolution for each, a group normalization by reshapes and a `LayerNormalization`. What cannot be said
 * so that all three compute the same is refused.
 *
 * @param network the network; its weights are not in it
 * @param options `name` of the model
 * @throws {FormatError} with the layer that cannot be said, why, and what to use
 * @example
 * writeFileSync('digits.json', JSON.stringify(toKeras(input(28, 28, 1).conv2d(8, 3).relu().flatten().dense(10))))
 */
export const toKeras = (network: NetworkLike, options: KerasOptions = {}): KerasModel => {
  const { graph } = requireNetwork('keras', network)
  requireOptions('keras', options, ['name'])
  return kerasModel(graph, kerasLayers(graph), options.name ?? 'network')
}

/** The file of layers. */
export const kerasModel = (graph: Graph, { layers, nameOf, outputs }: KerasNetwork, name: string): KerasModel => {
  const stridewise = JSON.parse(planText(graph)) as unknown
  const head = { module: 'keras', registered_name: null } as const
  const isChain =
    outputs.length === 1 &&
    layers.every(({ inputs }, index) => inputs.length === (index === 0 ? 0 : 1) && (index === 0 || inputs[0] === layers[index - 1]))
  if (isChain && layers.length > 1) {
    const files = layers.map((layer) => ({ class_name: layer.className, config: { name: nameOf(layer), ...layer.config } }))
    return { ...head, class_name: 'Sequential', config: { name, layers: files }, stridewise }
  }
  const files = layers.map((layer) => ({
    class_name: layer.className,
    name: nameOf(layer),
    config: { name: nameOf(layer), ...layer.config },
    inbound_nodes: layer.inputs.length === 0 ? [] : [layer.inputs.map((input) => [nameOf(input), 0, 0, {}] as unknown as ConfigValue)],
  }))
  const config = {
    name,
    layers: files,
    input_layers: [[nameOf(layers[0] as KerasLayer), 0, 0]],
    output_layers: outputs.map((output) => [nameOf(output), 0, 0]),
  }
  return { ...head, class_name: 'Model', config, stridewise }
}

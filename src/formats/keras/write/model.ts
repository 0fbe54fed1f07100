import type { Graph } from '../../../network/graph.js'
import { planText } from '../../plan.js'
import type { Config, ConfigValue, KerasLayer } from '../layer.js'
import { addTo, numbered } from './sharing.js'

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

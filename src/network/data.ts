import type { AnyShape } from '../shape/shape.js'
import type { Graph } from './graph.js'
import { settingsBesideDefaults } from './planned.js'

/*
 * A network as data that JSON can hold, without what its rules compute again.
 */

/**
 * The versions of {@link NetworkData}. A form that earlier releases cannot read gets the next number: 2 has several inputs, named
 * outputs, kept values and shared layers. Data that has none of these is of version 1.
 */
export const dataVersions = [1, 2] as const

/** A layer of {@link NetworkData}. */
export interface LayerData {
  /** Unique in its network. */
  readonly name: string
  /** `'conv2d'`, `'relu'`, ... */
  readonly kind: string
  /** The hyperparameters that differ from the defaults; left out when there are none. */
  readonly settings?: Readonly<Record<string, unknown>>
  /** The names of the layers whose outputs it takes; left out when it takes that of the layer before it. */
  readonly from?: readonly string[]
  /** The name of the shared layer that made it. */
  readonly shared?: string
  /** The name of the layer whose weights it has, where a shared layer is applied again. */
  readonly sharedWith?: string
}

/**
 * A network as plain data: what `JSON.stringify(network)` writes and `networkFrom` reads.
 *
 * @example
 * JSON.stringify(input(784).dense(10))
 * // {"format":"stridewise","version":1,"input":[784],"layers":[{"name":"dense_1","kind":"dense","settings":{"units":10}}],"output":[10],"params":7850}
 */
export interface NetworkData {
  readonly format: 'stridewise'
  readonly version: (typeof dataVersions)[number]
  /** Shape of one example that goes in, channels last; of each input by its name, where there are several. */
  readonly input: AnyShape
  /** Each after the layers whose outputs it takes. */
  readonly layers: readonly LayerData[]
  /** The name of the layer that gives the output; left out when it is the last, or when the outputs are named. */
  readonly last?: string
  /** Outputs of heads that branch out: for each one's name, the layer that gives it; left out when there are none. */
  readonly heads?: Readonly<Record<string, string>>
  /** The named outputs in place of one: for each, the layer that gives it. */
  readonly outputs?: Readonly<Record<string, string>>
  /** The values that have a name, heads excepted: for each, the layer that gives it; left out when there are none. */
  readonly kept?: Readonly<Record<string, string>>
  /** Shape of one example that comes out; of each output by its name, where they are named. */
  readonly output: AnyShape
  /** Trainable parameters. */
  readonly params: number
}

/** The data of a network's graph. */
export const dataOf = (graph: Graph, input: AnyShape, output: AnyShape, params: number): NetworkData => {
  const { nodes, outputs, kept } = graph
  const inputs = new Set(graph.inputs)
  const isOne = Array.isArray(input)
  const layers = nodes.flatMap((node, index): LayerData[] => {
    if (inputs.has(node.name)) return []
    const settings = settingsBesideDefaults(node)
    const isNext = node.inputs.length === 1 && node.inputs[0] === nodes[index - 1]?.name
    return [
      {
        name: node.name,
        kind: node.kind,
        ...(Object.keys(settings).length > 0 ? { settings } : {}),
        ...(isNext && (isOne || index > inputs.size) ? {} : { from: node.inputs }),
        ...(node.shared === undefined ? {} : { shared: node.shared }),
        ...(node.sharedWith === undefined ? {} : { sharedWith: node.sharedWith }),
      },
    ]
  })
  const isFirstVersion = isOne && graph.output !== undefined && Object.keys(kept).length === 0 && nodes.every(({ shared }) => !shared)
  return {
    format: 'stridewise',
    version: isFirstVersion ? 1 : 2,
    input,
    layers,
    ...(graph.output === undefined || graph.output === nodes.at(-1)?.name ? {} : { last: graph.output }),
    ...(graph.output !== undefined && Object.keys(outputs).length > 0 ? { heads: outputs } : {}),
    ...(graph.output === undefined ? { outputs } : {}),
    ...(Object.keys(kept).length > 0 ? { kept } : {}),
    output,
    params,
  }
}

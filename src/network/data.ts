import type { Shape } from '../shape/shape.js'
import type { Graph } from './graph.js'
import { settingsBesideDefaults } from './planned.js'

/*
 * A network as data that JSON can hold, without what its rules compute again.
 */

/** The version of {@link NetworkData}. A form that earlier releases cannot read gets the next number. */
export const dataVersion = 1

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
  readonly version: typeof dataVersion
  /** Shape of one example that goes in, channels last. */
  readonly input: Shape
  /** Each after the layers whose outputs it takes. */
  readonly layers: readonly LayerData[]
  /** The name of the layer that gives the output; left out when it is the last. */
  readonly last?: string
  /** Outputs of heads that branch out: for each one's name, the layer that gives it; left out when there are none. */
  readonly heads?: Readonly<Record<string, string>>
  /** Shape of one example that comes out. */
  readonly output: Shape
  /** Trainable parameters. */
  readonly params: number
}

/** The data of a network's graph. */
export const dataOf = ({ nodes, output, outputs }: Graph, shapes: Pick<NetworkData, 'input' | 'output' | 'params'>): NetworkData => {
  const layers = nodes.slice(1).map((node, index): LayerData => {
    const settings = settingsBesideDefaults(node)
    const isNext = node.inputs.length === 1 && node.inputs[0] === nodes[index]?.name
    return {
      name: node.name,
      kind: node.kind,
      ...(Object.keys(settings).length > 0 ? { settings } : {}),
      ...(isNext ? {} : { from: node.inputs }),
    }
  })
  return {
    format: 'stridewise',
    version: dataVersion,
    input: shapes.input,
    layers,
    ...(output === nodes.at(-1)?.name ? {} : { last: output }),
    ...(Object.keys(outputs).length > 0 ? { heads: outputs } : {}),
    output: shapes.output,
    params: shapes.params,
  }
}

import type { AnyShape } from '../shape/shape.js'
import type { Graph } from './graph.js'
import { settingsBesideDefaults } from './planned.js'

/* A network as data that can be stored as JSON, without anything that the layers' rules can recompute. */

/**
 * The versions of {@link NetworkData}. A format that earlier releases cannot read gets the next number. Version 2 adds several inputs,
 * named outputs, kept values and shared layers; data without these is version 1.
 */
export const dataVersions = [1, 2] as const

/** A layer of {@link NetworkData}. */
export interface LayerData {
  /** Unique in its network. */
  readonly name: string
  /** `'conv2d'`, `'relu'`, ... */
  readonly kind: string
  /** The hyperparameters that differ from the defaults; omitted if there are none. */
  readonly settings?: Readonly<Record<string, unknown>>
  /** The names of the layers that it takes its inputs from; omitted if that is the preceding layer. */
  readonly from?: readonly string[]
  /** The name of the shared layer that it belongs to. */
  readonly shared?: string
  /** The name of the layer whose weights it reuses, if the shared layer was applied before. */
  readonly sharedWith?: string
}

/**
 * A network as plain data: `JSON.stringify(network)` writes it and `networkFrom` reads it.
 *
 * @example
 * JSON.stringify(input(784).dense(10))
 * // {"format":"stridewise","version":1,"input":[784],"layers":[{"name":"dense_1","kind":"dense","settings":{"units":10}}],"output":[10],"params":7850}
 */
export interface NetworkData {
  readonly format: 'stridewise'
  readonly version: (typeof dataVersions)[number]
  /** The shape of one input sample, channels last; for several inputs, the shape of each by name. */
  readonly input: AnyShape
  /** The layers, each after its inputs. */
  readonly layers: readonly LayerData[]
  /** The name of the layer that gives the output; omitted if it is the last layer, or if the outputs are named. */
  readonly last?: string
  /** The outputs of heads by name, each with the layer that gives it; omitted if there are none. */
  readonly heads?: Readonly<Record<string, string>>
  /** The heads that branch out inside a branch: after it, no value has these names. Omitted if there are none. */
  readonly inBranches?: readonly string[]
  /** The named outputs, if there are any instead of a single output, each with the layer that gives it. */
  readonly outputs?: Readonly<Record<string, string>>
  /** The kept values by name, except heads, each with the layer that gives it; omitted if there are none. */
  readonly kept?: Readonly<Record<string, string>>
  /** The shape of one output sample; for named outputs, the shape of each by name. */
  readonly output: AnyShape
  /** Trainable parameters. */
  readonly params: number
}

/** Converts a network's graph to data. */
export const dataOf = (graph: Graph, input: AnyShape, output: AnyShape, params: number): NetworkData => {
  const { nodes, outputs, kept } = graph
  const inputs = new Set(graph.inputs)
  const isOne = Array.isArray(input)
  const layers = nodes.flatMap((node, index): LayerData[] => {
    if (inputs.has(node.name)) return []
    const settings = settingsBesideDefaults(node)
    const isNext = node.inputs.length === 1 && node.inputs[0] === nodes[index - 1]?.name
    const { name, kind, shared, sharedWith } = node
    const from = isNext && (isOne || index > inputs.size) ? undefined : node.inputs
    return [defined({ name, kind, settings: unlessEmpty(settings), from, shared, sharedWith })]
  })
  const isFirstVersion = isOne && graph.output !== undefined && !unlessEmpty(kept) && nodes.every(({ shared }) => !shared)
  const hasOutput = graph.output !== undefined
  return defined({
    format: 'stridewise',
    version: isFirstVersion ? 1 : 2,
    input,
    layers,
    last: graph.output === nodes.at(-1)?.name ? undefined : graph.output,
    heads: hasOutput ? unlessEmpty(outputs) : undefined,
    inBranches: graph.inBranches,
    outputs: hasOutput ? undefined : outputs,
    kept: unlessEmpty(kept),
    output,
    params,
  })
}

/** An object without the keys whose values are undefined. */
const defined = <Result>(members: { readonly [Name in keyof Result]: Result[Name] | undefined }): Result =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Result

const unlessEmpty = <Members extends object>(members: Members): Members | undefined =>
  Object.keys(members).length > 0 ? members : undefined

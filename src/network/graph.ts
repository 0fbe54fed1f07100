import type { Memory, Reach, SlidingWindow, Weight } from '../layers/kind/layer.js'
import type { Shape } from '../shape/shape.js'

/**
 * What a built network is at run time: nodes in an order in which every input comes before its use.
 *
 * Reports, exports and drawings read this and nothing else.
 */
export interface Graph {
  readonly nodes: readonly GraphNode[]
  /** The name of the node that holds the first input. */
  readonly input: string
  /** The names of the nodes that hold the inputs: `['input']`, or those that `inputs` and `parallel` gave. */
  readonly inputs: readonly string[]
  /** The name of the node whose output is the network's; left out where the outputs are named. */
  readonly output?: string
  /** The named outputs: for each one's name, the node whose output it is. Beside `output`, those of heads that branch out. */
  readonly outputs: Readonly<Record<string, string>>
  /** The values that have a name, heads excepted: for each, the node whose output it is. */
  readonly kept: Readonly<Record<string, string>>
}

/** A layer where it stands: on its inputs, with its weights. */
export interface GraphNode {
  /** Unique in its graph: given by the `name` option, or the kind and a number, `conv2d_1`. A name that is taken gets a number: `stem_2`. */
  readonly name: string
  /** `'input'`, `'conv2d'`, `'relu'`, ... */
  readonly kind: string
  /** The hyperparameters with their defaults filled in, by their names. */
  readonly settings: Readonly<Record<string, unknown>>
  /** The names of the nodes whose outputs it takes. */
  readonly inputs: readonly string[]
  readonly inputShapes: readonly Shape[]
  readonly output: Shape
  /** Its own weights. A layer that has those of another lists none. */
  readonly weights: readonly Weight[]
  /** The name of the shared layer that made it. */
  readonly shared?: string
  /** The name of the node whose weights it has, where a shared layer is applied again. */
  readonly sharedWith?: string
  /** Multiply-accumulates for one example. */
  readonly macs: number
  readonly memory: Memory
  readonly window?: SlidingWindow
  readonly reach?: readonly Reach[]
  readonly seesAll?: boolean
}

/** An output of a network: its name, and the node whose output it is. */
export interface NamedOutput {
  readonly name: string
  readonly node: string
}

/** All outputs of a network, the main one first, under the name `'output'`. */
export const outputsOf = ({ output, outputs }: Graph): NamedOutput[] => [
  ...(output === undefined ? [] : [{ name: 'output', node: output }]),
  ...Object.entries(outputs).map(([name, node]) => ({ name, node })),
]

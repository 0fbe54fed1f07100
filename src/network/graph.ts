import type { Memory, Reach, SlidingWindow, Weight } from '../layers/kind/layer.js'
import type { Shape } from '../shape/shape.js'

/**
 * What a built network is at run time: nodes in an order in which every input comes before its use.
 *
 * Reports, exports and drawings read this and nothing else.
 */
export interface Graph {
  readonly nodes: readonly GraphNode[]
  /** The name of the node that holds the input. */
  readonly input: string
  /** The name of the node whose output is the network's. */
  readonly output: string
  /** Outputs beside it, of heads that branch out: for each one's name, the node whose output it is. */
  readonly outputs: Readonly<Record<string, string>>
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
  readonly weights: readonly Weight[]
  /** Multiply-accumulates for one example. */
  readonly macs: number
  readonly memory: Memory
  readonly window?: SlidingWindow
  readonly reach?: readonly Reach[]
  readonly seesAll?: boolean
}

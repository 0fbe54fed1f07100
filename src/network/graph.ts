import type { Memory, Reach, SlidingWindow, Weight } from '../layers/kind/layer.js'
import type { Shape } from '../shape/shape.js'

/**
 * A network at run time: nodes in topological order, each after its inputs.
 *
 * Reports, exports and drawings read only this.
 */
export interface Graph {
  readonly nodes: readonly GraphNode[]
  /** The name of the first input's node. */
  readonly input: string
  /** The names of the input nodes: `['input']`, or the names passed to `inputs` or `parallel`. */
  readonly inputs: readonly string[]
  /** The name of the node whose output is the network's output; omitted if the outputs are named. */
  readonly output?: string
  /** The named outputs, each with its node. If there is an `output` too, these are the outputs of heads. */
  readonly outputs: Readonly<Record<string, string>>
  /** The heads that branch out inside a branch: after it, no value has these names. Omitted if there are none. */
  readonly inBranches?: readonly string[]
  /** The kept values by name, except heads, each with its node. */
  readonly kept: Readonly<Record<string, string>>
}

/** A layer applied to its inputs, with its weights. */
export interface GraphNode {
  /**
   * Unique in its graph: the `name` option, or the kind and a number, such as `conv2d_1`. If the name is taken, a number is added:
   * `stem_2`.
   */
  readonly name: string
  /** `'input'`, `'conv2d'`, `'relu'`, ... */
  readonly kind: string
  /** The hyperparameters by name, including defaults. */
  readonly settings: Readonly<Record<string, unknown>>
  /** The names of the nodes whose outputs it reads. */
  readonly inputs: readonly string[]
  readonly inputShapes: readonly Shape[]
  readonly output: Shape
  /** Its own weights; empty if it reuses those of another layer. */
  readonly weights: readonly Weight[]
  /** The name of the shared layer that it belongs to. */
  readonly shared?: string
  /** The name of the node whose weights it reuses, if the shared layer was applied before. */
  readonly sharedWith?: string
  /** Multiply-accumulates per sample. */
  readonly macs: number
  readonly memory: Memory
  readonly window?: SlidingWindow
  readonly reach?: readonly Reach[]
  readonly seesAll?: boolean
}

/** An output of a network: its name and its node. */
export interface NamedOutput {
  readonly name: string
  readonly node: string
}

/** All outputs of a network. The single output comes first, named `'output'`. */
export const outputsOf = ({ output, outputs }: Graph): NamedOutput[] => [
  ...(output === undefined ? [] : [{ name: 'output', node: output }]),
  ...Object.entries(outputs).map(([name, node]) => ({ name, node })),
]

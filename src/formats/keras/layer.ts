import { FormatError } from '../../network/format-error.js'
import type { GraphNode } from '../../network/graph.js'
import { named } from '../../shape/printable.js'
import type { Shape } from '../../shape/shape.js'

/** A value of a layer's config, as JSON has it. */
export type ConfigValue = null | boolean | number | string | readonly ConfigValue[]

export type Config = Readonly<Record<string, ConfigValue>>

/** A weight of a Keras layer. */
export interface KerasWeight {
  /** Keras's name, `'kernel'`. */
  readonly name: string
  /** Keras's shape, channels last. */
  readonly shape: Shape
  /** Its values, from those of the node's weights, which are in the graph's layout. */
  readonly values: (own: (weight: string) => Float32Array) => Float32Array
}

/** A Keras layer where it stands. */
export interface KerasLayer {
  readonly className: string
  readonly config: Config
  readonly inputs: readonly KerasLayer[]
  /** Shape of one example, channels last. */
  readonly output: Shape
  readonly weights: readonly KerasWeight[]
  /** The node of the graph that it belongs to. */
  readonly node: string
  /** What it does for its node; the node's last layer bears its name. */
  readonly role: string
}

/** Layers one after the other that stand for a node, from one of its inputs on. */
export class Chain {
  constructor(
    readonly node: GraphNode,
    /** The last layer. */
    public last: KerasLayer,
    /** Whether all padding is a layer of its own: a layer that is applied at several sizes has one option for it. */
    readonly padsApart = false,
  ) {}

  get shape(): Shape {
    return this.last.output
  }

  /** Adds a layer. */
  add(role: string, className: string, config: Config, output: Shape, weights: readonly KerasWeight[] = []): this {
    this.last = { className, config, inputs: [this.last], output, weights, node: this.node.name, role }
    return this
  }

  /** Adds a reshape, where the shape is another. */
  reshape(role: string, shape: Shape): this {
    const same = shape.length === this.shape.length && shape.every((size, axis) => size === this.shape[axis])
    return same ? this : this.add(role, 'Reshape', { target_shape: shape }, shape)
  }

  /** Another chain of the same node that goes on from here. */
  branch(): Chain {
    return new Chain(this.node, this.last, this.padsApart)
  }
}

/** A layer that joins others. */
export const joinLayer = (
  node: GraphNode,
  role: string,
  className: string,
  config: Config,
  inputs: readonly KerasLayer[],
  output: Shape,
): KerasLayer => ({
  className,
  config,
  inputs,
  output,
  weights: [],
  node: node.name,
  role,
})

/** Writes a node as layers behind those of its inputs. */
export type Writer = (chain: Chain, node: GraphNode, inputs: readonly KerasLayer[]) => Chain

/** A weight that has the values of one of the node's. */
export const weight = (name: string, own: string, shape: Shape): KerasWeight => ({ name, shape, values: (values) => values(own) })

/**
 * Refuses a layer that cannot be said so that Keras 3, Keras 2 and TensorFlow.js compute the same.
 *
 * @throws {FormatError} always
 */
export const refuse = (node: GraphNode, sentence: string): never => {
  throw new FormatError(`${named(node.kind)}: ${sentence}`, 'keras', node.name)
}

import { FormatError } from '../../network/format-error.js'
import type { GraphNode } from '../../network/graph.js'
import { named } from '../../shape/printable.js'
import type { Shape } from '../../shape/shape.js'

/** A value of a layer's config, as JSON has it. */
export type ConfigValue = null | boolean | number | string | readonly ConfigValue[] | { readonly [name: string]: ConfigValue }

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

  /** Goes on behind a layer that joins the ends of other chains. */
  join(role: string, className: string, config: Config, chains: readonly Chain[], output: Shape): this {
    const inputs = chains.map(({ last }) => last)
    this.last = joinLayer(this.node, role, className, config, inputs, output)
    return this
  }

  /** Another chain of the same node that goes on from here. */
  branch(): Chain {
    return new Chain(this.node, this.last, this.padsApart)
  }
}

/** A layer that passes on what another gives. */
export const passedOn = (layer: KerasLayer, node: string, role: string): KerasLayer => ({
  className: 'Activation',
  config: { activation: 'linear' },
  inputs: [layer],
  output: layer.output,
  weights: [],
  node,
  role,
})

/**
 * A layer that joins others. One that stands twice among its inputs is passed on the second time: TensorFlow.js counts each layer that reads
 * a value once, but counts down for each time it is read, and so frees the value while others have yet to read it.
 */
export const joinLayer = (
  node: GraphNode,
  role: string,
  className: string,
  config: Config,
  inputs: readonly KerasLayer[],
  output: Shape,
): KerasLayer => {
  const taken = new Set<KerasLayer>()
  const once = (input: KerasLayer): KerasLayer => {
    if (taken.has(input)) return passedOn(input, node.name, 'again')
    taken.add(input)
    return input
  }
  return { className, config, inputs: inputs.map(once), output, weights: [], node: node.name, role }
}

/** Writes a node as layers behind those of its inputs. */
export type Writer = (chain: Chain, node: GraphNode, inputs: readonly KerasLayer[]) => Chain

/** A weight that has the values of one of the node's. */
export const weight = (name: string, own: string, shape: Shape): KerasWeight => ({ name, shape, values: (values) => values(own) })

/** Some of the columns of a matrix of that width. */
export const columns = (data: Float32Array, width: number, from: number, count: number): Float32Array => {
  const result = new Float32Array((data.length / width) * count)
  for (let row = 0; row * width < data.length; row += 1)
    result.set(data.subarray(row * width + from, row * width + from + count), row * count)
  return result
}

/** A node becomes at most this many layers of one sort. */
const mostLayers = 1024

/**
 * Refuses what would become too many layers.
 *
 * @throws {FormatError} when there are more than 1024
 */
export const requireFew = (node: GraphNode, count: number, what: string, advice: string): void => {
  if (count > mostLayers) refuse(node, `more than ${mostLayers} ${what} would be as many layers. It has ${count}. ${advice}`)
}

/**
 * Refuses a layer that cannot be said so that Keras 3, Keras 2 and TensorFlow.js compute the same.
 *
 * @throws {FormatError} always
 */
export const refuse = (node: GraphNode, sentence: string): never => {
  throw new FormatError(`${named(node.kind)}: ${sentence}`, 'keras', node.name)
}

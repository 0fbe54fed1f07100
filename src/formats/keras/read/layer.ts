import type { LayerKind } from '../../../layers/kind/layer.js'
import { argumentsOf } from '../../../network/arguments.js'
import { atNode, FormatError } from '../../../network/format-error.js'
import { kindOf } from '../../../network/kinds.js'
import type { PlannedNode } from '../../../network/rebuild.js'
import { ShapeError } from '../../../shape/message.js'
import type { Shape } from '../../../shape/shape.js'
import { untaken } from '../names.js'

/** A value of the network that is read: the node that gives it, and its shape. */
export interface Value {
  readonly node: string
  readonly shape: Shape
  /** The layer that multiplies it by -1: it is no value yet, but may be what a sum subtracts. */
  readonly minus?: string
  /** The layer that makes -1 of all of it: slopes for each place make learned values of that. */
  readonly ones?: string
  /** The layer whose slopes are values to add to another value, and the node of that value: this is their sum. */
  readonly learned?: { readonly layer: string; readonly node: string }
}

/** The settings of the layers that a value may be without. */
const rescales = { minus: { scale: -1 }, ones: { scale: 0, offset: -1 } } as const

/** A node with what a shared layer needs to know of it. */
interface ReadNode extends PlannedNode {
  readonly hasWeights: boolean
}

/** The nodes that are read, one after the other. */
export class Plan {
  readonly #nodes: ReadNode[] = []
  readonly #taken = new Set<string>()
  /** The layers that multiply by -1, or make -1 of all, and are more than what a sum subtracts or adds. */
  readonly #rescaled = new Set<string>()
  /** For each layer, the nodes of its first call. */
  readonly #calls = new Map<string, readonly ReadNode[]>()
  /** For each node with weights that are shared, the places of the nodes that have them. */
  readonly #shared = new Map<string, number[]>()

  /** For each node with weights, the layer that it stands for: the names of its models, and its own. */
  readonly ways = new Map<string, readonly string[]>()

  /** Reserves the names of the file's layers, so that no other node gets one of them. */
  constructor(layers: readonly string[]) {
    for (const name of layers) this.#taken.add(name)
  }

  input(name: string, shape: Shape): Value {
    this.#nodes.push({ name, kind: 'input', settings: {}, inputs: [], output: shape, hasWeights: false })
    return { node: name, shape }
  }

  /** A node of the file's layer, with its name. */
  add(layer: string, kind: string, settings: Readonly<Record<string, unknown>>, input: Value): Value {
    return this.#add(layer, layer, kind, settings, input)
  }

  /** A node that the layer has besides: its activation. */
  addAfter(layer: string, kind: string, settings: Readonly<Record<string, unknown>>, input: Value): Value {
    return this.#add(untaken(`${layer}_${kind}`, this.#taken), layer, kind, settings, input)
  }

  #add(name: string, layer: string, kind: string, settings: Readonly<Record<string, unknown>>, input: Value): Value {
    const { shape, settled: resolved, hasWeights } = applied(layer, kind, settings, input.shape)
    this.#nodes.push({ name, kind, settings: resolved, inputs: [this.nodeOf(input)], hasWeights })
    return { node: name, shape }
  }

  join(layer: string, kind: string, inputs: readonly Value[], shape: Shape): Value {
    return this.#join(layer, kind, inputs, shape)
  }

  /** A join that the layer has besides. */
  joinAfter(layer: string, kind: string, inputs: readonly Value[], shape: Shape): Value {
    return this.#join(untaken(`${layer}_${kind}`, this.#taken), kind, inputs, shape)
  }

  #join(name: string, kind: string, inputs: readonly Value[], shape: Shape): Value {
    this.#nodes.push({ name, kind, settings: {}, inputs: inputs.map((input) => this.nodeOf(input)), hasWeights: false })
    return { node: name, shape }
  }

  /** The node of a value; one that is multiplied by -1, or is -1 everywhere, gets that as a layer, once. */
  nodeOf({ node, shape, minus, ones, learned }: Value): string {
    if (learned)
      throw new FormatError('PReLU: shared_axes [] gives a slope for each position. Share all axes but the last.', 'keras', learned.layer)
    const layer = minus ?? ones
    if (layer === undefined) return node
    if (!this.#rescaled.has(layer)) {
      this.#rescaled.add(layer)
      this.add(layer, 'rescale', minus === undefined ? rescales.ones : rescales.minus, { node, shape })
    }
    return layer
  }

  /** A call of a layer: what it adds has the weights of the first call. */
  call(layer: string, sharedWith: string | undefined, way: readonly string[], read: () => Value): Value {
    const start = this.#nodes.length
    const value = read()
    const nodes = this.#nodes.slice(start)
    for (const { name, hasWeights } of nodes) if (hasWeights) this.ways.set(name, way)
    if (sharedWith === undefined) {
      this.#calls.set(layer, nodes)
      return value
    }
    const [first, again] = [this.#calls.get(sharedWith) ?? [], nodes].map((all) => all.filter(({ hasWeights }) => hasWeights)) as [
      ReadNode[],
      ReadNode[],
    ]
    for (const [index, node] of again.entries()) {
      const owner = first[index]
      if (again.length !== first.length || owner?.kind !== node.kind)
        throw new FormatError('is another layer here than there.', 'keras', layer)
      const places = this.#shared.get(owner.name) ?? [this.#nodes.indexOf(owner)]
      places.push(this.#nodes.indexOf(node, start))
      this.#shared.set(owner.name, places)
    }
    return value
  }

  /** The nodes of the plan. A window that leaves cells over at one of a layer's calls rounds down at all of them. */
  finished(): PlannedNode[] {
    const nodes = this.#nodes.map(({ hasWeights: _, ...node }): PlannedNode => node)
    for (const [shared, places] of this.#shared) {
      const floor = places.some((place) => nodes[place]?.settings['rounding'] === 'floor')
      for (const place of places) {
        const { settings, ...node } = nodes[place] as PlannedNode
        nodes[place] = {
          ...node,
          settings: floor ? { ...settings, rounding: 'floor' } : settings,
          shared,
          ...(node.name === shared ? {} : { sharedWith: shared }),
        }
      }
    }
    return nodes
  }
}

/**
 * What a layer makes of a shape. Keras rounds windows down without a word: here that is said, where it is so.
 *
 * @throws {FormatError} when it cannot stand there
 */
const applied = (layer: string, kind: string, settings: Readonly<Record<string, unknown>>, input: Shape) => {
  const run = (resolved: Readonly<Record<string, unknown>>) => {
    const known = argumentsOf(kind, resolved) as NonNullable<ReturnType<typeof argumentsOf>>
    const args = Object.keys(known.options).length === 0 ? known.args : [...known.args, known.options]
    const { output, weights } = (kindOf(kind) as LayerKind<unknown[]>).apply(input, ...args)
    return { shape: output, settled: resolved, hasWeights: weights.length > 0 }
  }
  return atNode('keras', layer, () => {
    if (!/^(conv|depthwiseConv|separableConv|maxPool|avgPool)\dd$/.test(kind)) return run(settings)
    try {
      return run(settings)
    } catch (error) {
      if (error instanceof ShapeError && settings['rounding'] === undefined) return run({ ...settings, rounding: 'floor' })
      throw error
    }
  })
}

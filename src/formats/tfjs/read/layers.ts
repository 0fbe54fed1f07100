import type { Link } from '../../../layers/kind/layer.js'
import { atNode } from '../../../network/format-error.js'
import { inputLink } from '../../../network/link.js'
import { linkFor } from '../../../network/planned.js'
import type { PlannedNode } from '../../../network/rebuild.js'
import { ShapeError } from '../../../shape/message.js'
import { named } from '../../../shape/printable.js'
import type { Shape } from '../../../shape/shape.js'
import type { TfNode } from './graph-def.js'
import type { Value } from './operands.js'

/** Numbers of a weight, in the layout of the graph: channels last. */
export interface ReadWeight {
  /** Equal for equal numbers. */
  readonly key: string
  readonly numbers: () => Float32Array | undefined
}

/** A layer on the way to a network. */
export interface ReadNode extends Omit<PlannedNode, 'settings'> {
  readonly settings: Readonly<Record<string, unknown>>
  readonly weights: Readonly<Record<string, ReadWeight>>
  /** The operator that it stands for, whose name it has where it has weights. */
  readonly from?: TfNode
}

/** Kinds whose windows TensorFlow rounds down without a word. */
const windows = /^(conv|depthwiseConv|separableConv|maxPool|avgPool)\dd$/

/** Gathers the layers of a graph: each passes its rule at once, so its shape is known to those behind it. */
export class Layers {
  readonly nodes = new Map<string, ReadNode>()
  readonly #links = new Map<string, Link>()

  input(name: string, shape: Shape): Value {
    const link = atNode('tfjs', named(name), () => inputLink(shape, name))
    this.#links.set(name, link)
    this.nodes.set(name, { name, kind: 'input', settings: {}, inputs: [], output: shape, weights: {} })
    return { is: 'value', layer: name, shape, merged: 0 }
  }

  /** Adds a layer. Its rule runs at once. */
  add(
    from: TfNode,
    kind: string,
    settings: Readonly<Record<string, unknown>>,
    inputs: readonly Value[],
    weights: Readonly<Record<string, ReadWeight>> = {},
  ): Value {
    const name = `layer ${this.nodes.size}`
    const links = inputs.map(({ layer }) => this.#links.get(layer) as Link)
    const run = (settled: Readonly<Record<string, unknown>>) => {
      const link = linkFor({ name, kind, settings: settled }, links, 'tfjs')
      this.#links.set(name, link)
      this.nodes.set(name, { name, kind, settings: settled, inputs: inputs.map(({ layer }) => layer), weights, from })
      return link.applied.output
    }
    const shape = atNode('tfjs', named(from.name), () => {
      if (!windows.test(kind)) return run(settings)
      try {
        return run(settings)
      } catch (error) {
        if (error instanceof ShapeError && settings['rounding'] === undefined) return run({ ...settings, rounding: 'floor' })
        throw error
      }
    })
    return { is: 'value', layer: name, shape, merged: 0 }
  }

  /** Gives a layer without a bias one. */
  withBias(layer: string, bias: ReadWeight): void {
    const node = this.nodes.get(layer) as ReadNode
    const { bias: _, ...settings } = node.settings
    this.nodes.set(layer, { ...node, settings, weights: { ...node.weights, bias } })
  }
}

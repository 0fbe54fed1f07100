import type { Link } from '../../../../layers/kind/layer.js'
import { atNode, FormatError } from '../../../../network/format-error.js'
import { inputLink } from '../../../../network/link.js'
import { linkFor } from '../../../../network/planned.js'
import type { PlannedNode } from '../../../../network/rebuild.js'
import type { Shape } from '../../../../shape/shape.js'
import type { Tensor } from '../../../../weights/weights.js'
import type { OnnxModel, OnnxNode } from '../../model.js'
import { named } from '../../words.js'
import type { ConstantTensor } from '../operands/operand.js'
import { Prefixes } from './prefixes.js'

/** A tensor that becomes a layer's weight: under which name, and its values in PyTorch's layout where they are known. */
export interface ReadWeight {
  readonly suffix: string
  readonly from: ConstantTensor
  /** The values, where they are not the tensor's as they stand. */
  readonly tensor?: Tensor | undefined
}

/** A layer on the way to a network. */
export interface ReadNode extends PlannedNode {
  readonly weights: readonly ReadWeight[]
}

/** Gathers the layers of a network while it is read: each passes its rule at once, so its shape is known to those behind it. */
export class Layers {
  readonly nodes: ReadNode[] = []
  /** The names that are a kind and a number, as the file has none. */
  readonly numbered = new Set<string>()
  /** For a layer that has the name of another and a number, that name: the other may be left out. */
  readonly repeated = new Map<string, string>()
  readonly #links = new Map<string, Link>()
  readonly #nodes = new Map<string, ReadNode>()
  readonly #concats = new Prefixes()
  readonly #counts = new Map<string, number>()
  readonly #uses = new Map<string, number>()

  constructor(readonly model: OnnxModel) {}

  /** How an operator is named in messages. */
  place({ operator, name, outputs }: OnnxNode): string {
    return `${named(operator)} '${named(name || (outputs[0] ?? ''))}'`
  }

  fail(node: OnnxNode, fault: string): never {
    throw new FormatError(fault, 'onnx', this.place(node))
  }

  /** An input layer. */
  begin(name: string, shape: Shape): void {
    this.#keep({ name, kind: 'input', settings: {}, inputs: [], output: shape, weights: [] })
    this.#links.set(name, inputLink(shape, name))
  }

  #keep(node: ReadNode): void {
    this.nodes.push(node)
    this.#nodes.set(node.name, node)
  }

  /** Adds a layer, and gives its name. Its rule runs at once. */
  add(
    node: OnnxNode,
    kind: string,
    settings: Readonly<Record<string, unknown>>,
    inputs: readonly string[],
    weights: readonly ReadWeight[] = [],
  ): string {
    const planned = { name: this.#nameFor(node, kind, weights), kind, settings, inputs }
    const links = inputs.map((name) => this.#links.get(name) as Link)
    this.#links.set(
      planned.name,
      atNode('onnx', this.place(node), () => linkFor(planned, links, 'onnx')),
    )
    this.#keep({ ...planned, weights })
    return planned.name
  }

  /** What a layer's weights are called in the file, `layer1.0.conv1.weight`, is its name; else its kind with a number. */
  #nameFor(node: OnnxNode, kind: string, weights: readonly ReadWeight[]): string {
    const named = weights.find(({ suffix, from }) => from.name.endsWith(`.${suffix}`))
    const stem = named ? named.from.name.slice(0, -named.suffix.length - 1) : ''
    const wish = stem || (this.model.producer === 'stridewise' && kind !== 'permute' ? node.name : '')
    if (wish.trim() !== '') {
      if (!this.#links.has(wish)) return wish
      // Further uses of a layer are numbered after the first.
      if (stem !== '') return this.#again(wish)
    }
    for (;;) {
      const count = (this.#counts.get(kind) ?? 0) + 1
      this.#counts.set(kind, count)
      const name = `${kind}_${count}`
      if (this.#links.has(name)) continue
      this.numbered.add(name)
      return name
    }
  }

  #again(name: string): string {
    for (;;) {
      const count = (this.#uses.get(name) ?? 1) + 1
      this.#uses.set(name, count)
      const numbered = `${name}_${count}`
      if (this.#links.has(numbered)) continue
      this.repeated.set(numbered, name)
      return numbered
    }
  }

  /**
   * The concatenation of layers. What begins like one that is there already goes on from that one, as the blocks of DenseNet do: PyTorch joins
   * all that came before each time anew, and such branches are in none of each other.
   */
  joined(node: OnnxNode, inputs: readonly string[]): string {
    const { count, name: before } = this.#concats.longest(inputs)
    const name = this.add(node, 'concat', {}, before === undefined ? inputs : [before, ...inputs.slice(count)])
    this.#concats.add(inputs, name)
    return name
  }

  shapeOf(name: string): Shape {
    return (this.#links.get(name) as Link).applied.output
  }

  kindOf(name: string): string {
    return (this.#links.get(name) as Link).kind
  }

  nodeOf(name: string): ReadNode {
    return this.#nodes.get(name) as ReadNode
  }
}

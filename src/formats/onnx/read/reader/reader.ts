import { valuesIn } from '../../../../layers/kind/layer.js'
import type { OnnxGraph, OnnxModel, OnnxNode, OnnxValue } from '../../model.js'
import type { External } from '../../wire/external.js'
import { listed, named } from '../../words.js'
import type { Matrix } from '../dense/dense.js'
import type { Attention, ConstantTensor, GroupsOperand, Operand, ValueOperand, ViewOperand } from '../operands/operand.js'
import { rescaled } from '../scales.js'
import type { ReadWeight } from './layers.js'
import { Lookups } from './lookups.js'

/** Channels first: the batch, the channels, then the spatial axes. */
export const firstAxes = (rank: number): number[] =>
  rank === 1 ? [-1, 0] : [-1, rank - 1, ...Array.from({ length: rank - 1 }, (_, axis) => axis)]

/** Channels last: the batch, then the axes as they are. */
export const lastAxes = (rank: number): number[] => [-1, ...Array.from({ length: rank }, (_, axis) => axis)]

/** Operators that do with whole numbers what the layer does with the same floats: the others may cut them off, or begin anew behind the largest. */
const exactOnWholes: ReadonlySet<string> = new Set([
  ...['Clip', 'Concat', 'DepthToSpace', 'Flatten', 'Gather', 'MaxPool', 'Pad', 'ReduceMax', 'Relu', 'Reshape', 'Shape', 'Slice', 'Squeeze'],
  ...['Transpose', 'Unsqueeze', 'output'],
])

/** Reads the operators of a model one after the other, and says what stands under the names that they give. */
export class Reader extends Lookups {
  /** Attentions whose last projection may still get biases. */
  readonly openAttentions = new Map<
    string,
    { readonly node: OnnxNode; readonly view: ViewOperand; readonly attention: Attention; readonly matrix: Matrix }
  >()
  /** For each layer that flattens: whether its image had its channels first or last. */
  readonly flattened = new Map<string, 'first' | 'last'>()
  /** How many examples the file takes at a time, where it says so. */
  batch: number | undefined
  /** The element type of the inputs, where it is the same for all that are floats. */
  precision = 0
  /** Whether the inputs that are images have their channels last. */
  isChannelsLast = false
  readonly #declared: ReadonlyMap<string, OnnxValue>
  #taken: ReadonlySet<string> | undefined

  constructor(model: OnnxModel, external: External) {
    super(model, external)
    this.#declared = new Map([...model.graph.values, ...model.graph.outputs].map((value) => [value.name, value]))
  }

  /** Whether an operator or the end of the model takes a value. */
  isTaken(name: string): boolean {
    this.#taken ??= takenIn(this.model.graph)
    return this.#taken.has(name)
  }

  /** An input that is the output of a layer. */
  value(node: OnnxNode, index = 0): ValueOperand {
    const operand = this.take(node, index)
    if (operand.is === 'value') return this.exact(node, operand)
    const isGrouped = operand.is === 'groups' && operand.epsilon === undefined
    if (isGrouped || operand.is === 'view' || operand.is === 'scores' || operand.is === 'expanded') {
      const made = operand.is === 'groups' ? this.ungrouped(node, operand) : operand.make()
      this.operand.set(node.inputs[index] as string, made)
      return this.exact(node, made)
    }
    if (operand.is === 'expression' && operand.factor !== undefined) {
      const made = rescaled(this, { ...node, name: '' }, operand.of, operand.factor, 0)
      this.operand.set(node.inputs[index] as string, made)
      return this.exact(node, made)
    }
    const name = named(node.inputs[index] as string)
    return this.fail(
      node,
      operand.is === 'expression' ? `takes ${operand.text}, which is no layer.` : `takes '${name}', which is no output of a layer.`,
    )
  }

  /** Channels in groups that are not normalized are a shape like any other. */
  ungrouped(node: OnnxNode, { of, groups, each }: GroupsOperand): ValueOperand {
    const from = this.arranged(node, of, lastAxes(of.axes.length - 1))
    const name = this.add({ ...node, name: '' }, 'reshape', { shape: [groups, each] }, [from])
    return { is: 'value', node: name, axes: lastAxes(2) }
  }

  /** A value, if an operator does with it what a layer does with floats. */
  exact(node: OnnxNode, operand: ValueOperand): ValueOperand {
    if (operand.whole === undefined || (operand.whole === 'given' && exactOnWholes.has(node.operator))) return operand
    return this.fail(node, 'takes whole numbers, with which it may compute something else than a layer with floats.')
  }

  /** An input that is numbers of the file. */
  tensor(node: OnnxNode, index: number): ConstantTensor {
    const operand = this.take(node, index)
    const name = named(node.inputs[index] as string)
    if (operand.is !== 'tensor') return this.fail(node, `takes '${name}', which must stand in the file as floats.`)
    return operand.repeated ? this.fail(node, `takes '${name}', which is there for each example.`) : operand
  }

  optionalTensor(node: OnnxNode, index: number): ConstantTensor | undefined {
    return this.optional(node, index) && this.tensor(node, index)
  }

  /** Says what an output of an operator is. */
  hold(node: OnnxNode, operand: Operand, index = 0): void {
    const name = node.outputs[index]
    if (name === undefined || name === '') return
    if (this.has(name)) this.fail(node, `gives '${named(name)}', which is there already.`)
    if (operand.is === 'value' || operand.is === 'view') this.#compare(node, name, operand)
    this.operand.set(name, operand.is === 'value' ? this.#withWholes(node, operand) : operand)
  }

  /** A value that an operator gives: of whole numbers where it takes such, unless the operator says otherwise. */
  #withWholes(node: OnnxNode, operand: ValueOperand): ValueOperand {
    if (!exactOnWholes.has(node.operator) || operand.whole) return operand
    const isWhole = node.inputs.some((name) => {
      const taken = this.operand.get(name)
      return taken?.is === 'value' && taken.whole !== undefined
    })
    // Places in a vocabulary are whole numbers, and what stands there is not.
    return isWhole && this.kindOf(operand.node) !== 'embedding' ? { ...operand, whole: 'given' } : operand
  }

  /** Refuses a value that has another shape than the file says. */
  #compare(node: OnnxNode, name: string, operand: ValueOperand | ViewOperand): void {
    const said = this.#declared.get(name)?.dims
    if (!said) return
    const dims = this.#dims(operand)
    const isSame =
      said.length === dims.length && said.every((size, place) => typeof size === 'string' || dims[place] === 'N' || size === dims[place])
    if (!isSame) this.fail(node, `gives ${listed(dims)}, and the file says ${listed(said)}.`)
  }

  /** Sizes as messages say them; 'N' where the batch is among them. */
  #dims(operand: ValueOperand | ViewOperand): (number | string)[] {
    if (operand.is === 'view')
      return operand.digits.map((parts) => (parts.some(({ axis }) => axis < 0) ? 'N' : valuesIn(parts.map(({ size }) => size))))
    const shape = this.shapeOf(operand.node)
    return operand.axes.map((axis) => (axis < 0 ? 'N' : (shape[axis] as number)))
  }

  /** A layer on a value, whose output has its axes in the same order. */
  onValue(
    node: OnnxNode,
    from: ValueOperand,
    kind: string,
    settings: Readonly<Record<string, unknown>> = {},
    weights: readonly ReadWeight[] = [],
  ): void {
    this.hold(node, { is: 'value', node: this.add(node, kind, settings, [from.node], weights), axes: from.axes })
  }

  /** The layer whose output has a value's axes in a given order: the value's own, or a permutation behind it. */
  arranged(node: OnnxNode, { node: name, axes }: ValueOperand, wanted: readonly number[]): string {
    if (axes.length !== wanted.length) return this.fail(node, `takes ${axes.length} axes, and ${wanted.length} are needed.`)
    if (axes.every((axis, index) => axis === wanted[index])) return name
    if (axes.indexOf(-1) !== wanted.indexOf(-1)) return this.fail(node, 'needs its examples on the first axis.')
    const order = wanted.filter((axis) => axis >= 0).map((_, place) => axes[wanted.indexOf(place)] as number)
    return this.add({ ...node, name: '' }, 'permute', { axes: order }, [name])
  }

  /** The layer of a value with its channels first, as windows want it. */
  first(node: OnnxNode, index = 0): { name: string; rank: number } {
    const value = this.value(node, index)
    const rank = value.axes.length - 1
    return { name: this.arranged(node, value, firstAxes(rank)), rank }
  }

  last(node: OnnxNode, index = 0): { name: string; rank: number } {
    const value = this.value(node, index)
    const rank = value.axes.length - 1
    return { name: this.arranged(node, value, lastAxes(rank)), rank }
  }

  firstOf(name: string): ValueOperand {
    return { is: 'value', node: name, axes: firstAxes(this.shapeOf(name).length) }
  }

  lastOf(name: string): ValueOperand {
    return { is: 'value', node: name, axes: lastAxes(this.shapeOf(name).length) }
  }

  holdFirst(node: OnnxNode, name: string): void {
    this.hold(node, this.firstOf(name))
  }

  holdLast(node: OnnxNode, name: string): void {
    this.hold(node, this.lastOf(name))
  }
}

/** The names that operators take, those in branches too, and those of outputs. */
const takenIn = (graph: OnnxGraph): Set<string> => {
  const taken = new Set(graph.outputs.map(({ name }) => name))
  for (const { inputs, attributes } of graph.nodes) {
    for (const name of inputs) taken.add(name)
    for (const attribute of Object.values(attributes))
      if ('graph' in attribute) for (const name of takenIn(attribute.graph)) taken.add(name)
  }
  return taken
}

/** A reader of one operator. */
export type Readers = Readonly<Record<string, (read: Reader, node: OnnxNode) => void>>

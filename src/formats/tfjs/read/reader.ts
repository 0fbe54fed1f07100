import { valuesIn } from '../../../layers/kind/layer.js'
import { FormatError } from '../../../network/format-error.js'
import { named } from '../../../shape/printable.js'
import type { Shape } from '../../../shape/shape.js'
import type { Source, TfNode } from './graph-def.js'
import { Layers } from './layers.js'
import type { StoredTensor } from './manifest.js'
import {
  type Constant,
  type Formula,
  isBatch,
  type Operand,
  type Part,
  type Size,
  type Sizes,
  type Spaced,
  type Value,
} from './operands.js'
import { realized } from './realize.js'

/** Enough for thousands of formulas with a thousand channels each, and done in a second. */
const mostCompared = 2 ** 26

/** Sizes in a list: no shape has more. */
const mostSizes = 64

/** A list of sizes, or one. */
export const sizesOperand = (node: TfNode, isList: boolean, sizes: readonly Size[]): Sizes =>
  sizes.length <= mostSizes
    ? { is: 'sizes', isList, sizes }
    : node.fail(`makes a list of ${sizes.length} sizes, and no shape has more than ${mostSizes}.`)

/** Reads one operator: what its outputs stand for. */
export type OperatorReader = (read: Reader, node: TfNode) => Operand | readonly Operand[]

/** Reads the operators of a graph, and says what their outputs stand for. */
export class Reader extends Layers {
  readonly #operands = new Map<string, readonly Operand[]>()
  readonly #uses = new Map<string, number>()
  /** Numbers that may still be computed of those in the file: hardly more than those are, or a small file would fill any memory. */
  #budget = 2 ** 20
  /** Numbers of the file that were turned: each may be once, and some more often. */
  #turned = 0
  /** Numbers that were read of the file, each once. */
  countRead = 0

  constructor(
    readonly graph: ReadonlyMap<string, TfNode>,
    readonly tensors: ReadonlyMap<string, StoredTensor>,
  ) {
    super()
  }

  /** Numbers that are computed to compare formulas with layers. */
  #compared = 0

  compare(node: TfNode, count: number): void {
    this.#compared += count
    if (this.#compared > mostCompared) node.fail('is one of more formulas than are compared with layers.')
  }

  hold(name: string, operands: readonly Operand[]): void {
    this.#operands.set(name, operands)
  }

  has(name: string): boolean {
    return this.#operands.has(name)
  }

  /** Counts who takes an output. */
  count({ node, output }: Source): void {
    const key = `${output} ${node}`
    this.#uses.set(key, (this.#uses.get(key) ?? 0) + 1)
  }

  usesOf(node: TfNode): number {
    return this.#uses.get(`0 ${node.name}`) ?? 0
  }

  spend(node: TfNode, count: number): void {
    this.#budget -= count
    if (!(this.#budget >= 0)) node.fail('computes more numbers than the file has, which no layer needs.')
  }

  turn(node: TfNode, count: number): void {
    this.#turned += count
    if (this.#turned > this.countRead + 2 ** 20) node.fail('turns more numbers than the file has, which no layer needs.')
  }

  operandOf({ node, output }: Source): Operand {
    const operands = this.#operands.get(node)
    if (!operands) throw new FormatError(`there is no operator of this name.`, 'tfjs', named(node))
    return operands[output] ?? (this.graph.get(node) as TfNode).fail(`has no output ${output + 1} that is known here.`)
  }

  operand(node: TfNode, index: number): Operand {
    const source = node.inputs[index] ?? node.fail(`has no input ${index + 1}.`)
    return this.operandOf(source)
  }

  part(node: TfNode, index: number): Part {
    const operand = this.operand(node, index)
    if (operand.is === 'sizes') return this.#asConstant(node, operand)
    return operand.is === 'spaced'
      ? node.fail('stands between SpaceToBatchND and BatchToSpaceND, where only a convolution is known here.')
      : operand
  }

  /** Sizes that depend on nothing but the file are numbers like any other. */
  #asConstant(node: TfNode, { sizes, isList }: Sizes): Constant {
    const numbers = sizes.map((size) => (isBatch(size) ? node.fail('computes with the size of the batch.') : size))
    return {
      is: 'constant',
      key: `sizes ${numbers.join()}`,
      shape: isList ? [numbers.length] : [],
      isWhole: true,
      numbers: () => Int32Array.from(numbers),
    }
  }

  /** An input as the output of a layer. */
  value(node: TfNode, index = 0): Value {
    const value = this.realize(node, this.part(node, index))
    return value.merged === 0 ? value : node.fail('takes a value whose first axes stand in the axis of the batch.')
  }

  /** An input whose first axes may stand in the axis of the batch. */
  rows(node: TfNode, index = 0): Value {
    return this.realize(node, this.part(node, index))
  }

  realize(node: TfNode, part: Part): Value {
    if (part.is === 'value') return part
    if (part.is === 'formula') return realized(this, part)
    return node.fail('takes numbers of the file where the output of a layer must stand.')
  }

  spaced(node: TfNode): Spaced | undefined {
    const operand = this.operand(node, 0)
    return operand.is === 'spaced' ? operand : undefined
  }

  constant(node: TfNode, index: number): Constant {
    const part = this.part(node, index)
    return part.is === 'constant'
      ? part
      : node.fail(`takes '${named(node.inputs[index]?.node ?? '')}', which must stand in the file as numbers.`)
  }

  /** An input that is a list of sizes, or one. */
  sizes(node: TfNode, index: number): readonly Size[] {
    const operand = this.operand(node, index)
    if (operand.is === 'sizes') return operand.sizes
    return this.wholes(node, index)
  }

  /** An input that is whole numbers of the file. */
  wholes(node: TfNode, index: number): number[] {
    const { shape, numbers } = this.constant(node, index)
    const count = valuesIn(shape)
    if (shape.length > 2 || count > 64) node.fail(`takes ${count} numbers as input ${index + 1}, which must be a short list.`)
    const values = numbers()
    if (!values) return node.fail('needs numbers that stand in the files of the weights: these must be there.')
    if (![...values].every(Number.isSafeInteger)) node.fail(`must have whole numbers as input ${index + 1}.`)
    return [...values]
  }

  /** One whole number. */
  whole(node: TfNode, index: number): number {
    const values = this.wholes(node, index)
    return values.length === 1 ? (values[0] as number) : node.fail(`must have one number as input ${index + 1}.`)
  }

  /** Axes of a value without that of the batch, from 0; negative ones count from the end. */
  axes(node: TfNode, value: { readonly shape: Shape; readonly merged: number }, axes: readonly number[]): number[] {
    const rank = value.shape.length + 1
    const placed = axes.map((axis) => (axis < 0 ? axis + rank : axis))
    if (value.merged > 0 || placed.some((axis) => axis < 0 || axis >= rank)) node.fail(`has no axis ${axes.join(' or ')} here.`)
    if (placed.includes(0)) node.fail('works along the axis of the batch.')
    return placed.map((axis) => axis - 1)
  }
}

/** A formula of one operator more. */
export const formula = (node: TfNode, op: string, parts: readonly Part[], shape: Shape, merged: number): Formula => ({
  is: 'formula',
  node,
  op,
  parts,
  shape,
  merged,
  size: parts.reduce((sum, part) => sum + (part.is === 'formula' && !part.value ? part.size : 1), 1),
})

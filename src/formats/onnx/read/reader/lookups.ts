import { valuesIn } from '../../../../layers/kind/layer.js'
import { elementTypes, type OnnxModel, type OnnxNode, type OnnxTensor } from '../../model.js'
import { type External, leftOut } from '../../wire/external.js'
import { listed, named } from '../../words.js'
import { constantTensor } from '../operands/constants.js'
import type { Operand } from '../operands/operand.js'
import { Attributes } from './attributes.js'

/** Floats of a tensor that stand in the file, or stood there and are not wanted. */
const valuesOf = ({ type, dims, raw, external }: OnnxTensor): number => {
  if (type !== elementTypes.float) return 0
  return raw ? Math.floor(raw.length / 4) : external === leftOut ? valuesIn(dims) : 0
}

/** Finds what the inputs of operators stand for. */
export class Lookups extends Attributes {
  protected readonly operand = new Map<string, Operand>()
  /** The tensors of the file that nothing has taken yet. */
  readonly #waiting = new Map<string, OnnxTensor>()
  /** How many values may still be computed of those in the file: hardly more than those are, or a small file would fill any memory. */
  #budget = 2 ** 20

  constructor(
    model: OnnxModel,
    readonly external: External,
  ) {
    super(model)
  }

  /** Whether a name stands for something already. */
  has(name: string): boolean {
    return this.operand.has(name) || this.#waiting.has(name)
  }

  /** Says what stands under a name that no operator gives. */
  begins(name: string, operand: Operand | OnnxTensor): void {
    if ('is' in operand) this.operand.set(name, operand)
    else {
      this.#waiting.set(name, operand)
      this.#budget += 2 * valuesOf(operand)
    }
  }

  /** What stands under a name; tensors are read once something takes them. */
  #find(name: string): Operand | undefined {
    const tensor = this.#waiting.get(name)
    if (tensor) {
      this.#waiting.delete(name)
      const found = constantTensor(tensor, named(name), this.external)
      this.operand.set(name, found)
      if (found.is === 'tensor' && valuesOf(tensor) === 0) this.#budget += 2 * (found.data?.length ?? 0)
    }
    return this.operand.get(name)
  }

  /** Counts values that are computed of those in the file. */
  spend(node: OnnxNode, count: number): void {
    this.#budget -= count
    if (this.#budget < 0) this.fail(node, 'computes more values than the file has, which no layer needs.')
  }

  /** What stands under an input of an operator; `undefined` where the input is left out. */
  optional(node: OnnxNode, index: number): Operand | undefined {
    const name = node.inputs[index]
    if (name === undefined || name === '') return undefined
    return this.#find(name) ?? this.fail(node, `takes '${named(name)}', which nothing before it gives.`)
  }

  take(node: OnnxNode, index: number): Operand {
    return this.optional(node, index) ?? this.fail(node, `has no input ${index + 1}.`)
  }

  /** An input that is whole numbers, none of them the batch. */
  wholes(node: OnnxNode, index: number): number[] | undefined {
    const operand = this.optional(node, index)
    if (!operand) return undefined
    if (
      operand.is === 'sizes' &&
      operand.type === 'whole' &&
      operand.dims.length < 2 &&
      operand.sizes.every((size) => typeof size === 'number')
    )
      return operand.sizes as number[]
    return this.fail(node, `takes '${named(node.inputs[index] as string)}', which must stand in the file as whole numbers.`)
  }

  /**
   * One float that stands in the file; `undefined` where the input is something else.
   *
   * @param most axes that it may have: with more than those of a value, it would give that value more
   */
  scalar(node: OnnxNode, index: number, most = 1): number | undefined {
    const operand = this.optional(node, index)
    if (operand?.is !== 'tensor' || operand.data?.length !== 1 || operand.dims.some((size) => size !== 1) || operand.dims.length > most)
      return undefined
    return operand.data[0]
  }

  /** Axes that an operator names, each once, as numbers from 0; negative ones count from the end of so many. */
  axes(node: OnnxNode, axes: readonly number[], count: number): number[] {
    const found = new Set(axes.map((axis) => (axis < 0 ? axis + count : axis)))
    if (found.size !== axes.length || [...found].some((axis) => !(axis >= 0 && axis < count)))
      return this.fail(node, `its axes ${listed(axes)} are not some of ${count}.`)
    return [...found]
  }

  tensorOf(tensor: OnnxTensor, place: string): Operand {
    const operand = constantTensor(tensor, place, this.external)
    if (operand.is === 'tensor') this.#budget += 2 * (operand.data?.length ?? 0)
    return operand
  }
}

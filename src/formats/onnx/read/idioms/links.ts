import { valuesIn } from '../../../../layers/kind/layer.js'
import { FormatError } from '../../../../network/format-error.js'
import { elementTypes, type OnnxGraph, type OnnxModel, type OnnxNode, type OnnxTensor } from '../../model.js'
import { evaluators } from '../folding/fold.js'
import type { Known } from '../folding/known.js'
import { constantTensor } from '../operands/constants.js'
import { Attributes } from '../reader/attributes.js'

/*
 * The operators of a graph by what they give, and the small numbers that are known without an example: what the rules for idioms look at.
 */

/** Numbers of one constant that are looked at: pads, axes and shapes have no more. */
const mostValues = 64

const bytesPer: Readonly<Record<number, number>> = {
  [elementTypes.float]: 4,
  [elementTypes.double]: 8,
  [elementTypes.float16]: 2,
  [elementTypes.int32]: 4,
  [elementTypes.int64]: 8,
  [elementTypes.bool]: 1,
}

/** A constant as known numbers; `undefined` where it is large or of no type that is computed with. */
const knownOf = (tensor: OnnxTensor): Known | undefined => {
  const count = valuesIn(tensor.dims)
  if (!tensor.raw || count > mostValues || tensor.raw.length !== count * (bytesPer[tensor.type] ?? -1)) return undefined
  const operand = constantTensor(tensor, '', () => undefined)
  if (operand.is === 'sizes') return { type: operand.type, dims: operand.dims, values: operand.sizes }
  return operand.data && { type: 'float', dims: operand.dims, values: operand.data }
}

export class Links {
  readonly #makers = new Map<string, OnnxNode>()
  readonly #known = new Map<string, Known>()
  readonly #attributes: Attributes
  readonly #constants: ReadonlySet<string>

  constructor(
    readonly model: OnnxModel,
    graph: OnnxGraph,
  ) {
    this.#attributes = new Attributes(model)
    this.#constants = new Set(graph.initializers.map(({ name }) => name))
    for (const tensor of graph.initializers) this.#note(tensor.name, knownOf(tensor))
    for (const node of graph.nodes) {
      for (const name of node.outputs) if (name !== '') this.#makers.set(name, node)
      const [output] = node.outputs
      if (output !== undefined) this.#note(output, this.#computed(node))
    }
  }

  #note(name: string, known: Known | undefined): void {
    if (known) this.#known.set(name, known)
  }

  /** What an operator gives where all that it takes is known. */
  #computed(node: OnnxNode): Known | undefined {
    if (node.domain !== '') return undefined
    if (node.operator === 'Constant') return this.#constant(node)
    const inputs = node.inputs.map((name) => this.#known.get(name))
    if (inputs.length === 0 || node.inputs.some((name, index) => name !== '' && !inputs[index])) return undefined
    let left = 4 * mostValues
    const spend = (count: number): void => {
      left -= count
      if (left < 0) throw new FormatError('is large.', 'onnx', '')
    }
    try {
      const step = { read: this.#attributes, node, inputs, opset: this.model.opset, batch: undefined, spend }
      return node.operator === 'ConstantOfShape' ? this.#filled(node, inputs[0]) : evaluators[node.operator]?.(step)
    } catch (error) {
      // What is wrong with it is said where it is read.
      if (error instanceof FormatError) return undefined
      throw error
    }
  }

  #constant(node: OnnxNode): Known | undefined {
    const [value] = Object.values(node.attributes)
    if (!value) return undefined
    if ('tensor' in value) return knownOf(value.tensor)
    if ('int' in value) return { type: 'whole', dims: [], values: [value.int] }
    if ('float' in value) return { type: 'float', dims: [], values: Float32Array.of(value.float) }
    return 'ints' in value && value.ints.length <= mostValues ? { type: 'whole', dims: [value.ints.length], values: value.ints } : undefined
  }

  #filled(node: OnnxNode, shape: Known | undefined): Known | undefined {
    const attribute = node.attributes['value']
    const value = attribute && 'tensor' in attribute ? knownOf(attribute.tensor) : undefined
    const [count] = shape?.values ?? []
    if (!value || shape?.values.length !== 1 || typeof count !== 'number' || !(count >= 0 && count <= mostValues)) return undefined
    return { type: value.type, dims: [count], values: Array.from({ length: count }, () => value.values[0]) }
  }

  /** The operator that gives a value, if it is one of these. */
  maker(name: string | undefined, ...operators: readonly string[]): OnnxNode | undefined {
    const node = name === undefined ? undefined : this.#makers.get(name)
    return node && node.domain === '' && operators.includes(node.operator) ? node : undefined
  }

  /** The one number that stands under a name; `undefined` where there are several, or none is known. */
  number(name: string | undefined): number | undefined {
    const known = name === undefined ? undefined : this.#known.get(name)
    const [value] = known?.values ?? []
    return known?.values.length === 1 && typeof value === 'number' ? value : undefined
  }

  /** Whether a name stands for numbers of the file. */
  isConstant(name: string): boolean {
    return this.#constants.has(name) || this.maker(name, 'Constant') !== undefined
  }

  /** The numbers that stand under a name. */
  numbers(name: string | undefined): number[] | undefined {
    const known = name === undefined ? undefined : this.#known.get(name)
    const values = known && Array.from(known.values as ArrayLike<unknown>)
    return values?.every((value) => typeof value === 'number') ? (values as number[]) : undefined
  }

  /** A list that is an attribute in older files, and an input in newer ones. */
  list(node: OnnxNode, name: string, index: number): readonly number[] | undefined {
    const attribute = node.attributes[name]
    return attribute ? ('ints' in attribute ? attribute.ints : undefined) : this.numbers(node.inputs[index])
  }

  int(node: OnnxNode, name: string, standard: number): number | undefined {
    const attribute = node.attributes[name]
    return attribute ? ('int' in attribute ? attribute.int : undefined) : standard
  }

  /** Of two inputs, in any order, the one for which a test says yes, and the other. */
  either<Found>(node: OnnxNode, test: (name: string) => Found | undefined): { found: Found; other: string } | undefined {
    const [one, other] = node.inputs
    if (one === undefined || other === undefined || node.inputs.length !== 2) return undefined
    const left = test(one)
    if (left !== undefined) return { found: left, other }
    const right = test(other)
    return right === undefined ? undefined : { found: right, other: one }
  }

  /** A value with a number added to it, or multiplied by one: the value, if the number is that one. */
  with(name: string | undefined, operator: 'Add' | 'Mul', number: number): string | undefined {
    const node = this.maker(name, operator, operator === 'Mul' ? 'Div' : operator)
    if (!node) return undefined
    if (node.operator === 'Div') return isNear(this.number(node.inputs[1]), 1 / number) ? node.inputs[0] : undefined
    return this.either(node, (input) => (isNear(this.number(input), number) ? true : undefined))?.other
  }
}

/** Whether a number is one that was written in single precision. */
export const isNear = (value: number | undefined, wanted: number): boolean =>
  value !== undefined && Math.abs(value - wanted) <= 1e-6 * Math.max(1, Math.abs(wanted))

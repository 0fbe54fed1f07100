import { valuesIn } from '../../../layers/kind/layer.js'
import { FormatError } from '../../../network/format-error.js'
import type { OnnxNode, OnnxTensor } from '../model.js'
import { evaluators } from '../read/folding/fold.js'
import type { Known } from '../read/folding/known.js'
import { constantTensor } from '../read/operands/constants.js'
import type { Reader } from '../read/reader/reader.js'
import { named } from '../words.js'
import type { Value } from './value.js'

/*
 * Numbers that depend on no sample: constants of the file, and what is computed of them and of shapes.
 */

/** Numbers of one constant that are computed with. */
const mostKnown = 4096

/** Numbers that are computed in all. */
const mostComputed = 2 ** 20

/** The numbers of a tensor of the file; `undefined` for many, and for those that are not there. */
export const knownNumbers = (tensor: OnnxTensor): Known | undefined => {
  if (valuesIn(tensor.dims) > mostKnown) return undefined
  try {
    const operand = constantTensor(tensor, named(tensor.name), () => undefined)
    if (operand.is === 'sizes') return { type: operand.type, dims: operand.dims, values: operand.sizes }
    return operand.data && { type: 'float', dims: operand.dims, values: operand.data }
  } catch (error) {
    if (error instanceof FormatError) return undefined
    throw error
  }
}

/** Computes what operators give of known numbers. */
export class KnownNumbers {
  #left = mostComputed

  constructor(
    readonly read: Reader,
    readonly opset: number,
  ) {}

  /** The output of an operator, if it depends on no sample. */
  of(node: OnnxNode, values: ReadonlyMap<string, Value>): Value | undefined {
    if (this.#left < 0) return undefined
    if (node.operator === 'Constant') return plainConstant(node)
    if (node.operator === 'Shape') return this.#shape(node, values)
    const inputs = node.inputs.map((input) => (input === '' ? undefined : values.get(input)))
    if (inputs.length === 0 || !node.inputs.every((input, index) => input === '' || inputs[index]?.known)) return undefined
    const known = inputs.map((value) => value?.known)
    return node.operator === 'ConstantOfShape' ? this.#filled(node, known[0]) : this.#computed(node, known)
  }

  #shape(node: OnnxNode, values: ReadonlyMap<string, Value>): Value | undefined {
    const sizes = values.get(node.inputs[0] ?? '')?.sizes
    const part = sizes?.slice(this.read.int(node, 'start', 0), this.read.int(node, 'end', undefined))
    return part && listOf('whole', part)
  }

  #computed(node: OnnxNode, inputs: readonly (Known | undefined)[]): Value | undefined {
    const spend = (count: number): void => {
      this.#left -= count
      if (this.#left < 0) this.read.fail(node, 'computes more values than any shape needs.')
    }
    try {
      const step = { read: this.read, node, inputs, opset: this.opset, batch: this.read.batch ?? 1, spend }
      const known = evaluators[node.operator]?.(step)
      return known && { sizes: known.dims, known }
    } catch (error) {
      if (error instanceof FormatError) return undefined
      throw error
    }
  }

  /** One number, as often as a shape says. */
  #filled(node: OnnxNode, shape: Known | undefined): Value | undefined {
    const sizes = shape && Array.from(shape.values as ArrayLike<unknown>)
    if (!sizes?.every((size): size is number => typeof size === 'number' && size >= 0)) return undefined
    const attribute = node.attributes['value']
    const one = attribute && 'tensor' in attribute ? knownNumbers({ ...attribute.tensor, name: node.outputs[0] ?? '' }) : undefined
    const total = valuesIn(sizes)
    if (!(total <= mostKnown)) return { sizes }
    this.#left -= total
    const values = Array.from({ length: total }, () => (one?.values[0] as number | undefined) ?? 0)
    return { sizes, known: { type: one?.type ?? 'float', dims: sizes, values } }
  }
}

const listOf = (type: Known['type'], values: readonly number[]): Value => ({
  sizes: [values.length],
  known: { type, dims: [values.length], values },
})

const single = (type: Known['type'], value: number): Value => ({ sizes: [], known: { type, dims: [], values: [value] } })

/** A constant that is an attribute of its own kind. */
const plainConstant = (node: OnnxNode): Value => {
  const [attribute] = Object.values(node.attributes)
  if (attribute && 'int' in attribute) return single('whole', attribute.int)
  if (attribute && 'ints' in attribute) return listOf('whole', attribute.ints)
  if (attribute && 'float' in attribute) return single('float', attribute.float)
  if (attribute && 'floats' in attribute) return listOf('float', attribute.floats)
  return {}
}

import type { ModelValue, Signature } from '../../signature.js'
import type { OnnxModel, OnnxValue } from '../model.js'
import { survey } from './survey.js'

/** What goes into a model, and what comes out, as its file says it. */

/** ONNX's element types as ONNX Runtime names them. */
const typeNames: Readonly<Record<number, string>> = {
  1: 'float32',
  2: 'uint8',
  3: 'int8',
  4: 'uint16',
  5: 'int16',
  6: 'int32',
  7: 'int64',
  8: 'string',
  9: 'bool',
  10: 'float16',
  11: 'float64',
  12: 'uint32',
  13: 'uint64',
  16: 'bfloat16',
}

/**
 * The inputs and outputs of a model. Sizes that the file leaves open stay so, except those that are given; of an output without a shape, what
 * the rules of its operators say.
 *
 * @param input sizes that the file leaves open, channels last
 * @throws {FormatError} when they are not those of the file
 */
export const signatureOf = (model: OnnxModel, input?: unknown): Signature => {
  const { graph } = model
  const weights = new Set(graph.initializers.map(({ name }) => name))
  const inputs = graph.inputs.filter(({ name }) => !weights.has(name))
  const needsShapes = input !== undefined || graph.outputs.some(({ dims }) => dims === undefined)
  const found = needsShapes ? surveyed(model, input) : undefined
  // A batch that the file leaves open is counted as one sample there.
  const isOpen = inputs.some(({ dims }) => typeof dims?.[0] === 'string')
  const modelValue = ({ name, type, dims }: OnnxValue): ModelValue => {
    const sizes = found?.get(name)
    const settled = (dims ?? sizes)?.map((size, axis) =>
      axis === 0 && isOpen ? (dims?.[0] ?? '') : typeof size === 'string' ? (sizes?.[axis] ?? size) : size,
    )
    return { name, type: typeNames[type] ?? `type ${type}`, ...(settled ? { dims: settled } : {}) }
  }
  return { inputs: inputs.map(modelValue), outputs: graph.outputs.map(modelValue) }
}

/** The sizes of inputs and outputs by the rules of shapes. Without sizes that are given, those may stay open. */
const surveyed = (model: OnnxModel, input: unknown): ReadonlyMap<string, readonly number[]> | undefined => {
  try {
    const { inputs, outputs } = survey(model, input)
    return new Map([...inputs, ...outputs].flatMap(({ name, sizes }) => (sizes ? [[name, sizes] as const] : [])))
  } catch (error) {
    if (input !== undefined) throw error
    return undefined
  }
}

import type { OnnxAttribute, OnnxModel, OnnxNode, OnnxTensor } from '../../../src/formats/onnx/model.js'
import { numbers } from '../onnx.js'

/** ONNX models as others write them, made by hand: tensors, attributes, operators in one line. */

export const product = (dims: readonly number[]): number => dims.reduce((so, size) => so * size, 1)

/** Drawn floats from -1 to 1, the same each time. */
export const floats = (name: string, ...dims: number[]): OnnxTensor => valued(name, numbers(product(dims), name.length + dims.length), dims)

/** Given floats. */
export const valued = (name: string, values: ArrayLike<number>, dims: readonly number[] = [values.length]): OnnxTensor => ({
  name,
  dims,
  type: 1,
  raw: new Uint8Array(Float32Array.from(values).buffer),
})

export const scalar = (name: string, value: number): OnnxTensor => valued(name, [value], [])

export const wholes = (name: string, values: readonly number[], dims = [values.length]): OnnxTensor => ({
  name,
  dims,
  type: 7,
  raw: new Uint8Array(BigInt64Array.from(values, BigInt).buffer),
})

export const truth = (name: string, value: boolean): OnnxTensor => ({ name, dims: [], type: 9, raw: Uint8Array.of(value ? 1 : 0) })

export const ints = (...values: number[]): OnnxAttribute => ({ ints: values })
export const int = (value: number): OnnxAttribute => ({ int: value })
export const float = (value: number): OnnxAttribute => ({ float: value })
export const texts = (...values: string[]): OnnxAttribute => ({ texts: values })
export const text = (value: string): OnnxAttribute => ({ text: value })

/** `'Conv x w -> y'`, and its attributes; `_` is an input or an output that is left out. */
export const op = (line: string, attributes: Readonly<Record<string, OnnxAttribute>> = {}): OnnxNode => {
  const [operator = '', ...names] = line.split(' ')
  const arrow = names.indexOf('->')
  const named = (part: string[]): string[] => part.map((name) => (name === '_' ? '' : name))
  return { name: '', operator, domain: '', inputs: named(names.slice(0, arrow)), outputs: named(names.slice(arrow + 1)), attributes }
}

/** A model from `x`, of examples of a size, to `y`. */
export const model = (
  input: readonly number[],
  nodes: readonly OnnxNode[],
  initializers: readonly OnnxTensor[] = [],
  opset = 17,
  batch: number | string = 'N',
): OnnxModel => ({
  version: 8,
  producer: 'others',
  opset,
  metadata: {},
  graph: {
    name: 'graph',
    nodes,
    initializers,
    inputs: [{ name: 'x', type: 1, dims: [batch, ...input] }],
    outputs: [{ name: 'y', type: 1, dims: undefined }],
    values: [],
  },
})

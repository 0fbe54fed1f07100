/** An ONNX model as data: the messages of onnx.proto3, as far as networks need them. */

/** What a value is made of: the numbers of `TensorProto.DataType`. */
export const elementTypes = { float: 1, int32: 6, int64: 7, bool: 9, float16: 10, double: 11, bfloat16: 16 } as const

/** An attribute's value under what it is; `other` is a type that no network of this package needs. */
export type OnnxAttribute =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly text: string }
  | { readonly ints: readonly number[] }
  | { readonly floats: readonly number[] }
  | { readonly texts: readonly string[] }
  | { readonly tensor: OnnxTensor }
  | { readonly graph: OnnxGraph }
  | { readonly other: number }

export interface OnnxTensor {
  readonly name: string
  readonly dims: readonly number[]
  readonly type: number
  /** The values, little-endian, when they stand in the file. */
  readonly raw?: Uint8Array
  /** Where the values are, when they are in a file of their own. */
  readonly external?: Readonly<Record<string, string>>
}

/** A value that is named: its type, and its shape with a name for what is not known, or no shape at all. */
export interface OnnxValue {
  readonly name: string
  readonly type: number
  readonly dims: readonly (number | string)[] | undefined
}

export interface OnnxNode {
  readonly name: string
  readonly operator: string
  /** `''` for ONNX's own operators. */
  readonly domain: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes: Readonly<Record<string, OnnxAttribute>>
}

export interface OnnxGraph {
  readonly name: string
  readonly nodes: readonly OnnxNode[]
  readonly initializers: readonly OnnxTensor[]
  readonly inputs: readonly OnnxValue[]
  readonly outputs: readonly OnnxValue[]
  /** What is known of the values in between. */
  readonly values: readonly OnnxValue[]
}

export interface OnnxModel {
  readonly version: number
  readonly producer: string
  /** Version of ONNX's own operators. */
  readonly opset: number
  readonly graph: OnnxGraph
  readonly metadata: Readonly<Record<string, string>>
}

/** An input or an output of a model. */
export interface ModelValue {
  readonly name: string
  /** The element type, as ONNX Runtime names it. */
  readonly type: string
  /** Sizes in the order of the file: a number, or the name of an open size, `''` where it has none. Left out where the file says nothing. */
  readonly dims?: readonly (number | string)[] | undefined
}

/** What goes into a model, and what comes out. */
export interface Signature {
  readonly inputs: readonly ModelValue[]
  readonly outputs: readonly ModelValue[]
}

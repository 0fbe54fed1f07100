/**
 * How much of each thing a file may have: more than any network, and so little that what is made of a file's bytes takes about as much memory
 * as they do. An empty operator has two bytes in the file, and some hundred here.
 */
export const limits = {
  operators: 50_000,
  outputs: 1000,
  /** Tensors, inputs, and values whose shape is said. */
  'tensors and values': 100_000,
  attributes: 200_000,
  /** Inputs and outputs of operators. */
  names: 400_000,
} as const

/** Axes of a tensor or a value. */
export const mostAxes = 32

/** Whole numbers in a list of axes, pads or sizes: each takes as little as a byte in the file, and eight here. */
export const longestList = 2 ** 16

/** Attributes of one operator, and texts in a list of them. */
export const mostAttributes = 64

/** Bytes up to which a tensor is read even where weights are not wanted: the network may depend on its numbers. */
export const smallTensor = 2 ** 20

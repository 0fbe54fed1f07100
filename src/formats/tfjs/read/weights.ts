import type { TfNode } from './graph-def.js'
import type { ReadWeight } from './layers.js'
import type { Constant } from './operands.js'
import type { Reader } from './reader.js'

/** Weights that are constants of the file: filters, and vectors of the channels. */

/** A weight that is a constant of the file. */
export const weightOf = ({ key, numbers }: Constant): ReadWeight => ({ key, numbers: () => numbers() as Float32Array | undefined })

export const kernelOf = (read: Reader, node: TfNode, rank: number): Constant => {
  const kernel = read.constant(node, 1)
  if (kernel.shape.length !== rank + 2 || kernel.isWhole)
    return node.fail(`needs a filter of ${rank + 2} axes, not [${kernel.shape.join(', ')}].`)
  return kernel
}

export const vectorOf = (read: Reader, node: TfNode, index: number, length: number): Constant => {
  const vector = read.constant(node, index)
  if (vector.shape.join() !== `${length}` || vector.isWhole)
    return node.fail(`needs ${length} numbers as input ${index + 1}, not [${vector.shape.join(', ')}].`)
  return vector
}

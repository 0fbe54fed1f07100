import type { OnnxNode } from '../../model.js'
import type { Reader } from '../reader/reader.js'
import type { ValueOperand } from './operand.js'

/** Some of the features of a value. */
export const someFeatures = (read: Reader, node: OnnxNode, value: ValueOperand, start: number, size: number): ValueOperand => {
  const axis = read.shapeOf(value.node).length - 1
  return { ...value, node: read.add(node, 'slice', { axis, start, end: start + size }, [value.node]) }
}

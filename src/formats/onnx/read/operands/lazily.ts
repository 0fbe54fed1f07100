import type { OnnxNode } from '../../model.js'
import type { Size } from '../folding/size.js'
import type { Reader } from '../reader/reader.js'
import type { Operand, ValueOperand, ViewOperand } from './operand.js'
import { type Digits, digitsOf, sizeOf, wholeAxes } from './views.js'

/*
 * Operands that are made layers once something needs them so.
 */

/** Calls a function at most once. */
export const once = <Result>(make: () => Result): (() => Result) => {
  let made: { readonly result: Result } | undefined
  return () => {
    made ??= { result: make() }
    return made.result
  }
}

/** A value as a view: each of its axes is a whole one. */
export const viewOf = (read: Reader, operand: ValueOperand | ViewOperand): ViewOperand =>
  operand.is === 'view'
    ? operand
    : {
        is: 'view',
        of: operand.node,
        digits: digitsOf(operand.axes, read.shapeOf(operand.node), read.batch),
        offset: 0,
        scale: 1,
        make: () => operand,
      }

/** An input that is a value or a view of one; `undefined` where it is something else. */
export const viewAt = (read: Reader, node: OnnxNode, index = 0): ViewOperand | undefined => {
  const operand = read.take(node, index)
  if (operand.is === 'view') return operand
  return operand.is === 'value' && operand.whole === undefined ? viewOf(read, operand) : undefined
}

/** The shape of the layer that a view is of: that of what an attention gives is the shape of its queries. */
export const shapeBehind = (read: Reader, { of, attention }: ViewOperand): readonly number[] =>
  attention && !attention.windows ? attention.shape : read.shapeOf(of)

/** The sizes of the axes of a view in the file. */
export const sizesOf = ({ digits }: ViewOperand): Size[] => digits.map((parts) => sizeOf(parts))

/** Says that an output is a view: a value, where each of its axes is a whole one again. */
export const holdView = (
  read: Reader,
  node: OnnxNode,
  view: ViewOperand,
  { digits = view.digits, offset = view.offset, scale = view.scale }: { digits?: Digits; offset?: number; scale?: number },
  make: () => ValueOperand,
  index = 0,
): void => {
  const axes = offset === 0 && scale === 1 && !view.attention && !view.rolls ? wholeAxes(digits, read.shapeOf(view.of)) : undefined
  const held: Operand = axes ? { is: 'value', node: view.of, axes } : { ...view, digits, offset, scale, make: once(make) }
  read.hold(node, held, index)
}

import type { OnnxNode } from '../../model.js'
import type { Reader } from '../reader/reader.js'
import { holdView } from './lazily.js'
import type { ValueOperand, ViewOperand } from './operand.js'
import type { Digit } from './views.js'

/** Parts of the features of a value: a slice, a place of an axis that was split, or each part of a split. */

/** The part of a view at some places of an axis, if that axis counts through features; `undefined` where it does not. */
const partOf = (read: Reader, view: ViewOperand, axis: number, start: number, size: number): Partial<ViewOperand> | undefined => {
  const parts = view.digits[axis] ?? []
  const rank = read.shapeOf(view.of).length
  const [part, ...rest] = parts
  if (!part || rest.length > 0 || part.axis !== rank - 1 || view.attention) return undefined
  const cut: Digit[] = size === 1 ? [] : [{ ...part, size }]
  return { digits: view.digits.map((each, place) => (place === axis ? cut : each)), offset: view.offset + start * part.step }
}

/** Some places of an axis, where they are features that are named by their numbers: whether they are. */
export const holdPart = (
  read: Reader,
  node: OnnxNode,
  view: ViewOperand,
  [axis, start, size]: readonly [axis: number, start: number, size: number],
  make: () => ValueOperand,
  index = 0,
): boolean => {
  const part = partOf(read, view, axis, start, size)
  if (!part) return false
  holdView(read, node, view, part, make, index)
  return true
}

/** One place of an axis, which goes: whether that is a view. */
export const holdPlace = (
  read: Reader,
  node: OnnxNode,
  view: ViewOperand,
  axis: number,
  place: number,
  make: () => ValueOperand,
): boolean => {
  const isOne = (view.digits[axis] ?? []).length === 0
  const part = isOne ? (place === 0 ? view : undefined) : partOf(read, view, axis, place, 1)
  if (!part) return false
  const digits = (part.digits ?? view.digits).filter((_, at) => at !== axis)
  holdView(read, node, view, { digits, offset: part.offset ?? view.offset }, make)
  return true
}

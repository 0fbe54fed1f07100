import type { OnnxNode } from '../../model.js'
import type { Reader } from '../reader/reader.js'
import { someFeatures } from './features.js'
import { holdView } from './lazily.js'
import type { ValueOperand, ViewOperand } from './operand.js'
import { type Digit, isSameParts, wholeAxes } from './views.js'

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
  const left = { ...view, digits, offset: part.offset ?? view.offset }
  holdView(read, node, view, left, () => sliceOf(read, node, left) ?? make())
  return true
}

/** A view that is some of the last axis of its layer, with every other axis whole: that slice as a value. */
const sliceOf = (read: Reader, node: OnnxNode, { of, digits, offset, scale, rolls, attention }: ViewOperand): ValueOperand | undefined => {
  const shape = read.shapeOf(of)
  const last = shape.length - 1
  const size = digits.flat().find(({ axis }) => axis === last)?.size ?? 1
  const isPlain = scale === 1 && !rolls && !attention && offset + size <= (shape[last] as number)
  const axes = isPlain ? wholeAxes(digits, [...shape.slice(0, -1), size]) : undefined
  return axes && someFeatures(read, node, { is: 'value', node: of, axes }, offset, size)
}

/** Views that follow each other along the last axis of one layer, as one; `undefined` where they are no such. */
export const joinedParts = (read: Reader, views: readonly (ViewOperand | undefined)[], axis: number): ViewOperand | undefined => {
  const [first] = views
  const [part] = first?.digits[axis] ?? []
  if (!first || !part || part.axis !== read.shapeOf(first.of).length - 1) return undefined
  let end = first.offset
  for (const view of views) {
    const [own, ...rest] = view?.digits[axis] ?? []
    const isNext =
      view?.of === first.of && view.offset === end && own && rest.length === 0 && own.axis === part.axis && own.step === part.step
    const isPlain = view && view.scale === 1 && !view.rolls && !view.attention && view.digits.length === first.digits.length
    if (!isNext || !isPlain) return undefined
    if (!view.digits.every((parts, place) => place === axis || isSameParts(parts, first.digits[place] ?? []))) return undefined
    end += own.size * own.step
  }
  const size = (end - first.offset) / part.step
  return { ...first, digits: first.digits.map((parts, place) => (place === axis ? [{ ...part, size }] : parts)) }
}

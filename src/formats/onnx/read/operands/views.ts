import { valuesIn } from '../../../../layers/kind/layer.js'
import type { Shape } from '../../../../shape/shape.js'
import { multiply, type Size, timesBatch, unknown } from '../folding/size.js'

/*
 * Values whose axes are split, joined and cut: as what they are of a layer's output, and not yet as layers. What becomes of them decides which layers
 * they are: heads of an attention, a channel shuffle, or a reshape.
 */

/** A part of an axis of a layer's output: so many steps of so many places. The batch is the axis -1. */
export interface Digit {
  readonly axis: number
  /** How many; of an open batch 1, and `isOpen`. */
  readonly size: number
  readonly step: number
  readonly isOpen?: boolean
}

/** For each axis in the file the parts of the layer's axes that it counts through, the outermost first. An axis of size 1 has none. */
export type Digits = readonly (readonly Digit[])[]

/** The parts of a value with its axes in some order. */
export const digitsOf = (axes: readonly number[], shape: Shape, batch: number | undefined): Digits =>
  axes.map((axis) => {
    if (axis < 0) return [{ axis, size: batch ?? 1, step: 1, ...(batch === undefined ? { isOpen: true } : {}) }]
    const size = shape[axis] as number
    return size === 1 ? [] : [{ axis, size, step: 1 }]
  })

/** The size of an axis. */
export const sizeOf = (parts: readonly Digit[]): Size => {
  const count = valuesIn(parts.map(({ size }) => size))
  return parts.some(({ isOpen }) => isOpen) ? timesBatch(count) : count
}

const isBatch = ({ axis }: Digit): boolean => axis < 0

/** The sizes that a reshape asks for, where it leaves some open; `undefined` where they do not fit. */
const resolved = (digits: Digits, wanted: readonly Size[]): Size[] | undefined => {
  const all = digits.flat()
  const batch = all.find(({ axis }) => axis < 0)
  // Where the file says how many examples there are, a multiple of them is a number.
  const known = (size: Size): Size => (typeof size === 'number' || !batch || batch.isOpen ? size : (size?.times ?? 1) * batch.size)
  const sizes = wanted.map(known).map((size, place) => (size === 0 ? (digits[place] ? sizeOf(digits[place]) : 0) : size))
  if (sizes.includes(0)) return undefined
  const count = valuesIn(all.map(({ size }) => size))
  const isOpen = all.some((digit) => digit.isOpen)
  let stated: Size = 1
  for (const size of sizes) {
    if (size === -1) continue
    const product = multiply(stated, size)
    if (product === unknown) return undefined
    stated = product
  }
  const times = typeof stated === 'number' ? stated : stated === undefined ? 1 : stated.times
  if (!(times >= 1) || count % times !== 0) return undefined
  const open = sizes.filter((size) => size === -1).length
  const isBatchLeft = isOpen && typeof stated === 'number'
  if (open === 1) return sizes.map((size) => (size === -1 ? (isBatchLeft ? timesBatch(count / times) : count / times) : size))
  if (open > 1 || times !== count) return undefined
  if (!isBatchLeft) return sizes
  // A tracer that saw one example writes its one as a number.
  const first = sizes.indexOf(1)
  return first < 0 ? undefined : sizes.map((size, place) => (place === first ? undefined : size))
}

/** The parts in another shape, in the same order; `undefined` where the axes do not split so. */
export const reshaped = (digits: Digits, wanted: readonly Size[]): Digits | undefined => {
  const sizes = resolved(digits, wanted)
  if (!sizes) return undefined
  const queue = digits.flat().reverse()
  const result: Digit[][] = []
  for (const size of sizes) {
    const parts: Digit[] = []
    let need = typeof size === 'number' ? size : size === undefined ? 1 : size.times
    let needsBatch = typeof size !== 'number'
    // A batch of one example stands where an axis has one value.
    if (need === 1 && !needsBatch && queue.at(-1)?.axis === -1 && !queue.at(-1)?.isOpen && queue.at(-1)?.size === 1)
      parts.push(queue.pop() as Digit)
    while (need > 1 || needsBatch) {
      const next = queue.pop()
      if (!next) return undefined
      if (next.isOpen) {
        if (!needsBatch) return undefined
        needsBatch = false
        parts.push(next)
      } else if (need % next.size === 0) {
        need /= next.size
        parts.push(next)
      } else if (!isBatch(next) && next.size % need === 0 && need > 1) {
        const rest = next.size / need
        parts.push({ ...next, size: need, step: next.step * rest })
        queue.push({ ...next, size: rest })
        need = 1
      } else return undefined
    }
    result.push(parts)
  }
  if (queue.some(({ size }) => size > 1)) return undefined
  result.at(-1)?.push(...queue.reverse())
  return result.map(merged)
}

/** Parts that follow each other in one axis are one. */
const merged = (parts: readonly Digit[]): Digit[] => {
  const all: Digit[] = []
  for (const part of parts) {
    const last = all.at(-1)
    const goesOn = last && !isBatch(part) && last.axis === part.axis && last.step === part.step * part.size
    if (goesOn) all[all.length - 1] = { ...part, size: last.size * part.size }
    else all.push(part)
  }
  return all
}

/** Whether a part is a whole axis of a layer's output. */
export const isWhole = ({ axis, size, step }: Digit, shape: Shape): boolean => axis < 0 || (step === 1 && size === shape[axis])

/**
 * For each axis in the file, which axis of the layer's output it is, where each is a whole one; `undefined` where some is not. Axes of size 1 stand
 * in their order.
 */
export const wholeAxes = (digits: Digits, shape: Shape): number[] | undefined => {
  const ones = shape.flatMap((size, axis) => (size === 1 ? [axis] : []))
  const axes: number[] = []
  for (const parts of digits) {
    const [part, ...rest] = parts
    if (rest.length > 0 || (part && !isWhole(part, shape))) return undefined
    const axis = part ? part.axis : ones.shift()
    if (axis === undefined) return undefined
    axes.push(axis)
  }
  return axes.length === shape.length + 1 && new Set(axes).size === axes.length ? axes : undefined
}

/** Whether two axes count through the same parts. */
export const isSameParts = (one: readonly Digit[], other: readonly Digit[]): boolean =>
  one.length === other.length &&
  one.every(({ axis, size, step }, index) => {
    const part = other[index] as Digit
    return axis === part.axis && size === part.size && step === part.step
  })

import type { Compare } from '../../arithmetic/compare.js'
import type { Literal } from '../../arithmetic/natural.js'
import type { Subtract } from '../../arithmetic/subtract.js'
import type { Noted } from '../../shape/channels-last.js'
import { type Fill, fill, type OneOf, ShapeError, shown } from '../../shape/message.js'
import type { Shape } from '../../shape/shape.js'
import type { KnownNumber } from '../kind/known.js'
import type { Applied, LayerKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { ValueOrUseABlock } from '../kind/named.js'
import { type Layer, layerFunction } from '../kind/value.js'
import { type NoSuchAxis, requireAxis } from './axis.js'

/** A part of one axis, from a start to an end, as Python slices. */

const noPart = 'slice: axis {axis} has {size} cells, and no part from {start} to {end}.'

/** The rule of a slice: one axis keeps its cells from the start to the end, and the others stay. */
export type SliceRule<Input, Axis, Range> = Input extends readonly [number, ...number[]]
  ? Along<Input, Literal<Axis>, Range> extends infer Size
    ? [Size] extends [number]
      ? { output: Sliced<Input, KnownNumber<Literal<Axis>>, Size>; params: '0' }
      : OneOf<Exclude<Size, number>> & { output: { -readonly [Index in keyof Input]: number }; params: '0' }
    : never
  : { output: Shape; params: '0' }

type Sliced<Input extends Shape, Axis extends number, Size> = {
  -readonly [Index in keyof Input]: number extends Axis ? number : Index extends `${Axis}` ? KnownSize<Size> : Input[Index]
}

type KnownSize<Size> = [Size] extends [never] ? number : Size

/** The size that is left of the axis, or the message under the name of an argument. */
type Along<Input extends Shape, Axis, Range> = Axis extends number
  ? number extends Axis
    ? number
    : `${Axis}` extends infer Index extends keyof Input
      ? Range extends readonly [infer Start, infer End]
        ? PartAlong<`${Axis}`, Input[Index], Literal<Start>, Literal<End>>
        : Range extends readonly [infer Start]
          ? PartAlong<`${Axis}`, Input[Index], Literal<Start>, undefined>
          : number
      : { axis: NoSuchAxis<'slice', Input, Axis> }
  : number

type PartAlong<Axis, Size, Start, End> = Size extends number
  ? Start extends number
    ? number extends Size | Start
      ? number
      : End extends End
        ? Part<Size, Place<Size, Start>, Place<Size, End>> extends infer Left
          ? Left extends string
            ? { [Argument in Left]: Fill<typeof noPart, { axis: Axis; size: `${Size}`; start: `${Start}`; end: EndText<Size, End> }> }
            : Left
          : never
        : never
    : number
  : number

type EndText<Size extends number, End> = End extends number ? `${End}` : `${Size}`

/** The size of a part, or the argument that is wrong. Numbers that are negative or not whole have no order. */
type Part<Size extends number, From, To> = From extends number
  ? Compare<From, Size> extends 'less'
    ? To extends number
      ? number extends To
        ? number
        : [Compare<From, To>, Compare<To, Size>] extends ['less', 'less' | 'equal']
          ? Subtract<To, From>
          : 'end'
      : number
    : 'start'
  : number

/** A place counted from the first cell: a negative one is counted from the end, and without one it is the end. */
type Place<Size extends number, At> = At extends number
  ? `${At}` extends `-${infer Back extends number}`
    ? Subtract<Size, Back>
    : At
  : Size

/** {@link SliceRule} at run time. The settings have the places counted from the first cell. */
const applySlice = (input: Shape, axis: number, start: number, end?: number): Applied => {
  requireAxis('slice', input, axis)
  const size = input[axis] as number
  const from = start < 0 ? size + start : start
  const to = end === undefined ? size : end < 0 ? size + end : end
  const isStart = Number.isInteger(from) && from >= 0 && from < size
  if (!isStart || !Number.isInteger(to) || to <= from || to > size) {
    const values = { axis: `${axis}`, size: `${size}`, start: shown(start), end: shown(end ?? size) }
    throw new ShapeError(fill(noPart, values), 'slice', isStart ? 'end' : 'start')
  }
  const output = input.map((each, index) => (index === axis ? to - from : each))
  return { output, settings: { axis, start: from, end: to }, weights: [], macs: 0, memory: 'own' }
}

export const sliceKinds = {
  slice: { takes: 3, apply: applySlice } satisfies LayerKind<[number, number, number?]>,
}

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    slice: Given extends readonly [infer Axis, ...infer Range] ? SliceRule<Input, Axis, Range> : { output: Shape; params: '0' }
  }
}

/**
 * Keeps a part of an axis, as a layer value.
 *
 * @param axis the index of the axis, from 0
 * @param start the first cell, from 0; a negative number is counted from the end
 * @param end the cell after the last one, by default the end; a negative number is counted from the end
 * @example
 * slice(2, 0, 32) // Layer<'slice', [2, 0, 32]>
 */
export const slice: <Axis extends number, const Range extends [start: number, end?: number]>(
  axis: Axis,
  ...range: Range
) => Layer<'slice', [Axis, ...Range]> = layerFunction('slice')

export type SliceAxisOrUseABlock<Input, Axis, Range, Start> =
  number extends Literal<Axis>
    ? ValueOrUseABlock<'slice', Input, Axis>
    : SliceRule<Input, Axis, Range> extends { axis: infer Fault extends string }
      ? Noted<Fault, Start>
      : ValueOrUseABlock<'slice', Input, Axis>

/** The start and the end, with a message in place of the one that is wrong. */
export type RangeOrUseABlock<Input, Axis, Range extends readonly unknown[], Start> = Range['length'] extends 1 | 2
  ? SliceRule<Input, Axis, Range> extends infer Rule
    ? {
        [Index in keyof Range]: Rule extends { [Name in Index extends '0' ? 'start' : 'end']: infer Fault }
          ? Noted<Fault, Start>
          : Range[Index]
      }
    : never
  : number extends Range['length']
    ? Range
    : [start: number, end?: number]

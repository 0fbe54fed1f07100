import type { Literal } from '../../arithmetic/natural.js'
import type { Noted } from '../../shape/channels-last.js'
import { type Fill, fill, type OneOf, ShapeError, shown } from '../../shape/message.js'
import { type Shape, type ShapeText, shapeText } from '../../shape/shape.js'
import type { KnownNumber } from '../kind/known.js'
import type { Applied, LayerKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { ValueOrUseABlock } from '../kind/named.js'
import { type Layer, layerFunction } from '../kind/value.js'
import { type NoSuchAxis, requireAxis } from './axis.js'

/** Removes an axis of size 1, or adds one. */

const notOne = 'squeeze: axis {axis} of {shape} has {size} cells, and only an axis with one can go.'
const onlyAxis = 'squeeze: the input has only one axis, which stays.'
const noPlace = 'unsqueeze: the input is {shape}: the new axis is 0 to {rank}, not {axis}.'

/** The rule of a squeeze: an axis of size 1 goes. */
export type SqueezeRule<Input, Axis> = Input extends readonly [number, ...number[]]
  ? [NoSqueeze<Input, Literal<Axis>>] extends [never]
    ? { output: Without<Input, KnownNumber<Literal<Axis>>>; params: '0' }
    : { output: Shape; params: '0'; axis: OneOf<NoSqueeze<Input, Literal<Axis>>> }
  : { output: Shape; params: '0' }

type NoSqueeze<Input extends Shape, Axis> = Axis extends number
  ? number extends Axis
    ? never
    : `${Axis}` extends infer Index extends keyof Input
      ? Input['length'] extends 1
        ? typeof onlyAxis
        : Input[Index] extends infer Size extends number
          ? Size extends 1
            ? never
            : number extends Size
              ? never
              : Fill<typeof notOne, { axis: `${Axis}`; shape: ShapeText<Input>; size: `${Size}` }>
          : never
      : NoSuchAxis<'squeeze', Input, Axis>
  : never

/** A shape without one of its axes. */
type Without<Input, Axis extends number, Passed extends number[] = []> = number extends Axis
  ? Shape
  : Input extends readonly [infer First extends number, ...infer Rest extends number[]]
    ? Passed['length'] extends Axis
      ? [...Passed, ...Rest]
      : Without<Rest, Axis, [...Passed, First]>
    : Shape

/** The rule of an unsqueeze: a new axis of size 1 stands at the index. */
export type UnsqueezeRule<Input, Axis> = Input extends readonly [number, ...number[]]
  ? [NoPlace<Input, Literal<Axis>>] extends [never]
    ? { output: WithOne<Input, KnownNumber<Literal<Axis>>>; params: '0' }
    : { output: Shape; params: '0'; axis: OneOf<NoPlace<Input, Literal<Axis>>> }
  : { output: Shape; params: '0' }

type NoPlace<Input extends Shape, Axis> = Axis extends number
  ? number extends Axis
    ? never
    : `${Axis}` extends keyof [...Input, 1]
      ? never
      : Fill<typeof noPlace, { shape: ShapeText<Input>; rank: `${Input['length']}`; axis: `${Axis}` }>
  : never

/** A shape with a new axis of size 1. */
type WithOne<Input, Axis extends number, Passed extends number[] = []> = number extends Axis
  ? Shape
  : Passed['length'] extends Axis
    ? Input extends readonly number[]
      ? [...Passed, 1, ...Input]
      : Shape
    : Input extends readonly [infer First extends number, ...infer Rest extends number[]]
      ? WithOne<Rest, Axis, [...Passed, First]>
      : Shape

const viewOf = (output: Shape, axis: number): Applied => ({ output, settings: { axis }, weights: [], macs: 0, memory: 'view' })

/** {@link SqueezeRule} at run time. */
const applySqueeze = (input: Shape, axis: number): Applied => {
  requireAxis('squeeze', input, axis)
  if (input.length === 1) throw new ShapeError(onlyAxis, 'squeeze', 'axis')
  if (input[axis] !== 1) {
    const values = { axis: `${axis}`, shape: shapeText(input), size: `${input[axis]}` }
    throw new ShapeError(fill(notOne, values), 'squeeze', 'axis')
  }
  return viewOf(
    input.filter((_, index) => index !== axis),
    axis,
  )
}

/** {@link UnsqueezeRule} at run time. */
const applyUnsqueeze = (input: Shape, axis: number): Applied => {
  if (!(Number.isInteger(axis) && axis >= 0 && axis <= input.length)) {
    throw new ShapeError(fill(noPlace, { shape: shapeText(input), rank: `${input.length}`, axis: shown(axis) }), 'unsqueeze', 'axis')
  }
  return viewOf([...input.slice(0, axis), 1, ...input.slice(axis)], axis)
}

export const squeezeKinds = {
  squeeze: { takes: 1, apply: applySqueeze } satisfies LayerKind<[number]>,
  unsqueeze: { takes: 1, apply: applyUnsqueeze } satisfies LayerKind<[number]>,
}

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    squeeze: SqueezeRule<Input, Given[0]>
    unsqueeze: UnsqueezeRule<Input, Given[0]>
  }
}

/**
 * Removes an axis of size 1, as a layer value.
 *
 * @param axis the index of the axis, from 0
 * @example
 * squeeze(0) // Layer<'squeeze', [0]>
 */
export const squeeze: <Axis extends number>(axis: Axis) => Layer<'squeeze', [Axis]> = layerFunction('squeeze')

/**
 * Adds an axis of size 1, as a layer value.
 *
 * @param axis the index of the new axis, from 0
 * @example
 * unsqueeze(2) // Layer<'unsqueeze', [2]>
 */
export const unsqueeze: <Axis extends number>(axis: Axis) => Layer<'unsqueeze', [Axis]> = layerFunction('unsqueeze')

export type SqueezeAxisOrUseABlock<Input, Axis, Start> =
  number extends Literal<Axis>
    ? ValueOrUseABlock<'squeeze', Input, Axis>
    : SqueezeRule<Input, Axis> extends { axis: infer Fault extends string }
      ? Noted<Fault, Start>
      : ValueOrUseABlock<'squeeze', Input, Axis>
export type UnsqueezeAxisOrUseABlock<Input, Axis, Start> =
  number extends Literal<Axis>
    ? ValueOrUseABlock<'unsqueeze', Input, Axis>
    : UnsqueezeRule<Input, Axis> extends { axis: infer Fault extends string }
      ? Noted<Fault, Start>
      : ValueOrUseABlock<'unsqueeze', Input, Axis>

/** The shape after it. Completions show this name, where they would write the rule out. */
export type Squeezed<Input, Axis> = SqueezeRule<Input, Axis> extends { output: infer Output extends Shape } ? Output : never

/** The shape after it. Completions show this name, where they would write the rule out. */
export type Unsqueezed<Input, Axis> = UnsqueezeRule<Input, Axis> extends { output: infer Output extends Shape } ? Output : never

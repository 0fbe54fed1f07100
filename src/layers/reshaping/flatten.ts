import type { Literal } from '../../arithmetic/natural.js'
import type { Noted } from '../../shape/channels-last.js'
import type { FlatSize } from '../../shape/flat-size.js'
import { type EitherOf, eitherOf, type Fill, fill, type OneOf, ShapeError } from '../../shape/message.js'
import { type Shape, type ShapeText, shapeText } from '../../shape/shape.js'
import { requireWhole, type WholeMessage } from '../../shape/whole.js'
import type { KnownNumber } from '../kind/known.js'
import { type Applied, type LayerKind, valuesIn } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { Dimension } from '../kind/rule.js'
import { type Layer, layerFunction } from '../kind/value.js'

/** Flattens all axes, or the last axes. */

const noSuchAxis = 'flatten: the input is {shape}: there is no axis {start}. Use start {starts}.'

/** The rule of a flatten: the axes before `start` stay, the others are merged. */
type FlattenRule<Input, Start extends number> = number extends Start
  ? { output: Shape; params: '0' }
  : [Start] extends [0]
    ? { output: [FlatSize<Input>]; params: '0' }
    : [WholeMessage<'flatten', 'start', Start, 0>] extends [never]
      ? Input extends readonly [number, ...number[]]
        ? Flattened<Input, Start, [], []>
        : { output: Shape; params: '0' }
      : { start: WholeMessage<'flatten', 'start', Start, 0>; output: Shape; params: '0' }

/** The rule of a flatten whose start may be a union: each member has to be valid, and the output shape is unknown. */
export type FlattenFrom<Input, Start extends number> = [StartFault<Input, Start>] extends [never]
  ? FlattenRule<Input, KnownNumber<Dimension<Start>>>
  : { start: OneOf<StartFault<Input, Start>>; output: Shape; params: '0' }

type StartFault<Input, Start extends number> = number extends Start
  ? number extends Literal<Start>
    ? never
    : StartFault<Input, Dimension<Start>>
  : Start extends object
    ? never
    : FlattenRule<Input, Start> extends { start: infer Fault }
      ? Fault
      : never

/** Skips the axes before `start`, counting them in `Starts`. */
type Flattened<Input, Start extends number, Passed extends number[], Starts extends string[], Rest = Input> = Rest extends readonly [
  infer First extends number,
  ...infer Others,
]
  ? Passed['length'] extends Start
    ? { output: [...Passed, FlatSize<Rest>]; params: '0' }
    : Flattened<Input, Start, [...Passed, First], [...Starts, `${Starts['length']}`], Others>
  : {
      start: Fill<typeof noSuchAxis, { shape: ShapeText<Input>; start: `${Start}`; starts: EitherOf<Starts> }>
      output: Input
      params: '0'
    }

const applyFlatten = (input: Shape, start = 0): Applied => {
  requireWhole('flatten', 'start', start, 0)
  if (start >= input.length) {
    const starts = eitherOf(input.map((_, axis) => `${axis}`))
    throw new ShapeError(fill(noSuchAxis, { shape: shapeText(input), start: `${start}`, starts }), 'flatten', 'start')
  }
  const output = [...input.slice(0, start), valuesIn(input.slice(start))]
  return { output, settings: { start }, weights: [], macs: 0, memory: 'view' }
}

/** {@link FlattenRule} at run time. */
export const flattenKinds = {
  flatten: { takes: 1, apply: applyFlatten } satisfies LayerKind<[number?]>,
}

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    flatten: Given extends readonly [infer Start extends number] ? FlattenFrom<Input, Start> : FlattenRule<Input, 0>
  }
}

export const flatten: {
  /**
   * Flattens all axes into a vector, as a layer value.
   *
   * @example
   * flatten() // Layer<'flatten', []>
   */
  (): Layer<'flatten', []>
  /**
   * Flattens the last axes into one, as a layer value.
   *
   * @param start the first axis to flatten, from 0
   * @example
   * flatten(1) // Layer<'flatten', [1]>
   */
  <Start extends number>(start: Start): Layer<'flatten', [Start]>
} = layerFunction('flatten')

export type StartOrUseABlock<Input, Axis extends number, Start> =
  number extends Literal<Axis> ? Axis : FlattenFrom<Input, Axis> extends { start: infer Fault extends string } ? Noted<Fault, Start> : Axis

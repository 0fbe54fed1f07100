import type { Add, SumOf } from '../../arithmetic/add.js'
import type { Reverse } from '../../arithmetic/digits.js'
import type { ToNumber } from '../../arithmetic/natural.js'
import type { Subtract, SubtractDigits } from '../../arithmetic/subtract.js'
import type { Noted } from '../../shape/channels-last.js'
import { type Fill, fill, type OneOf, ShapeError } from '../../shape/message.js'
import type { Shape } from '../../shape/shape.js'
import type { EachList, KnownOption } from '../../shape/windows.js'
import type { Applied, LayerKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { ValueOrUseABlock } from '../kind/named.js'
import { type AtEnds, type AxisName, axisName, type PerAxisRule, requireAtEnds, type ValueAt } from '../kind/per-axis.js'
import type { FirstFault } from '../kind/rule.js'
import { type Layer, layerFunction } from '../kind/value.js'

/** Adds cells at the ends of the spatial axes, or removes them. */

const nothingLeft =
  '{operation}: nothing is left of the {axis}: {size} - {cut} = {left}. Cut at most {most} of its {size} cells, both ends together.'

declare module '../kind/per-axis.js' {
  interface SizeAlong<Size, Value> {
    zeroPad: PaddedSize<Size, Value>
    crop: Left<LeftDigits<Size & number, EndsOf<EachList<Value>>>>
  }
}

/** A size plus the cells at both ends. */
export type PaddedSize<Size, Value> = Cells<Value> extends infer Added extends number ? Add<Size & number, Added> : never

/** {@link PaddedSize} at run time, for each spatial axis, and the channels behind them. */
export const paddedShape = (input: Shape, ends: readonly (readonly [before: number, after: number])[]): Shape => [
  ...ends.map(([before, after], axis) => (input[axis] as number) + before + after),
  input.at(-1) as number,
]

/** The total number of cells at both ends of an axis. */
type Cells<Value> = Value extends readonly [infer Before extends number, infer After extends number]
  ? Add<Before, After>
  : Value extends number
    ? Add<Value, Value>
    : number

/** The size of an axis after a crop; -1 if it would be negative. */
type Left<Digits> = [Digits] extends [never] ? number : Digits extends `-${string}` ? -1 : ToNumber<Digits & string>

type NoCells = '0' | `-${string}`

type ZeroPadRule<Input, Amount> = PerAxisRule<'zeroPad', 'amount', Input, KnownOption<Amount>, 0>

const applyZeroPad = (input: Shape, amount: AtEnds): Applied => {
  const ends = requireAtEnds('zeroPad', 'amount', input, amount)
  return { output: paddedShape(input, ends), settings: { amount }, weights: [], macs: 0, memory: 'own' }
}

/** The rule of a crop: each axis keeps at least one cell. */
type CropRule<Input, Given> = Crop<Input, KnownOption<Given>>

type Crop<Input, Amount> =
  PerAxisRule<'crop', 'amount', Input, Amount, 0> extends infer Rule
    ? Rule extends { amount: string; output: Shape }
      ? Rule
      : Rule extends { output: [...infer Sizes extends number[], infer Last extends number] }
        ? [Emptied<Sizes>[number]] extends [never]
          ? { output: [...Sizes, Last]; params: '0' }
          : { amount: OneOf<NothingLeft<Input, Amount>>; output: [...Kept<Sizes>, Last]; params: '0' }
        : { output: Shape; params: '0' }
    : never

/** The sizes that are not positive, as text. */
type Emptied<Sizes extends number[]> = { [Index in keyof Sizes]: Extract<`${Sizes[Index]}`, NoCells> }

/** The sizes as later layers see them: `number` if an axis is empty. */
type Kept<Sizes extends number[]> = { [Index in keyof Sizes]: KeptSize<Sizes[Index]> }

type KeptSize<Size extends number> = Size extends Size ? (`${Size}` extends NoCells ? number : Size) : never

/** The message for the first axis that becomes empty. */
type NothingLeft<Input, Amount> = Input extends readonly [...infer Spatial extends readonly number[], number]
  ? FirstFault<{ [Index in keyof Spatial]: NothingOf<Spatial[Index], EachList<ValueAt<Amount, Index>>, AxisName<Spatial, Index>> }>
  : never

type NothingOf<Size extends number, Value, Axis> = Size extends Size
  ? Value extends Value
    ? LeftDigits<Size, EndsOf<Value>> extends infer Left extends string
      ? Left extends NoCells
        ? Fill<
            typeof nothingLeft,
            { operation: 'crop'; axis: Axis; size: `${Size}`; cut: CutText<Value>; left: Left; most: `${Subtract<Size, 1>}` }
          >
        : never
      : never
    : never
  : never

/** The cells to remove at both ends. */
type EndsOf<Value> = Value extends readonly [infer Before extends number, infer After extends number]
  ? [Before, After]
  : Value extends number
    ? [Value, Value]
    : [number, number]

/** The size after a crop, as a decimal, since the removed cells may exceed 2^53 - 1. */
type LeftDigits<Size extends number, Ends extends [number, number]> = Size extends Size
  ? Ends extends Ends
    ? number extends Size | Ends[number]
      ? never
      : SumOf<Reverse<`${Ends[0]}`>, Reverse<`${Ends[1]}`>> extends infer Cut extends string
        ? Reverse<Cut> extends infer Digits extends string
          ? SubtractDigits<Reverse<`${Size}`>, Digits>
          : never
        : never
    : never
  : never

type CutText<Value> = Value extends readonly [infer Before extends number, infer After extends number]
  ? `${Before} - ${After}`
  : `2*${Value & number}`

const applyCrop = (input: Shape, amount: AtEnds): Applied => {
  const ends = requireAtEnds('crop', 'amount', input, amount)
  const spatial = input.slice(0, -1)
  const sizes = spatial.map((size, axis) => size - (ends[axis]?.[0] ?? 0) - (ends[axis]?.[1] ?? 0))
  const none = sizes.findIndex((left) => left < 1)
  if (none >= 0) {
    const cells = typeof amount === 'number' ? amount : amount[none]
    const [before, after] = ends[none] as [number, number]
    const values = {
      operation: 'crop',
      axis: axisName(spatial, none),
      size: `${spatial[none]}`,
      cut: typeof cells === 'number' ? `2*${cells}` : `${cells?.join(' - ')}`,
      // The removed cells may exceed 2^53 - 1.
      left: `${BigInt(spatial[none] as number) - BigInt(before) - BigInt(after)}`,
      most: `${(spatial[none] as number) - 1}`,
    }
    throw new ShapeError(fill(nothingLeft, values), 'crop', 'amount')
  }
  return { output: [...sizes, input.at(-1) as number], settings: { amount }, weights: [], macs: 0, memory: 'own' }
}

export const paddingKinds = {
  zeroPad: { takes: 1, apply: applyZeroPad } satisfies LayerKind<[AtEnds]>,
  crop: { takes: 1, apply: applyCrop } satisfies LayerKind<[AtEnds]>,
}

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    zeroPad: ZeroPadRule<Input, Given[0]>
    crop: CropRule<Input, Given[0]>
  }
}

/**
 * Zero padding as a layer value.
 *
 * @param amount the number of zeros at every end, or per axis a number or `[before, after]`
 * @example
 * zeroPad([[0, 1], [0, 1]]) // Layer<'zeroPad', [[[0, 1], [0, 1]]]>
 */
export const zeroPad: <Amount extends AtEnds>(amount: Amount) => Layer<'zeroPad', [Amount]> = layerFunction('zeroPad')

/**
 * Cropping as a layer value.
 *
 * @param amount the number of cells to remove at every end, or per axis a number or `[before, after]`
 * @example
 * crop(2) // Layer<'crop', [2]>
 */
export const crop: <Amount extends AtEnds>(amount: Amount) => Layer<'crop', [Amount]> = layerFunction('crop')

export type ZeroPadOrUseABlock<Input, Amount, Start> = AtEnds extends Amount
  ? Amount
  : ZeroPadRule<Input, Amount> extends { amount: infer Fault extends string }
    ? Noted<Fault, Start>
    : ValueOrUseABlock<'zeroPad', Input, Amount>
export type ZeroPadded<Input, Amount> = ZeroPadRule<Input, Amount> extends { output: infer Output extends Shape } ? Output : never
export type CropOrUseABlock<Input, Amount, Start> = AtEnds extends Amount
  ? Amount
  : CropRule<Input, Amount> extends { amount: infer Fault extends string }
    ? Noted<Fault, Start>
    : ValueOrUseABlock<'crop', Input, Amount>
export type Cropped<Input, Amount> = CropRule<Input, Amount> extends { output: infer Output extends Shape } ? Output : never

import type { Compare } from '../../arithmetic/compare.js'
import type { Subtract } from '../../arithmetic/subtract.js'
import type { Noted } from '../../shape/channels-last.js'
import { type Fill, fill, type OneOf, ShapeError, shown } from '../../shape/message.js'
import type { AnyShape, Shape } from '../../shape/shape.js'
import type { EachList, KnownOption, Option, unset } from '../../shape/windows.js'
import type { ChosenRule, KeysOf } from '../kind/chosen.js'
import type { Applied, LayerKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { ValueOrUseABlock } from '../kind/named.js'
import { type LeftOut, type NoOptions, requireKnownOptions, type UnknownOptions } from '../kind/options.js'
import { type AtEnds, type AxisName, axisName, type PerAxisRule, requireAtEnds, type ValueAt } from '../kind/per-axis.js'
import type { FirstFault } from '../kind/rule.js'
import { type Given, type Layer, layerFunction } from '../kind/value.js'
import { type PaddedSize, paddedShape } from './padding.js'

/** Cells around the input: zeros, or copies of its own. */

/** What the new cells hold. */
export type PadMode = 'constant' | 'reflect' | 'replicate' | 'symmetric' | 'circular'

/** Options of `pad`. */
export interface PadOptions {
  /**
   * What the new cells hold: zeros (`'constant'`, the default), the cells mirrored at the outermost one (`'reflect'`) or behind it
   * (`'symmetric'`), copies of the outermost one (`'replicate'`, ONNX's and NumPy's `edge`), or the cells of the other end
   * (`'circular'`, their `wrap`).
   */
  readonly mode?: PadMode
  /** The layer's name in reports and exports. The default is its kind and a number. */
  readonly name?: string
}

/** {@link PadOptions} for a call without options. */
export interface NoPadOptions extends PadOptions {
  readonly [unset]: true
}

const optionNames = ['mode', 'name'] as const
const modes: readonly string[] = ['constant', 'reflect', 'replicate', 'symmetric', 'circular'] satisfies PadMode[]

const unknownMode = "pad: mode must be 'constant', 'reflect', 'replicate', 'symmetric' or 'circular', not {value}."
const tooMany =
  "pad: mode '{mode}' has at most {most} cells for each end of the {axis}, which is {size} long, not {cells}. Use fewer, or mode 'replicate'."

declare module '../kind/per-axis.js' {
  interface SizeAlong<Size, Value> {
    pad: PaddedSize<Size, Value>
  }
}

/** The rule of `pad`: cells that are copies must be there to be copied. */
export type PadRule<Input, Amount, Options> = typeof unset extends keyof Options
  ? PerAxisRule<'pad', 'amount', Input, KnownOption<Amount>, 0>
  : keyof Options extends (typeof optionNames)[number]
    ? Copied<Input, KnownOption<Amount>, Option<Options, 'mode', 'constant'>>
    : string extends keyof Options
      ? PerAxisRule<'pad', 'amount', Input, KnownOption<Amount>, 0>
      : {
          options: UnknownOptions<'pad', Options, typeof optionNames>
          output: PerAxisRule<'pad', 'amount', Input, KnownOption<Amount>, 0>['output']
          params: '0'
        }

/** {@link PadRule} for methods, whose options may be one of several. */
export type PadMethodRule<Input extends AnyShape, Amount, Options> =
  KeysOf<Options> extends keyof Options ? PadRule<Input, Amount, Options> : ChosenRule<'pad', Input, [Amount], Options>

type Copied<Input, Amount, Mode> =
  PerAxisRule<'pad', 'amount', Input, Amount, 0> extends infer Rule extends { output: Shape }
    ? Rule extends { amount: string }
      ? Rule
      : [TooMany<Input, Amount, Mode>] extends [never]
        ? Rule
        : { amount: OneOf<TooMany<Input, Amount, Mode>>; output: Rule['output']; params: '0' }
    : never

/** The message for the first end that has more cells than can be copied. */
type TooMany<Input, Amount, Mode> = 0 extends 1 & Mode
  ? never
  : Mode extends 'reflect' | 'symmetric' | 'circular'
    ? Input extends readonly [...infer Spatial extends readonly number[], number]
      ? FirstFault<{
          [Index in keyof Spatial]: TooManyAlong<Spatial[Index], EachList<ValueAt<Amount, Index>>, AxisName<Spatial, Index>, Mode>
        }>
      : never
    : never

type TooManyAlong<Size extends number, Value, Axis, Mode> = Value extends readonly [infer Before, infer After]
  ? FirstFault<[TooManyAt<Size, Before, Axis, Mode>, TooManyAt<Size, After, Axis, Mode>]>
  : TooManyAt<Size, Value, Axis, Mode>

type TooManyAt<Size extends number, Cells, Axis, Mode> = Size extends Size
  ? Cells extends number
    ? number extends Size | Cells
      ? never
      : Compare<Cells, Size> extends (Mode extends 'reflect' ? 'less' : 'less' | 'equal')
        ? never
        : Fill<typeof tooMany, { mode: Mode; most: Most<Size, Mode>; axis: Axis; size: `${Size}`; cells: `${Cells}` }>
    : never
  : never

type Most<Size extends number, Mode> = Mode extends 'reflect' ? `${Subtract<Size, 1>}` : `${Size}`

/** {@link PadRule} at run time. */
const applyPad = (input: Shape, amount: AtEnds, options: PadOptions = {}): Applied => {
  requireKnownOptions('pad', options, optionNames)
  const { mode = 'constant', name } = options
  const ends = requireAtEnds('pad', 'amount', input, amount)
  if (!modes.includes(mode)) throw new ShapeError(fill(unknownMode, { value: shown(mode) }), 'pad', 'options.mode')
  const spatial = input.slice(0, -1)
  for (const [axis, size] of spatial.entries()) {
    const most = mode === 'reflect' ? size - 1 : mode === 'symmetric' || mode === 'circular' ? size : Number.POSITIVE_INFINITY
    const cells = ends[axis]?.find((each) => each > most)
    if (cells === undefined) continue
    const values = { mode, most: `${most}`, axis: axisName(spatial, axis), size: `${size}`, cells: `${cells}` }
    throw new ShapeError(fill(tooMany, values), 'pad', 'amount')
  }
  return {
    output: paddedShape(input, ends),
    settings: { amount, mode, ...(name === undefined ? {} : { name }) },
    weights: [],
    macs: 0,
    memory: 'own',
  }
}

export const padKinds = {
  pad: { takes: 2, apply: applyPad } satisfies LayerKind<[AtEnds, PadOptions?]>,
}

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    pad: Given extends readonly [infer Amount, infer Options] ? PadRule<Input, Amount, Options> : PadRule<Input, Given[0], NoPadOptions>
  }
}

/**
 * Cells around the input as a layer value.
 *
 * @param amount cells at every end, or per axis a number or `[before, after]`
 * @param options `mode` (default `'constant'`), `name`
 * @example
 * pad(1, { mode: 'reflect' }) // Layer<'pad', [1, { mode: 'reflect' }]>
 */
export const pad: <Amount extends AtEnds, Options extends PadOptions | NoOptions = NoPadOptions>(
  amount: Amount,
  options: LeftOut | Options,
) => Layer<'pad', Given<[Amount], Options>> = layerFunction('pad')

export type AmountOrUseABlock<Input extends AnyShape, Amount, Options, Start> = AtEnds extends Amount
  ? Amount
  : PadMethodRule<Input, Amount, Options> extends { amount: infer Fault extends string }
    ? Noted<Fault, Start>
    : ValueOrUseABlock<'pad', Input, Amount>

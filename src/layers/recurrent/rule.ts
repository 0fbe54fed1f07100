import type { TotalOf } from '../../arithmetic/add.js'
import type { Increment, Reverse } from '../../arithmetic/digits.js'
import type { MultiplyDigits } from '../../arithmetic/multiply.js'
import { fill, ShapeError, shown } from '../../shape/message.js'
import type { AnyShape, Shape } from '../../shape/shape.js'
import { requireWhole, type WholeMessage } from '../../shape/whole.js'
import type { Option, unset } from '../../shape/windows.js'
import type { IsOpen, Read } from '../kind/known.js'
import type { Applied, LayerKind } from '../kind/layer.js'
import { adviceOnFeatures, type FeaturesAreKnown, requireKnownOptions, type UnknownOptions } from '../kind/options.js'
import { type Dimension, type HasRank, requireRank, type WrongRank } from '../kind/rule.js'

/** Options of `lstm` and `gru`. */
export interface RecurrentOptions {
  /** Whether every step comes out, `[length, units]`, or only the last one, `[units]`; default `true`. */
  readonly returnSequences?: boolean
  /** Whether each gate adds its two biases, default `true`. */
  readonly bias?: boolean
  /** The layer's name in reports and exports. The default is its kind and a number. */
  readonly name?: string
}

/** {@link RecurrentOptions} for a call without options. */
export interface NoRecurrentOptions extends RecurrentOptions {
  readonly [unset]: true
}

const optionNames = ['returnSequences', 'bias', 'name'] as const

const noBoolean = '{operation}: returnSequences must be true or false, not {value}.'

/** Gates of each kind: how many times the input and the state are multiplied with weights. */
const gatesOf = { lstm: 4, gru: 3 } as const

/** The kinds of recurrent layer. */
export type Recurrent = keyof typeof gatesOf

/** The rule of a recurrent layer. */
export type RecurrentRule<Kind extends Recurrent, Input extends AnyShape, Units extends number, Options> =
  Read<Options, RecurrentOptions> extends infer Known
    ? keyof Known extends (typeof optionNames)[number]
      ? Recur<Kind, Input, Dimension<Units>, Option<Known, 'returnSequences', true>, Option<Known, 'bias', true>>
      : { options: UnknownOptions<Kind, Known, typeof optionNames, FeaturesAreKnown<Kind, Known>>; output: Shape; params: '?' }
    : never

type Recur<Kind extends Recurrent, Input extends AnyShape, Units extends number, Sequences, Bias> =
  HasRank<Input, 1> extends false
    ? { units: WrongRank<Kind, 1, Input>; output: Steps<Input, Units, Sequences>; params: '?' }
    : [WholeMessage<Kind, 'units', Units, 1>] extends [never]
      ? { output: Steps<Input, Units, Sequences>; params: RecurrentParams<Kind, Input, Units, Bias> }
      : { units: WholeMessage<Kind, 'units', Units, 1>; output: Steps<Input, number, Sequences>; params: '?' }

/** All steps or the last one; when that is not known, neither is how many axes come out. */
type Steps<Input, Units extends number, Sequences> = [Sequences] extends [true]
  ? [Sequences] extends [never]
    ? Shape
    : 0 extends 1 & Sequences
      ? Shape
      : [Input extends readonly [infer Length extends number, unknown] ? Length : number, Units]
  : [Sequences] extends [false]
    ? [Units]
    : Shape

/** Parameters: gates * units * (features + units), and two biases for each unit of each gate. */
type RecurrentParams<Kind extends Recurrent, Input, Units extends number, Bias> = Input extends readonly [
  unknown,
  infer Features extends number,
]
  ? IsOpen<Features, Units> extends true
    ? '?'
    : EachRecurrentParams<`${(typeof gatesOf)[Kind]}`, Features, Units, Bias>
  : '?'

type EachRecurrentParams<Gates, Features extends number, Units, Bias> = Units extends number
  ? MultiplyDigits<MultiplyDigits<Biased<TotalOf<Reverse<`${Features}`>, Reverse<`${Units}`>>, Bias>, `${Units}`>, Gates>
  : never

type Biased<Weights extends string, Bias> = Bias extends false ? Weights : Increment<Increment<Weights>>

/** {@link RecurrentRule} at run time. */
export const recurrent = (kind: Recurrent): LayerKind<[number, RecurrentOptions?]> => ({
  kind,
  takes: 2,
  apply: (input, units, options = {}): Applied => {
    requireKnownOptions(kind, options, optionNames, adviceOnFeatures(kind, options))
    const { returnSequences = true, bias = true, name } = options
    requireRank(kind, 1, input, 'units')
    requireWhole(kind, 'units', units, 1)
    if (typeof returnSequences !== 'boolean') {
      throw new ShapeError(fill(noBoolean, { operation: kind, value: shown(returnSequences) }), kind, 'options.returnSequences')
    }
    const [length, features] = input as [number, number]
    const outputs = gatesOf[kind] * units
    const weights = [
      { name: 'kernel', shape: [features, outputs], trainable: true },
      { name: 'recurrentKernel', shape: [units, outputs], trainable: true },
      { name: 'bias', shape: [outputs], trainable: true },
      { name: 'recurrentBias', shape: [outputs], trainable: true },
    ]
    return {
      output: returnSequences ? [length, units] : [units],
      settings: { units, returnSequences, bias, ...(name === undefined ? {} : { name }) },
      weights: weights.slice(0, bias ? 4 : 2),
      macs: length * outputs * (features + units),
      memory: 'own',
      seesAll: true,
    }
  },
})

import type { Add, TotalOf, TotalOfBoth } from '../../arithmetic/add.js'
import type { Increment, Reverse } from '../../arithmetic/digits.js'
import type { MultiplyDigits } from '../../arithmetic/multiply.js'
import { fill, ShapeError, shown } from '../../shape/message.js'
import type { AnyShape, Shape } from '../../shape/shape.js'
import { requireWhole, type WholeMessage } from '../../shape/whole.js'
import type { Option, unset } from '../../shape/windows.js'
import type { ChosenRule, KeysOf } from '../kind/chosen.js'
import type { IsOpen, Read } from '../kind/known.js'
import type { Applied, LayerKind } from '../kind/layer.js'
import { adviceOnFirst, type FeaturesAreKnown, requireKnownOptions, type UnknownOptions } from '../kind/options.js'
import { type Dimension, type HasRank, requireRank, type WrongRank } from '../kind/rule.js'

/** Options of `lstm` and `gru`. */
export interface RecurrentOptions {
  /** Whether to return every step, `[length, units]`, or only the last, `[units]`; default `true`. */
  readonly returnSequences?: boolean
  /**
   * Whether a second layer with its own weights reads the sequence from its end, and how to combine both: `'concat'` concatenates them,
   * `'sum'` adds them; default `false`.
   */
  readonly bidirectional?: false | 'concat' | 'sum'
  /** Whether each gate adds its two biases, default `true`. */
  readonly bias?: boolean
  /** The layer's name in reports and exports. The default is its kind and a number. */
  readonly name?: string
}

/** {@link RecurrentOptions} for a call without options. */
export interface NoRecurrentOptions extends RecurrentOptions {
  readonly [unset]: true
}

const optionNames = ['returnSequences', 'bidirectional', 'bias', 'name'] as const

/** Options of a layer that reads in one direction. */
type PlainName = 'returnSequences' | 'bias' | 'name'

const noBoolean = '{operation}: returnSequences must be true or false, not {value}.'
const noDirection = "{operation}: bidirectional must be 'concat', 'sum' or false, not {value}."

/** The number of gates of each kind. Each multiplies the input and the state by weights. */
const gatesOf = { lstm: 4, gru: 3 } as const

/** The kinds of recurrent layer. */
export type Recurrent = keyof typeof gatesOf

/** The rule of a recurrent layer. */
export type RecurrentRule<Kind extends Recurrent, Input extends AnyShape, Units extends number, Options> =
  Read<Options, RecurrentOptions> extends infer Known
    ? keyof Known extends PlainName
      ? Recur<Kind, Input, Dimension<Units>, Option<Known, 'returnSequences', true>, Option<Known, 'bias', true>>
      : keyof Known extends (typeof optionNames)[number]
        ? BothWays<
            Recur<Kind, Input, Dimension<Units>, Option<Known, 'returnSequences', true>, Option<Known, 'bias', true>>,
            Known['bidirectional' & keyof Known]
          >
        : { options: UnknownOptions<Kind, Known, typeof optionNames, FeaturesAreKnown<Kind, Known>>; output: Shape; params: '?' }
    : never

/** {@link RecurrentRule} for methods, whose options may be one of several. */
export type RecurrentMethodRule<Kind extends Recurrent, Input extends AnyShape, Units extends number, Options> =
  KeysOf<Options> extends keyof Options ? RecurrentRule<Kind, Input, Units, Options> : ChosenRule<Kind, Input, [Units], Options>

/** What a layer gives that reads in one direction, and in both. */
type BothWays<Rule, Direction> = Rule extends { units: unknown }
  ? Rule
  : Rule extends { output: infer Output; params: infer Params extends string }
    ? 0 extends 1 & Direction
      ? { output: WithUnits<Output, number>; params: '?' }
      : [Direction] extends [never]
        ? { output: WithUnits<Output, number>; params: '?' }
        : [Direction] extends [false]
          ? { output: Output; params: Params }
          : [Direction] extends ['concat']
            ? { output: WithUnits<Output, 'twice'>; params: Twice<Params> }
            : [Direction] extends ['sum']
              ? { output: Output; params: Twice<Params> }
              : { output: WithUnits<Output, number>; params: '?' }
    : never

/** A shape with another last axis: of any size, or of twice its own. */
type WithUnits<Output, Units> = Output extends readonly [infer Last extends number]
  ? [Units extends 'twice' ? Double<Last> : number]
  : Output extends readonly [infer Length extends number, infer Last extends number]
    ? [Length, Units extends 'twice' ? Double<Last> : number]
    : Output

type Double<Size extends number> = Size extends Size ? Add<Size, Size> : never

type Twice<Params extends string> = Params extends '?' ? '?' : TotalOfBoth<Params, Params>

type Recur<Kind extends Recurrent, Input extends AnyShape, Units extends number, Sequences, Bias> =
  HasRank<Input, 1> extends false
    ? { units: WrongRank<Kind, 1, Input>; output: Shape; params: '?' }
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
  ? TotalOf<Reverse<`${Features}`>, Reverse<`${Units}`>> extends infer Sum extends string
    ? MultiplyDigits<MultiplyDigits<Bias extends false ? Sum : Increment<Increment<Sum>>, `${Units}`>, Gates>
    : never
  : never

/** {@link RecurrentRule} at run time. */
export const recurrent = (kind: Recurrent): LayerKind<[number, RecurrentOptions?]> => ({
  takes: 2,
  apply: (input, units, options = {}): Applied => {
    requireKnownOptions(kind, options, optionNames, adviceOnFirst(kind, input, [units, options]))
    const { returnSequences = true, bidirectional = false, bias = true, name } = options
    requireRank(kind, 1, input, 'units')
    requireWhole(kind, 'units', units, 1)
    if (typeof returnSequences !== 'boolean') {
      throw new ShapeError(fill(noBoolean, { operation: kind, value: shown(returnSequences) }), kind, 'options.returnSequences')
    }
    if (![false, 'concat', 'sum'].includes(bidirectional)) {
      throw new ShapeError(fill(noDirection, { operation: kind, value: shown(bidirectional) }), kind, 'options.bidirectional')
    }
    const [length, features] = input as [number, number]
    const outputs = gatesOf[kind] * units
    const weights = [
      { name: 'kernel', shape: [features, outputs], trainable: true },
      { name: 'recurrentKernel', shape: [units, outputs], trainable: true },
      { name: 'bias', shape: [outputs], trainable: true },
      { name: 'recurrentBias', shape: [outputs], trainable: true },
    ].slice(0, bias ? 4 : 2)
    const backward = weights.map((weight) => ({ ...weight, name: `backward${weight.name.replace(/^./, (first) => first.toUpperCase())}` }))
    const width = bidirectional === 'concat' ? 2 * units : units
    return {
      output: returnSequences ? [length, width] : [width],
      settings: { units, returnSequences, bidirectional, bias, ...(name === undefined ? {} : { name }) },
      weights: [...weights, ...(bidirectional ? backward : [])],
      macs: length * outputs * (features + units) * (bidirectional ? 2 : 1),
      memory: 'own',
      seesAll: true,
    }
  },
})

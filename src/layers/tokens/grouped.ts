import type { TotalOfBoth } from '../../arithmetic/add.js'
import type { Reverse } from '../../arithmetic/digits.js'
import type { Divide } from '../../arithmetic/divide.js'
import type { MultiplyDigits, MultiplySizes } from '../../arithmetic/multiply.js'
import { type Advice, advice, type EitherOf, eitherOf, type Fill, fill, ShapeError } from '../../shape/message.js'
import { type Ratio, ratio } from '../../shape/ratio.js'
import type { AnyShape, Shape } from '../../shape/shape.js'
import { requireWhole, type WholeMessage } from '../../shape/whole.js'
import type { Option } from '../../shape/windows.js'
import type { IsOpen } from '../kind/known.js'
import type { Weight } from '../kind/layer.js'
import type { NamedRule } from '../kind/named.js'
import type { BlameOption, Channels, Dimension, FirstFault } from '../kind/rule.js'
import { type Divides, type DivisorsOf, divisorsOf } from './divisors.js'
import { type HeadsText, requireHeads } from './heads.js'
import type { KeysIn, KeysRule } from './keys.js'
import type { NoTokens } from './rule.js'

/* Attention whose heads have an explicit width, or share keys and values (Shazeer 2019; Ainslie et al. 2023). */

const groupsMisfit = 'multiHeadAttention: {groups} key and value heads do not divide {heads} heads: {heads}/{groups} = {result}. {advice}'

/** Key and value heads to suggest if theirs do not divide the heads. */
const groupsToTry = [1, 2, 3, 4, 5, 6, 7, 8] as const

/** The rule of attention with `keyValueHeads` or `headWidth`. The heads and the features determine the one that is not set. */
export type GroupedRule<Input extends AnyShape, Heads extends number, Known, Scope> = GroupedBy<
  Input,
  Heads,
  'keyValueHeads' extends keyof Known ? Dimension<Option<Known, 'keyValueHeads', number> & number> : 'each',
  'headWidth' extends keyof Known ? Dimension<Option<Known, 'headWidth', number> & number> : 'shared',
  Known,
  Scope
>

type GroupedBy<Input extends AnyShape, Heads extends number, Groups, Width, Known, Scope> = [HeadsFault<Input, Heads, Width>] extends [
  never,
]
  ? FirstFault<
      [
        BlameOption<'keyValueHeads', GroupsMessage<Heads, Groups>>,
        BlameOption<'headWidth', WholeMessage<'multiHeadAttention', 'headWidth', Width, 1>>,
      ]
    > extends infer Fault
    ? [Fault] extends [never]
      ? [KeysIn<Known>] extends [undefined]
        ? { output: Input; params: GroupedParams<Channels<Input>, 'same', Heads, Groups, Width, Option<Known, 'bias', true>> }
        : KeysRule<Input, KeysIn<Known>, true, Scope> extends infer Rule
          ? Rule extends { options: unknown }
            ? Rule
            : {
                output: Input
                params: GroupedParams<
                  Channels<Input>,
                  MemoryFeatures<KeysIn<Known>, Scope>,
                  Heads,
                  Groups,
                  Width,
                  Option<Known, 'bias', true>
                >
              }
          : never
      : { output: Input; params: '?' } & Fault
    : never
  : { output: Input; params: '?'; heads: HeadsFault<Input, Heads, Width> }

/** The message for an invalid input or number of heads. With an explicit width the heads need not divide the features. */
type HeadsFault<Input, Heads extends number, Width> = [NoTokens<'multiHeadAttention', Input>] extends [never]
  ? [WholeMessage<'multiHeadAttention', 'heads', Heads, 1>] extends [never]
    ? [Width] extends ['shared']
      ? HeadsText<'multiHeadAttention', Channels<Input>, Heads, 'features'>
      : never
    : WholeMessage<'multiHeadAttention', 'heads', Heads, 1>
  : NoTokens<'multiHeadAttention', Input>

/** The message for key and value heads that do not divide the heads; `never` if they do, or are unknown. */
type GroupsMessage<Heads extends number, Groups> = [WholeMessage<'multiHeadAttention', 'keyValueHeads', Groups, 1>] extends [never]
  ? number extends Heads | Groups
    ? never
    : Groups extends number
      ? Heads extends Heads
        ? Divides<Heads, Groups> extends true
          ? never
          : EitherOf<DivisorsOf<Heads, typeof groupsToTry>> extends infer Fitting extends string
            ? Fill<
                typeof groupsMisfit,
                {
                  groups: `${Groups}`
                  heads: `${Heads}`
                  result: Ratio<`${Heads}`, `${Groups}`>
                  advice: Advice<[`keyValueHeads ${Fitting}`], ''>
                }
              >
            : never
        : never
      : never
  : WholeMessage<'multiHeadAttention', 'keyValueHeads', Groups, 1>

/** The number of features of the value from which keys and values are computed. */
type MemoryFeatures<Keys, Scope> =
  NamedRule<Scope, Keys, 'multiHeadAttention: '> extends { output: infer Memory extends Shape } ? Channels<Memory> : number

/**
 * Parameters, with `inner = heads * width` and `outer = keyValueHeads * width`: `features * inner` weights each for the queries and the
 * output, `keyFeatures * outer` each for the keys and the values, and `inner + 2 * outer + features` biases.
 */
type GroupedParams<Features extends number, KeyFeatures, Heads extends number, Groups, Width, Bias> =
  IsOpen<Features, Heads> extends true
    ? '?'
    : IsOpen<KeyFeatures, Groups> extends true
      ? '?'
      : IsOpen<Width> extends true
        ? '?'
        : EachGroupedParams<Features, KeyFeatures, Heads, Groups, Width, Bias>

type EachGroupedParams<Features, KeyFeatures, Heads, Groups, Width, Bias> = Features extends number
  ? Heads extends number
    ? KeyFeatures extends KeyFeatures
      ? Groups extends Groups
        ? Width extends Width
          ? ParamsOfSizes<
              Features,
              KeyFeatures extends number ? KeyFeatures : Features,
              MultiplySizes<Heads, WidthOf<Width, Features, Heads>>,
              MultiplySizes<Groups extends number ? Groups : Heads, WidthOf<Width, Features, Heads>>,
              Bias
            >
          : never
        : never
      : never
    : never
  : never

/** The width of heads: their own, or that of heads that share the features. */
type WidthOf<Width, Features extends number, Heads extends number> = Width extends number ? Width : Divide<Features, Heads>[0]

/** `Inner` and `Outer` are little-endian digits. */
type ParamsOfSizes<Features extends number, KeyFeatures extends number, Inner, Outer, Bias> =
  TotalOfBoth<MultiplyDigits<Inner, `${Features}`>, MultiplyDigits<Outer, `${KeyFeatures}`>> extends infer Half
    ? Bias extends false
      ? TotalOfBoth<Half, Half>
      : TotalOfBoth<TotalOfBoth<Half, Half>, TotalOfBoth<TotalOfBoth<Inner, Reverse<`${Features}`>>, TotalOfBoth<Outer, Outer>>>
    : never

/** The width of the heads, and the number of heads for keys and values. */
export interface HeadSizes {
  readonly keyValueHeads: number
  readonly headWidth: number
}

/**
 * The sizes of the heads: {@link GroupedRule} at run time.
 *
 * @throws {ShapeError} when heads without an explicit width do not divide the features, or key and value heads do not divide the heads
 */
export const requireHeadSizes = (features: number, heads: number, given: { readonly [Name in keyof HeadSizes]?: unknown }): HeadSizes => {
  if (given.headWidth === undefined) requireHeads('multiHeadAttention', features, heads, 'features')
  const { keyValueHeads = heads, headWidth = features / heads } = given as Partial<HeadSizes>
  requireWhole('multiHeadAttention', 'options.keyValueHeads', keyValueHeads, 1)
  if (heads % keyValueHeads !== 0) {
    const values = {
      groups: `${keyValueHeads}`,
      heads: `${heads}`,
      result: ratio(heads, keyValueHeads),
      advice: advice([`keyValueHeads ${eitherOf(divisorsOf([heads], groupsToTry))}`], ''),
    }
    throw new ShapeError(fill(groupsMisfit, values), 'multiHeadAttention', 'options.keyValueHeads')
  }
  requireWhole('multiHeadAttention', 'options.headWidth', headWidth, 1)
  return { keyValueHeads, headWidth }
}

/** The kernels of the projections to queries, keys and values: a single one if all have the same size, as in PyTorch, otherwise three. */
export const inProjections = (features: number, keyFeatures: number, inner: number, outer: number): Weight[] =>
  features === keyFeatures && features === inner && inner === outer
    ? [{ name: 'inProjectionKernel', shape: [features, 3 * features], trainable: true }]
    : [
        { name: 'queryKernel', shape: [features, inner], trainable: true },
        { name: 'keyKernel', shape: [keyFeatures, outer], trainable: true },
        { name: 'valueKernel', shape: [keyFeatures, outer], trainable: true },
      ]

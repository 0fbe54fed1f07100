import type { MultiplyDigits } from '../../arithmetic/multiply.js'
import type { Subtract } from '../../arithmetic/subtract.js'
import type { NoLayerText } from '../../network/refusals.js'
import { type Fill, fill, type OneOf, ShapeError } from '../../shape/message.js'
import type { AnyShape, EachInput, HasUnion, IsUnion, MergedShape, Shape } from '../../shape/shape.js'
import { type NotPositive, requireWhole, type WholeMessage } from '../../shape/whole.js'
import type { Anything, GivenLayer } from '../kind/branch.js'
import type { EachLayer, UnionsIn } from '../kind/each-layer.js'
import { inside } from '../kind/inside.js'
import type { KnownNumber } from '../kind/known.js'
import type { LinkKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { AddCounts, SumWith } from '../kind/params.js'
import type { Dimension } from '../kind/rule.js'
import type { AnyRule, FaultOf, IsSound, RuleOf, ScopeAfter } from '../kind/rule-of.js'
import { type AnyLayer, type Layer, layerFunction } from '../kind/value.js'

/* A repeated layer, as a layer value. */

const inRepeat = 'time {position} of {count}: {fault}'

const tooOften = 'repeat: times must be at most 99999, not {times}.'

/** How a number above 99999 prints. */
type SixDigits = `${number}${number}${number}${number}${number}${number}`

/** The rule of a repeated layer. If the layer keeps the shape and adds no names, the first time determines all others. */
type RepeatRule<Input extends AnyShape, Given extends number, Value, Scope> = Value extends string
  ? 0 extends 1 & Value
    ? { output: Shape; params: '?' }
    : { output: Shape; params: '?'; layer: NameText<Given> }
  : Repeat<Input, Dimension<Given>, Value, Scope>

/** The message for a name, which stands for a value in a join only: a repeated layer works on the current value. */
type NameText<Given extends number> = Fill<typeof inRepeat, { position: '1'; count: `${Given}`; fault: NoLayerText<'', string> }>

type Repeat<Input extends AnyShape, Times extends number, Value, Scope> = [Extract<`${Times}`, NotPositive | SixDigits>] extends [never]
  ? RepeatSound<Input, Times, Value, Scope>
  : { output: Input; params: '0'; times: TimesMessage<Times> }

type TimesMessage<Times extends number> = [WholeMessage<'repeat', 'times', Times, 1>] extends [never]
  ? Extract<`${Times}`, SixDigits> extends infer Text extends string
    ? Fill<typeof tooOften, { times: Text }>
    : never
  : WholeMessage<'repeat', 'times', Times, 1>

type RepeatSound<Input extends AnyShape, Times extends number, Value, Scope> =
  RuleOf<Input, Value, Scope> extends infer Once extends AnyRule
    ? [Once['output'], Input, keyof Once] extends [Input, Once['output'], 'output' | 'params']
      ? true extends IsUnion<Once['params']>
        ? RepeatVarying<Input, Times, Value, Scope, Once>
        : { output: Input; params: RepeatedCount<Once['params'], Times> }
      : IsSound<Once> extends true
        ? RepeatFrom<Input, Times, Value, Scope, Once>
        : 0 extends 1 & (Once | Value)
          ? { output: Shape; params: '?' }
          : RepeatFault<Once, Times, '1'>
    : never

/** The rule of a repeated layer that keeps the shape, with one of several counts. */
type RepeatVarying<Input extends AnyShape, Times extends number, Value, Scope, Once extends AnyRule> = RepeatMembers<
  Input,
  Times,
  Value,
  Scope,
  { output: Input; params: UnionsIn<Input> extends [] ? RepeatedCount<Once['params'], Times> : '?' }
>

/** The rule of a repeated layer that changes the shape, or has names in it. `Once` is the rule of the first time. */
type RepeatFrom<Input extends AnyShape, Times extends number, Value, Scope, Once extends AnyRule> = [
  Once['output'],
  ScopeAfter<Scope, Once>,
  Input,
  Scope,
] extends [Input, Scope, Once['output'], ScopeAfter<Scope, Once>]
  ? true extends IsUnion<Once['params']>
    ? RepeatVarying<Input, Times, Value, Scope, Once>
    : { output: Input; params: RepeatedCount<Once['params'], Times> }
  : number extends KnownNumber<Times>
    ? RepeatSome<RepeatTimes<Times, Value, Once['output'], Once['params'], [Value], ScopeAfter<Scope, Once>>> extends infer All
      ? All extends { layer: unknown }
        ? RepeatSome<RepeatMembers<Input, Times, Value, Scope, All>>
        : All
      : never
    : RepeatEach<Times, Value, Once['output'], Once['params'], [Value], ScopeAfter<Scope, Once>> extends infer All
      ? true extends HasSeveral<All>
        ? RepeatMembers<Input, Times, Value, Scope, All>
        : All
      : never

/** Whether a rule has several sizes or counts, or a mistake, which may be one of members that never go together. */
type HasSeveral<Rule> = Rule extends { layer: unknown }
  ? true
  : Rule extends { output: infer Output; params: infer Params }
    ? IsUnion<Params> | HasUnion<Output>
    : never

/**
 * The rule of a repeated layer with unions in its input or its arguments. A union has the same member each time, so they are followed
 * one by one. `All` is the rule that follows all of them at once.
 */
type RepeatMembers<Input extends AnyShape, Times extends number, Value, Scope, All> =
  UnionsIn<[Input, Value]> extends SevenOrMore ? All : RepeatEachMember<Input, Times, Value, Scope, All>

/** More unions than are followed one by one: their members multiply. */
type SevenOrMore = [unknown, unknown, unknown, unknown, unknown, unknown, unknown, ...unknown[]]

type RepeatEachMember<Input extends AnyShape, Times extends number, Value, Scope, All> =
  RepeatMember<EachInput<Input>, Times, EachLayer<Value>, Scope> extends infer Rules
    ? Extract<All | Rules, { layer: string }> extends infer Wrong
      ? [Wrong] extends [never]
        ? MergedRule<Rules, ScopeAfter<Scope, All>>
        : [Extract<All, { layer: string }>] extends [never]
          ? [Exclude<Rules, Wrong>] extends [never]
            ? All
            : MergedRule<Exclude<Rules, Wrong>, ScopeAfter<Scope, All>>
          : [Extract<Rules, { layer: string }>] extends [never]
            ? [Rules] extends [never]
              ? All
              : MergedRule<Rules, ScopeAfter<Scope, Rules>>
            : OneOf<Extract<Rules, { layer: string }>>
      : never
    : never

/** The rule for one member of each union; `never` if the members do not go together the first time. */
type RepeatMember<Input, Times extends number, Value, Scope> = Input extends AnyShape
  ? Value extends unknown
    ? RuleOf<Input, Value, Scope> extends infer Once extends AnyRule
      ? IsSound<Once> extends true
        ? RepeatTimes<Times, Value, Once['output'], Once['params'], [Value], ScopeAfter<Scope, Once>>
        : never
      : never
    : never
  : never

/** The rules of all members as one. */
type MergedRule<Rules, Scope> = [Rules] extends [{ output: infer Outputs; params: infer Params }]
  ? { output: MergedShape<Outputs>; params: Params; scope: Scope }
  : never

type RepeatedCount<Params, Times extends number> = Params extends '0' | '?'
  ? Params
  : number extends Times
    ? '?'
    : MultiplyDigits<Params, `${Times}`>

/** A number of times that is a union, or unknown: each known number has to be valid, and the output shape is unknown. */
type RepeatSome<Rules> = [Extract<Rules, { layer: string }>] extends [never]
  ? { output: Shape; params: '?' }
  : { output: Shape; params: '?'; layer: OneOf<Extract<Rules, { layer: string }>['layer']> }

type RepeatTimes<
  Times extends number,
  Value,
  Here extends AnyShape,
  Params extends string,
  Passed extends unknown[],
  Scope,
> = Times extends Times ? RepeatEach<Times, Value, Here, Params, Passed, Scope> : never

/** Follows a layer time by time, until the shape and the names no longer change. The parameters of the remaining times are a product. */
type RepeatEach<
  Times extends number,
  Value,
  Here extends AnyShape,
  Params extends string,
  Passed extends unknown[],
  Scope,
> = Passed['length'] extends Times
  ? { output: Here; params: Params; scope: Scope }
  : RuleOf<Here, Value, Scope> extends infer Rule extends { output: AnyShape; params: string }
    ? IsSound<Rule> extends true
      ? [Rule['output'], ScopeAfter<Scope, Rule>, Here, Scope] extends [Here, Scope, Rule['output'], ScopeAfter<Scope, Rule>]
        ? RepeatedCount<Rule['params'], Subtract<Times, Passed['length'] & number>> extends infer Left extends string
          ? { output: Here; params: AddCounts<Params, Left>; scope: Scope }
          : never
        : SumWith<Params, Rule> extends infer Total extends string
          ? RepeatEach<Times, Value, Rule['output'], Total, [...Passed, Value], ScopeAfter<Scope, Rule>>
          : never
      : RepeatFault<Rule, Times, `${[...Passed, Value]['length']}`>
    : never

type RepeatFault<Rule extends { output: AnyShape }, Times extends number, Position extends string> = {
  output: Rule['output']
  params: '?'
  layer: Fill<typeof inRepeat, { position: Position; count: `${Times}`; fault: FaultOf<Rule> }>
}

/** {@link RepeatRule} at run time. */
export const repeatKinds = {
  repeat: {
    takes: 2,
    extend: (before, follow, times, layer) => {
      requireWhole('repeat', 'times', times, 1)
      // The types see the times of each `repeat` alone. What they make together is counted where layers are added.
      if (times > 99_999) throw new ShapeError(fill(tooOften, { times: `${times}` }), 'repeat', 'times')
      let link = before
      for (let time = 1; time <= times; time += 1)
        link = inside(inRepeat, { position: `${time}`, count: `${times}` }, () => follow(link, layer))
      return link
    },
  } satisfies LinkKind<[number, AnyLayer]>,
}

/**
 * Repeats a layer value, each time with its own weights.
 *
 * @param times how often, from 1
 * @param layer the layer or block to repeat
 * @example
 * repeat(3, block(conv2d(64, 3, { padding: 1 }), relu()))
 */
export const repeat: <Times extends number, const Value = Anything>(
  times: Times,
  layer: Value,
) => Layer<'repeat', [Times, GivenLayer<Value>]> = layerFunction('repeat')

declare module '../kind/scope-rules.js' {
  interface ScopeRules<Scope, Input extends AnyShape, Given extends Arguments> {
    repeat: RepeatRule<Input, Given[0], Given[1], Scope>
  }
}

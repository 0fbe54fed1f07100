import type { MultiplyDigits } from '../../arithmetic/multiply.js'
import type { Subtract } from '../../arithmetic/subtract.js'
import type { Fill, OneOf } from '../../shape/message.js'
import type { Shape } from '../../shape/shape.js'
import { type MayBePositive, requireWhole, type WholeMessage } from '../../shape/whole.js'
import { inside } from '../kind/inside.js'
import type { KnownNumber } from '../kind/known.js'
import type { LinkKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { AddCounts } from '../kind/params.js'
import type { Dimension } from '../kind/rule.js'
import type { FaultOf, IsSound, RuleOf } from '../kind/rule-of.js'
import { type AnyLayer, type Layer, layerFunction } from '../kind/value.js'

/*
 * A layer several times over, as a value.
 */

const inRepeat = 'time {position} of {count}: {fault}'

/** The rule of a repeated layer: once is enough when it leaves the shape as it was, however often it is repeated. */
type RepeatRule<Input extends Shape, Given extends number, Value> = Repeat<Input, Dimension<Given>, Value>

type Repeat<Input extends Shape, Times extends number, Value> =
  MayBePositive<Times> extends false
    ? { output: Input; params: '0'; times: WholeMessage<'repeat', 'times', Times, 1> }
    : RuleOf<Input, Value> extends infer Once extends { output: Shape; params: string }
      ? IsSound<Once> extends true
        ? [Once['output'], Input] extends [Input, Once['output']]
          ? { output: Input; params: RepeatedCount<Once['params'], Times> }
          : number extends KnownNumber<Times>
            ? RepeatSome<RepeatTimes<Times, Value, Once['output'], Once['params'], [Value]>>
            : RepeatEach<Times, Value, Once['output'], Once['params'], [Value]>
        : RepeatFault<Once, Times, '1'>
      : never

type RepeatedCount<Params, Times extends number> = Params extends '0' | '?'
  ? Params
  : number extends Times
    ? '?'
    : MultiplyDigits<Params, `${Times}`>

/** Repeated several numbers of times, or one that is not known: each that is known has to fit, and the shape is not known. */
type RepeatSome<Rules> = [Extract<Rules, { layer: string }>] extends [never]
  ? { output: Shape; params: '?' }
  : { output: Shape; params: '?'; layer: OneOf<Extract<Rules, { layer: string }>['layer']> }

type RepeatTimes<Times extends number, Value, Here extends Shape, Params extends string, Passed extends unknown[]> = Times extends Times
  ? RepeatEach<Times, Value, Here, Params, Passed>
  : never

/** Follows a layer time by time, until the shape stays: the times that are left then are a product. */
type RepeatEach<
  Times extends number,
  Value,
  Here extends Shape,
  Params extends string,
  Passed extends unknown[],
> = Passed['length'] extends Times
  ? { output: Here; params: Params }
  : RuleOf<Here, Value> extends infer Rule extends { output: Shape; params: string }
    ? IsSound<Rule> extends true
      ? [Rule['output'], Here] extends [Here, Rule['output']]
        ? RepeatedCount<Rule['params'], Subtract<Times, Passed['length'] & number>> extends infer Left extends string
          ? { output: Here; params: AddCounts<Params, Left> }
          : never
        : RepeatEach<Times, Value, Rule['output'], AddCounts<Params, Rule['params']>, [...Passed, Value]>
      : RepeatFault<Rule, Times, `${[...Passed, Value]['length']}`>
    : never

type RepeatFault<Rule extends { output: Shape }, Times extends number, Position extends string> = {
  output: Rule['output']
  params: '?'
  layer: Fill<typeof inRepeat, { position: Position; count: `${Times}`; fault: FaultOf<Rule> }>
}

/** {@link RepeatRule} at run time. */
export const repeatKinds = {
  repeat: {
    kind: 'repeat',
    takes: 2,
    extend: (before, follow, times, layer) => {
      requireWhole('repeat', 'times', times, 1)
      let link = before
      for (let time = 1; time <= times; time += 1) {
        link = inside(inRepeat, { position: `${time}`, count: `${times}` }, () => follow(link, layer))
      }
      return link
    },
  } satisfies LinkKind<[number, AnyLayer]>,
}

/**
 * A layer value several times over, each time with weights of its own.
 *
 * @param times how often, from 1
 * @param layer the layer or block to repeat
 * @example
 * repeat(3, block(conv2d(64, 3, { padding: 1 }), relu()))
 */
export const repeat: <Times extends number, Value>(times: Times, layer: Value) => Layer<'repeat', [Times, Value]> = layerFunction('repeat')

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    repeat: RepeatRule<Input, Given[0], Given[1]>
  }
}

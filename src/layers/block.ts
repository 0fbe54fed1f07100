import type { AddDigits } from '../arithmetic/add.js'
import type { Increment, Reverse } from '../arithmetic/digits.js'
import type { MultiplyDigits } from '../arithmetic/multiply.js'
import type { Subtract } from '../arithmetic/subtract.js'
import { type Fill, fill, type OneOf, ShapeError } from '../shape/message.js'
import type { Shape } from '../shape/shape.js'
import { type MayBePositive, requireWhole, type WholeMessage } from '../shape/whole.js'
import type { FaultOf, IsSound, RuleOf } from './apply.js'
import type { Single } from './flatten.js'
import type { Link, LinkKind } from './layer.js'
import type { Arguments } from './layer-rules.js'
import type { Plain } from './rule.js'
import { type AnyLayer, type Layer, layerOf } from './value.js'

/*
 * Layers one after the other, as a value: a block, and a block repeated.
 */

const inBlock = 'layer {position} of {count}: {fault}'
const inRepeat = 'time {position} of {count}: {fault}'

/** The sum of two counts, as little-endian digits; `'?'` when one is not known. */
export type AddCounts<Left, Right> = Right extends '0'
  ? Left
  : Left extends '0'
    ? Right
    : '?' extends Left | Right
      ? '?'
      : [Left, Right] extends [infer A extends string, infer B extends string]
        ? Reverse<AddDigits<A, B>>
        : never

/** How far a block has been followed: the shape, the parameters, and whether all is well. */
type State = readonly [shape: Shape, params: string, sound: boolean]

type Step<Before extends State, Value> =
  RuleOf<Before[0], Value> extends infer Rule extends { output: Shape; params: string }
    ? [Rule['output'], AddCounts<Before[1], Rule['params']>, Before[2] extends true ? IsSound<Rule> : false]
    : never

/** Follows a block to its end, four layers a step where there are as many, so that long ones stay within the compiler's depth. */
type Follow<Layers, Before extends State> = Layers extends readonly [infer A, infer B, infer C, infer D, ...infer Rest]
  ? Step<Before, A> extends infer First extends State
    ? Step<First, B> extends infer Second extends State
      ? Step<Second, C> extends infer Third extends State
        ? Step<Third, D> extends infer Fourth extends State
          ? Follow<Rest, Fourth>
          : never
        : never
      : never
    : never
  : Layers extends readonly [infer A, ...infer Rest]
    ? Step<Before, A> extends infer After extends State
      ? Follow<Rest, After>
      : never
    : Before

/** {@link Follow} for blocks of any length: by tens where there are many, since a long list is slow to take apart from its head. */
type FollowAll<Layers extends Arguments, Before extends State> = '40' extends keyof Layers
  ? FollowTens<Layers, '', Before>
  : Follow<Layers, Before>

/** `Tens` counts in little-endian digits, nothing at first. */
type FollowTens<Layers, Tens extends string, Before extends State> = `${Reverse<Tens>}0` extends keyof Layers
  ? Follow<TenOf<Layers, Reverse<Tens>>, Before> extends infer After extends State
    ? FollowTens<Layers, NextTen<Tens>, After>
    : never
  : Before

type NextTen<Tens extends string> = Tens extends '' ? '1' : Increment<Tens>

/** Ten layers of a list, fewer at its end: there is nothing where there are none. */
type TenOf<Layers, Tens extends string> = [
  LayerAt<Layers, `${Tens}0`>,
  LayerAt<Layers, `${Tens}1`>,
  LayerAt<Layers, `${Tens}2`>,
  LayerAt<Layers, `${Tens}3`>,
  LayerAt<Layers, `${Tens}4`>,
  LayerAt<Layers, `${Tens}5`>,
  LayerAt<Layers, `${Tens}6`>,
  LayerAt<Layers, `${Tens}7`>,
  LayerAt<Layers, `${Tens}8`>,
  LayerAt<Layers, `${Tens}9`>,
]

type LayerAt<Layers, Key> = Key extends keyof Layers ? Layers[Key] : Layer<'identity', []>

/** The rule of a block; of a list whose length is not known nothing is known. */
export type BlockRule<Input extends Shape, Layers extends Arguments> = number extends Layers['length']
  ? { output: Shape; params: '?' }
  : FollowAll<Layers, [Input, '0', true]> extends [infer Output extends Shape, infer Params, infer Sound]
    ? Sound extends true
      ? { output: Output; params: Params }
      : { output: Output; params: Params; layer: FirstFaultByTens<Layers, Input, `${Layers['length'] & number}`, ''> }
    : never

/** The sentence of the first layer that does not fit, with its position; looked for only when there is one. */
type FirstFaultByTens<Layers, Input extends Shape, Count extends string, Tens extends string> =
  Follow<TenOf<Layers, Reverse<Tens>>, [Input, '0', true]> extends [infer Output extends Shape, unknown, infer Sound]
    ? Sound extends true
      ? FirstFaultByTens<Layers, Output, Count, NextTen<Tens>>
      : FirstFaultIn<TenOf<Layers, Reverse<Tens>>, Input, Count, `0${Tens}`>
    : never

/** `Passed` counts the layers before, in little-endian digits. */
type FirstFaultIn<Layers, Input extends Shape, Count extends string, Passed extends string> = Layers extends readonly [
  infer Value,
  ...infer Rest,
]
  ? RuleOf<Input, Value> extends infer Rule extends { output: Shape }
    ? IsSound<Rule> extends true
      ? FirstFaultIn<Rest, Rule['output'], Count, Increment<Passed>>
      : Fill<typeof inBlock, { position: Reverse<Increment<Passed>>; count: Count; fault: FaultOf<Rule> }>
    : never
  : never

/** The rule of a repeated layer: once is enough when it leaves the shape as it was, however often it is repeated. */
type RepeatRule<Input extends Shape, Given extends number, Value> = Repeat<Input, Plain<Given>, Value>

type Repeat<Input extends Shape, Times extends number, Value> =
  MayBePositive<Times> extends false
    ? { output: Input; params: '0'; times: WholeMessage<'repeat', 'times', Times, 1> }
    : RuleOf<Input, Value> extends infer Once extends { output: Shape; params: string }
      ? IsSound<Once> extends true
        ? [Once['output'], Input] extends [Input, Once['output']]
          ? { output: Input; params: RepeatedCount<Once['params'], Times> }
          : number extends Single<Times>
            ? RepeatSome<RepeatTimes<Times, Value, [Once['output'], Once['params'], true], [Value]>>
            : RepeatEach<Times, Value, [Once['output'], Once['params'], true], [Value]>
        : RepeatFault<Once, Times, '1'>
      : never

type RepeatedCount<Params extends string, Times extends number> = Params extends '0' | '?'
  ? Params
  : number extends Times
    ? '?'
    : MultiplyDigits<Params, `${Times}`>

/** Repeated several numbers of times, or one that is not known: each that is known has to fit, and the shape is not known. */
type RepeatSome<Rules> = [Extract<Rules, { layer: string }>] extends [never]
  ? { output: Shape; params: '?' }
  : { output: Shape; params: '?'; layer: OneOf<Extract<Rules, { layer: string }>['layer']> }

type RepeatTimes<Times extends number, Value, Before extends State, Passed extends unknown[]> = Times extends Times
  ? RepeatEach<Times, Value, Before, Passed>
  : never

/** Follows a layer time by time, until the shape stays: the times that are left then are a product. */
type RepeatEach<Times extends number, Value, Before extends State, Passed extends unknown[]> = Passed['length'] extends Times
  ? { output: Before[0]; params: Before[1] }
  : RuleOf<Before[0], Value> extends infer Rule extends { output: Shape; params: string }
    ? IsSound<Rule> extends true
      ? [Rule['output'], Before[0]] extends [Before[0], Rule['output']]
        ? { output: Before[0]; params: AddCounts<Before[1], RepeatedCount<Rule['params'], Subtract<Times, Passed['length'] & number>>> }
        : RepeatEach<Times, Value, [Rule['output'], AddCounts<Before[1], Rule['params']>, true], [...Passed, Value]>
      : RepeatFault<Rule, Times, `${[...Passed, Value]['length']}`>
    : never

type RepeatFault<Rule extends { output: Shape }, Times extends number, Position extends string> = {
  output: Rule['output']
  params: '?'
  layer: Fill<typeof inRepeat, { position: Position; count: `${Times}`; fault: FaultOf<Rule> }>
}

/** Runs a step, and says in its mistake where it was; to blame is the argument that holds the layers. */
export const inside = <Result>(
  template: string,
  values: Readonly<Record<string, string>>,
  run: () => Result,
  argument = 'layer',
): Result => {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error
    throw new ShapeError(fill(template, { ...values, fault: error.message }), error.operation, argument)
  }
}

/** {@link BlockRule} and {@link RepeatRule} at run time. */
export const blockKinds = {
  identity: { kind: 'identity', extend: (before) => before } as LinkKind<[]>,
  block: {
    kind: 'block',
    extend: (before, follow, ...layers) =>
      layers.reduce<Link>(
        (link, layer, index) => inside(inBlock, { position: `${index + 1}`, count: `${layers.length}` }, () => follow(link, layer)),
        before,
      ),
  } as LinkKind<AnyLayer[]>,
  repeat: {
    kind: 'repeat',
    extend: (before, follow, times, layer) => {
      requireWhole('repeat', 'times', times, 1)
      let link = before
      for (let time = 1; time <= times; time += 1) {
        link = inside(inRepeat, { position: `${time}`, count: `${times}` }, () => follow(link, layer))
      }
      return link
    },
  } as LinkKind<[number, AnyLayer]>,
}

/**
 * Layers one after the other, as one layer value.
 *
 * @example
 * const twice = block(conv2d(64, 3, { padding: 1 }), relu(), conv2d(64, 3, { padding: 1 }), relu())
 * input(56, 56, 64).apply(twice) // Network<[56, 56, 64], [56, 56, 64], 73856>
 */
export const block = <Layers extends AnyLayer[]>(...layers: Layers): Layer<'block', Layers> => layerOf('block', layers) as never

/**
 * Nothing at all: for a branch that passes its input on.
 *
 * @example
 * identity() // Layer<'identity', []>
 */
export const identity = (): Layer<'identity', []> => layerOf('identity', []) as never

/**
 * A layer value several times over, each time with weights of its own.
 *
 * @param times how often, from 1
 * @param layer the layer or block to repeat
 * @example
 * repeat(3, block(conv2d(64, 3, { padding: 1 }), relu()))
 */
export const repeat = <Times extends number, Value extends AnyLayer>(times: Times, layer: Value): Layer<'repeat', [Times, Value]> =>
  layerOf('repeat', [times, layer]) as never

declare module './layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    block: BlockRule<Input, Given>
    repeat: RepeatRule<Input, Given[0], Given[1]>
  }
}

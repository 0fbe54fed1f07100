import type { AddDigits } from '../arithmetic/add.js'
import type { Reverse } from '../arithmetic/digits.js'
import type { MultiplyDigits } from '../arithmetic/multiply.js'
import { type Fill, fill, ShapeError } from '../shape/message.js'
import type { Shape } from '../shape/shape.js'
import { type MayBePositive, requireWhole, type WholeMessage } from '../shape/whole.js'
import type { FaultOf, IsSound, RuleOf } from './apply.js'
import type { Link, LinkKind } from './layer.js'
import type { Arguments } from './layer-rules.js'
import { type AnyLayer, type Layer, layerFunction } from './value.js'

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

/** The rule of a block. */
export type BlockRule<Input extends Shape, Layers extends Arguments> =
  Follow<Layers, [Input, '0', true]> extends [infer Output extends Shape, infer Params, infer Sound]
    ? Sound extends true
      ? { output: Output; params: Params }
      : { output: Output; params: Params; layer: FirstFaultIn<Layers, Input, Layers['length'], []> }
    : never

/** The sentence of the first layer that does not fit, with its position; looked for only when there is one. */
type FirstFaultIn<Layers, Input extends Shape, Count extends number, Passed extends unknown[]> = Layers extends readonly [
  infer Value,
  ...infer Rest,
]
  ? RuleOf<Input, Value> extends infer Rule extends { output: Shape }
    ? IsSound<Rule> extends true
      ? FirstFaultIn<Rest, Rule['output'], Count, [...Passed, Value]>
      : Fill<typeof inBlock, { position: `${[...Passed, Value]['length']}`; count: `${Count}`; fault: FaultOf<Rule> }>
    : never
  : never

/** The rule of a repeated layer: once is enough when it leaves the shape as it was. */
type RepeatRule<Input extends Shape, Times extends number, Value> = number extends Times
  ? { output: Shape; params: '?' }
  : MayBePositive<Times> extends false
    ? { output: Input; params: '0'; times: WholeMessage<'repeat', 'times', Times, 1> }
    : RuleOf<Input, Value> extends infer Once extends { output: Shape; params: string }
      ? IsSound<Once> extends true
        ? Once['output'] extends Input
          ? { output: Input; params: Once['params'] extends '?' ? '?' : MultiplyDigits<Once['params'], `${Times}`> }
          : RepeatEach<Input, Times, Value, [Once['output'], Once['params'], true], [Value]>
        : RepeatFault<Once, Times, '1'>
      : never

type RepeatEach<
  Input extends Shape,
  Times extends number,
  Value,
  Before extends State,
  Passed extends unknown[],
> = Passed['length'] extends Times
  ? { output: Before[0]; params: Before[1] }
  : RuleOf<Before[0], Value> extends infer Rule extends { output: Shape; params: string }
    ? IsSound<Rule> extends true
      ? RepeatEach<Input, Times, Value, [Rule['output'], AddCounts<Before[1], Rule['params']>, true], [...Passed, Value]>
      : RepeatFault<Rule, Times, `${[...Passed, Value]['length']}`>
    : never

type RepeatFault<Rule extends { output: Shape }, Times extends number, Position extends string> = {
  output: Rule['output']
  params: '?'
  layer: Fill<typeof inRepeat, { position: Position; count: `${Times}`; fault: FaultOf<Rule> }>
}

/** Runs a step, and says in its mistake where it was. */
export const inside = <Result>(template: string, values: Readonly<Record<string, string>>, run: () => Result): Result => {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error
    throw new ShapeError(fill(template, { ...values, fault: error.message }), error.operation, 'layer')
  }
}

/** {@link BlockRule} and {@link RepeatRule} at run time. */
export const blockKinds = {
  identity: { kind: 'identity', takes: 0, extend: (before) => before } satisfies LinkKind<[]>,
  block: {
    kind: 'block',
    takes: Number.POSITIVE_INFINITY,
    extend: (before, follow, ...layers) =>
      layers.reduce<Link>(
        (link, layer, index) => inside(inBlock, { position: `${index + 1}`, count: `${layers.length}` }, () => follow(link, layer)),
        before,
      ),
  } satisfies LinkKind<AnyLayer[]>,
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
 * Layers one after the other, as one layer value.
 *
 * @example
 * const twice = block(conv2d(64, 3, { padding: 1 }), relu(), conv2d(64, 3, { padding: 1 }), relu())
 * input(56, 56, 64).apply(twice) // Network<[56, 56, 64], [56, 56, 64], 73856>
 */
export const block: <Layers extends AnyLayer[]>(...layers: Layers) => Layer<'block', Layers> = layerFunction('block')

/**
 * Nothing at all: for a branch that passes its input on.
 *
 * @example
 * identity() // Layer<'identity', []>
 */
export const identity: () => Layer<'identity', []> = layerFunction('identity')

/**
 * A layer value several times over, each time with weights of its own.
 *
 * @param times how often, from 1
 * @param layer the layer or block to repeat
 * @example
 * repeat(3, block(conv2d(64, 3, { padding: 1 }), relu()))
 */
export const repeat: <Times extends number, Value extends AnyLayer>(times: Times, layer: Value) => Layer<'repeat', [Times, Value]> =
  layerFunction('repeat')

declare module './layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    block: BlockRule<Input, Given>
    repeat: RepeatRule<Input, Given[0], Given[1]>
  }
}

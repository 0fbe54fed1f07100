import type { TotalOf } from '../../arithmetic/add.js'
import type { Increment, Reverse } from '../../arithmetic/digits.js'
import type { Network } from '../../network/network.js'
import type { NoLayerText } from '../../network/refusals.js'
import type { Fill } from '../../shape/message.js'
import { fill, ShapeError } from '../../shape/message.js'
import type { AnyShape, Shape } from '../../shape/shape.js'
import { inside } from '../kind/inside.js'
import type { Link, LinkKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import { adviceOnFunctions, noLayer } from '../kind/no-layer.js'
import type { AddCounts } from '../kind/params.js'
import type { AnyRule, FaultOf, IsSound, RuleAt, RuleOf, ScopeAfter, Sound, Unchecked } from '../kind/rule-of.js'
import { requireValue } from '../kind/scope.js'
import { type AnyLayer, isLayerFunction, type Layer, layerFunction } from '../kind/value.js'

/*
 * Layers one after the other, as a value: a block.
 */

const inBlock = 'layer {position} of {count}: {fault}'

/** How far a block has been followed. An object and no tuple: the compiler would work out an array's members for each. */
interface State {
  readonly shape: Unchecked
  // No `any` here: the compiler has to work these out at each step, or it meets all of them at once at the end of a long block.
  readonly params: string
  /** Whether all is well so far; `'named'` where a name was added too. */
  readonly sound: boolean | 'named'
  /** What names mean so far. */
  readonly scope: Unchecked
}

type Step<Before extends State, Value> =
  RuleAt<Before, Value> extends infer Rule extends AnyRule
    ? keyof Rule extends 'output' | 'params'
      ? { shape: Rule['output']; params: AddCounts<Before['params'], Rule['params']>; sound: Before['sound']; scope: Before['scope'] }
      : {
          shape: Rule['output']
          params: AddCounts<Before['params'], Rule['params']>
          sound: keyof Rule extends Sound ? (Before['sound'] extends false ? false : 'named') : false
          scope: ScopeAfter<Before['scope'], Rule>
        }
    : never

/**
 * Follows a block to its end, four layers a step where there are as many, or two, so that long ones stay within the compiler's depth.
 * Of a list that is known at run time only, nothing is known.
 *
 * The patterns are mutable lists, as those of `block` are: a list meets its own kind again, and the compiler need not compare what
 * the two can do. Others are copied.
 */
type Follow<Layers, Before extends State> = Layers extends []
  ? Before
  : Layers extends FourOrMore
    ? Layers extends [infer A, infer B, infer C, infer D, ...infer Rest]
      ? Step<Before, A> extends infer First extends State
        ? Step<First, B> extends infer Second extends State
          ? Step<Second, C> extends infer Third extends State
            ? Step<Third, D> extends infer Fourth extends State
              ? Follow<Rest, Fourth>
              : never
            : never
          : never
        : never
      : FollowOther<Layers, Before>
    : Layers extends [unknown, unknown]
      ? Step<Before, Layers[0]> extends infer First extends State
        ? Step<First, Layers[1]>
        : never
      : FollowOther<Layers, Before>

/** A pattern without places to fill costs nothing where it does not match. */
type FourOrMore = [unknown, unknown, unknown, unknown, ...unknown[]]

/** {@link Follow} for a list whose length is not known, and for one that is not mutable. */
type FollowOther<Layers, Before extends State> = Layers extends [infer A, ...infer Rest]
  ? Step<Before, A> extends infer After extends State
    ? Follow<Rest, After>
    : never
  : Layers extends unknown[]
    ? { shape: Shape; params: '?'; sound: Before['sound']; scope: Before['scope'] }
    : Layers extends readonly [...infer Copied extends [unknown, ...unknown[]]]
      ? Follow<Copied, Before>
      : Layers extends readonly []
        ? Before
        : { shape: Shape; params: '?'; sound: Before['sound']; scope: Before['scope'] }

/** {@link Follow} for blocks of any length: by tens where there are many, since a long list is slow to take apart from its head. */
type FollowAll<Layers extends Arguments, Before extends State> = Layers extends Many
  ? FollowTens<Layers, '', Before>
  : Follow<Layers, Before>

type Ten = [unknown, unknown, unknown, unknown, unknown, unknown, unknown, unknown, unknown, unknown]

/** More than forty: a list without values to take out, which costs nothing to compare. */
type Many = readonly [...Ten, ...Ten, ...Ten, ...Ten, unknown, ...unknown[]]

/** `Tens` counts in little-endian digits, nothing at first. */
type FollowTens<Layers extends Arguments, Tens extends string, Before extends State> = `${Reverse<Tens>}0` extends keyof Layers
  ? Follow<TenOf<Layers, Reverse<Tens>>, Before> extends infer After extends State
    ? FollowTens<Layers, NextTen<Tens>, After>
    : never
  : number extends Layers['length']
    ? { shape: Shape; params: '?'; sound: Before['sound']; scope: Before['scope'] }
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

/** A block before its first layer. */
type Begin<Input extends AnyShape, Scope> = { shape: Input; params: '0'; sound: true; scope: Scope }

/** The rule of a block. */
export type BlockRule<Input extends AnyShape, Layers extends Arguments, Scope> = Input extends Shape
  ? FollowAll<Layers, Begin<Input, Scope>> extends infer End extends State
    ? End['sound'] extends true
      ? { output: End['shape']; params: End['params'] }
      : End['sound'] extends 'named'
        ? { output: End['shape']; params: End['params']; scope: End['scope'] }
        : { output: End['shape']; params: End['params']; layer: FirstFaultByTens<Layers, Input, Scope, `${Layers['length'] & number}`, ''> }
    : never
  : BlockOnValues<Input, Layers, Scope>

/** The rule of a block where there is no current value: its first layer has to begin with one by its name. */
type BlockOnValues<Input extends AnyShape, Layers extends Arguments, Scope> = Layers extends readonly [infer First, ...infer Rest]
  ? RuleOf<Input, First, Scope> extends infer Rule extends { output: AnyShape }
    ? IsSound<Rule> extends true
      ? BlockRule<Rule['output'], Rest, ScopeAfter<Scope, Rule>>
      : { output: Shape; params: '?'; layer: Fill<typeof inBlock, { position: '1'; count: `${Layers['length']}`; fault: FaultOf<Rule> }> }
    : never
  : { output: Input; params: '0' }

/** The sentence of the first layer that does not fit, with its position; looked for only when there is one. */
type FirstFaultByTens<Layers, Input extends AnyShape, Scope, Count extends string, Tens extends string> =
  Follow<TenOf<Layers, Reverse<Tens>>, Begin<Input, Scope>> extends infer End extends State
    ? End['sound'] extends true | 'named'
      ? FirstFaultByTens<Layers, End['shape'], End['scope'], Count, NextTen<Tens>>
      : FirstFaultIn<TenOf<Layers, Reverse<Tens>>, Input, Scope, Count, `0${Tens}`>
    : never

/** `Passed` counts the layers before, in little-endian digits. */
type FirstFaultIn<Layers, Input extends AnyShape, Scope, Count extends string, Passed extends string> = Layers extends readonly [
  infer Value,
  ...infer Rest,
]
  ? RuleOf<Input, Value, Scope> extends infer Rule extends { output: AnyShape }
    ? IsSound<Rule> extends true
      ? FirstFaultIn<Rest, Rule['output'], ScopeAfter<Scope, Rule>, Count, Increment<Passed>>
      : Fill<typeof inBlock, { position: Reverse<Increment<Passed>>; count: Count; fault: FaultOf<Rule> }>
    : never
  : never

/**
 * A block's layer, unless it is a function of a network: {@link InBlock} at run time.
 *
 * @throws {ShapeError} with what to write
 */
const requireNoFunction = (layer: AnyLayer): AnyLayer => {
  if (typeof layer !== 'function' || isLayerFunction(layer)) return layer
  throw new ShapeError(fill(noLayer, { where: '', given: 'a function', advice: adviceOnFunctions }), 'apply', 'layer')
}

/** {@link BlockRule} at run time. */
export const blockKinds = {
  identity: {
    kind: 'identity',
    takes: 0,
    extend: (before) => {
      requireValue('identity', before)
      return before
    },
  } satisfies LinkKind<[]>,
  block: {
    kind: 'block',
    takes: Number.POSITIVE_INFINITY,
    extend: (before, follow, ...layers) =>
      layers.reduce<Link>(
        (link, layer, index) =>
          inside(inBlock, { position: `${index + 1}`, count: `${layers.length}` }, () => follow(link, requireNoFunction(layer))),
        before,
      ),
  } satisfies LinkKind<AnyLayer[]>,
}

/**
 * Layers one after the other, as one layer value.
 *
 * @example
 * const twice = block(conv2d(64, 3, { padding: 1 }), relu(), conv2d(64, 3, { padding: 1 }), relu())
 * input(56, 56, 64).apply(twice) // Network<[56, 56, 64], [56, 56, 64], 73856>
 */
export const block: {
  <Layers extends AnyLayer[]>(...layers: Layers): Layer<'block', Layers>
  /** What is no layer value is refused here. */
  <Layers extends Anything[]>(...layers: InBlock<Layers>): Layer<'block', Layers>
} = layerFunction('block')

/**
 * Any value. The function tells the compiler what `x` is in `x => x.relu()`, so that it says one thing only. `void` stands for
 * `undefined`: with that all would be `unknown`, and the function lost.
 */
// biome-ignore lint/suspicious/noConfusingVoidType: see above.
type Anything = NotInBlock | string | number | boolean | {} | null | void

/** A function of a network: a branch, which a block is not made of. */
type NotInBlock = (x: Network<Shape, Shape, 0>) => unknown

/** The layers of a block, with the sentence in place of each that is none. */
type InBlock<Layers extends unknown[]> = number extends Layers['length']
  ? (AnyLayer | NotInBlock)[]
  : {
      [Index in keyof Layers]: Layers[Index] extends AnyLayer
        ? Layers[Index]
        : NoLayerAt<
            Fill<
              typeof inBlock,
              { position: Reverse<TotalOf<Reverse<`${Index & string}`>, '1'>>; count: `${Layers['length']}`; fault: '' }
            >,
            Layers[Index]
          >
    }

/** {@link NoLayerText} of a place that the compiler need not work out to know that it is text. */
type NoLayerAt<Where, Value> = Where extends string ? NoLayerText<Where, Value> : never

/**
 * Nothing at all: for a branch that passes its input on.
 *
 * @example
 * identity() // Layer<'identity', []>
 */
export const identity: () => Layer<'identity', []> = layerFunction('identity')

declare module '../kind/scope-rules.js' {
  interface ScopeRules<Scope, Input extends AnyShape, Given extends Arguments> {
    block: BlockRule<Input, Given, Scope>
  }
}

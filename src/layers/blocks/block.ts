import type { TotalOf } from '../../arithmetic/add.js'
import type { Increment, Reverse } from '../../arithmetic/digits.js'
import type { NoLayerText } from '../../network/refusals.js'
import type { Fill } from '../../shape/message.js'
import type { AnyShape, Shape } from '../../shape/shape.js'
import type { Anything, UnplacedFunction } from '../kind/branch.js'
import { inside } from '../kind/inside.js'
import type { Link, LinkKind } from '../kind/layer.js'
import type { Arguments, LayerRules } from '../kind/layer-rules.js'
import { requireNoFunction } from '../kind/no-layer.js'
import type { AddCounts } from '../kind/params.js'
import type { AnyRule, FaultOf, IsSound, RuleAt, RuleOf, ScopeAfter, Sound, Unchecked } from '../kind/rule-of.js'
import { requireValue } from '../kind/scope.js'
import { type AnyLayer, type Layer, layerFunction } from '../kind/value.js'

/* Consecutive layers as a layer value: a block. */

const inBlock = 'layer {position} of {count}: {fault}'

/** The state after some layers of a block. It is an object, since the compiler would resolve all array members of a tuple. */
interface State {
  readonly shape: Unchecked
  // No `any` here: it makes the compiler resolve these at each step, instead of all at once at the end of a long block.
  readonly params: string
  /** Whether there was no mistake so far; `'named'` if a name was also added. */
  readonly sound: boolean | 'named'
  /** What names mean after these layers. */
  readonly scope: Unchecked
}

type Step<Before extends State, Value> =
  RuleAt<Before, Value> extends infer Rule extends AnyRule
    ? keyof Rule extends 'output' | 'params'
      ? { shape: Rule['output']; params: AddCounts<Before['params'], Rule['params']>; sound: Before['sound']; scope: Before['scope'] }
      : unknown extends Rule
        ? { shape: Shape; params: '?'; sound: Before['sound']; scope: Before['scope'] }
        : {
            shape: Rule['output']
            params: AddCounts<Before['params'], Rule['params']>
            sound: keyof Rule extends Sound ? (Before['sound'] extends false ? false : 'named') : false
            scope: ScopeAfter<Before['scope'], Rule>
          }
    : never

/**
 * Follows a block to its end, four or two layers per step if possible, so that long blocks stay within the compiler's depth limit. For
 * a list that is known only at run time, nothing is known.
 *
 * The patterns are mutable lists, like those of `block`. The compiler then need not compare the members of two kinds of lists. Other
 * lists are copied.
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

/** A pattern without placeholders, which costs nothing if it does not match. */
type FourOrMore = [unknown, unknown, unknown, unknown, ...unknown[]]

/** {@link Follow} for a list of unknown length, or one that is not mutable. */
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

/**
 * {@link Follow} for blocks of any length: by tens if there are many, since it is slow to take a long list apart from its head. `any` has
 * a member for every key: without its question, the tens would never end.
 */
type FollowAll<Layers extends Arguments, Before extends State> = Layers extends Many
  ? 0 extends 1 & Layers
    ? { shape: Shape; params: '?'; sound: Before['sound']; scope: Before['scope'] }
    : FollowTens<Layers, '', Before>
  : Follow<Layers, Before>

type Ten = [unknown, unknown, unknown, unknown, unknown, unknown, unknown, unknown, unknown, unknown]

/** More than forty layers: a pattern without placeholders, which costs nothing to compare. */
type Many = readonly [...Ten, ...Ten, ...Ten, ...Ten, unknown, ...unknown[]]

/** `Tens` counts in little-endian digits; it is empty at first. */
type FollowTens<Layers extends Arguments, Tens extends string, Before extends State> = `${Reverse<Tens>}0` extends keyof Layers
  ? Follow<TenOf<Layers, Reverse<Tens>>, Before> extends infer After extends State
    ? FollowTens<Layers, NextTen<Tens>, After>
    : never
  : number extends Layers['length']
    ? { shape: Shape; params: '?'; sound: Before['sound']; scope: Before['scope'] }
    : Before

type NextTen<Tens extends string> = Tens extends '' ? '1' : Increment<Tens>

/** Ten layers of a list, or fewer at its end. */
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

/** The state before the first layer of a block. */
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

/** The rule of a block where there is no current value: one of its layers has to start from named values. */
type BlockOnValues<Input extends AnyShape, Layers extends Arguments, Scope> =
  FollowValues<Layers, Begin<Input, Scope>> extends infer End extends State
    ? End['sound'] extends false
      ? { output: Shape; params: '?'; layer: FirstFaultIn<Layers, Input, Scope, `${Layers['length'] & number}`, '0'> }
      : { output: End['shape']; params: End['params']; scope: End['scope'] }
    : never

/** Follows a block layer by layer as long as there is no current value. */
type FollowValues<Layers, Before extends State> = Before['shape'] extends Shape
  ? Layers extends Arguments
    ? FollowAll<Layers, Before>
    : never
  : Layers extends readonly [infer First, ...infer Rest]
    ? First extends Layer<keyof LayerRules<Shape, Arguments>, Unchecked>
      ? { shape: Shape; params: '?'; sound: false; scope: Before['scope'] }
      : Step<Before, First> extends infer After extends State
        ? FollowValues<Rest, After>
        : never
    : Layers extends readonly []
      ? Before
      : { shape: Shape; params: '?'; sound: Before['sound']; scope: Before['scope'] }

/** The message for the first invalid layer, with its position. It is resolved only if there is one. For `any` as for {@link FollowAll}. */
type FirstFaultByTens<Layers, Input extends AnyShape, Scope, Count extends string, Tens extends string> = 0 extends 1 & Layers
  ? string
  : Follow<TenOf<Layers, Reverse<Tens>>, Begin<Input, Scope>> extends infer End extends State
    ? End['sound'] extends true | 'named'
      ? FirstFaultByTens<Layers, End['shape'], End['scope'], Count, NextTen<Tens>>
      : FirstFaultIn<TenOf<Layers, Reverse<Tens>>, Input, Scope, Count, `0${Tens}`>
    : never

/** `Passed` counts the preceding layers, in little-endian digits. */
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

/** {@link BlockRule} at run time. */
export const blockKinds = {
  identity: {
    takes: 0,
    extend: (before) => {
      requireValue('identity', before)
      return before
    },
  } satisfies LinkKind<[]>,
  block: {
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
 * Joins consecutive layers into one layer value.
 *
 * @example
 * const twice = block(conv2d(64, 3, { padding: 1 }), relu(), conv2d(64, 3, { padding: 1 }), relu())
 * input(56, 56, 64).apply(twice) // Network<[56, 56, 64], [56, 56, 64], 73856>
 */
export const block: {
  <Layers extends AnyLayer[]>(...layers: Layers): Layer<'block', Layers>
  /** Values that are not layers are rejected here. */
  <Layers extends Anything[]>(...layers: InBlock<Layers>): Layer<'block', Layers>
} = layerFunction('block')

/** The layers of a block, with a message in place of each value that is not a layer. */
type InBlock<Layers extends unknown[]> = number extends Layers['length']
  ? Anything extends Layers[number]
    ? Anything[]
    : (AnyLayer | UnplacedFunction)[]
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

/** {@link NoLayerText} with an unconstrained `Where`, so that the compiler need not resolve whether it is a string. */
type NoLayerAt<Where, Value> = Where extends string ? NoLayerText<Where, Value> : never

/**
 * Passes its input on unchanged, for a branch without layers.
 *
 * @example
 * identity() // Layer<'identity', []>
 */
export const identity: { (): Layer<'identity', []>; readonly length: 0 } = layerFunction('identity')

declare module '../kind/scope-rules.js' {
  interface ScopeRules<Scope, Input extends AnyShape, Given extends Arguments> {
    block: BlockRule<Input, Given, Scope>
  }
}

import type { Increment, Reverse } from '../../arithmetic/digits.js'
import type { MultiplyDigits } from '../../arithmetic/multiply.js'
import type { Literal } from '../../arithmetic/natural.js'
import type { Noted } from '../../shape/channels-last.js'
import type { AnyShape, Shape } from '../../shape/shape.js'
import { requireWhole, type WholeMessage } from '../../shape/whole.js'
import type { Option, Positive, unset } from '../../shape/windows.js'
import type { KeysOf, Together, Valid } from '../kind/chosen.js'
import type { IsOpen, Read } from '../kind/known.js'
import type { AcrossKind, Applied } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { ListedNames } from '../kind/named.js'
import {
  type LeftOut,
  type NoOptions,
  type OptionsGiven,
  requireBoolean,
  requireKnownOptions,
  type UnknownOptions,
} from '../kind/options.js'
import type { Dimension } from '../kind/rule.js'
import type { Unchecked } from '../kind/rule-of.js'
import type { ScopeRules } from '../kind/scope-rules.js'
import { type Given, type Layer, layerFunction, type Without } from '../kind/value.js'
import { type GroupedRule, inProjections, requireHeadSizes } from './grouped.js'
import type { HeadsText } from './heads.js'
import { type KeysIn, type KeysRule, keysNamed, type NoName, requireMemory } from './keys.js'
import { type NoTokens, requireTokens } from './rule.js'

/** Options of `multiHeadAttention`. */
export interface AttentionOptions<Names extends string = 'input'> {
  /** Whether the projections add biases, default `true`. */
  readonly bias?: boolean
  /** Whether each token attends only to itself and the tokens before it, default `false`. */
  readonly causal?: boolean
  /** The name of the kept value from which keys and values are computed. The default is the current value. */
  readonly keys?: Names | (string & {}) | NoName
  /**
   * The number of heads for keys and values, by default one for each head. It must divide the heads, which share keys and values in
   * groups.
   */
  readonly keyValueHeads?: Positive
  /** The number of features in each head, by default features / heads. */
  readonly headWidth?: Positive
  /** The layer's name in reports and exports. The default is its kind and a number. */
  readonly name?: string
}

/** {@link AttentionOptions} for a call without options. */
export interface NoAttentionOptions extends Omit<AttentionOptions, 'keys'> {
  readonly [unset]: true
}

const optionNames = ['bias', 'causal', 'keys', 'keyValueHeads', 'headWidth', 'name'] as const

/** Options that do not change the sizes of the heads. */
type PlainName = 'bias' | 'causal' | 'keys' | 'name'

/** The rule of `multiHeadAttention`. `Scope` is what names mean before it. */
export type AttentionRule<Input extends AnyShape, Heads extends number, Options, Scope> = 0 extends 1 & Options
  ? { output: Input; params: '?' }
  : Read<Options, AttentionOptions> extends infer Known
    ? keyof Known extends PlainName
      ? [HeadsMessage<Input, Heads>] extends [never]
        ? [KeysIn<Known>] extends [undefined]
          ? { output: Input; params: AttentionParams<Input, Option<Known, 'bias', true>> }
          : KeysRule<Input, KeysIn<Known>, Option<Known, 'bias', true>, Scope>
        : { output: Input; params: '?'; heads: HeadsMessage<Input, Heads> }
      : keyof Known extends (typeof optionNames)[number]
        ? GroupedRule<Input, Dimension<Heads>, Known, Scope>
        : { output: Input; params: '?'; options: UnknownOptions<'multiHeadAttention', Known, typeof optionNames> }
    : never

/** {@link AttentionRule} for methods, whose options may be one of several. */
export type AttentionMethodRule<Input extends AnyShape, Heads extends number, Options, Scope> =
  KeysOf<Options> extends keyof Options
    ? AttentionRule<Input, Heads, Options, Scope>
    : Together<ScopeRules<Scope, Input, Given<[Heads], Valid<Options>>>['multiHeadAttention']>

/** The message for an invalid input or number of heads; `never` if both are valid. */
type HeadsMessage<Input, Heads extends number> = [NoTokens<'multiHeadAttention', Input>] extends [never]
  ? [WholeMessage<'multiHeadAttention', 'heads', Heads, 1>] extends [never]
    ? Input extends readonly [unknown, infer Features]
      ? HeadsText<'multiHeadAttention', Features, Dimension<Heads>, 'features'>
      : never
    : WholeMessage<'multiHeadAttention', 'heads', Heads, 1>
  : NoTokens<'multiHeadAttention', Input>

/** Parameters: 4 * features * features weights, and 4 * features biases. */
type AttentionParams<Input, Bias> = Input extends readonly [unknown, infer Features extends number]
  ? IsOpen<Features> extends true
    ? '?'
    : EachAttentionParams<Features, Bias>
  : '?'

/** {@link AttentionParams} for each member of a union. */
export type EachAttentionParams<Features, Bias> = Features extends number
  ? MultiplyDigits<MultiplyDigits<Bias extends false ? Reverse<`${Features}`> : Increment<Reverse<`${Features}`>>, `${Features}`>, '4'>
  : never

/** {@link AttentionRule} at run time. */
const applyAttention = (input: Shape, heads: number, options: AttentionOptions = {}): Applied => applyAcross(input, input, heads, options)

/** {@link AttentionRule} at run time, with keys and values from another value. */
const applyAcross = (input: Shape, memory: Shape, heads: number, options: AttentionOptions = {}): Applied => {
  requireKnownOptions('multiHeadAttention', options, optionNames)
  const { bias = true, causal = false, name } = options
  requireBoolean('multiHeadAttention', 'causal', causal)
  requireTokens('multiHeadAttention', input, 'heads')
  requireWhole('multiHeadAttention', 'heads', heads, 1)
  const [tokens, features] = input as [number, number]
  const { keyValueHeads, headWidth } = requireHeadSizes(features, heads, options)
  requireMemory(memory)
  const [keyTokens, keyFeatures] = memory as [number, number]
  const [inner, outer] = [heads * headWidth, keyValueHeads * headWidth]
  const weights = [
    ...inProjections(features, keyFeatures, inner, outer),
    { name: 'inProjectionBias', shape: [inner + 2 * outer], trainable: true },
    { name: 'outProjectionKernel', shape: [inner, features], trainable: true },
    { name: 'outProjectionBias', shape: [features], trainable: true },
  ]
  return {
    output: input,
    settings: { heads, bias, causal, keyValueHeads, headWidth, ...(name === undefined ? {} : { name }) },
    weights: weights.filter((weight) => bias || !weight.name.endsWith('Bias')),
    macs: 2 * (tokens * features * inner + keyTokens * keyFeatures * outer) + 2 * tokens * keyTokens * inner,
    memory: 'own',
    seesAll: true,
  }
}

export const attentionKinds = {
  multiHeadAttention: {
    takes: 2,
    apply: applyAttention,
    across: (before, _, options) => keysNamed(before, options?.keys),
    applyAcross,
  } satisfies AcrossKind<[number, AttentionOptions?]>,
}

declare module '../kind/scope-rules.js' {
  interface ScopeRules<Scope, Input extends AnyShape, Given extends Arguments> {
    multiHeadAttention: Given extends readonly [Unchecked, infer Options]
      ? AttentionRule<Input, Given[0], Options, Scope>
      : AttentionRule<Input, Given[0], NoAttentionOptions, Scope>
  }
}

/**
 * Multi-head attention as a layer value; see `Network.multiHeadAttention`.
 *
 * @param heads the number of heads that share the features, from 1; it must divide the features
 * @param options `bias` (default `true`), `causal` (`false`), `keys` (the name of a kept value, by default the value here),
 *   `keyValueHeads` (by default as many as heads), `headWidth` (by default features / heads), `name`
 * @example
 * multiHeadAttention(12) // Layer<'multiHeadAttention', [12]>
 * block(keep('memory'), dense(64), multiHeadAttention(4, { keys: 'memory' }))
 */
export const multiHeadAttention: <Heads extends number, Options extends AttentionOptions | NoOptions = NoAttentionOptions>(
  heads: Heads,
  options: LeftOut | Options,
) => Layer<'multiHeadAttention', Given<[Heads], Options>> = layerFunction('multiHeadAttention')

export type HeadsOrUseABlock<Input extends AnyShape, Heads extends number, Options, Scope> =
  number extends Literal<Heads>
    ? [NoTokens<'multiHeadAttention', Input>] extends [never]
      ? Heads
      : NoTokens<'multiHeadAttention', Input>
    : AttentionMethodRule<Input, Heads, Options, Scope> extends { heads: infer Fault extends string }
      ? Noted<Fault, Scope>
      : Heads
/** While a name is still empty, the known names replace the message, so that an editor suggests them. */
export type AttentionOptionsOrUseABlock<Input extends AnyShape, Heads extends number, Options, Scope> = number extends Options
  ? OptionsGiven<Options>
  : Options extends Without
    ? Options
    : AttentionRule<Input, Heads, Options, Scope> extends { options: infer Faults extends object | string }
      ? Options extends { keys: '' }
        ? { keys: ListedNames<Scope> }
        : Noted<Faults, Scope>
      : Options

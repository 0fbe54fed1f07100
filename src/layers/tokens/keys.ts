import type { TotalOf } from '../../arithmetic/add.js'
import type { Increment, Reverse } from '../../arithmetic/digits.js'
import type { MultiplyDigits } from '../../arithmetic/multiply.js'
import { type Fill, fill, ShapeError } from '../../shape/message.js'
import { type AnyShape, type Shape, type ShapeText, type SizeText, shapeText, sizeText } from '../../shape/shape.js'
import type { IsOpen } from '../kind/known.js'
import type { Link } from '../kind/layer.js'
import type { NamedRule } from '../kind/named.js'
import type { HasRank } from '../kind/rule.js'
import { valueNamed } from '../kind/scope.js'
import { type TokensOf, tokensOf } from './rule.js'

/* Cross-attention: keys and values from a kept value. */

const noName =
  "multiHeadAttention: keys must be the name of a kept value. Write .keep('memory') after the layer whose output it is, and keys: 'memory' here."

const needTokens = 'multiHeadAttention: keys need a value of [tokens, features], not {shape}.{advice}'
const toTokensFirst = ' Use toTokens() before it is kept: that gives {tokens}.'

/** Common mistakes in place of a name: the value itself, or its index. They get a message. */
export type NoName = object | number | boolean | null

/** The name of the value that keys and values are computed from; `undefined` for none. */
export type KeysIn<Options> = 'keys' extends keyof Options ? (0 extends 1 & Options['keys'] ? string : Options['keys']) : undefined

/**
 * The rule of attention with keys and values from a kept value. The output has the input's shape, since each of its tokens has one
 * query. The kept value may have other numbers of tokens and features.
 */
export type KeysRule<Input extends AnyShape, Keys, Bias, Scope> = undefined extends Keys
  ? { output: Input; params: '?' }
  : [Keys] extends [string]
    ? NamedRule<Scope, Keys, 'multiHeadAttention: '> extends infer Memory
      ? Memory extends { layer: infer Sentence }
        ? { output: Input; params: '?'; options: { keys: Sentence } }
        : Memory extends { output: infer Value extends Shape }
          ? [NoMemory<Value>] extends [never]
            ? { output: Input; params: AcrossParams<Input, Value, Bias> }
            : { output: Input; params: '?'; options: { keys: NoMemory<Value> } }
          : never
      : never
    : { output: Input; params: '?'; options: { keys: typeof noName } }

/** The message for a kept value that is not `[tokens, features]`; `never` if it is or may be. */
type NoMemory<Value> =
  HasRank<Value, 1> extends false
    ? Fill<
        typeof needTokens,
        {
          shape: ShapeText<Value>
          advice: Value extends readonly [number] ? '' : Fill<typeof toTokensFirst, { tokens: SizeText<TokensOf<Value>> }>
        }
      >
    : never

/**
 * Parameters: `features * features` weights each for the queries and the output, `keyFeatures * features` each for the keys and the
 * values, and 4 biases for each feature: `features * 2 * (features + keyFeatures + 2)`.
 */
type AcrossParams<Input, Memory, Bias> = [Input, Memory] extends [
  readonly [unknown, infer Features extends number],
  readonly [unknown, infer KeyFeatures extends number],
]
  ? IsOpen<Features, KeyFeatures> extends true
    ? '?'
    : EachParams<Features, KeyFeatures, Bias>
  : '?'

type EachParams<Features, KeyFeatures, Bias> = Features extends number
  ? KeyFeatures extends number
    ? TotalOf<Reverse<`${Features}`>, Reverse<`${KeyFeatures}`>> extends infer Sum extends string
      ? MultiplyDigits<MultiplyDigits<Bias extends false ? Sum : Increment<Increment<Sum>>, `${Features}`>, '2'>
      : never
    : never
  : never

/** The kept value that the option names, at run time; undefined if the option is not set. */
export const keysNamed = (before: Link, keys: unknown): Link | undefined => {
  if (keys === undefined) return undefined
  if (typeof keys !== 'string') throw new ShapeError(noName, 'multiHeadAttention', 'options.keys')
  return valueNamed('multiHeadAttention: ', before, keys, 'options.keys')
}

/**
 * {@link KeysRule} at run time, for the kept value.
 *
 * @throws {ShapeError} with its shape, if it is not `[tokens, features]`
 */
export const requireMemory = (memory: Shape): void => {
  if (memory.length === 2) return
  const advice = memory.length === 1 ? '' : fill(toTokensFirst, { tokens: sizeText(tokensOf(memory)) })
  throw new ShapeError(fill(needTokens, { shape: shapeText(memory), advice }), 'multiHeadAttention', 'options.keys')
}

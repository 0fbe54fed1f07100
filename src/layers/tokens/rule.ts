import type { FlatSize } from '../../shape/flat-size.js'
import { type Fill, fill, ShapeError } from '../../shape/message.js'
import { type Shape, type ShapeText, type SizeText, shapeText, sizeText } from '../../shape/shape.js'
import { valuesIn } from '../kind/layer.js'
import type { NoValueText } from '../kind/named.js'
import type { HasRank } from '../kind/rule.js'

/* Shared by the layers on `[tokens, features]`: the required shape, and the type of a method without arguments that cannot be called. */

const needTokens = '{operation}: needs an input of [tokens, features], not {shape}.{advice}'
const toTokensFirst = ' Use toTokens() first: it gives {tokens}.'

/** The tokens of an image or a volume: one per position, with the channels as features. */
export type TokensOf<Volume> = Volume extends readonly [...infer Spatial extends readonly number[], infer Channels extends number]
  ? [FlatSize<Spatial>, Channels]
  : [number, number]

/** {@link TokensOf} at run time. */
export const tokensOf = (volume: Shape): Shape => [valuesIn(volume.slice(0, -1)), volume.at(-1) as number]

/** The message for an input that is not `[tokens, features]`, or for several values in place of one; `never` if it is or may be. */
export type NoTokens<Operation extends string, Input> =
  HasRank<Input, 1> extends false
    ? Input extends readonly unknown[]
      ? Fill<
          typeof needTokens,
          {
            operation: Operation
            shape: ShapeText<Input>
            advice: Input extends readonly [number] ? '' : Fill<typeof toTokensFirst, { tokens: SizeText<TokensOf<Input>> }>
          }
        >
      : NoValueText<Operation>
    : never

/**
 * {@link NoTokens} at run time.
 *
 * @throws {ShapeError} for `argument`, if the input is not `[tokens, features]`
 */
export const requireTokens = (operation: string, input: Shape, argument: string): void => {
  if (input.length === 2) return
  const advice = input.length === 1 ? '' : fill(toTokensFirst, { tokens: sizeText(tokensOf(input)) })
  throw new ShapeError(fill(needTokens, { operation, shape: shapeText(input), advice }), operation, argument)
}

/** A rule's mistake under `input`, for layers without arguments. */
export type InputFault<Sentence extends string> = [Sentence] extends [never] ? unknown : { input: Sentence }

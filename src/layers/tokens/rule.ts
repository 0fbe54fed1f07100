import type { FlatSize } from '../../shape/flat-size.js'
import { type Fill, fill, ShapeError } from '../../shape/message.js'
import { type Shape, type ShapeText, type SizeText, shapeText, sizeText } from '../../shape/shape.js'
import { valuesIn } from '../kind/layer.js'
import type { NoValueText } from '../kind/named.js'
import type { HasRank } from '../kind/rule.js'

/*
 * What the layers on `[tokens, features]` share: the shape they need, and what stands in place of a method without arguments.
 */

const needTokens = '{operation}: needs an input of [tokens, features], not {shape}.{advice}'
const toTokensFirst = ' Use toTokens() first: it gives {tokens}.'

/** The tokens of a volume: one for each position, with the channels as features. */
export type TokensOf<Volume> = Volume extends readonly [...infer Spatial extends readonly number[], infer Channels extends number]
  ? [FlatSize<Spatial>, Channels]
  : [number, number]

/** {@link TokensOf} at run time. */
export const tokensOf = (volume: Shape): Shape => [valuesIn(volume.slice(0, -1)), volume.at(-1) as number]

/** The sentence for an input that is not `[tokens, features]`, and for several values in place of one; `never` for one that is or may be. */
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
 * Refuses an input that is not `[tokens, features]`: {@link NoTokens} at run time.
 *
 * @throws {ShapeError} blaming `argument`
 */
export const requireTokens = (operation: string, input: Shape, argument: string): void => {
  if (input.length === 2) return
  const advice = input.length === 1 ? '' : fill(toTokensFirst, { tokens: sizeText(tokensOf(input)) })
  throw new ShapeError(fill(needTokens, { operation, shape: shapeText(input), advice }), operation, argument)
}

/** A rule's fault under `input`, for layers that take no argument to blame. */
export type InputFault<Sentence extends string> = [Sentence] extends [never] ? unknown : { input: Sentence }

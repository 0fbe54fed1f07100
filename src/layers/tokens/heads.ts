import { type Advice, advice, type EitherOf, eitherOf, type Fill, fill, ShapeError } from '../../shape/message.js'
import { type Ratio, ratio } from '../../shape/ratio.js'
import { type Divides, type DivisorsOf, divisorsOf } from './divisors.js'

/* The heads of attention share the features, so their number divides them. */

const headsMisfit = '{operation}: {heads} heads do not divide {features} {things}: {features}/{heads} = {result}. {advice}'

/** Heads to suggest if the given ones do not divide the features. */
const headsToTry = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16] as const

/** The message for heads that do not divide the features; `never` if they do, or are unknown. */
export type HeadsText<Operation extends string, Features, Heads extends number, Things extends string> = number extends Features | Heads
  ? never
  : Features extends number
    ? Heads extends Heads
      ? Divides<Features, Heads> extends true
        ? never
        : EitherOf<DivisorsOf<Features, typeof headsToTry>> extends infer Fitting extends string
          ? Fill<
              typeof headsMisfit,
              {
                operation: Operation
                heads: `${Heads}`
                features: `${Features}`
                things: Things
                result: Ratio<`${Features}`, `${Heads}`>
                advice: Advice<[`heads ${Fitting}`], ''>
              }
            >
          : never
      : never
    : never

/**
 * {@link HeadsText} at run time.
 *
 * @throws {ShapeError} for the heads, if they do not divide the features
 */
export const requireHeads = (operation: string, features: number, heads: number, things: string): void => {
  if (features % heads === 0) return
  const values = {
    operation,
    heads: `${heads}`,
    features: `${features}`,
    things,
    result: ratio(features, heads),
    advice: advice([`heads ${eitherOf(divisorsOf([features], headsToTry))}`], ''),
  }
  throw new ShapeError(fill(headsMisfit, values), operation, 'heads')
}

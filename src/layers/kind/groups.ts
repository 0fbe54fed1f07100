import type { DivideDecimals } from '../../arithmetic/divide.js'
import { type Advice, advice, type EitherOf, eitherOf, type Fill, fill, ShapeError } from '../../shape/message.js'
import { type Ratio, ratio } from '../../shape/ratio.js'
import type { IsUnion } from '../../shape/shape.js'
import type { MayBePositive } from '../../shape/whole.js'

/* Groups split the channels of a convolution. Each group has its own part of the filters, so the number of groups divides both. */

const groupsMisfit = '{operation}: {groups} groups do not divide {count} {things}: {count}/{groups} = {result}. {advice}'

const notEvery = '{operation}: {groups} groups do not divide every number of {things} that there may be. {advice}'

/** Groups to suggest if the groups do not divide. */
const groupsToTry = [1, 2, 3, 4, 5, 6, 7, 8] as const

/** Whether the filters are a whole number and the groups divide both filters and channels. */
export type GroupsFit<Channels extends number, Filters extends number, Groups> =
  MayBePositive<Filters> extends false
    ? false
    : [Groups] extends [1]
      ? true
      : number extends Groups | Channels | Filters
        ? true
        : MayBePositive<Groups & number> extends false
          ? false
          : Remainder<Channels | Filters, Groups & number>[1] extends '0'
            ? true
            : false

type Remainder<Count extends number, Groups extends number> = DivideDecimals<`${Count}`, `${Groups}`>

/** The message for groups that do not divide the channels, or the filters. */
export type GroupsMessage<Kind extends string, Channels extends number, Filters extends number, Groups> = Groups extends number
  ? Remainder<Channels, Groups>[1] extends '0'
    ? GroupsText<Kind, Channels, Filters, Groups, Filters, 'filters'>
    : GroupsText<Kind, Channels, Filters, Groups, Channels, 'input channels'>
  : never

type GroupsText<
  Kind extends string,
  Channels extends number,
  Filters extends number,
  Groups extends number,
  Count extends number,
  Things extends string,
> =
  EitherOf<GroupsThatFit<Channels, Filters, typeof groupsToTry>> extends infer Fitting extends string
    ? Fill<
        // At run time the number of channels is known.
        true extends IsUnion<Count> ? typeof notEvery : typeof groupsMisfit,
        {
          operation: Kind
          groups: `${Groups}`
          count: `${Count}`
          things: Things
          result: true extends IsUnion<Count> ? '' : Ratio<`${Count}`, `${Groups}`>
          advice: Advice<[`groups ${Fitting}`], ''>
        }
      >
    : never

type GroupsThatFit<Channels extends number, Filters extends number, Try> = Try extends readonly [infer Groups extends number, ...infer Rest]
  ? GroupsFit<Channels, Filters, Groups> extends true
    ? [`${Groups}`, ...GroupsThatFit<Channels, Filters, Rest>]
    : GroupsThatFit<Channels, Filters, Rest>
  : []

/** {@link GroupsMessage} at run time. */
export const requireGroups = (kind: string, channels: number, filters: number, groups: number, argument = 'options.groups'): void => {
  const dividesBoth = (divisor: number) => channels % divisor === 0 && filters % divisor === 0
  if (dividesBoth(groups)) return
  const [count, things] = channels % groups === 0 ? [filters, 'filters'] : [channels, 'input channels']
  const message = fill(groupsMisfit, {
    operation: kind,
    groups: `${groups}`,
    count: `${count}`,
    things: `${things}`,
    result: ratio(Number(count), groups),
    advice: advice([`groups ${eitherOf(groupsToTry.filter(dividesBoth).map(String))}`], ''),
  })
  throw new ShapeError(message, kind, argument)
}

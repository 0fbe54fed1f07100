import type { Reverse } from '../../arithmetic/digits.js'
import type { ToNumber } from '../../arithmetic/natural.js'
import { advice, type Fill, fill, type OneOf, ShapeError } from '../../shape/message.js'
import { type CommonSizes, type SameShape, sameShape } from '../../shape/same.js'
import { type AnyShape, type Shape, type ShapeText, shapeText } from '../../shape/shape.js'
import { type AsShown, type BranchFault, type BranchRule, type FaultIn, followBranch, joined } from '../kind/branch.js'
import type { Link, LinkKind } from '../kind/layer.js'
import type { AddCounts } from '../kind/params.js'
import type { OutputOf } from '../kind/rule.js'
import type { IsSound, IsUnsure, ScopeBehind, Sound } from '../kind/rule-of.js'
import { sharedBehind } from '../kind/sharing.js'
import type { AnyLayer } from '../kind/value.js'
import { type Bridge, bridge } from './bridge.js'
import { type PaddedOutput, paddedOutput } from './unpadded.js'

/*
 * Parallel branches, joined along their channels (`concat`) or element by element (`add`, `subtract`, `average`, `maximum`, `minimum`).
 */

const otherSize = 'concat: branch {position} gives {shape}, branch 1 {first}: only the channels may differ. {advice}'
const otherShape = '{kind}: branch {position} gives {shape}, branch 1 {first}: {result} needs equal shapes. {advice}'
const oneBranch = "{kind}: needs at least two branches. Name what is joined, such as {kind}('skip', identity())."

/** The elementwise joins, with their results as messages name them. */
const results = { add: 'a sum', subtract: 'a difference', average: 'an average', maximum: 'a maximum', minimum: 'a minimum' } as const

const samePadding = "padding: 'same' in "

/** The joins of equal shapes. */
export type ElementwiseJoin = keyof typeof results

/** The joins of branches. */
export type Join = 'concat' | ElementwiseJoin

/** The rule of a join. `Scope` is what names mean before it. */
export type JoinRule<Kind extends Join, Input extends AnyShape, Branches, Scope> = 0 extends 1 & Branches
  ? { output: Shape; params: '?' }
  : Branches extends readonly [unknown]
    ? { output: Shape; params: '?'; fault: OneBranch<Kind, BranchRule<Input, Branches[0], Scope>>; at: 0 }
    : Branches extends readonly [infer First, ...infer Rest]
      ? BranchRule<Input, First, Scope> extends infer Rule extends { output: Shape; params: string }
        ? (Rule extends unknown ? keyof Rule : never) extends Sound
          ? JoinRest<Kind, Input, Rest, Rule['output'], ChannelsOf<Rule['output']>, Rule['params'], ScopeBehind<Scope, Rule>, [First]>
          : IsUnsure<Rule> extends true
            ? { output: Shape; params: '?' }
            : { output: Rule['output']; params: '?'; fault: FaultIn<Kind, 'branch 1', Rule>; at: 0 }
        : { output: Shape; params: '?'; fault: FaultIn<Kind, 'branch 1', BranchRule<Input, First, Scope>>; at: 0 }
      : { output: Shape; params: '?' }

/** The rule of a difference. It has two parameters instead of a list, since for unknown branches the compiler would resolve the list. */
export type SubtractRule<Input extends AnyShape, Left, Right, Scope> = 0 extends 1 & Left
  ? { output: Shape; params: '?' }
  : JoinRule<'subtract', Input, [Left, Right], Scope>

/** The message for a single branch, unless that branch has a mistake, such as being a list of branches. */
type OneBranch<Kind extends Join, Rule> =
  IsSound<Rule> extends true ? Fill<typeof oneBranch, { kind: Kind }> : FaultIn<Kind, 'branch 1', Rule>

/**
 * The rule of the branches after the first. What is known of those before is in parameters of its own, not in a list: a list stands in
 * the next one, and a hundred of them are too deep for the compiler.
 */
type JoinRest<
  Kind extends Join,
  Input extends AnyShape,
  Branches,
  First extends Shape,
  Channels extends string,
  Params extends string,
  Scope,
  Passed extends unknown[],
> = Branches extends readonly [infer Next, ...infer Rest]
  ? BranchRule<Input, Next, Scope> extends infer Rule extends { output: Shape; params: string }
    ? (Rule extends unknown ? keyof Rule : never) extends Sound
      ? Fits<Kind, First, Rule['output']> extends true
        ? JoinRest<
            Kind,
            Input,
            Rest,
            First,
            AddCounts<Channels, ChannelsOf<Rule['output']>>,
            AddCounts<Params, Rule['params']>,
            ScopeBehind<Scope, Rule>,
            [...Passed, Next]
          >
        : JoinFault<CommonSizes<First, Rule['output']>, OneOf<EachUnfit<Kind, Input, Passed, Next, Rule['output'], First, Scope>>, Passed>
      : IsUnsure<Rule> extends true
        ? { output: Shape; params: '?' }
        : JoinFault<First, FaultIn<Kind, `branch ${[...Passed, Next]['length']}`, Rule>, Passed>
    : JoinFault<First, FaultIn<Kind, `branch ${[...Passed, Next]['length']}`, BranchRule<Input, Next, Scope>>, Passed>
  : Branches extends readonly []
    ? { output: Kind extends 'concat' ? WithChannels<First, Channels> : First; params: Params; scope: Scope }
    : { output: Kind extends 'concat' ? WithChannels<First, '?'> : First; params: '?' }

type JoinFault<Output, Fault, Passed extends unknown[]> = { output: Output; params: '?'; fault: Fault; at: Passed['length'] }

/** The messages for a branch that does not fit, where it or the first may be one of several. */
type EachUnfit<Kind extends Join, Input extends AnyShape, Passed extends unknown[], Next, Got, First, Scope> = Got extends unknown
  ? First extends unknown
    ? Fits<Kind, First, Got> extends true
      ? never
      : Unfit<Kind, Input, Passed, Next, Got, First, Scope>
    : never
  : never

type Unfit<Kind extends Join, Input extends AnyShape, Passed extends unknown[], Next, Got, First, Scope> = Fill<
  Kind extends 'concat' ? typeof otherSize : typeof otherShape,
  {
    kind: Kind
    result: Kind extends ElementwiseJoin ? (typeof results)[Kind] : ''
    position: Position<Passed>
    shape: ShapeText<Got>
    first: ShapeText<First>
    advice: JoinAdvice<
      Position<Passed>,
      PaddedBranch<
        Kind,
        Position<Passed>,
        PaddedOutputOf<Input, Next, Got, Scope>,
        Passed extends [infer Only] ? PaddedOutputOf<Input, Only, First, Scope> : never,
        Got,
        First
      >,
      Bridge<Got, Kind extends 'concat' ? WithChannelsOf<First, Got> : First>
    >
  }
>

/** {@link PaddedOutput} of the branch with this output, if there may be several. */
type PaddedOutputOf<Input extends AnyShape, Value, Output, Scope> = Value extends unknown
  ? [OutputOf<BranchRule<Input, Value, Scope>>, Output] extends [Output, OutputOf<BranchRule<Input, Value, Scope>>]
    ? PaddedOutput<Input, Value, Output>
    : never
  : never

type Position<Passed extends unknown[]> = `${[...Passed, unknown]['length'] & number}`

/** Advice for a branch that does not fit: padding if it lacks padding, otherwise layers at its end. */
type JoinAdvice<At extends string, Unpadded, Layers> = Layers extends string
  ? Unpadded extends ''
    ? `Use ${Layers} at the end of branch ${At}.`
    : `Use ${typeof samePadding}${Unpadded & string}, or ${Layers} at the end of branch ${At}.`
  : never

/** Which branches lack padding. The first only if there is just one other, which has not been joined yet. */
type PaddedBranch<Kind extends Join, At extends string, Padded, PaddedFirst, Got, First> =
  FitsIfAny<Kind, First, Padded> extends true
    ? `branch ${At}`
    : FitsIfAny<Kind, PaddedFirst, Got> extends true
      ? 'branch 1'
      : FitsIfAny<Kind, PaddedFirst, Padded> extends true
        ? `branches 1 and ${At}`
        : ''

type FitsIfAny<Kind extends Join, First, Next> = [First] extends [never] ? false : [Next] extends [never] ? false : Fits<Kind, First, Next>

type WithChannelsOf<First, Got> = [First, Got] extends [
  readonly [...infer Sizes extends readonly number[], number],
  readonly [...(readonly number[]), infer Channels extends number],
]
  ? [...Sizes, Channels]
  : Shape

/** Whether a branch can be joined to the first: with equal sizes for a concatenation, otherwise with equal shapes. */
type Fits<Kind extends Join, First, Next> = Kind extends 'concat' ? SameShape<SizesOf<First>, SizesOf<Next>> : SameShape<First, Next>

/** The sizes of a shape but its channels. */
type SizesOf<Value> = Value extends readonly [...infer Sizes, unknown] ? Sizes : Value

type ChannelsOf<Output> = Output extends readonly [...unknown[], infer Channels extends number]
  ? number extends Channels
    ? '?'
    : Reverse<`${Channels}`>
  : '?'

type WithChannels<First, Channels extends string> = First extends readonly [...infer Sizes extends readonly number[], unknown]
  ? [...Sizes, Channels extends '?' ? number : ToNumber<Reverse<Channels>>]
  : Shape

/** {@link PaddedBranch} at run time. */
const paddedBranch = (
  position: string,
  equal: (first: Shape, next: Shape) => boolean,
  shapes: { padded: Shape | undefined; paddedFirst: Shape | undefined; got: Shape; first: Shape },
): string[] => {
  const { padded, paddedFirst, got, first } = shapes
  if (padded && equal(first, padded)) return [`${samePadding}branch ${position}`]
  if (paddedFirst && equal(paddedFirst, got)) return [`${samePadding}branch 1`]
  return padded && paddedFirst && equal(paddedFirst, padded) ? [`${samePadding}branches 1 and ${position}`] : []
}

/** {@link JoinRule} at run time. */
const extendBy =
  (kind: Join, equal: (first: Shape, next: Shape) => boolean): LinkKind<AnyLayer[]>['extend'] =>
  (before, follow, ...branches) => {
    const links: Link[] = []
    let begin = before
    for (const [index, branch] of branches.entries()) {
      const link = followBranch(kind, `branch ${index + 1}`, begin, follow, branch, `branches[${index}]`)
      const first = (links[0] ?? link).applied.output
      const { output } = link.applied
      if (!equal(first, output)) {
        const padded = paddedOutput(before, follow, branch, output)
        const paddedFirst = index === 1 ? paddedOutput(before, follow, branches[0], first) : undefined
        const expected = kind === 'concat' ? [...first.slice(0, -1), output.at(-1) as number] : first
        const position = `${index + 1}`
        const fixes = [
          ...paddedBranch(position, equal, { padded, paddedFirst, got: output, first }),
          `${bridge(output, expected)} at the end of branch ${position}`,
        ]
        const result = kind === 'concat' ? '' : results[kind]
        const values = { kind, result, position, shape: shapeText(output), first: shapeText(first), advice: advice(fixes, '') }
        throw new ShapeError(fill(kind === 'concat' ? otherSize : otherShape, values), kind, `branches[${index}]`)
      }
      links.push(link)
      begin = sharedBehind(begin, [link])
    }
    if (links.length < 2) throw new ShapeError(fill(oneBranch, { kind }), kind, links.length === 0 ? 'branches' : 'branches[0]')
    const outputs = links.map(({ applied }) => applied.output)
    const first = outputs[0] as Shape
    const channels = outputs.reduce((sum, shape) => sum + (shape.at(-1) as number), 0)
    return joined(kind, before, links, kind === 'concat' ? [...first.slice(0, -1), channels] : first)
  }

/** The kind of a join. */
export const joinKind = (kind: Join): LinkKind<AnyLayer[]> => ({
  takes: kind === 'subtract' ? 2 : Number.POSITIVE_INFINITY,
  extend: extendBy(kind, kind === 'concat' ? (first, next) => sameShape(first.slice(0, -1), next.slice(0, -1)) : sameShape),
})

/**
 * The branches, with a message in the place of the first that is wrong. In functions that are generic in a dimension, the compiler shows
 * this name.
 */
export type BranchesOrUseABlock<Kind extends Join, Input extends AnyShape, Branches extends readonly unknown[], Scope> = {
  [Index in keyof Branches]: BranchOrUseABlock<Kind, Input, Branches, Index, Scope>
}

type BranchOrUseABlock<
  Kind extends Join,
  Input extends AnyShape,
  Branches extends readonly unknown[],
  Index extends keyof Branches,
  Scope,
> =
  JoinRule<Kind, Input, Branches, Scope> extends { fault: infer Fault; at: infer At extends number }
    ? Index extends `${At}`
      ? BranchFault<Input, Branches[Index], Fault, Scope>
      : Branches[Index]
    : AsShown<Input, Branches[Index]>

/** {@link BranchesOrUseABlock} for the two branches of a difference. */
export type LeftOrUseABlock<Input extends AnyShape, Left, Right, Scope> =
  SubtractRule<Input, Left, Right, Scope> extends { fault: infer Fault; at: 0 }
    ? BranchFault<Input, Left, Fault, Scope>
    : AsShown<Input, Left>
export type RightOrUseABlock<Input extends AnyShape, Left, Right, Scope> =
  SubtractRule<Input, Left, Right, Scope> extends { fault: infer Fault; at: 1 }
    ? BranchFault<Input, Right, Fault, Scope>
    : AsShown<Input, Right>

import type { Reverse } from '../../arithmetic/digits.js'
import type { ToNumber } from '../../arithmetic/natural.js'
import { advice, type Fill, fill, ShapeError } from '../../shape/message.js'
import { type Shape, type ShapeText, shapeText } from '../../shape/shape.js'
import { type BranchFault, type BranchRule, type FaultIn, followBranch, joined, type SameShape, sameShape } from '../kind/branch.js'
import type { Link, LinkKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { AddCounts } from '../kind/params.js'
import { type AnyLayer, type Layer, layerFunction } from '../kind/value.js'
import { type Bridge, bridge } from './bridge.js'
import { type PaddedOutput, paddedOutput } from './unpadded.js'

/*
 * Branches side by side, joined by their channels (`concat`) or by a sum (`add`).
 */

const otherSize = 'concat: branch {position} gives {shape}, branch 1 {first}: only the channels may differ. {advice}'
const noBranch = '{kind}: needs at least one branch.'
const otherShape = 'add: branch {position} gives {shape}, branch 1 {first}: a sum needs equal shapes. {advice}'

const samePadding = "padding: 'same' in "

/** What joins branches. */
type Join = 'concat' | 'add'

/** How far the branches have been joined: the first one's shape, the channels, the parameters. */
type Joined = readonly [first: Shape, channels: string, params: string]

/** The rule of `concat` and `add`. */
export type JoinRule<Kind extends Join, Input extends Shape, Branches> = Branches extends readonly [infer First, ...infer Rest]
  ? BranchRule<Input, First> extends infer Rule extends { output: Shape; params: string }
    ? keyof Rule extends 'output' | 'params'
      ? JoinRest<Kind, Input, Rest, [Rule['output'], ChannelsOf<Rule['output']>, Rule['params']], [First]>
      : { output: Rule['output']; params: '?'; fault: FaultIn<Kind, 'branch 1', Rule>; at: 0 }
    : never
  : { output: Shape; params: '?' }

type JoinRest<Kind extends Join, Input extends Shape, Branches, So extends Joined, Passed extends unknown[]> = Branches extends readonly [
  infer Next,
  ...infer Rest,
]
  ? BranchRule<Input, Next> extends infer Rule extends { output: Shape; params: string }
    ? keyof Rule extends 'output' | 'params'
      ? Fits<Kind, So[0], Rule['output']> extends true
        ? JoinRest<
            Kind,
            Input,
            Rest,
            [So[0], AddCounts<So[1], ChannelsOf<Rule['output']>>, AddCounts<So[2], Rule['params']>],
            [...Passed, Next]
          >
        : JoinFault<So[0], Unfit<Kind, Input, Passed, Next, Rule['output'], So[0]>, Passed>
      : JoinFault<So[0], FaultIn<Kind, `branch ${[...Passed, Next]['length']}`, Rule>, Passed>
    : never
  : Branches extends readonly []
    ? { output: Kind extends 'add' ? So[0] : WithChannels<So[0], So[1]>; params: So[2] }
    : { output: Kind extends 'add' ? So[0] : WithChannels<So[0], '?'>; params: '?' }

type JoinFault<Output, Fault, Passed extends unknown[]> = { output: Output; params: '?'; fault: Fault; at: Passed['length'] }

type Unfit<Kind extends Join, Input extends Shape, Passed extends unknown[], Next, Got, First> = Fill<
  Kind extends 'add' ? typeof otherShape : typeof otherSize,
  {
    position: Position<Passed>
    shape: ShapeText<Got>
    first: ShapeText<First>
    advice: JoinAdvice<
      Position<Passed>,
      PaddedBranch<
        Kind,
        Position<Passed>,
        PaddedOutput<Input, Next, Got>,
        Passed extends [infer Only] ? PaddedOutput<Input, Only, First> : never,
        Got,
        First
      >,
      Bridge<Got, Kind extends 'add' ? First : WithChannelsOf<First, Got>>
    >
  }
>

type Position<Passed extends unknown[]> = `${[...Passed, unknown]['length'] & number}`

/** What makes a branch fit: padding where it lacks it, else layers at its end. */
type JoinAdvice<At extends string, Unpadded, Layers> = Layers extends string
  ? Unpadded extends ''
    ? `Use ${Layers} at the end of branch ${At}.`
    : `Use ${typeof samePadding}${Unpadded & string}, or ${Layers} at the end of branch ${At}.`
  : never

/** Which branches lack padding: the first only where there is one other, which was joined to none. */
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

/** Whether a branch can be joined to the first: equal shapes for a sum, equal sizes for a concatenation. */
type Fits<Kind extends Join, First, Next> = Kind extends 'add'
  ? SameShape<First, Next>
  : First extends readonly [...infer Sizes, unknown]
    ? Next extends readonly [...infer Others, unknown]
      ? SameShape<Sizes, Others>
      : true
    : true

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

const follow =
  (kind: Join, template: string, equal: (first: Shape, next: Shape) => boolean): LinkKind<AnyLayer[]>['extend'] =>
  (before, followLayer, ...branches) => {
    if (branches.length === 0) throw new ShapeError(fill(noBranch, { kind }), kind, 'branches')
    const links: Link[] = []
    for (const [index, branch] of branches.entries()) {
      const link = followBranch(kind, `branch ${index + 1}`, () => followLayer(before, branch), `branches[${index}]`)
      const first = (links[0] ?? link).applied.output
      const { output } = link.applied
      if (!equal(first, output)) {
        const padded = paddedOutput(before, followLayer, branch, output)
        const paddedFirst = index === 1 ? paddedOutput(before, followLayer, branches[0], first) : undefined
        const expected = kind === 'add' ? first : [...first.slice(0, -1), output.at(-1) as number]
        const position = `${index + 1}`
        const fixes = [
          ...paddedBranch(position, equal, { padded, paddedFirst, got: output, first }),
          `${bridge(output, expected)} at the end of branch ${position}`,
        ]
        const values = { position, shape: shapeText(output), first: shapeText(first), advice: advice(fixes, '') }
        throw new ShapeError(fill(template, values), kind, `branches[${index}]`)
      }
      links.push(link)
    }
    const outputs = links.map(({ applied }) => applied.output)
    const first = outputs[0] as Shape
    const channels = outputs.reduce((sum, shape) => sum + (shape.at(-1) as number), 0)
    return joined(kind, links, kind === 'add' ? first : [...first.slice(0, -1), channels])
  }

/** {@link JoinRule} at run time. */
export const joinKinds = {
  concat: {
    kind: 'concat',
    takes: Number.POSITIVE_INFINITY,
    extend: follow('concat', otherSize, (first, next) => sameShape(first.slice(0, -1), next.slice(0, -1))),
  } satisfies LinkKind<AnyLayer[]>,
  add: { kind: 'add', takes: Number.POSITIVE_INFINITY, extend: follow('add', otherShape, sameShape) } satisfies LinkKind<AnyLayer[]>,
}

/**
 * Branches on the same input, joined by their channels, as a layer value.
 *
 * @param branches layer values whose outputs differ in their channels only
 * @example
 * concat(conv2d(64, 1), block(conv2d(96, 1), relu(), conv2d(128, 3, { padding: 1 })))
 */
export const concat: <Branches extends [unknown, ...unknown[]]>(...branches: Branches) => Layer<'concat', Branches> =
  layerFunction('concat')

/**
 * Branches on the same input, summed up value by value, as a layer value.
 *
 * @param branches layer values whose outputs have the same shape
 * @example
 * add(conv2d(64, 1), conv2d(64, 3, { padding: 1 }))
 */
export const add: <Branches extends [unknown, ...unknown[]]>(...branches: Branches) => Layer<'add', Branches> = layerFunction('add')

export type BranchesOrUseABlock<Kind extends Join, Input extends Shape, Branches extends readonly unknown[]> = {
  [Index in keyof Branches]: JoinRule<Kind, Input, Branches> extends { fault: infer Fault; at: infer At extends number }
    ? Index extends `${At}`
      ? BranchFault<Input, Branches[Index], Fault>
      : Branches[Index]
    : Branches[Index]
}

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    concat: JoinRule<'concat', Input, Given>
    add: JoinRule<'add', Input, Given>
  }
}

import type { SumOf } from '../../arithmetic/add.js'
import type { Reverse } from '../../arithmetic/digits.js'
import type { Noted } from '../../shape/channels-last.js'
import { type Fill, fill, type OneOf, ShapeError } from '../../shape/message.js'
import type { AnyShape, Shape } from '../../shape/shape.js'
import { requireAllWhole, type WholeMessage } from '../../shape/whole.js'
import type { LinkKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { Keeping, NoValueText, TakenNames } from '../kind/named.js'
import type { Channels, Dimension } from '../kind/rule.js'
import { requireValue } from '../kind/scope.js'
import { type Layer, layerFunction } from '../kind/value.js'
import { keepParts, type NamesAnyway, type WithFeatures, type WrongName } from './parts.js'

/* Parts of the features with sizes of their own, each under a name. */

const noSizes = "split: needs a list of sizes and a name for each, such as split([2, 4], 'first', 'second')."
const otherCount = 'split: needs one name for each of its {sizes} sizes, not {names}.'
const otherSum = 'split: the sizes add up to {sum}, not to the {features} features.'

/**
 * The rule of `split`: the value is unchanged, and each part of its features gets a name. A mistake in the sizes is under `sizes`, one in
 * the names under `names`, with the position of the wrong name in `at`.
 */
export type SplitRule<Input, Sizes, Names, Scope> = 0 extends 1 & Sizes
  ? { output: Input; params: '0' }
  : Input extends Shape
    ? [Sizes] extends [readonly number[]]
      ? SplitInto<Input, { [Index in keyof Sizes]: Dimension<Sizes[Index] & number> }, Names, Scope>
      : { output: Input; params: '0'; sizes: typeof noSizes; scope: NamesAnyway<Scope, Names, Input> }
    : { output: Shape; params: '?'; sizes: NoValueText<'split'> }

type SplitInto<Input extends Shape, Sizes, Names, Scope> = [SizesMessage<Channels<Input>, Sizes>] extends [never]
  ? [CountMessage<Sizes, Names>] extends [never]
    ? WrongName<'split', Names, TakenNames<Scope>> extends infer Fault
      ? [Fault] extends [never]
        ? { output: Input; params: '0'; scope: WithParts<Scope, Names, Input, Sizes> }
        : Fault & { output: Input; params: '0'; scope: NamesAnyway<Scope, Names, Input> }
      : never
    : { output: Input; params: '0'; sizes: OneOf<CountMessage<Sizes, Names>>; scope: NamesAnyway<Scope, Names, Input> }
  : { output: Input; params: '0'; sizes: OneOf<SizesMessage<Channels<Input>, Sizes>>; scope: NamesAnyway<Scope, Names, Input> }

/** The message for sizes that are none, no whole numbers, or together are not the features. */
type SizesMessage<Features extends number, Sizes> = Sizes extends readonly []
  ? typeof noSizes
  : [WholeMessage<'split', 'sizes', Sizes, 1>] extends [never]
    ? number extends Features | Sizes[number & keyof Sizes] | Sizes['length' & keyof Sizes]
      ? never
      : OtherSum<SumOfAll<Sizes>, `${Features}`>
    : WholeMessage<'split', 'sizes', Sizes, 1>

/** Of unions, each sum has to be a number of features, and each number of features a sum. */
type OtherSum<Sum, Features> = [Sum, Features] extends [Features, Sum] ? never : EachOtherSum<Sum, Features>

type EachOtherSum<Sum, Features> = Sum extends Sum
  ? Features extends Sum
    ? never
    : Fill<typeof otherSum, { sum: Sum; features: Features }>
  : never

type SumOfAll<Sizes, Sum = '0'> = Sizes extends readonly [infer First extends number, ...infer Rest]
  ? SumOfAll<Rest, SumOf<Reverse<Sum>, Reverse<`${First}`>>>
  : Sum

type CountMessage<Sizes, Names> = [Sizes, Names] extends [{ length: infer Size extends number }, { length: infer Count extends number }]
  ? number extends Size | Count
    ? never
    : [Size, Count] extends [Count, Size]
      ? never
      : Fill<typeof otherCount, { sizes: `${Size}`; names: `${Count}` }>
  : never

/** The parts by name. Where the number of sizes is unknown, so is the size of each part. */
type WithParts<Scope, Names, Input, Sizes, Passed extends unknown[] = []> = Names extends readonly [infer First, ...infer Rest]
  ? WithParts<Keeping<Scope, First, WithFeatures<Input, Sizes[Passed['length'] & keyof Sizes]>>, Rest, Input, Sizes, [...Passed, First]>
  : Scope

/** {@link SplitRule} at run time: a slice for each name. */
export const splitKinds = {
  split: {
    takes: Number.POSITIVE_INFINITY,
    extend: (before, follow, sizes, ...names) => {
      requireValue('split', before)
      if (!Array.isArray(sizes) || sizes.length === 0) throw new ShapeError(noSizes, 'split', 'sizes')
      requireAllWhole('split', 'sizes', sizes, 1)
      const features = before.applied.output.at(-1) as number
      const sum = sizes.reduce((total: bigint, size) => total + BigInt(size), 0n)
      if (sum !== BigInt(features)) throw new ShapeError(fill(otherSum, { sum: `${sum}`, features: `${features}` }), 'split', 'sizes')
      if (sizes.length !== names.length)
        throw new ShapeError(fill(otherCount, { sizes: `${sizes.length}`, names: `${names.length}` }), 'split', 'sizes')
      return keepParts('split', before, follow, sizes, names)
    },
  } satisfies LinkKind<[sizes: readonly number[], ...names: string[]]>,
}

/**
 * Names parts of the features with sizes of their own, as a layer value: what follows in a block can refer to them.
 *
 * @param sizes the features of each part, which add up to those of the value
 * @param names the names of the parts, in order
 * @example
 * split([8, 4], 'query', 'key') // Layer<'split', [readonly [8, 4], 'query', 'key']>
 */
export const split: <const Sizes extends readonly number[], const Names extends string[]>(
  sizes: Sizes,
  ...names: Names
) => Layer<'split', [Sizes, ...Names]> = layerFunction('split')

/** The sizes, or the message for them. */
export type SizesOrUseABlock<Input extends AnyShape, Sizes, Names, Scope> =
  SplitRule<Input, Sizes, Names, Scope> extends { sizes: infer Fault extends string } ? Noted<Fault, Scope> : Sizes

/** The names, with a message in place of the one that is wrong. */
export type PartNamesOrUseABlock<Input extends AnyShape, Sizes, Names extends readonly unknown[], Scope> =
  SplitRule<Input, Sizes, Names, Scope> extends { names: infer Fault; at: infer Position }
    ? { [Index in keyof Names]: Index extends Position ? Fault : Names[Index] }
    : Names

declare module '../kind/scope-rules.js' {
  interface ScopeRules<Scope, Input extends AnyShape, Given extends Arguments> {
    split: Given extends readonly [infer Sizes, ...infer Names] ? SplitRule<Input, Sizes, Names, Scope> : never
  }
}

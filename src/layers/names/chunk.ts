import type { Divide, DivideDecimals } from '../../arithmetic/divide.js'
import type { Noted } from '../../shape/channels-last.js'
import { type Fill, fill, type OneOf, ShapeError } from '../../shape/message.js'
import { type Ratio, ratio } from '../../shape/ratio.js'
import type { AnyShape, Shape } from '../../shape/shape.js'
import type { LinkKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { Keeping, NoValueText, TakenNames } from '../kind/named.js'
import type { Channels } from '../kind/rule.js'
import { requireValue } from '../kind/scope.js'
import { type Layer, layerFunction } from '../kind/value.js'
import { keepParts, type NamesAnyway, type WrongName } from './parts.js'

/* Equal parts of the features, each under a name. */

const noNames = "chunk: needs the names of the parts, such as chunk('first', 'second')."
const uneven = 'chunk: {count} parts do not divide {features} features: {features}/{count} = {result}. split gives parts of any size.'

/** The rule of `chunk`: the value is unchanged, and each part of its features gets a name. `at` is the position of a wrong name. */
export type ChunkRule<Input, Names, Scope> = 0 extends 1 & Names
  ? { output: Input; params: '0' }
  : Input extends Shape
    ? Names extends readonly []
      ? { output: Input; params: '0'; names: typeof noNames; at: '0' }
      : Names extends { length: infer Count extends number }
        ? number extends Count
          ? { output: Input; params: '0' }
          : [Uneven<Channels<Input>, Count>] extends [never]
            ? WrongName<'chunk', Names, TakenNames<Scope>> extends infer Fault
              ? [Fault] extends [never]
                ? { output: Input; params: '0'; scope: WithParts<Scope, Names, PartOf<Input, Count>> }
                : Fault & { output: Input; params: '0'; scope: NamesAnyway<Scope, Names, Input> }
              : never
            : {
                output: Input
                params: '0'
                names: OneOf<Uneven<Channels<Input>, Count>>
                at: '0'
                scope: NamesAnyway<Scope, Names, Input>
              }
        : { output: Input; params: '0' }
    : { output: Shape; params: '?'; names: NoValueText<'chunk'>; at: '0' }

/** The message for features that the parts do not divide. */
type Uneven<Features extends number, Count extends number> = number extends Features
  ? never
  : Features extends Features
    ? DivideDecimals<`${Features}`, `${Count}`> extends [unknown, '0']
      ? never
      : Fill<typeof uneven, { count: `${Count}`; features: `${Features}`; result: Ratio<`${Features}`, `${Count}`> }>
    : never

type PartOf<Input extends Shape, Count extends number> = Input extends readonly [
  ...infer Lead extends number[],
  infer Features extends number,
]
  ? [...Lead, Divide<Features, Count>[0]]
  : Shape

type WithParts<Scope, Names, Part> = Names extends readonly [infer First, ...infer Rest]
  ? WithParts<Keeping<Scope, First, Part>, Rest, Part>
  : Scope

/** {@link ChunkRule} at run time: a slice for each name. */
export const chunkKinds = {
  chunk: {
    takes: Number.POSITIVE_INFINITY,
    extend: (before, follow, ...names) => {
      requireValue('chunk', before)
      if (names.length === 0) throw new ShapeError(noNames, 'chunk', 'names')
      const axis = before.applied.output.length - 1
      const features = before.applied.output[axis] as number
      const size = features / names.length
      if (!Number.isInteger(size)) {
        const values = { count: `${names.length}`, features: `${features}`, result: ratio(features, names.length) }
        throw new ShapeError(fill(uneven, values), 'chunk', 'names')
      }
      return keepParts(
        'chunk',
        before,
        follow,
        names.map(() => size),
        names,
      )
    },
  } satisfies LinkKind<string[]>,
}

/**
 * Names equal parts of the features, as a layer value: what follows in a block can refer to them.
 *
 * @param names the names of the parts, in order
 * @example
 * chunk('value', 'gate') // Layer<'chunk', ['value', 'gate']>
 */
export const chunk: <const Names extends string[]>(...names: Names) => Layer<'chunk', Names> = layerFunction('chunk')

/** The names, with a message in place of the one that is wrong. */
export type NamesOrUseABlock<Input extends AnyShape, Names extends readonly unknown[], Scope> =
  ChunkRule<Input, Names, Scope> extends { names: infer Fault; at: infer Position }
    ? Names extends readonly []
      ? [names: Noted<Fault, Scope>]
      : { [Index in keyof Names]: Index extends Position ? Noted<Fault, Scope> : Names[Index] }
    : Names

declare module '../kind/scope-rules.js' {
  interface ScopeRules<Scope, Input extends AnyShape, Given extends Arguments> {
    chunk: ChunkRule<Input, Given, Scope>
  }
}

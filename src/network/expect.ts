import type { Literal } from '../arithmetic/natural.js'
import type { Link } from '../layers/kind/layer.js'
import type { IsPattern, NoValueText, UnknownNameText, ValueNamed } from '../layers/kind/named.js'
import { requireValue, valueNamed } from '../layers/kind/scope.js'
import { isPlain } from '../layers/kind/value.js'
import { type Noted, type NoteOn, noteOn } from '../shape/channels-last.js'
import { type Fill, fill, ShapeError, shown } from '../shape/message.js'

import { type InListMessage, refuseLists } from '../shape/one-by-one.js'
import { type SameShape, sameShape } from '../shape/same.js'
import { type AnyShape, type DimensionText, type Shape, type Shapes, type ShapeText, shapeText } from '../shape/shape.js'

/** Checkpoints: assertions of the expected shape. */

const unexpectedValue = "expect: the shape of '{name}' is {actual}, not {expected}."
const unexpected = 'expect: the shape here is {actual}, not {expected}.{note}'

/**
 * The arguments of a checkpoint, with a message in place of the first that differs from the actual shape.
 *
 * A dimension that is `number` at compile time is checked at run time.
 */
export type Expected<Actual extends AnyShape, Wanted extends readonly unknown[], Scope> = 0 extends 1 & Wanted
  ? Wanted
  : Wanted extends readonly [WantedShapes]
    ? [ExpectedValues<Actual, Wanted[0], Scope>]
    : Actual extends readonly unknown[]
      ? ExpectedSizes<Actual, Wanted, Scope>
      : { [Index in keyof Wanted]: NoValueText<'expect'> }

/** The expected shapes of values by name. Anything else in the place of a shape gets a message. */
type WantedShapes = { readonly [name: string]: unknown }

type ExpectedSizes<Actual extends readonly unknown[], Wanted extends readonly unknown[], Scope> = number extends
  | Actual['length']
  | Wanted['length']
  ? Wanted
  : { [Index in keyof Wanted]: ExpectedSizeOrUseABlock<Actual, Wanted, Index, Scope> }

type ExpectedSizeOrUseABlock<
  Actual extends readonly unknown[],
  Wanted extends readonly unknown[],
  Index extends keyof Wanted,
  Scope,
> = Wanted[Index] extends Shape
  ? InListMessage<'expect', 'the dimensions', Wanted[Index]>
  : Actual['length'] extends Wanted['length']
    ? Index extends keyof Actual
      ? SizeOrUseABlock<Actual, Wanted, Actual[Index], Wanted[Index], Scope>
      : never
    : Index extends '0'
      ? Noted<Unexpected<Actual, Wanted>, Scope>
      : Wanted[Index]

/** The expected shapes of values by name, with a message in place of each that differs. */
type ExpectedValues<Actual, Wanted, Scope> = {
  [Name in keyof Wanted]: ExpectedValue<
    [Actual, Name] extends [Shapes, keyof Actual] ? Actual[Name & keyof Actual] : ValueNamed<Scope, Name>,
    Wanted[Name],
    Name,
    Scope
  >
}

type ExpectedValue<Actual, Wanted, Name, Scope> = [Actual] extends [never]
  ? IsPattern<Name> extends true
    ? Wanted
    : UnknownNameText<'expect: ', Name, Scope>
  : ShapeOrUseABlock<Actual, Wanted, Name>

type ShapeOrUseABlock<Actual, Wanted, Name> =
  SameShape<Actual, Mutable<Wanted>> extends true
    ? Wanted
    : Fill<typeof unexpectedValue, { name: Name; actual: ShapeText<Actual>; expected: WantedText<Wanted> }>

type WantedText<Wanted> = Wanted extends readonly []
  ? 'nothing'
  : Wanted extends readonly unknown[]
    ? ShapeText<Wanted>
    : DimensionText<Wanted>

type Mutable<Wanted> = Wanted extends readonly [...infer Sizes] ? Sizes : Wanted

type SizeOrUseABlock<Actual, Wanted, ActualSize, WantedSize, Scope> = number extends ActualSize | WantedSize
  ? [number, WantedSize] extends [ActualSize | Literal<WantedSize>, number]
    ? WantedSize
    : [ActualSize, Literal<WantedSize>] extends [Literal<WantedSize>, ActualSize]
      ? WantedSize
      : Noted<Unexpected<Actual, Wanted>, Scope>
  : [ActualSize, WantedSize] extends [WantedSize, ActualSize]
    ? WantedSize
    : [WantedSize] extends [object]
      ? WantedSize
      : Noted<Unexpected<Actual, Wanted>, Scope>

type Literals<Wanted> = { [Index in keyof Wanted]: Literal<Wanted[Index]> }

type Unexpected<Actual, Wanted> = Fill<
  typeof unexpected,
  { actual: ShapeText<Actual>; expected: ShapeText<Literals<Wanted>>; note: NoteOn<Actual> }
>

/**
 * {@link Expected} at run time.
 *
 * @throws {ShapeError} when the shape or a value's shape differs, or no value has one of the names
 */
export const requireShape = (last: Link, expected: readonly unknown[]): void => {
  const [first] = expected
  if (expected.length === 1 && isPlain(first)) requireShapes(last, first)
  else requireSizes(last, expected)
}

const requireSizes = (last: Link, expected: readonly unknown[]): void => {
  requireValue('expect', last)
  const actual = last.applied.output
  refuseLists('expect', 'the dimensions', expected, 'shape')
  if (actual.length === expected.length && actual.every((size, index) => size === expected[index])) return
  throw new ShapeError(
    fill(unexpected, { actual: shapeText(actual), expected: shapeText(expected.map(shown)), note: noteOn(actual) }),
    'expect',
    'shape',
  )
}

const requireShapes = (last: Link, expected: object): void => {
  for (const [name, shape] of Object.entries(expected)) {
    const actual = (last.values?.get(name) ?? valueNamed('expect: ', last, name, 'shape')).applied.output
    if (Array.isArray(shape) && sameShape(actual, shape)) continue
    const expectedText = Array.isArray(shape) ? shapeText(shape.map(shown)) : shown(shape)
    throw new ShapeError(fill(unexpectedValue, { name, actual: shapeText(actual), expected: expectedText }), 'expect', 'shape')
  }
}

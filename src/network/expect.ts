import type { Literal } from '../arithmetic/natural.js'
import { type NoteOn, noteOn } from '../shape/channels-last.js'
import { type Fill, fill, ShapeError, shown } from '../shape/message.js'
import { type InListMessage, refuseLists } from '../shape/one-by-one.js'
import { type Shape, type ShapeText, shapeText } from '../shape/shape.js'

/** Checkpoints: the shape that the author expects, asserted where it is written. */

const unexpected = 'expect: the shape here is {actual}, not {expected}.{note}'

/**
 * The arguments of a checkpoint: those expected, with the sentence in place of the first that is not so.
 *
 * A dimension that is `number` at compile time is left to the run time.
 */
export type Expected<Actual extends Shape, Wanted extends readonly unknown[]> = number extends Actual['length'] | Wanted['length']
  ? Wanted
  : {
      [Index in keyof Wanted]: Wanted[Index] extends Shape
        ? InListMessage<'expect', 'the dimensions', Wanted[Index]>
        : ExpectedAt<Actual, Wanted, Index>
    }

type ExpectedAt<
  Actual extends Shape,
  Wanted extends readonly unknown[],
  Index extends keyof Wanted,
> = Actual['length'] extends Wanted['length']
  ? Index extends keyof Actual
    ? ExpectedOne<Actual, Wanted, Actual[Index], Wanted[Index]>
    : never
  : Index extends '0'
    ? Unexpected<Actual, Wanted>
    : Wanted[Index]

type ExpectedOne<Actual, Wanted, Is, Want> = number extends Is | Want
  ? number extends Is | Literal<Want>
    ? Want
    : [Is, Literal<Want>] extends [Literal<Want>, Is]
      ? Want
      : Unexpected<Actual, Wanted>
  : [Is, Want] extends [Want, Is]
    ? Want
    : Unexpected<Actual, Wanted>

type Literals<Wanted> = { [Index in keyof Wanted]: Literal<Wanted[Index]> }

type Unexpected<Actual, Wanted> = Fill<
  typeof unexpected,
  { actual: ShapeText<Actual>; expected: ShapeText<Literals<Wanted>>; note: NoteOn<Actual> }
>

/**
 * {@link Expected} at run time.
 *
 * @throws {ShapeError} when the shape is another
 */
export const requireShape = (actual: Shape, expected: readonly unknown[]): void => {
  refuseLists('expect', 'the dimensions', expected, 'shape')
  if (actual.length === expected.length && actual.every((size, index) => size === expected[index])) return
  throw new ShapeError(
    fill(unexpected, { actual: shapeText(actual), expected: shapeText(expected.map(shown)), note: noteOn(actual) }),
    'expect',
    'shape',
  )
}

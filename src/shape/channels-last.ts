import { type Fill, fill, reworded, ShapeError } from './message.js'

/* Shapes are channels last, but PyTorch's are channels first. An error on an input such as (3, 224, 224) says so. */

const channelsLast = 'shapes are channels last: input({size}, {size}, {channels}).'
const notePrefix = ' Note: '

/** A sentence with it is about the number itself. */
const wholeNumber = ' must be a whole number '

/** A sentence with it is about a rate. */
const rate = ' below 1, '

/**
 * The note about channels-last shapes that ends a message, for a shape `[1 or 3, n, n]` with n of at least 16; empty for any other
 * shape. A network's first type parameter is such a shape too, with names beside it: so its items are looked up one by one.
 */
export type NoteOn<Here> = Here extends { length: 3; 0: infer Channels extends 1 | 3; 1: infer Height; 2: infer Width extends number }
  ? [Height, IsImageSize<`${Width}`>] extends [Width, true]
    ? `${typeof notePrefix}${Fill<typeof channelsLast, { size: `${Width}`; channels: `${Channels}` }>}`
    : ''
  : ''

/** What shapes have that {@link NoteOn} may be about. */
export type LikeChannelsFirst = { length: 3; 0: 1 | 3 }

/** A message, with the note if the network's input looks like channels first. */
export type Noted<Fault, Input> = Input extends LikeChannelsFirst ? WithNote<Fault, Input> : Fault

/**
 * A message, or messages by the names of options, with the note on a network's input. Only sentences about sizes have it: elsewhere
 * another shape would leave the mistake.
 */
export type WithNote<Fault, Input> = Fault extends string
  ? string extends Fault
    ? Fault // The compiler asks what a message may be, for each network.
    : Fault extends `${string}${BeforeSize}${Digit}${string}`
      ? Fault extends `${string}${typeof notePrefix | typeof wholeNumber}${string}`
        ? Fault
        : `${Fault}${NoteOn<Input>}`
      : Fault
  : { [Name in keyof Fault]: WithNote<Fault[Name], Input> }

/** What stands before a size in a sentence. */
type BeforeSize = ' ' | '[' | '('

type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9

/** Whether a number is 16 or more. */
type IsImageSize<Digits> = Digits extends `${infer First}${infer Second}${infer Rest}`
  ? [First, Second, Rest] extends ['1', '0' | '1' | '2' | '3' | '4' | '5', '']
    ? false
    : true
  : false

/** Whether a shape looks like channels first: `[1 or 3, n, n]` with n of at least 16. */
const looksChannelsFirst = (shape: readonly unknown[]): shape is readonly [number, number, number] => {
  const [channels, height, width] = shape
  return shape.length === 3 && (channels === 1 || channels === 3) && height === width && typeof width === 'number' && width >= 16
}

/** How to write an image whose shape looks like channels first; `undefined` for any other shape. */
export const advisedChannelsLast = (here: readonly unknown[]): string | undefined => {
  if (!looksChannelsFirst(here)) return undefined
  const [channels, size] = here
  return fill(channelsLast, { size: `${size}`, channels: `${channels}` })
}

/** {@link NoteOn} at run time. */
export const noteOn = (here: readonly unknown[]): string => {
  const advice = advisedChannelsLast(here)
  return advice === undefined ? '' : notePrefix + advice
}

/** Errors whose stack begins at the method that was called; of several, at the innermost. */
const traced = new WeakSet<ShapeError>()

/** What V8 adds to `Error`. */
type Tracing = { captureStackTrace?: (error: Error, caller: unknown) => void }

/**
 * Runs `attempt`, and adds the note to the message of a `ShapeError` if the network's input looks like channels first: {@link WithNote}
 * at run time. Inside a branch's function the types know only the shape there: a mistake in it has the note at run time alone.
 */
export const withNote = <Result>(inputShape: readonly unknown[], caller: unknown, attempt: () => Result): Result => {
  try {
    return attempt()
  } catch (error) {
    if (error instanceof ShapeError) {
      if (takesNote(error.message)) reworded(error, error.message + noteOn(inputShape))
      // V8 keeps ten lines of a stack. Nested blocks would fill them, so it begins with the caller's.
      if (!traced.has(error)) (Error as Tracing).captureStackTrace?.(error, caller)
      traced.add(error)
    }
    throw error
  }
}

/** Only sentences about sizes: behind another, another shape would leave the mistake. `conv2d` is no size. */
const takesNote = (sentence: string): boolean =>
  /[ [(]\d/.test(sentence) && ![wholeNumber, rate, notePrefix].some((part) => sentence.includes(part))

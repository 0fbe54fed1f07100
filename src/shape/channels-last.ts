import { type Fill, fill, ShapeError } from './message.js'

/* Shapes are channels last, but PyTorch's are channels first. An error on an input such as (3, 224, 224) says so. */

const channelsLast = 'shapes are channels last: input({size}, {size}, {channels}).'
const notePrefix = ' Note: '

/**
 * The note about channels-last shapes that ends a message, for a shape `[1 or 3, n, n]` with n of at least 16; empty for any other
 * shape.
 */
export type NoteOn<Here> = Here extends readonly [infer Channels extends 1 | 3, infer Height, infer Width extends number]
  ? [Height, IsImageSize<`${Width}`>] extends [Width, true]
    ? `${typeof notePrefix}${Fill<typeof channelsLast, { size: `${Width}`; channels: `${Channels}` }>}`
    : ''
  : ''

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

/**
 * Runs `attempt`, and adds the note to the message of a `ShapeError` if the network's input looks like channels first.
 *
 * The types know only the shape that reaches the layer. Further down the network, only the run time adds this note.
 */
export const withNote = <Result>(inputShape: readonly unknown[], attempt: () => Result): Result => {
  try {
    return attempt()
  } catch (error) {
    const note = noteOn(inputShape)
    // A sentence without numbers is not about sizes: another shape would leave the mistake. `conv2d` is no number.
    if (note === '' || !(error instanceof ShapeError) || hasNote(error.message) || !/\b\d/.test(error.message)) throw error
    throw new ShapeError(error.message + note, error.operation, error.argument)
  }
}

const hasNote = (sentence: string): boolean => sentence.includes(notePrefix + channelsLast.slice(0, channelsLast.indexOf('{')))

import { type Fill, fill, ShapeError } from './message.js'

/*
 * Shapes are channels last. PyTorch's are channels first: an error on an input such as (3, 224, 224) says so.
 */

const channelsLast = 'shapes are channels last: input({size}, {size}, {channels}).'
const before = ' Note: '

/** What a sentence ends with on `[1 or 3, n, n]`, n of 16 or more: that shapes are channels last. Nothing on any other shape. */
export type NoteOn<Here> = Here extends readonly [infer Channels extends 1 | 3, infer Height, infer Width extends number]
  ? [Height, IsImageSize<`${Width}`>] extends [Width, true]
    ? `${typeof before}${Fill<typeof channelsLast, { size: `${Width}`; channels: `${Channels}` }>}`
    : ''
  : ''

/** Whether a number is 16 or more. */
type IsImageSize<Digits> = Digits extends `${infer First}${infer Second}${infer Rest}`
  ? [First, Second, Rest] extends ['1', '0' | '1' | '2' | '3' | '4' | '5', '']
    ? false
    : true
  : false

/** Whether a shape looks like channels first. */
const looksChannelsFirst = (shape: readonly unknown[]): shape is readonly [number, number, number] => {
  const [channels, height, width] = shape
  return shape.length === 3 && (channels === 1 || channels === 3) && height === width && typeof width === 'number' && width >= 16
}

/** How an image of a shape that looks like channels first is written; `undefined` for any other shape. */
export const advisedChannelsLast = (here: readonly unknown[]): string | undefined => {
  if (!looksChannelsFirst(here)) return undefined
  const [channels, size] = here
  return fill(channelsLast, { size: `${size}`, channels: `${channels}` })
}

/** {@link NoteOn} at run time. */
export const noteOn = (here: readonly unknown[]): string => {
  const advice = advisedChannelsLast(here)
  return advice === undefined ? '' : before + advice
}

/**
 * Does what may throw on a network, and ends the sentence of its error with the note if the network begins with such a shape.
 *
 * The types know only the shape where the layer stands: further on, this note comes at run time alone.
 */
export const withNote = <Result>(begin: readonly unknown[], attempt: () => Result): Result => {
  try {
    return attempt()
  } catch (error) {
    const said = noteOn(begin)
    if (said === '' || !(error instanceof ShapeError) || hasNote(error.message)) throw error
    throw new ShapeError(error.message + said, error.operation, error.argument)
  }
}

const hasNote = (sentence: string): boolean => sentence.includes(before + channelsLast.slice(0, channelsLast.indexOf('{')))

import { knownAcrossBuilds } from '../shape/across-builds.js'

/**
 * A file, or a network, that a format cannot hold: what is wrong, and where.
 *
 * Every reader and writer of files throws it, and nothing else, whatever is given to it. Its message is one line that can be printed:
 * names of the file are cut where they are long, and what a terminal would not print as it is has escapes.
 */
export class FormatError extends Error {
  override readonly name = 'FormatError'

  static {
    knownAcrossBuilds(FormatError, 'FormatError')
  }

  constructor(
    message: string,
    /** The format, `'onnx'`. */
    readonly format: string,
    /** Where it is: the name of a node or a tensor, a byte of the file, or `''` for the whole. */
    readonly place: string,
  ) {
    super(`${format}: ${place && `${place.slice(0, 200)}: `}${cut(message)}`.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, escaped))
  }
}

/** The longest sentence: one with twenty names of a file, each cut by itself. */
const longest = 5000

const cut = (message: string): string => (message.length > longest ? `${message.slice(0, longest)}...` : message)

/** As printable.ts has it, which is more than bundles of the core should carry. */
const escaped = (letter: string): string => `\\u{${letter.codePointAt(0)?.toString(16)}}`

/**
 * Runs a step, and makes a {@link FormatError} of any mistake in it that is none yet.
 *
 * @throws {FormatError} with the sentence of what went wrong, at that place
 */
export const atNode = <Result>(format: string, place: string, run: () => Result): Result => {
  try {
    return run()
  } catch (error) {
    throw asFormatError(error, format, place)
  }
}

/** Data from outside may throw anything, such as a symbol, or an object that throws when it is looked at. */
const asFormatError = (error: unknown, format: string, place: string): FormatError => {
  try {
    if (error instanceof FormatError) return error
    return new FormatError(error instanceof Error ? error.message : String(error), format, place)
  } catch {
    return new FormatError('something was thrown that has no message.', format, place)
  }
}

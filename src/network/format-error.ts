import { knownAcrossBuilds } from '../shape/across-builds.js'

/**
 * The error for a file, or a network, that a format cannot represent: what is wrong, and where.
 *
 * Every reader and writer of files throws this error and no other, whatever its input. The message is a single printable line: long
 * names from files are truncated, and unprintable characters are escaped.
 */
export class FormatError extends Error {
  override readonly name = 'FormatError'

  static {
    knownAcrossBuilds(FormatError, 'FormatError')
  }

  constructor(
    message: string,
    /** The format, such as `'onnx'`. */
    readonly format: string,
    /** Where the mistake is: the name of a node or a tensor, a byte offset, or `''` for the file as a whole. */
    readonly place: string,
  ) {
    super(`${format}: ${place && `${place.slice(0, 200)}: `}${truncate(message)}`.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, escapeLetter))
  }
}

/** The longest message: room for twenty names from a file, each already truncated. */
const maxLength = 5000

const truncate = (message: string): string => (message.length > maxLength ? `${message.slice(0, maxLength)}...` : message)

/** A short form of the escapes in printable.ts, which is too large for bundles of the core. */
const escapeLetter = (letter: string): string => `\\u{${letter.codePointAt(0)?.toString(16)}}`

/**
 * Runs a step, and converts any error that it throws to a {@link FormatError}.
 *
 * @throws {FormatError} with the message of the error, at this place
 */
export const atNode = <Result>(format: string, place: string, run: () => Result): Result => {
  try {
    return run()
  } catch (error) {
    throw asFormatError(error, format, place)
  }
}

/** Converts anything that was thrown. Untrusted data can cause odd values, such as a symbol or an object that throws when it is read. */
const asFormatError = (error: unknown, format: string, place: string): FormatError => {
  try {
    if (error instanceof FormatError) return error
    return new FormatError(error instanceof Error ? error.message : String(error), format, place)
  } catch {
    return new FormatError('something was thrown that has no message.', format, place)
  }
}

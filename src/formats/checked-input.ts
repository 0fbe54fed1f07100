import { described } from '../network/described.js'
import { FormatError } from '../network/format-error.js'
import type { Graph } from '../network/graph.js'
import type { AnyNetwork } from '../network/network.js'
import { asNetwork } from '../network/network-like.js'
import { listOf, shown } from '../shape/message.js'
import { isObject } from '../shape/objects.js'

/* Checks that only plain JavaScript can fail: values that are not networks, and unknown options. */

/**
 * The network itself, or the network that the data describes.
 *
 * @throws {FormatError} when the value is neither, or the data is invalid
 */
export const requireNetwork = (format: string, value: unknown): AnyNetwork => {
  const network = asNetwork(value)
  if (!network) throw new FormatError(`needs a network, not ${described(value)}.`, format, '')
  return network
}

/**
 * The names in a graph, for a file that has them in UTF-8.
 *
 * @throws {FormatError} when one has half of a surrogate pair, which UTF-8 cannot hold: another name would stand in the file
 */
export const requireUtf8Names = (format: string, { nodes, outputs, kept }: Graph): void =>
  requireUtf8(format, [...nodes.flatMap(({ name, shared = '' }) => [name, shared]), ...Object.keys({ ...outputs, ...kept })])

/** {@link requireUtf8Names} for any names. */
export const requireUtf8 = (format: string, names: readonly string[]): void => {
  const found = names.find((name) => /\p{Cs}/u.test(name))
  if (found !== undefined) throw new FormatError('UTF-8 cannot hold this name, which has half of a character. Change it.', format, found)
}

/** @throws {FormatError} when the options are not an object, or one does not exist */
export const requireOptions = (format: string, options: unknown, known: readonly string[]): void => {
  if (!isObject(options) || Array.isArray(options))
    throw new FormatError(`the options must be an object, not ${shown(options)}.`, format, '')
  const unknown = Object.keys(options).find((name) => !known.includes(name))
  if (unknown !== undefined) throw new FormatError(`there is no option '${unknown}'. The options are ${listOf(known)}.`, format, '')
}

/**
 * The bytes of a file as a plain `Uint8Array`. A subclass may behave differently: `slice` of Node's Buffer copies nothing.
 *
 * @throws {FormatError} when the value is not bytes
 */
export const requireBytes = (format: string, bytes: unknown): Uint8Array => {
  if (!(bytes instanceof Uint8Array)) throw new FormatError(`needs the bytes of a file, a Uint8Array, not ${described(bytes)}.`, format, '')
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

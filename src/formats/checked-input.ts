import { described, isObject } from '../network/described.js'
import { FormatError } from '../network/format-error.js'
import type { AnyNetwork } from '../network/network.js'
import { asNetwork } from '../network/network-like.js'
import { listOf, shown } from '../shape/message.js'

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

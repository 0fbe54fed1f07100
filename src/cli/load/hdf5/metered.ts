import { inflateSync } from 'node:zlib'
import { Filters } from 'jsfive'
import { mostCopied, mostValues } from './limits.js'

/*
 * Bounds on what jsfive takes of the memory for a file. The limits of a thread hold for objects only: they hold neither for bytes, nor for
 * a list that is made with a length.
 */

/** Thrown where a file would take more than it may. */
export class TooMuch extends Error {}

/** What a file may still take: bytes that are copied, bytes that are unpacked, and values of one list. */
const left = { copied: 0, unpacked: 0, values: Number.POSITIVE_INFINITY }

/** Begins to count anew, for a file of that size. */
export const beginMeter = (bytes: number): void => {
  left.copied = mostCopied(bytes)
  left.values = mostValues(bytes)
  left.unpacked = 8 * left.values
}

const take = (kind: 'copied' | 'unpacked', bytes: number): void => {
  left[kind] -= bytes
  if (left[kind] < 0) throw new TooMuch()
}

/** The bytes of a file. What is copied of them counts, and so does what is copied of the copies. */
class MeteredBytes extends ArrayBuffer {
  override slice(start = 0, end = this.byteLength): ArrayBuffer {
    take('copied', Math.max(Math.min(end, this.byteLength) - start, 0))
    return super.slice(start, end)
  }
}

/** The same bytes, of which every copy counts. */
export const metered = (bytes: ArrayBuffer): ArrayBuffer => Object.setPrototypeOf(bytes, MeteredBytes.prototype)

/** The number of deflate in the format. */
const deflate = 1

/** From here on this thread makes no list and unpacks no bytes beyond what the file allows. */
export const boundThread = (): void => {
  globalThis.Array = new Proxy(Array, {
    construct: (target, args, newTarget) => {
      if (args.length === 1 && args[0] > left.values) throw new TooMuch()
      return Reflect.construct(target, args, newTarget)
    },
  })
  Filters.set(deflate, (bytes) => {
    const unpacked = inflateSync(new Uint8Array(bytes), { maxOutputLength: Math.max(left.unpacked, 1) })
    take('unpacked', unpacked.length)
    return Uint8Array.from(unpacked).buffer
  })
}

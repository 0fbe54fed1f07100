import { mostCopied, mostReads, mostValues } from './limits.js'

/*
 * Bounds on what jsfive does and takes for a file. The limits of a thread hold for objects only: they hold neither for bytes, nor for a list
 * that is made with a length, nor for time. All that jsfive reads of a file it reads by views of the bytes, so views are counted.
 */

/** Thrown where a file would take more than it may. */
export class TooMuch extends Error {}

/** What a file may still take: views, bytes that are copied, bytes that are unpacked, and values of one list. */
const left = { reads: Number.POSITIVE_INFINITY, copied: 0, unpacked: 0, values: Number.POSITIVE_INFINITY }

/** Begins to count anew, for a file of that size. */
export const beginMeter = (bytes: number): void => {
  left.reads = mostReads(bytes)
  left.copied = mostCopied(bytes)
  left.values = mostValues(bytes)
  left.unpacked = 8 * left.values
}

/** Bytes that may still be unpacked. */
export const unpackedLeft = (): number => left.unpacked

/** Counts what is taken. */
export const take = (kind: 'reads' | 'copied' | 'unpacked', count: number): void => {
  left[kind] -= count
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

/** From here on this thread makes no list and reads no more than the file allows. jsfive must not be loaded yet: it keeps what it finds. */
export const boundThread = (): void => {
  globalThis.Array = new Proxy(Array, {
    construct: (target, args, newTarget) => {
      if (args.length === 1 && args[0] > left.values) throw new TooMuch()
      return Reflect.construct(target, args, newTarget)
    },
  })
  globalThis.DataView = new Proxy(DataView, {
    construct: (target, args, newTarget) => {
      take('reads', 1)
      return Reflect.construct(target, args, newTarget)
    },
  })
}

import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { basename } from 'node:path'
import { FormatError } from '../../network/format-error.js'
import { progress } from '../output/progress.js'

/*
 * Files that may be large, read in pieces, so that it can be said how far it is.
 */

/**
 * A file as a whole.
 *
 * @param most bytes that can be read
 * @throws {FormatError} when the file is larger
 */
export const readWhole = (file: string, most = Number.POSITIVE_INFINITY): Uint8Array => {
  const handle = openSync(file, 'r')
  try {
    const { size } = fstatSync(handle)
    if (size > most) throw new FormatError(`has ${size} bytes: more than ${most} cannot be read.`, 'file', '')
    return readPart(handle, 0, size, progress(basename(file), size))
  } finally {
    closeSync(handle)
  }
}

/** Bytes of an open file; fewer where it ends before. */
export const readPart = (handle: number, offset: number, length: number, show: (done: number) => void = () => {}): Uint8Array => {
  const bytes = new Uint8Array(length)
  let done = 0
  while (done < length) {
    const count = readSync(handle, bytes, done, Math.min(length - done, 2 ** 22), offset + done)
    if (count === 0) return bytes.subarray(0, done)
    done += count
    show(done)
  }
  return bytes
}

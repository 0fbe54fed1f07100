import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { basename } from 'node:path'
import { FormatError } from '../../../network/format-error.js'
import { progress } from '../../output/progress.js'

/* Reads large files in pieces, to report progress. */

/**
 * Reads a whole file.
 *
 * @param maxBytes the maximum file size
 * @throws {FormatError} when the file is larger
 */
export const readWholeFile = (file: string, maxBytes = Number.POSITIVE_INFINITY): Uint8Array => {
  const handle = openSync(file, 'r')
  try {
    const { size } = fstatSync(handle)
    if (size > maxBytes) throw new FormatError(`has ${size} bytes: more than ${maxBytes} cannot be read.`, 'file', '')
    return readPart(handle, 0, size, progress(basename(file), size))
  } finally {
    closeSync(handle)
  }
}

/** Reads bytes from an open file; fewer if the file ends first. */
export const readPart = (handle: number, offset: number, length: number, onProgress: (done: number) => void = () => {}): Uint8Array => {
  const bytes = new Uint8Array(length)
  let done = 0
  while (done < length) {
    const count = readSync(handle, bytes, done, Math.min(length - done, 2 ** 22), offset + done)
    if (count === 0) return bytes.subarray(0, done)
    done += count
    onProgress(done)
  }
  return bytes
}

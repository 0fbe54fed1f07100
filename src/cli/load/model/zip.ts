import { fstatSync } from 'node:fs'
import { crc32, inflateRawSync } from 'node:zlib'
import { FormatError } from '../../../network/format-error.js'
import { readPart } from './bytes.js'

/*
 * A file in a zip: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3. Every size is checked before anything is read or
 * unpacked, and what is unpacked is of the size that was said, with the check sum that was said.
 */

/** Bytes that the end of a zip can have: 22, and a comment. */
const mostEnd = 22 + 65_535

/** Bytes of the list of files. */
const mostDirectory = 2 ** 22

/** A file as the list has it. */
interface Entry {
  readonly method: number
  readonly checkSum: number
  readonly packed: number
  readonly unpacked: number
  readonly start: number
}

/**
 * A file in a zip; `undefined` where there is none of that name.
 *
 * @param most bytes that it can have when it is unpacked
 * @throws {FormatError} for what is no zip, or is damaged
 */
export const fileInZip = (handle: number, name: string, most: number): Uint8Array | undefined => {
  const entry = entryIn(handle, name)
  if (!entry) return undefined
  const { method, packed, unpacked, from, checkSum } = entry
  if (unpacked > most) return fail(`${name} has ${unpacked} bytes when it is unpacked: more than ${most} are not read.`)
  // What cannot be packed takes a few bytes more than it has.
  if (packed > most + 2 ** 16) return fail(`${name} has ${packed} bytes: more than ${most + 2 ** 16} are not read.`)
  const bytes = readPart(handle, from, packed)
  const found = method === 0 ? bytes : unpackedOf(bytes, unpacked, name)
  if (found.length !== unpacked || crc32(found) !== checkSum) return fail(`${name} is damaged.`)
  return found
}

/**
 * Where a file stands in a zip, if it is not packed; `undefined` where it is packed, or there is none of that name.
 *
 * @throws {FormatError} for what is no zip, or is damaged
 */
export const placeInZip = (handle: number, name: string): { readonly start: number; readonly length: number } | undefined => {
  const entry = entryIn(handle, name)
  if (entry?.method !== 0) return undefined
  const { from, packed, checkSum } = entry
  let sum = 0
  for (let done = 0; done < packed; done += mostPart) sum = crc32(readPart(handle, from + done, Math.min(packed - done, mostPart)), sum)
  return sum === checkSum ? { start: from, length: packed } : fail(`${name} is damaged.`)
}

/** Bytes that are read at once. */
const mostPart = 2 ** 22

/** A file as the list has it, and where its bytes begin. */
const entryIn = (handle: number, name: string): (Entry & { readonly from: number }) | undefined => {
  const { size } = fstatSync(handle)
  const { entries, directory } = listOf(handle, size)
  const entry = entries.get(name)
  if (!entry) return undefined
  const { packed, start } = entry
  const head = Buffer.from(readPart(handle, start, 30))
  if (head.length < 30 || head.readUInt32LE(0) !== 0x04034b50) return fail(`${name} is not where the zip says.`)
  const from = start + 30 + head.readUInt16LE(26) + head.readUInt16LE(28)
  if (from + packed > directory) return fail(`${name} reaches over the end of the files.`)
  return { ...entry, from }
}

const fail = (sentence: string): never => {
  throw new FormatError(sentence, 'keras', '')
}

const unpackedOf = (bytes: Uint8Array, length: number, name: string): Uint8Array => {
  try {
    return inflateRawSync(bytes, { maxOutputLength: Math.max(length, 1) })
  } catch {
    return fail(`${name} is damaged.`)
  }
}

/** The files that a zip lists, and where its list begins. */
const listOf = (handle: number, size: number): { readonly entries: ReadonlyMap<string, Entry>; readonly directory: number } => {
  const length = Math.min(size, mostEnd)
  const tail = Buffer.from(readPart(handle, size - length, length))
  let at = tail.length - 22
  while (at >= 0 && !(tail.readUInt32LE(at) === 0x06054b50 && at + 22 + tail.readUInt16LE(at + 20) === tail.length)) at -= 1
  if (at < 0) return fail('is a zip without its list of files: it is damaged, or cut off.')
  const [count, bytes, directory] = [tail.readUInt16LE(at + 10), tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)]
  if (bytes > mostDirectory || directory + bytes > size - length + at) return fail('is a zip whose list of files is not where it says.')
  const list = Buffer.from(readPart(handle, directory, bytes))
  const entries = new Map<string, Entry>()
  let place = 0
  for (let index = 0; index < count; index += 1) {
    if (place + 46 > list.length || list.readUInt32LE(place) !== 0x02014b50) return fail('is a zip whose list of files is damaged.')
    const [flags, method] = [list.readUInt16LE(place + 8), list.readUInt16LE(place + 10)]
    const [letters, extra, comment] = [list.readUInt16LE(place + 28), list.readUInt16LE(place + 30), list.readUInt16LE(place + 32)]
    const name = list.toString('utf8', place + 46, place + 46 + letters)
    const [packed, unpacked, start] = [list.readUInt32LE(place + 20), list.readUInt32LE(place + 24), list.readUInt32LE(place + 42)]
    if (entries.has(name)) return fail('is a zip with two files of one name.')
    const isRead = flags % 2 === 0 && (method === 8 || (method === 0 && packed === unpacked))
    if (!isRead && /\.(json|h5)$/.test(name)) return fail(`${name} is encrypted, or packed in a way that is not known here.`)
    entries.set(name, { method, checkSum: list.readUInt32LE(place + 16), packed, unpacked, start })
    place += 46 + letters + extra + comment
  }
  return { entries, directory }
}

import type { PbfReader } from 'pbf'
import { FormatError } from '../../../network/format-error.js'
import { textOf } from '../../text.js'
import { named } from '../words.js'
import { limits, longestList } from './limits.js'

/*
 * The bytes of a message as its fields. Every length is compared with what is left of its message before anything is read, so a damaged file is
 * refused at the byte where it is damaged.
 */

/** A message being read: it ends where the message around it says. */
export class Message {
  constructor(
    readonly pbf: PbfReader,
    readonly start: number,
    readonly end: number,
    /** How many there are so far of what is counted. */
    readonly counts = new Map<keyof typeof limits, number>(),
    /** In how many messages it stands. */
    readonly depth = 0,
  ) {}

  /** Counts one more of what a file may have only so many of, and says whether it is one of those. */
  count(what: keyof typeof limits): boolean {
    const count = (this.counts.get(what) ?? 0) + 1
    this.counts.set(what, count)
    return count <= limits[what]
  }

  /** Refuses a file with too many. */
  limit(what: keyof typeof limits): void {
    const count = this.counts.get(what) ?? 0
    if (count > limits[what]) throw new FormatError(`has ${count} ${what}: more than ${limits[what]} are not read.`, 'onnx', '')
  }

  fail(fault: string): never {
    throw new FormatError(fault, 'onnx', `byte ${this.pbf.pos}`)
  }

  /** Refuses what stands under a name in the file. */
  failOn(what: string, name: string, fault: string): never {
    return this.fail(`${what} '${named(name)}' ${fault}`)
  }

  /** A whole number; those beyond 2^53 are not exact, and no network has any. */
  varint(): number {
    const { pos } = this.pbf
    const value = this.pbf.readVarint(true)
    if (this.pbf.pos > this.end || this.pbf.pos - pos > 10) this.fail('is cut off in a number.')
    return value
  }

  /** The length of what follows, which has to be there. */
  length(): number {
    const length = this.varint()
    if (length < 0 || length > this.end - this.pbf.pos)
      this.fail(`is cut off: ${length} bytes should follow, and there are ${this.end - this.pbf.pos}.`)
    return length
  }

  bytes(): Uint8Array {
    const length = this.length()
    const { pos, buf } = this.pbf
    this.pbf.pos += length
    return buf.subarray(pos, pos + length)
  }

  /** Passes over what follows. */
  pass(): void {
    const length = this.length()
    this.pbf.pos += length
  }

  text(): string {
    const bytes = this.bytes()
    try {
      return textOf(bytes)
    } catch {
      return this.fail('has text that is no UTF-8.')
    }
  }

  float(): number {
    if (this.end - this.pbf.pos < 4) this.fail('is cut off in a number.')
    return this.pbf.readFloat()
  }

  /** Reads the message that follows. */
  message<Result>(read: (message: Message) => Result): Result {
    const length = this.length()
    return read(new Message(this.pbf, this.pbf.pos, this.pbf.pos + length, this.counts, this.depth + 1))
  }

  /** Calls a reader for each field; one that is not read is passed over. */
  fields(read: (field: number, type: number) => boolean): void {
    while (this.pbf.pos < this.end) {
      const tag = this.varint()
      const field = Math.floor(tag / 8)
      const type = tag & 7
      if (field < 1) this.fail(`has no field ${field}: it is no ONNX model, or is damaged.`)
      if (!read(field, type)) this.skip(type)
    }
    if (this.pbf.pos !== this.end) this.fail('is longer than the message around it says.')
  }

  skip(type: number): void {
    if (type === 0) this.varint()
    else if (type === 2) this.pass()
    else if (type === 1 || type === 5) {
      const size = type === 1 ? 8 : 4
      if (this.end - this.pbf.pos < size) this.fail('is cut off in a number.')
      this.pbf.pos += size
    } else this.fail(`has a field of the unknown wire type ${type}: it is no ONNX model, or is damaged.`)
  }

  /** Whole numbers, packed or one by one; a list that is longer than any that a layer takes is refused. */
  wholes(type: number, into: number[]): void {
    const add = (value: number): void => {
      if (into.push(value) > longestList) this.fail(`has a list of more than ${longestList} whole numbers.`)
    }
    if (type === 0) add(this.varint())
    else if (type === 2) this.message((packed) => packed.repeat(() => add(packed.varint())))
    else this.fail('has a list of another type.')
  }

  /** Floats, packed or one by one; no attribute has as many as the list may be long. */
  floats(type: number, into: number[]): void {
    const add = (value: number): void => {
      if (into.push(value) > longestList) this.fail(`has a list of more than ${longestList} floats.`)
    }
    if (type === 5) add(this.float())
    else if (type === 2) this.message((packed) => packed.repeat(() => add(packed.float())))
    else this.fail('has a list of another type.')
  }

  repeat(read: () => void): void {
    while (this.pbf.pos < this.end) read()
  }
}

/** Reads a message by what each field of it is; a field of another wire type than it should be is refused. */
export const fieldsOf = (
  message: Message,
  readers: Readonly<Record<number, (type: number) => void>>,
  wanted: Readonly<Record<number, number>>,
): void =>
  message.fields((field, type) => {
    const read = readers[field]
    if (!read) return false
    const expected = wanted[field]
    if (expected !== undefined && expected !== type) message.fail(`has field ${field} of the wire type ${type}, not ${expected}.`)
    read(type)
    return true
  })

/** All numbered fields are messages, texts or bytes. */
export const delimited = (...fields: number[]): Record<number, number> => Object.fromEntries(fields.map((field) => [field, 2]))

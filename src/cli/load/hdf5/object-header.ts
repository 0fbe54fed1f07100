import type { Message } from 'jsfive'
import { Hdf5Fault } from './fault.js'

/*
 * The header of an object: https://docs.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html, IV.A. jsfive passes over some of what may
 * stand there, and what it then gives is not what the file says.
 */

/** Numbers of messages, IV.A.2. */
const types = { dataspace: 1, datatype: 3, external: 7, layout: 8, filters: 11, attribute: 12, attributes: 21 } as const

/** Messages that may stand elsewhere in the file, where jsfive does not look. */
const mayStandElsewhere: readonly number[] = [types.dataspace, types.datatype, types.layout, types.filters, types.attribute]

/** @throws {Hdf5Fault} for an object that jsfive would read wrongly */
export const requireRead = (bytes: ArrayBuffer, messages: readonly Message[]): void => {
  const view = new DataView(bytes)
  for (const message of messages) {
    const type = message.get('type') as number
    const start = message.get('offset_to_message') as number
    // Flag 2: the message is shared.
    if (mayStandElsewhere.includes(type) && ((message.get('flags') as number) & 2) !== 0)
      throw new Hdf5Fault('has a type or an attribute that stands elsewhere in the file, which is not read.')
    if (type === types.external) throw new Hdf5Fault('has its numbers in another file, which is not read.')
    if (type === types.attributes && hasAddress(view, start + 2 + (view.getUint8(start + 1) % 2) * 2))
      throw new Hdf5Fault('has more attributes than fit beside it, which are not read.')
    if (type === types.datatype) requirePlainFloat(view, start)
  }
}

/** An address of which all bits are set is none. */
export const hasAddress = (view: DataView, start: number): boolean => view.getBigUint64(start, true) !== 2n ** 64n - 1n

/** Bits of the exponents of floats, by their bytes. jsfive takes every float for one of IEEE 754. */
const exponents: Readonly<Record<number, number>> = { 2: 5, 4: 8, 8: 11 }

const requirePlainFloat = (view: DataView, start: number): void => {
  const isFloat = view.getUint8(start) % 16 === 1
  if (!isFloat) return
  const size = view.getUint32(start + 4, true)
  const [precision, exponent] = [view.getUint16(start + 10, true), view.getUint8(start + 13)]
  if (precision !== 8 * size || exponent !== exponents[size])
    throw new Hdf5Fault('has floats that are not of 16, 32 or 64 bits as IEEE 754 has them.')
}

/** A message of an object. */
export const messageOf = (messages: readonly Message[], type: keyof typeof types): Message | undefined =>
  messages.find((message) => message.get('type') === types[type])

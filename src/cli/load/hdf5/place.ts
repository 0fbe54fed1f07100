import type { Message } from 'jsfive'
import { Hdf5Fault } from './fault.js'
import { hasAddress, messageOf } from './object-header.js'

/* Where the numbers of a tensor stand: IV.A.2.i of the format, the Data Layout message. */

/** How the numbers are kept. */
const layouts = { compact: 0, contiguous: 1 } as const

/** The bytes of a tensor; `undefined` where they are in pieces, or in a form from before 2003. */
export const placeOf = (bytes: ArrayBuffer, messages: readonly Message[]): { offset: number; length: number } | undefined => {
  const start = messageOf(messages, 'layout')?.get('offset_to_message')
  if (start === undefined) throw new Hdf5Fault('has no numbers.')
  const view = new DataView(bytes)
  const [version, layout] = [view.getUint8(start), view.getUint8(start + 1)]
  if (version < 3 || version > 4) return undefined
  if (layout === layouts.compact) return within(bytes, start + 4, view.getUint16(start + 2, true))
  if (layout !== layouts.contiguous) return undefined
  if (!hasAddress(view, start + 2)) throw new Hdf5Fault('has no numbers: they were never written.')
  return within(bytes, Number(view.getBigUint64(start + 2, true)), Number(view.getBigUint64(start + 10, true)))
}

const within = ({ byteLength }: ArrayBuffer, offset: number, length: number) => {
  if (offset + length > byteLength) throw new Hdf5Fault('has numbers that reach over the end of the file: it is damaged, or cut off.')
  return { offset, length }
}

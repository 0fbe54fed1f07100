import { inflateSync } from 'node:zlib'
import { Dataset, File, Filters, type Group } from 'jsfive'
import { Hdf5Fault } from './fault.js'
import { mostDepth, mostObjects, mostValues } from './limits.js'
import type { Hdf5Contents, Hdf5Tensor } from './message.js'
import { beginMeter, TooMuch, take, unpackedLeft } from './metered.js'
import { requireRead } from './object-header.js'
import { placeOf } from './place.js'

/*
 * The contents of an HDF5 file: its attributes, and its tensors with the places of their numbers.
 */

/** The number of deflate in the format. */
const deflate = 1

// That of jsfive unpacks without an end.
Filters.set(deflate, (bytes) => {
  const unpacked = inflateSync(new Uint8Array(bytes), { maxOutputLength: Math.max(unpackedLeft(), 1) })
  take('unpacked', unpacked.length)
  return Uint8Array.from(unpacked).buffer
})

/**
 * Reads the contents of a file from its bytes.
 *
 * @param size bytes of the user's file, which limit the memory and the reads
 * @throws {Hdf5Fault} when the file is damaged, or contains something that is not supported
 */
export const contentsOf = (bytes: ArrayBuffer, size: number, wantsTensors: boolean): Hdf5Contents => {
  beginMeter(size)
  const file = at('', () => {
    const root = new File(bytes)
    requireRead(bytes, root._dataobjects.msgs)
    return root
  })
  return { texts: at('', () => textsIn(file)), tensors: wantsTensors ? tensorsIn(file, bytes, size) : [] }
}

const damaged = 'is damaged, or contains what Keras does not write.'

/** jsfive throws texts, and whatever comes of bytes that are not there. */
const at = <Result>(place: string, read: () => Result): Result => {
  try {
    return read()
  } catch (error) {
    if (error instanceof Hdf5Fault) throw error.place === '' ? new Hdf5Fault(error.message, place) : error
    if (error instanceof TooMuch) throw new Hdf5Fault('says that it holds more than a file of its size can: it is damaged.', place)
    throw new Hdf5Fault(damaged, place)
  }
}

const textsIn = (file: File): Record<string, string> => {
  const texts: Record<string, string> = Object.create(null)
  for (const [name, value] of Object.entries(file.attrs)) if (typeof value === 'string') texts[name] = value.replace(/\0+$/, '')
  return texts
}

const tensorsIn = (file: Group, bytes: ArrayBuffer, size: number): Hdf5Tensor[] => {
  const tensors: Hdf5Tensor[] = []
  let objects = 0
  let packed = mostValues(size)
  const walk = (group: Group, path: readonly string[]): void => {
    if (path.length > mostDepth) throw new Hdf5Fault(`has groups that stand in each other more than ${mostDepth} deep.`)
    for (const name of group.keys) {
      objects += 1
      if (objects > mostObjects) throw new Hdf5Fault(`has more than ${mostObjects} groups and tensors.`)
      const own = [...path, name]
      at(own.join('/'), () => {
        const object = group.get(name)
        if (object === null) return
        requireRead(bytes, object._dataobjects.msgs)
        if (!(object instanceof Dataset)) return walk(object, own)
        const { shape, dtype } = object
        // What is no list of numbers is no weight: jsfive reads texts and references as lists.
        if (typeof dtype !== 'string') return
        const found = { path: own, shape: [...shape], type: dtype }
        const place = placeOf(bytes, object._dataobjects.msgs)
        if (place) tensors.push({ ...found, place })
        else {
          packed -= shape.reduce((product, length) => product * length, 1)
          if (packed < 0) throw new TooMuch()
          const { value } = object
          if (value.includes(undefined)) throw new Hdf5Fault('has no numbers in some of its pieces: they were never written.')
          tensors.push({ ...found, values: Float32Array.from(value as number[]) })
        }
      })
    }
  }
  walk(file, [])
  return tensors
}

import type { NamedTensor } from '../../../formats/keras/read/weights-by-name.js'
import { FormatError } from '../../../network/format-error.js'
import { named } from '../../../shape/printable.js'
import { areFloats, floatsIn } from './floats.js'
import type { Hdf5Tensor } from './message.js'

/**
 * The tensors of a file, each of which is read when it is asked for.
 *
 * @param read bytes of the HDF5 file
 */
export const tensorsOf = (tensors: readonly Hdf5Tensor[], read: (offset: number, length: number) => Uint8Array): NamedTensor[] =>
  tensors.map(({ path, shape, type, place, values }) => ({
    path,
    read: () => {
      const count = shape.reduce((product, size) => product * size, 1)
      const numbers = areFloats(type) ? (values ?? (place && floatsIn(read(place.offset, place.length), type))) : undefined
      if (numbers?.length === count) return numbers
      const fault = numbers
        ? `has ${numbers.length} numbers, and ${shape.join('x')} as its shape.`
        : `has numbers of the type ${named(type)}.`
      throw new FormatError(fault, 'keras', named(path.join('/')))
    },
  }))

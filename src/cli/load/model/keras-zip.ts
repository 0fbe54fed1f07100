import { basename } from 'node:path'
import type { InputSizesGiven } from '../../../formats/input-sizes.js'
import { fromKeras } from '../../../formats/keras/index.js'
import { readKerasZipWeights } from '../../../formats/keras/read/hdf5.js'
import { layersOfKerasFile, mostJson, weightsFile } from '../../../formats/keras/read/keras-file.js'
import { modelFile } from '../../../formats/keras/read/read.js'
import type { NamedTensor } from '../../../formats/keras/read/weights-by-name.js'
import { FormatError } from '../../../network/format-error.js'
import { progress } from '../../output/progress.js'
import { readHdf5 } from '../hdf5/read.js'
import { tensorsOf } from '../hdf5/tensors.js'
import { counted } from './beside.js'
import { readIn } from './files-beside.js'
import type { ModelOfFile } from './model-file.js'
import { withOpenFile } from './open-file.js'
import { fileInZip, placeInZip } from './zip.js'

/**
 * The network in a .keras file.
 *
 * @param read reads its HDF5
 */
export const readKerasZip = (
  file: string,
  wantsWeights: boolean,
  input: InputSizesGiven | undefined,
  read = readHdf5,
): Promise<ModelOfFile> =>
  withOpenFile(file, async (handle, size) => {
    const layers = layersOfKerasFile((name) => fileInZip(handle, name, mostJson))
    if (!wantsWeights) return fromKeras(layers, input === undefined ? {} : { input })
    return readKerasZipWeights(modelFile(layers), await tensorsInZip(file, handle, size, read), input)
  })

/** Bytes of weights that were packed: numbers are hardly shorter when they are packed, and Keras does not pack them. */
const mostUnpacked = (size: number): number => 2 ** 23 + Math.floor(1.5 * size)

/** The tensors in the HDF5 file within a zip. */
const tensorsInZip = async (file: string, handle: number, size: number, read: typeof readHdf5): Promise<NamedTensor[]> => {
  const place = placeInZip(handle, weightsFile)
  if (place) {
    const show = counted(progress(basename(file), place.length))
    const { contents } = await read({ source: { file, ...place }, size, wantsTensors: true })
    return tensorsOf(contents.tensors, (offset, length) => readIn(handle, place.start + offset, length, show))
  }
  const unpacked = fileInZip(handle, weightsFile, mostUnpacked(size))
  if (!unpacked) throw new FormatError(`has no ${weightsFile} in it, in which Keras writes the weights: leave out --weights.`, 'keras', '')
  // The bytes move to the thread and back.
  const given = Uint8Array.from(unpacked).buffer
  const { contents, bytes } = await read({ source: { bytes: given }, size, wantsTensors: true })
  return tensorsOf(contents.tensors, (offset, length) => new Uint8Array(bytes as ArrayBuffer, offset, length))
}

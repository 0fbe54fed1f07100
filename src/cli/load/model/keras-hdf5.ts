import { basename } from 'node:path'
import type { InputSizesGiven } from '../../../formats/input-sizes.js'
import { fromKeras } from '../../../formats/keras/index.js'
import { layersOfHdf5, readKerasHdf5 } from '../../../formats/keras/read/hdf5.js'
import { progress } from '../../output/progress.js'
import { readHdf5 } from '../hdf5/read.js'
import { tensorsOf } from '../hdf5/tensors.js'
import { counted } from './beside.js'
import { readIn } from './files-beside.js'
import type { ModelOfFile } from './model-file.js'
import { withOpenFile } from './open-file.js'

/**
 * The network in an .h5 file of Keras.
 *
 * @param read reads HDF5
 */
export const readKerasHdf5File = (
  file: string,
  wantsWeights: boolean,
  input: InputSizesGiven | undefined,
  read = readHdf5,
): Promise<ModelOfFile> =>
  withOpenFile(file, async (handle, size) => {
    const { contents } = await read({ source: { file, start: 0, length: size }, size, wantsTensors: wantsWeights })
    const layers = layersOfHdf5(contents.texts)
    if (!wantsWeights) return fromKeras(layers, input === undefined ? {} : { input })
    const show = counted(progress(basename(file), size))
    return readKerasHdf5(
      layers,
      tensorsOf(contents.tensors, (offset, length) => readIn(handle, offset, length, show)),
      input,
    )
  })

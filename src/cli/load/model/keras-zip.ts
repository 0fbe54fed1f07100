import { closeSync, openSync } from 'node:fs'
import type { InputSizesGiven } from '../../../formats/input-sizes.js'
import { fromKeras } from '../../../formats/keras/index.js'
import { layersOfKerasFile, mostJson } from '../../../formats/keras/read/keras-file.js'
import { FormatError } from '../../../network/format-error.js'
import type { ModelOfFile } from './model-file.js'
import { fileInZip } from './zip.js'

/** The network in a .keras file. */
export const readKerasZip = (file: string, wantsWeights: boolean, input: InputSizesGiven | undefined): ModelOfFile => {
  const handle = openSync(file, 'r')
  try {
    const layers = layersOfKerasFile((name) => fileInZip(handle, name, mostJson))
    if (wantsWeights)
      throw new FormatError(
        "has its weights in HDF5, which is not read: leave out --weights. In Keras, write ONNX: model.export('model.onnx', format='onnx').",
        'keras',
        '',
      )
    return fromKeras(layers, input === undefined ? {} : { input })
  } finally {
    closeSync(handle)
  }
}

import type { LayerConfig } from '../config.js'
import { activationReaders } from './activations.js'
import { joinReaders } from './joins.js'
import type { Reader } from './layer-reader.js'
import { matrixReaders } from './matrices.js'
import { normalizationReaders } from './normalizations.js'
import { recurrentReaders } from './recurrent.js'
import { shapeReaders } from './shapes.js'
import { eachStepReader } from './steps.js'
import { trainingReaders } from './training.js'
import { windowReaders } from './windows.js'

/** What reads each class of layers. */
export const readers: Readonly<Record<string, Reader>> = {
  ...windowReaders,
  ...matrixReaders,
  ...activationReaders,
  ...normalizationReaders,
  ...joinReaders,
  ...shapeReaders,
  ...recurrentReaders,
  ...trainingReaders,
}

/** What comes close to classes that cannot be read. */
const ways: Readonly<Record<string, string>> = {
  Lambda: 'its function is Python, which is not run here. Use layers in its place.',
  TFOpLambda: 'it is a function of TensorFlow. Use a layer in its place.',
  SimpleRNN: 'there is no layer here for this class. Use LSTM or GRU.',
}

/** What reads a layer, or a layer at each step of a sequence. */
export const readerOf = (config: LayerConfig, eachStep: boolean): Reader => {
  const { className } = config
  if (!Object.hasOwn(readers, className))
    return config.refuse(Object.hasOwn(ways, className) ? (ways[className] as string) : 'there is no layer here for this class.')
  const reader = readers[className] as Reader
  return eachStep ? eachStepReader(config, reader) : reader
}

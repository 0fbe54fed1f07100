import type { Value } from './layer.js'
import type { Reader } from './layer-reader.js'

/** Layers of Keras that do something only while a network is trained, and for which there is none here: of what they take nothing changes. */

/** The options of a class, which say how it trains. */
const training: Readonly<Record<string, readonly string[]>> = {
  SpatialDropout1D: ['rate', 'noise_shape'],
  SpatialDropout2D: ['rate', 'data_format'],
  SpatialDropout3D: ['rate', 'data_format'],
  GaussianDropout: ['rate'],
  AlphaDropout: ['rate', 'noise_shape'],
  GaussianNoise: ['stddev'],
  ActivityRegularization: ['l1', 'l2'],
  RandomFlip: ['mode', 'data_format'],
  RandomRotation: ['factor', 'fill_mode', 'interpolation', 'fill_value', 'data_format'],
  RandomZoom: ['height_factor', 'width_factor', 'fill_mode', 'interpolation', 'fill_value', 'data_format'],
  RandomTranslation: ['height_factor', 'width_factor', 'fill_mode', 'interpolation', 'fill_value', 'data_format'],
  RandomContrast: ['factor', 'value_range'],
  RandomBrightness: ['factor', 'value_range'],
}

export const trainingReaders: Readonly<Record<string, Reader>> = Object.fromEntries(
  Object.entries(training).map(([className, options]): [string, Reader] => [
    className,
    (_, config, inputs) => {
      for (const name of options) config.any(name, undefined)
      return inputs[0] as Value
    },
  ]),
)

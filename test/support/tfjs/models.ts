import * as tf from '@tensorflow/tfjs'
import { GraphModel } from './graph-model.js'

/** Weights that are no zeros, also where TensorFlow.js begins with zeros. */
export const drawn = (model: tf.LayersModel): tf.LayersModel => {
  const numbers = new GraphModel(9)
  model.setWeights(model.getWeights().map((tensor) => tf.tensor(numbers.drawn(tensor.size, 0.4, 0.5), tensor.shape)))
  return model
}

const image = () => tf.input({ shape: [8, 6, 3] })
/** Models with the layers that TensorFlow.js has, by what is special about them. */
export const models: Readonly<Record<string, () => tf.LayersModel>> = {
  'a chain': () =>
    tf.sequential({
      layers: [
        tf.layers.conv2d({ inputShape: [8, 6, 3], filters: 4, kernelSize: 3, activation: 'relu' }),
        tf.layers.batchNormalization(),
        tf.layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2 }),
        tf.layers.flatten(),
        tf.layers.dense({ units: 5, activation: 'tanh' }),
        tf.layers.dense({ units: 3, activation: 'softmax' }),
      ],
    }),
  'a separable and a transposed convolution': () =>
    tf.sequential({
      layers: [
        tf.layers.separableConv2d({ inputShape: [8, 6, 3], filters: 4, kernelSize: 3, padding: 'same' }),
        tf.layers.prelu({ sharedAxes: [1, 2] }),
        tf.layers.conv2dTranspose({ filters: 2, kernelSize: 3, strides: 2, padding: 'same' }),
      ],
    }),
  'a model in a model': () => {
    const inner = tf.sequential({
      name: 'encoder',
      layers: [tf.layers.conv2d({ inputShape: [8, 6, 3], filters: 3, kernelSize: 1 }), tf.layers.reLU()],
    })
    const x = image()
    const y = inner.apply(x) as tf.SymbolicTensor
    return tf.model({ inputs: x, outputs: tf.layers.add().apply([x, inner.apply(y) as tf.SymbolicTensor]) as tf.SymbolicTensor })
  },
  'layers at each step': () =>
    tf.sequential({
      layers: [
        tf.layers.timeDistributed({
          inputShape: [5, 6, 4, 1],
          layer: tf.layers.conv2d({ filters: 2, kernelSize: 3, activation: 'relu' }) as never,
        }),
        tf.layers.timeDistributed({ layer: tf.layers.flatten() as never }),
        tf.layers.timeDistributed({ layer: tf.layers.dense({ units: 3 }) as never }),
        tf.layers.lstm({ units: 4, recurrentActivation: 'sigmoid' }),
      ],
    }),
  'a recurrence in both directions, twice': () =>
    tf.sequential({
      layers: [
        tf.layers.bidirectional({
          inputShape: [5, 3],
          mergeMode: 'concat',
          layer: tf.layers.lstm({ units: 4, recurrentActivation: 'sigmoid', returnSequences: true }) as tf.RNN,
        }),
        tf.layers.bidirectional({
          mergeMode: 'sum',
          layer: tf.layers.lstm({ units: 2, recurrentActivation: 'sigmoid', useBias: false }) as tf.RNN,
        }),
      ],
    }),
  words: () =>
    tf.sequential({ layers: [tf.layers.embedding({ inputDim: 7, outputDim: 3, inputLength: 4 }), tf.layers.globalAveragePooling1d()] }),
}

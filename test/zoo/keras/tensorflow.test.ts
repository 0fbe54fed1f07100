import * as tf from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { toTfjs } from '../../../src/formats/tfjs/index.js'
import type { AnyNetwork } from '../../../src/index.js'
import { report } from '../../../src/report/index.js'
import { initialize } from '../../../src/weights/initialize.js'
import * as keras from '../../../src/zoo/keras/index.js'

/*
 * Models of TensorFlow.js, whose layers are those of Keras: it counts the same trainable and other values, and finds the same shapes and
 * names. Depths and widths are those of the smallest of each family; small images save memory, and change no weight.
 */

tf.env().set('IS_TEST', true)

const sizeOf = (weights: readonly tf.LayerVariable[]): number =>
  weights.reduce((sum, { shape }) => sum + shape.reduce((product: number, size) => product * (size ?? 1), 1), 0)

const models: Readonly<Record<string, () => AnyNetwork>> = {
  MobileNet: () => keras.mobilenet({ alpha: 0.25, input: 64 }),
  MobileNetV2: () => keras.mobilenetV2({ alpha: 0.35, input: 64 }),
  MobileNetV3Small: () => keras.mobilenetV3Small({ input: 64 }),
  NASNetMobile: () => keras.nasnetMobile({ input: 64 }),
  DenseNet121: () => keras.densenet121({ input: 64 }),
}

describe('TensorFlow.js counts the same', () => {
  test.each(Object.entries(models))('%s', async (_, make) => {
    await tf.setBackend('cpu')
    const network = make()
    const model = await toTfjs(tf, network, initialize(network, { seed: 1 }))
    const { totals } = report(network)
    expect(sizeOf(model.trainableWeights)).toBe(totals.params)
    expect(sizeOf(model.nonTrainableWeights)).toBe(totals.nonTrainable)
    expect(model.outputs[0]?.shape).toEqual([null, 1000])
    const named = network.graph.nodes.filter(({ kind, weights }) => weights.length > 0 && kind !== 'normalize')
    for (const { name } of named) expect(model.getLayer(name).weights.length).toBeGreaterThan(0)
    model.dispose()
  })
})

import { describe, expect, test } from 'vitest'
import { names } from '../../scripts/reference-names.mjs'
import { toKeras } from '../../src/formats/keras/index.js'
import { fromOnnx, toOnnx } from '../../src/formats/onnx/index.js'
import { toPyTorch } from '../../src/formats/pytorch/index.js'
import { type AnyNetwork, identity, input } from '../../src/index.js'

/* The table of names in other libraries: what a format writes for a method is what the table says. */

const image = input(8, 8, 4)
const tokens = input(6, 8)

/** A network whose last layer is the method's. */
const samples: Readonly<Record<string, () => AnyNetwork>> = {
  conv1d: () => input(8, 4).conv1d(2, 3),
  conv2d: () => image.conv2d(2, 3),
  conv3d: () => input(4, 4, 4, 2).conv3d(2, 3),
  depthwiseConv2d: () => image.depthwiseConv2d(3),
  separableConv1d: () => input(8, 4).separableConv1d(2, 3),
  separableConv2d: () => image.separableConv2d(2, 3),
  convTranspose2d: () => image.convTranspose2d(2, 2, { stride: 2 }),
  maxPool1d: () => input(8, 4).maxPool1d(2),
  maxPool2d: () => image.maxPool2d(2),
  maxPool3d: () => input(4, 4, 4, 2).maxPool3d(2),
  avgPool1d: () => input(8, 4).avgPool1d(2),
  avgPool2d: () => image.avgPool2d(2),
  globalAvgPool: () => image.globalAvgPool(),
  globalMaxPool: () => image.globalMaxPool(),
  adaptiveAvgPool: () => image.adaptiveAvgPool(3),
  adaptiveMaxPool: () => image.adaptiveMaxPool(3),
  dense: () => input(8).dense(4),
  flatten: () => image.flatten(),
  relu: () => image.relu(),
  leakyRelu: () => image.leakyRelu(),
  prelu: () => image.prelu(),
  elu: () => image.elu(),
  selu: () => image.selu(),
  gelu: () => image.gelu(),
  silu: () => image.silu(),
  mish: () => image.mish(),
  sigmoid: () => image.sigmoid(),
  hardSigmoid: () => image.hardSigmoid(),
  hardSwish: () => image.hardSwish(),
  tanh: () => image.tanh(),
  softplus: () => image.softplus(),
  softmax: () => input(8).softmax(),
  logSoftmax: () => input(8).logSoftmax(),
  batchNorm: () => image.batchNorm(),
  layerNorm: () => tokens.layerNorm(),
  groupNorm: () => image.groupNorm(2),
  instanceNorm: () => image.instanceNorm(),
  localResponseNorm: () => image.localResponseNorm(3),
  rescale: () => image.rescale(0.5),
  dropout: () => image.dropout(0.5),
  zeroPad: () => image.zeroPad(1),
  crop: () => image.crop(1),
  upsample: () => image.upsample(2),
  pixelShuffle: () => image.pixelShuffle(2),
  permute: () => image.permute(2, 0, 1),
  multiHeadAttention: () => tokens.multiHeadAttention(2),
  embedding: () => input(6).embedding(10, 4),
  lstm: () => tokens.lstm(4),
  gru: () => tokens.gru(4),
  concat: () => image.concat(identity(), identity()),
  add: () => image.add(identity(), identity()),
  subtract: () => image.subtract(identity(), identity()),
  average: () => image.average(identity(), identity()),
  maximum: () => image.maximum(identity(), identity()),
  minimum: () => image.minimum(identity(), identity()),
  multiply: () => image.multiply(identity(), identity()),
}

/**
 * Layers that Keras or ONNX have, but that are written as others: Keras files use only what TensorFlow.js reads too, and ONNX's
 * GroupNormalization changed between opsets.
 */
const writtenOtherwise: Readonly<Record<'keras' | 'onnx', readonly string[]>> = {
  keras: ['groupNorm', 'gru', 'hardSigmoid', 'hardSwish', 'instanceNorm', 'multiHeadAttention', 'separableConv1d', 'softmax', 'subtract'],
  onnx: ['groupNorm'],
}

/** The bare name of a class: `nn.ReLU(max_value=6)` is `ReLU`. */
const bare = (name: string): string => name.replace(/^nn\./, '').replace(/\(.*$/, '')

const cases = Object.entries(samples).map(([method, make]) => ({
  method,
  make,
  ...(names as Readonly<Record<string, OtherNames>>)[method],
}))

describe('what the formats write', () => {
  test.each(cases.filter(({ pytorch }) => pytorch?.startsWith('nn.')))('PyTorch: $method is $pytorch', ({ make, pytorch = '' }) => {
    const source = toPyTorch(make())
    expect(source).toMatch(new RegExp(`\\b${bare(pytorch)}\\b`))
  })

  test.each(cases.filter(({ method, keras }) => keras !== undefined && !writtenOtherwise.keras.includes(method)))(
    'Keras: $method is $keras',
    ({ make, keras = '' }) => {
      const text = JSON.stringify(toKeras(make()))
      expect(text).toContain(`"class_name":"${bare(keras)}"`)
    },
  )

  test.each(cases.filter(({ method, onnx }) => onnx !== undefined && !writtenOtherwise.onnx.includes(method)))(
    'ONNX: $method is $onnx',
    ({ make, onnx = '' }) => {
      const bytes = toOnnx(make(), { opset: 22 })
      expect(Buffer.from(bytes).includes(onnx)).toBe(true)
      expect(fromOnnx(bytes).network.output).toEqual(make().output)
    },
  )
})

interface OtherNames {
  readonly pytorch?: string
  readonly keras?: string
  readonly onnx?: string
}

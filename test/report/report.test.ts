import { describe, expect, test } from 'vitest'
import { conv2d, input } from '../../src/index.js'
import { report } from '../../src/report/index.js'
import { alexnet, alexnetTorchvision, small, vgg16 } from '../support/networks.js'

/** What a network costs, against published figures. */

describe('VGG-16', () => {
  const { totals, layers } = report(vgg16)

  test('totals', () => {
    expect(totals).toMatchObject({
      params: 138_357_544,
      nonTrainable: 0,
      // torchvision vgg16: 15.47 GMACs; conv and fc layers, biases not counted.
      macs: 15_470_264_320,
      flops: 30_940_528_640,
      // The rows of CS231n's table summed (the 24M that the lecture prints is not their sum).
      activations: 15_237_608,
      peak: { values: 6_422_528, layer: 'conv1_2' },
    })
  })

  test("weights without biases: 138,344,128, the sum of the lecture's rows", () => {
    expect(report(vgg16, { biases: false }).totals.params).toBe(138_344_128)
  })

  test("CS231n's table, row by row: memory and weights", () => {
    const table: Record<string, [activations: number, weights: number]> = {
      input: [150_528, 0],
      conv1_1: [3_211_264, 1728],
      conv1_2: [3_211_264, 36_864],
      pool1: [802_816, 0],
      conv2_1: [1_605_632, 73_728],
      conv2_2: [1_605_632, 147_456],
      pool2: [401_408, 0],
      conv3_1: [802_816, 294_912],
      conv3_2: [802_816, 589_824],
      conv3_3: [802_816, 589_824],
      pool3: [200_704, 0],
      conv4_1: [401_408, 1_179_648],
      conv4_2: [401_408, 2_359_296],
      conv4_3: [401_408, 2_359_296],
      pool4: [100_352, 0],
      conv5_1: [100_352, 2_359_296],
      conv5_2: [100_352, 2_359_296],
      conv5_3: [100_352, 2_359_296],
      pool5: [25_088, 0],
      fc6: [4096, 102_760_448],
      fc7: [4096, 16_777_216],
      fc8: [1000, 4_096_000],
    }
    const rows = report(vgg16, { biases: false }).layers.filter(({ activations }) => activations > 0)
    expect(Object.fromEntries(rows.map(({ name, activations, params }) => [name, [activations, params]]))).toEqual(table)
  })

  test('ReLU and flatten take no memory of their own', () => {
    const inPlace = layers.filter(({ kind }) => kind === 'relu' || kind === 'flatten')
    expect(inPlace.map(({ activations, bytes }) => activations + bytes)).toEqual(inPlace.map(() => 0))
  })

  test('the rows sum to the totals', () => {
    for (const what of ['params', 'nonTrainable', 'macs', 'activations'] as const) {
      expect(layers.reduce((sum, layer) => sum + layer[what], 0)).toBe(totals[what])
    }
  })
})

describe('MACs', () => {
  test("torchvision's AlexNet: 714,188,480", () => expect(report(alexnetTorchvision).totals.macs).toBe(714_188_480))

  test('AlexNet on 227x227, not grouped: 1,135,256,096', () => {
    const byHand =
      55 * 55 * 96 * 363 + 27 * 27 * 256 * 2400 + 13 * 13 * (384 * 2304 + 384 * 3456 + 256 * 3456) + 9216 * 4096 + 4096 * 4096 + 4_096_000
    expect(report(alexnet).totals.macs).toBe(byHand)
  })
})

describe('bytes', () => {
  const params = 138_357_544
  const activations = 15_237_608
  const peak = 6_422_528

  test.each([
    ['f32', 4],
    ['f16', 2],
    ['bf16', 2],
    ['i8', 1],
  ] as const)('%s takes %i a value', (dtype, size) => {
    const { bytes } = report(vgg16, { dtype }).totals
    expect(bytes).toEqual({
      params: params * size,
      gradients: params * size,
      optimizer: 0,
      activations: activations * size,
      training: (2 * params + activations) * size,
      inference: (params + peak) * size,
    })
  })

  test.each([
    ['sgd', 0],
    ['momentum', 1],
    ['adam', 2],
  ] as const)('%s keeps %i copies of the parameters', (optimizer, copies) => {
    const { bytes } = report(vgg16, { optimizer }).totals
    expect(bytes.optimizer).toBe(copies * params * 4)
    expect(bytes.training).toBe(((2 + copies) * params + activations) * 4)
    expect(bytes.inference).toBe((params + peak) * 4)
  })

  test('a batch multiplies activations, not parameters', () => {
    const { totals, layers } = report(vgg16, { batch: 32 })
    expect(totals.bytes.params).toBe(params * 4)
    expect(totals.bytes.activations).toBe(32 * activations * 4)
    expect(totals.bytes.inference).toBe((params + 32 * peak) * 4)
    expect(layers[1]?.bytes).toBe(32 * 3_211_264 * 4)
    expect(totals.activations).toBe(activations)
    expect(totals.macs).toBe(report(vgg16).totals.macs)
  })

  test('60.95 MB of activations for one image', () => expect(report(vgg16).totals.bytes.activations).toBe(60_950_432))
})

describe('running statistics', () => {
  const { totals, layers } = report(small)

  test('are stored, but neither parameters nor trained', () => {
    expect(totals.params).toBe(small.params)
    expect(totals.nonTrainable).toBe(32)
    expect(layers.find(({ kind }) => kind === 'batchNorm')).toMatchObject({ params: 32, nonTrainable: 32 })
    expect(totals.bytes.params).toBe((small.params + 32) * 4)
    expect(totals.bytes.gradients).toBe(small.params * 4)
  })

  test("are no biases, and a normalization's shift is none either", () => {
    expect(report(small, { biases: false }).layers.find(({ kind }) => kind === 'batchNorm')).toMatchObject({ params: 32 })
  })
})

describe('options', () => {
  test('what was assumed is in the report', () => {
    expect(report(small)).toMatchObject({ batch: 1, dtype: 'f32', optimizer: 'sgd', biases: true })
    expect(report(small, { batch: 2, dtype: 'i8', optimizer: 'adam', biases: false })).toMatchObject({
      batch: 2,
      dtype: 'i8',
      optimizer: 'adam',
      biases: false,
    })
  })

  test.each([
    [{ batch: 0 }, 'report: batch must be a whole number of at least 1, not 0.'],
    [{ batch: 1.5 }, 'report: batch must be a whole number of at least 1, not 1.5.'],
    [{ batch: 1e20 }, 'report: batch must be at most 9007199254740991 (2^53 - 1), not 100000000000000000000.'],
    [{ batch: Number.NaN }, 'report: batch must be a whole number of at least 1, not NaN.'],
    [{ dtype: 'f64' }, 'report: dtype must be one of f32, f16, bf16, i8, i4, not "f64".'],
    [{ dtype: 'toString' }, 'report: dtype must be one of f32, f16, bf16, i8, i4, not "toString".'],
    [{ optimizer: 'lion' }, 'report: optimizer must be one of sgd, momentum, adam, not "lion".'],
    [{ dtype: ['f32'] }, 'report: dtype must be one of f32, f16, bf16, i8, i4, not ["f32"].'],
    [{ batch: '32' }, 'report: batch must be a whole number of at least 1, not "32".'],
    [{ biases: 'no' }, 'report: biases must be true or false, not "no".'],
  ])('%j', (options, message) => {
    expect(() => report(small, options as never)).toThrow(new RangeError(message))
  })

  test.each([
    [{ batchSize: 32 }, "report: there is no option 'batchSize'. The options are batch, dtype, weights, optimizer and biases."],
    [32, 'report: the options must be an object such as { batch: 32 }, not 32.'],
    [null, 'report: the options must be an object such as { batch: 32 }, not null.'],
    [[32], 'report: the options must be an object such as { batch: 32 }, not [32].'],
  ])('%j', (options, message) => {
    expect(() => report(small, options as never)).toThrow(new TypeError(message))
  })

  test('left undefined they are those by default', () => {
    expect(report(small, { batch: undefined, biases: undefined } as never)).toEqual(report(small))
  })
})

describe('something else than a network', () => {
  test.each([
    [undefined, 'undefined.'],
    [{}, 'an object.'],
    [report, 'a function.'],
    [conv2d(3, 3), 'a layer value. Apply it to an input: input(28, 28, 1).apply(layer).'],
    [report(small), 'a report.'],
  ])('%#', (given, end) => {
    expect(() => report(given as never)).toThrow(new TypeError(`report: needs a network such as input(784).dense(10), not ${end}`))
  })
})

test('an input alone: no parameters, its own values', () => {
  const { totals } = report(input(7, 7, 3))
  expect(totals).toMatchObject({ params: 0, macs: 0, activations: 147, peak: { values: 147, layer: 'input' } })
})

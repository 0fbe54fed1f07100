import { describe, expect, test } from 'vitest'
import { FormatError, fromKeras } from '../../../src/formats/keras/index.js'

/* Files that others wrote: the forms of Keras 2, Keras 3 and TensorFlow.js, and what is refused in them. */

type Json = Record<string, unknown>

const conv = (config: Json = {}): Json => ({ class_name: 'Conv2D', config: { name: 'conv', filters: 4, kernel_size: [3, 3], ...config } })
const sequential = (...layers: Json[]): Json => ({
  class_name: 'Sequential',
  config: {
    name: 'model',
    layers: [{ class_name: 'InputLayer', config: { batch_input_shape: [null, 9, 8, 3], name: 'image' } }, ...layers],
  },
})
const onImage = (className: string, config: Json = {}): Json => sequential({ class_name: className, config: { name: 'layer', ...config } })
const on = (shape: readonly number[], className: string, config: Json = {}): Json => ({
  class_name: 'Sequential',
  config: { layers: [{ class_name: className, config: { name: 'layer', batch_input_shape: [null, ...shape], ...config } }] },
})

/** A layer inside a Bidirectional. */
const inside = (className: string, config: Json): Json => ({ class_name: className, config: { name: 'rnn', ...config } })
const lstm = (config: Json = {}): Json => inside('LSTM', { units: 5, recurrent_activation: 'sigmoid', ...config })

const textOf = (json: unknown): string => `${fromKeras(json).network}`
const settingsIn = (json: unknown) =>
  fromKeras(json)
    .network.graph.nodes.slice(1)
    .map(({ kind, settings }) => ({ kind, ...settings }))
const refusal = (json: unknown): string => {
  try {
    fromKeras(json)
  } catch (error) {
    if (error instanceof FormatError) return error.message
    throw error
  }
  return 'nothing'
}

describe('the forms of a model', () => {
  const layers = [
    conv({ activation: 'relu' }),
    { class_name: 'Flatten', config: { name: 'flat' } },
    { class_name: 'Dense', config: { name: 'head', units: 2, activation: 'softmax' } },
  ]
  const wanted = 'Network<[9, 8, 3], [2], 450>'

  test('Sequential with an InputLayer, as text and as an object', () => {
    const file = sequential(...layers)
    expect(textOf(file)).toBe(wanted)
    expect(textOf(JSON.stringify(file))).toBe(wanted)
    expect(fromKeras(file).network.graph.nodes.map(({ name }) => name)).toEqual([
      'input',
      'conv',
      'conv_relu',
      'flat',
      'head',
      'head_softmax',
    ])
  })

  test('Sequential whose first layer has the shape, as TensorFlow.js writes it', () => {
    const [first, ...rest] = layers as [Json, ...Json[]]
    const begun = {
      ...first,
      config: { ...(first['config'] as Json), batch_input_shape: [null, 9, 8, 3], data_format: 'channels_last', kernel_initializer: {} },
    }
    expect(
      textOf({
        class_name: 'Sequential',
        config: { layers: [begun, ...rest] },
        keras_version: 'tfjs-layers 4.22.0',
        backend: 'tensor_flow.js',
      }),
    ).toBe(wanted)
    expect(textOf({ class_name: 'Sequential', config: [begun, ...rest] })).toBe(wanted)
    expect(
      textOf({ modelTopology: { model_config: { class_name: 'Sequential', config: { layers: [begun, ...rest] } } }, weightsManifest: [] }),
    ).toBe(wanted)
  })

  test('Sequential of Keras 3', () => {
    const wrapped = layers.map((layer) => ({
      module: 'keras.layers',
      registered_name: null,
      build_config: { input_shape: [null] },
      ...layer,
    }))
    const input = {
      module: 'keras.layers',
      class_name: 'InputLayer',
      config: { batch_shape: [null, 9, 8, 3], dtype: 'float32', sparse: false, ragged: false, name: 'i' },
      registered_name: null,
    }
    expect(
      textOf({
        module: 'keras',
        class_name: 'Sequential',
        config: { name: 's', trainable: true, dtype: {}, layers: [input, ...wrapped] },
        registered_name: 'Sequential',
        compile_config: {},
      }),
    ).toBe(wanted)
  })

  const branches = (link: (...names: string[]) => unknown[]): Json => ({
    class_name: 'Functional',
    config: {
      layers: [
        { class_name: 'InputLayer', name: 'x', config: { batch_input_shape: [null, 9, 8, 3] }, inbound_nodes: [] },
        { class_name: 'Add', name: 'sum', config: {}, inbound_nodes: link('one', 'x') },
        { ...conv({ padding: 'same', filters: 3 }), name: 'one', inbound_nodes: link('x') },
        { class_name: 'GlobalAveragePooling2D', name: 'mean', config: {}, inbound_nodes: link('one') },
      ],
      input_layers: [['x', 0, 0]],
      output_layers: [
        ['sum', 0, 0],
        ['mean', 0, 0],
      ],
    },
  })

  const branchesText = 'Network<[9, 8, 3], { sum: [9, 8, 3]; mean: [3] }, 84>'

  test('Functional with the links of Keras 2', () => {
    const { network } = fromKeras(branches((...names) => [names.map((name) => [name, 0, 0, {}])]))
    expect(network.output).toEqual({ sum: [9, 8, 3], mean: [3] })
    expect(network.graph.outputs).toEqual({ sum: 'sum', mean: 'mean' })
    expect(textOf(branches((...names) => names.map((name) => [name, 0, 0])))).toBe(branchesText)
  })

  test('Functional with the links of Keras 3', () => {
    const tensor = (name: string) => ({
      class_name: '__keras_tensor__',
      config: { shape: [null], dtype: 'float32', keras_history: [name, 0, 0] },
    })
    expect(textOf(branches((...names) => [{ args: names.length > 1 ? [names.map(tensor)] : names.map(tensor), kwargs: {} }]))).toBe(
      branchesText,
    )
    const one = branches((...names) => [{ args: [names.map(tensor)], kwargs: { mask: null, training: false } }])
    const config = one['config'] as Json
    expect(textOf({ ...one, config: { ...config, input_layers: ['x', 0, 0] } })).toBe(branchesText)
  })
})

describe('the settings of layers', () => {
  test('windows', () => {
    expect(settingsIn(onImage('Conv2D', { filters: 4, kernel_size: 3, strides: [2, 2], padding: 'same', use_bias: false }))).toMatchObject([
      { kernel: 3, stride: 2, padding: 'same', bias: false },
    ])
    expect(settingsIn(onImage('Conv2D', { filters: 4, kernel_size: [2, 3], strides: 2 }))).toMatchObject([
      { kernel: [2, 3], stride: 2, padding: 0, rounding: 'floor' },
    ])
    expect(settingsIn(onImage('Conv2D', { filters: 6, kernel_size: 3, groups: 3, dilation_rate: [2, 2] }))).toMatchObject([
      { groups: 3, dilation: 2, rounding: 'exact' },
    ])
    expect(settingsIn(on([20, 3], 'Conv1D', { filters: 4, kernel_size: [3], padding: 'causal', dilation_rate: [2] }))).toMatchObject([
      { padding: [[4, 0]] },
    ])
    expect(textOf(on([20, 3], 'Conv1D', { filters: 4, kernel_size: [3], padding: 'causal', dilation_rate: [2] }))).toBe(
      'Network<[20, 3], [20, 4], 40>',
    )
    expect(textOf(onImage('DepthwiseConv2D', { kernel_size: 3, depth_multiplier: 2, groups: 1, filters: null }))).toBe(
      'Network<[9, 8, 3], [7, 6, 6], 60>',
    )
    expect(textOf(onImage('SeparableConv2D', { filters: 5, kernel_size: 3 }))).toBe('Network<[9, 8, 3], [7, 6, 5], 47>')
    // (N - 1) * stride + kernel, and at least N * stride.
    expect(fromKeras(onImage('Conv2DTranspose', { filters: 4, kernel_size: 3, strides: 2 })).network.output).toEqual([19, 17, 4])
    expect(fromKeras(onImage('Conv2DTranspose', { filters: 4, kernel_size: 2, strides: 3 })).network.output).toEqual([27, 24, 4])
    expect(settingsIn(onImage('MaxPooling2D'))).toMatchObject([{ kernel: 2, stride: 2, rounding: 'floor' }])
    expect(settingsIn(onImage('AveragePooling2D', { pool_size: 3, strides: 1, padding: 'same' }))).toMatchObject([
      { kernel: 3, stride: 1, padding: 'same' },
    ])
  })

  test('activations', () => {
    expect(settingsIn(onImage('ReLU', { max_value: 6 }))).toEqual([{ kind: 'relu6' }])
    expect(settingsIn(onImage('ReLU', { max_value: 1 }))).toMatchObject([
      { kind: 'rescale', scale: 6 },
      { kind: 'relu6' },
      { kind: 'rescale', scale: 0.16666667 },
    ])
    expect(settingsIn(onImage('ReLU', { max_value: null, negative_slope: 0.1, threshold: 0 }))).toEqual([{ kind: 'leakyRelu', slope: 0.1 }])
    expect(settingsIn(onImage('LeakyReLU'))).toEqual([{ kind: 'leakyRelu', slope: 0.3 }])
    expect(settingsIn(onImage('LeakyReLU', { negative_slope: 0.2 }))).toEqual([{ kind: 'leakyRelu', slope: 0.2 }])
    expect(settingsIn(onImage('PReLU', { shared_axes: [1, 2] }))).toEqual([{ kind: 'prelu', shared: false }])
    expect(settingsIn(onImage('PReLU', { shared_axes: [1, 2, 3] }))).toEqual([{ kind: 'prelu', shared: true }])
    expect(settingsIn(onImage('Activation', { activation: 'linear' }))).toEqual([])
    expect(settingsIn(onImage('Activation', { activation: 'silu' }))).toEqual([{ kind: 'silu' }])
    expect(settingsIn(onImage('Softmax', { axis: -1 }))).toEqual([{ kind: 'softmax' }])
    expect(settingsIn(onImage('Dropout', { rate: 0.5, seed: null, noise_shape: null }))).toEqual([{ kind: 'dropout', rate: 0.5 }])
  })

  test('normalizations', () => {
    expect(settingsIn(onImage('BatchNormalization', { axis: [3], momentum: 0.99, renorm: false, fused: null }))).toEqual([
      { kind: 'batchNorm', epsilon: 1e-3 },
    ])
    expect(settingsIn(onImage('BatchNormalization', { scale: false }))).toEqual([{ kind: 'batchNorm', epsilon: 1e-3, scale: false }])
    expect(settingsIn(onImage('BatchNormalization', { center: false, epsilon: 1e-5 }))).toEqual([
      { kind: 'batchNorm', epsilon: 1e-5, shift: false },
    ])
    expect(settingsIn(onImage('Rescaling', { scale: 2, offset: [1, 2, 3] }))).toEqual([{ kind: 'rescale', scale: 2, offset: [1, 2, 3] }])
    expect(settingsIn(onImage('Rescaling', { scale: -1 }))).toEqual([{ kind: 'rescale', scale: -1, offset: 0 }])
    expect(settingsIn(onImage('Normalization', { axis: [-1], mean: [1, 2, 3], variance: 4 }))).toEqual([
      { kind: 'normalize', mean: [1, 2, 3], variance: 4 },
    ])
    expect(settingsIn(onImage('Normalization', { axis: -1, mean: null, variance: null }))).toEqual([{ kind: 'normalize' }])
    expect(settingsIn(onImage('LayerNormalization', { axis: [3], center: false, scale: false, epsilon: 1e-6 }))).toEqual([
      { kind: 'layerNorm', affine: false, epsilon: 1e-6 },
    ])
    expect(settingsIn(onImage('RMSNormalization', { axis: -1 }))).toEqual([{ kind: 'rmsNorm', affine: true, epsilon: 1e-6 }])
    expect(settingsIn(onImage('GroupNormalization', { groups: 3 }))).toEqual([
      { kind: 'groupNorm', groups: 3, affine: true, epsilon: 1e-3 },
    ])
    expect(settingsIn(onImage('GroupNormalization', { groups: -1 }))).toEqual([{ kind: 'instanceNorm', affine: true, epsilon: 1e-3 }])
  })

  test('shapes and sequences', () => {
    expect(textOf(onImage('Dense', { units: 5 }))).toBe('Network<[9, 8, 3], [9, 8, 5], 20>')
    expect(settingsIn(onImage('Reshape', { target_shape: [-1, 3] }))).toEqual([{ kind: 'reshape', shape: [72, 3] }])
    expect(settingsIn(onImage('Permute', { dims: [3, 1, 2] }))).toEqual([{ kind: 'permute', axes: [2, 0, 1] }])
    expect(
      settingsIn(
        onImage('ZeroPadding2D', {
          padding: [
            [0, 1],
            [2, 2],
          ],
        }),
      ),
    ).toEqual([{ kind: 'zeroPad', amount: [[0, 1], 2] }])
    expect(settingsIn(on([9, 3], 'Cropping1D', { cropping: [1, 2] }))).toEqual([{ kind: 'crop', amount: [[1, 2]] }])
    expect(settingsIn(onImage('UpSampling2D', { size: [2, 3] }))).toEqual([{ kind: 'upsample', scale: [2, 3], method: 'nearest' }])
    expect(textOf(onImage('GlobalMaxPooling2D', { keepdims: true }))).toBe('Network<[9, 8, 3], [1, 1, 3], 0>')
    expect(textOf(on([7], 'Embedding', { input_dim: 11, output_dim: 4, input_length: 7 }))).toBe('Network<[7], [7, 4], 44>')
    expect(settingsIn(on([7, 4], 'LSTM', { units: 5, recurrent_activation: 'sigmoid', activation: 'tanh' }))).toEqual([
      { kind: 'lstm', units: 5, returnSequences: false, bidirectional: false, bias: true },
    ])
    expect(settingsIn(on([7, 4], 'GRU', { units: 5, recurrent_activation: 'sigmoid', reset_after: true, return_sequences: true }))).toEqual(
      [{ kind: 'gru', units: 5, returnSequences: true, bidirectional: false, bias: true }],
    )
  })

  test('recurrences in both directions, as Keras 2, Keras 3 and TensorFlow.js write them', () => {
    const options = { units: 5, recurrent_activation: 'sigmoid', return_sequences: true }
    const forward = (config: Json = {}) => lstm({ return_sequences: true, ...config })
    const read = { kind: 'lstm', units: 5, returnSequences: true, bidirectional: 'concat', bias: true }
    expect(settingsIn(on([7, 4], 'Bidirectional', { layer: forward(), merge_mode: 'concat', num_constants: null }))).toEqual([read])
    const backward = inside('LSTM', { ...options, name: 'backward_rnn', go_backwards: true })
    const keras3 = {
      layer: { module: 'keras.layers', ...forward({ name: 'forward_rnn' }), registered_name: null },
      backward_layer: backward,
    }
    expect(settingsIn(on([7, 4], 'Bidirectional', { ...keras3, merge_mode: 'sum' }))).toEqual([{ ...read, bidirectional: 'sum' }])
    const last = inside('GRU', { ...options, return_sequences: false, reset_after: true, use_bias: false })
    expect(textOf(on([7, 4], 'Bidirectional', { layer: last }))).toBe('Network<[7, 4], [10], 270>')
  })
})

test('a path in place of the text', () =>
  expect(refusal('nets/model.json')).toMatch(
    /^keras: is not valid JSON: .*\. It needs the text of the file, not its path: readFileSync\("nets\/model\.json", 'utf8'\)\.$/,
  ))

describe('refusals say which layer and which option', () => {
  test.each<[unknown, string]>([
    ['{"class_name": ', 'keras: is not valid JSON: '],
    [3, 'keras: needs a model, not 3.'],
    [[], "keras: needs a model: class_name must be 'Sequential', 'Model' or 'Functional', not nothing."],
    [{ class_name: 'Lambda' }, `keras: needs a model: class_name must be 'Sequential', 'Model' or 'Functional', not "Lambda".`],
    [{ class_name: 'Sequential', config: { layers: [] } }, 'keras: the model has no layers, but [].'],
    [
      { class_name: 'Sequential', config: { layers: [conv()] } },
      'keras: the file does not say the shape of its input. Set them with the option input, such as [224, 224, 3] (--input 224,224,3).',
    ],
    [sequential(3 as never), 'keras: layer 2 must have a class_name and a config, and is 3.'],
    [sequential(conv(), conv()), 'keras: conv: there are two layers of this name.'],
    [
      onImage('Lambda', { function: 'os.system' }),
      'keras: layer: Lambda: its function is Python, which is not run here. Use layers in its place.',
    ],
    [onImage('Sequential', { layers: [] }), 'keras: layer: the model has no layers, but [].'],
    [sequential(conv({ kernel_sizes: 3 })), "keras: conv: Conv2D: the option 'kernel_sizes' is not known here."],
    [
      sequential(conv({ data_format: 'channels_first' })),
      `keras: conv: Conv2D: data_format must be 'channels_last', not "channels_first".`,
    ],
    [sequential(conv({ padding: 'full' })), `keras: conv: Conv2D: padding must be 'valid' or 'same', not "full".`],
    [sequential(conv({ filters: '4' })), 'keras: conv: Conv2D: filters must be a whole number of at least 1, not "4".'],
    [sequential(conv({ filters: null })), 'keras: conv: Conv2D: filters must be a whole number of at least 1, not nothing.'],
    [
      sequential(conv({ kernel_size: [3] })),
      'keras: conv: Conv2D: kernel_size must be a whole number of at least 1, or 2 of them, not [3].',
    ],
    [sequential(conv({ kernel_size: 20 })), 'keras: conv: conv2d: a 20x20 filter is larger than the 9x8 input: '],
    [sequential(conv({ groups: 2 })), 'keras: conv: conv2d: 2 groups do not divide 3 input channels'],
    [sequential(conv({ activation: 'exotic' })), 'keras: conv: Conv2D: the activation "exotic" is not known here.'],
    [
      sequential(conv({ activation: { class_name: 'function', config: 'relu' } })),
      'keras: conv: Conv2D: the activation {"class_name":"function","config":"relu"} is not known here.',
    ],
    [
      onImage('Activation', { activation: 'hard_sigmoid' }),
      "keras: layer: Activation: the activation 'hard_sigmoid' is another function in Keras 3 than in Keras 2, and the file does not say its version.",
    ],
    [
      onImage('ReLU', { max_value: 1e6 }),
      'keras: layer: ReLU: max_value 1000000 with negative_slope 0 is no rectifier that is known here.',
    ],
    [onImage('ReLU', { max_value: -1 }), 'keras: layer: ReLU: max_value -1 with negative_slope 0 is no rectifier that is known here.'],
    [onImage('ReLU', { threshold: 1 }), 'keras: layer: ReLU: threshold 1 is no rectifier that is known here. Use threshold 0.'],
    [onImage('PReLU', {}), 'keras: layer: PReLU: shared_axes [] gives a slope for each position. Share all axes but the last.'],
    [
      onImage('BatchNormalization', { axis: 1 }),
      'keras: layer: BatchNormalization: axis 1 is not the last axis, and here all runs over the channels.',
    ],
    [
      onImage('LayerNormalization', { scale: false }),
      'keras: layer: LayerNormalization: it either scales or shifts, and here a normalization does both or neither.',
    ],
    [
      onImage('Dropout', { rate: 0.5, noise_shape: [null, 1, 1, 3] }),
      'keras: layer: Dropout: noise_shape [null,1,1,3] drops some values together. Leave it out, or use [null,1,1,1].',
    ],
    [onImage('Dropout', { rate: 2 }), 'keras: layer: dropout: the rate is the share of values to drop, at least 0 and below 1, not 2.'],
    [
      onImage('UpSampling2D', { interpolation: 'bilinear' }),
      `keras: layer: UpSampling2D: interpolation 'bilinear' is another function in Keras than in TensorFlow.js, and the file does not`,
    ],
    [onImage('Reshape', { target_shape: [5, -1] }), 'keras: layer: reshape: shape must be'],
    [onImage('Reshape', { target_shape: [-1, -1] }), 'keras: layer: Reshape: target_shape must be a list of sizes, not [-1,-1].'],
    [onImage('Permute', { dims: [1, 2] }), 'keras: layer: permute: takes each axis once'],
    [on([7, 4], 'LSTM', { units: 5 }), "keras: layer: LSTM: recurrent_activation must be 'sigmoid', not nothing."],
    [
      on([7, 4], 'GRU', { units: 5, recurrent_activation: 'sigmoid' }),
      'keras: layer: GRU: reset_after must be true: the other way round is another layer.',
    ],
    ...(
      [
        [{ layer: lstm(), merge_mode: null }, "merge_mode None gives two outputs. Use 'concat'."],
        [{ layer: lstm(), merge_mode: 'ave' }, "merge_mode must be 'concat' or 'sum', not \"ave\"."],
        [{ layer: inside('SimpleRNN', { units: 5 }) }, 'it must have an LSTM or a GRU inside, not "SimpleRNN".'],
        [{}, 'it must have an LSTM or a GRU inside, not nothing.'],
        [{ layer: lstm(), backward_layer: lstm() }, 'LSTM: go_backwards false is that of the other direction.'],
        [{ layer: lstm({ go_backwards: true }) }, 'LSTM: go_backwards true is not known here. Use false.'],
        [
          { layer: lstm(), backward_layer: lstm({ go_backwards: true, units: 6 }) },
          'its two layers must be of the same kind and size here.',
        ],
        [{ layer: lstm({ wide: 3 }) }, "LSTM: the option 'wide' is not known here."],
        [{ layer: lstm(), dropout: 1 }, "the option 'dropout' is not known here."],
      ] as const
    ).map(([config, sentence]): [Json, string] => [
      on([7, 4], 'Bidirectional', config),
      `keras: layer: Bidirectional${sentence.startsWith('LSTM') ? ' ' : ': '}${sentence}`,
    ]),
    [on([7], 'Embedding', { input_dim: 3, output_dim: 2, mask_zero: true }), 'keras: layer: Embedding: mask_zero true hides words'],
    [
      sequential({ class_name: 'InputLayer', config: { name: 'another', batch_input_shape: [null, 9, 8, 3] } }, conv()),
      'keras: another: InputLayer: it is none of the inputs of the model.',
    ],
    [
      on([], 'Flatten', {}),
      'keras: layer_input: InputLayer: batch_input_shape must be a list with null for the batch and then whole sizes or null, not [null].',
    ],
    [
      on([null as never, 3], 'Flatten', {}),
      'keras: the file leaves sizes of its input open: ?x3. Set them with the option input, such as [100, 3] (--input 100,3).',
    ],
  ])('%j', (json, sentence) => {
    expect(refusal(json).slice(0, sentence.length)).toBe(sentence)
  })

  const model = (layers: Json[], more: Json = {}): Json => ({
    class_name: 'Model',
    config: {
      layers: [{ class_name: 'InputLayer', name: 'x', config: { batch_input_shape: [null, 4] }, inbound_nodes: [] }, ...layers],
      input_layers: [['x', 0, 0]],
      output_layers: [['end', 0, 0]],
      ...more,
    },
  })
  const relu = (name: string, ...inbound: unknown[]): Json => ({ class_name: 'ReLU', name, config: { name }, inbound_nodes: inbound })

  test.each<[string, unknown, string]>([
    ['a cycle', model([relu('a', [['end', 0, 0, {}]]), relu('end', [['a', 0, 0, {}]])]), 'it takes itself, by way of other layers.'],
    ['itself', model([relu('end', [['end', 0, 0, {}]])]), 'keras: end: it takes itself, by way of other layers.'],
    ['no such layer', model([relu('end', [['y', 0, 0, {}]])]), "keras: end: it takes 'y', and there is no such layer."],
    ['no such output', model([relu('a', [['x', 0, 0, {}]])]), 'keras: end: there is no layer of this name.'],
    ['a call that leads nowhere', model([relu('end', [['x', 0, 0, {}]], [['x', 0, 0, {}]])]), 'keras: end_2: leads to no output.'],
    ['second use', model([relu('end', [['x', 1, 0, {}]])]), "keras: end: it takes call 2 of 'x', which has 1."],
    ['second output', model([relu('end', [['x', 0, 1, {}]])]), "keras: end: it takes output 2 of 'x', which has 1."],
    ['arguments', model([relu('end', [['x', 0, 0, { mask: 1 }]])]), 'keras: end: it is called with "mask", which is not known here.'],
    ['a layer without inputs', model([relu('end')]), 'keras: end: ReLU: it takes nothing.'],
    ['a layer that leads nowhere', model([relu('a', [['x', 0, 0, {}]]), relu('end', [['x', 0, 0, {}]])]), 'keras: a: leads to no output.'],
    [
      'an input that is a layer',
      model([relu('end', [['x', 0, 0, {}]])], {
        input_layers: [
          ['x', 0, 0],
          ['end', 0, 0],
        ],
      }),
      'keras: end: an input must be an InputLayer.',
    ],
    ['no outputs', model([relu('end', [['x', 0, 0, {}]])], { output_layers: [] }), 'keras: the model has no output.'],
    [
      'a layer with two inputs',
      model([
        relu('end', [
          ['x', 0, 0, {}],
          ['x', 0, 0, {}],
        ]),
      ]),
      'keras: end: ReLU: it takes one input, not 2.',
    ],
    [
      'unequal sums',
      model([
        { class_name: 'Dense', name: 'd', config: { units: 2 }, inbound_nodes: [[['x', 0, 0, {}]]] },
        {
          class_name: 'Add',
          name: 'end',
          config: {},
          inbound_nodes: [
            [
              ['x', 0, 0, {}],
              ['d', 0, 0, {}],
            ],
          ],
        },
      ]),
      'keras: end: Add: its inputs differ in shape: a sum needs equal shapes.',
    ],
  ])('%s', (_, json, sentence) => {
    expect(refusal(json)).toContain(sentence)
  })
})

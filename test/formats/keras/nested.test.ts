import * as tf from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { FormatError, fromKeras } from '../../../src/formats/keras/index.js'
import { runInTensorFlow } from '../../support/tensorflow.js'

/* Models inside models, layers at each step of a sequence, and sizes that the file leaves open. */

type Json = Record<string, unknown>

const layer = (className: string, config: Json, ...inbound: unknown[]): Json => ({
  class_name: className,
  name: config['name'],
  config,
  inbound_nodes: inbound,
})
const dense = (name: string, units: number, config: Json = {}): Json => ({ class_name: 'Dense', config: { name, units, ...config } })
const sequential = (name: string, ...layers: Json[]): Json => ({ class_name: 'Sequential', config: { name, layers } })
const imageOf = (name: string, shape: (number | null)[]): Json => ({
  class_name: 'InputLayer',
  config: { name, batch_input_shape: [null, ...shape], dtype: 'float32' },
})
/** `[['a', 0, 0, {}]]` of `['a']`, and of `['a', 1]` and `['a', 0, 1]` with the number of the call and of the output. */
const from = (...ends: (readonly [string, number?, number?])[]) => ends.map(([name, call = 0, output = 0]) => [name, call, output, {}])
const functional = (name: string, layers: Json[], inputs: unknown, outputs: unknown): Json => ({
  class_name: 'Functional',
  config: { name, layers, input_layers: inputs, output_layers: outputs },
})
const placeholder = (name: string, shape: (number | null)[]): Json => layer('InputLayer', { name, batch_input_shape: [null, ...shape] })

const refusal = (json: unknown, options = {}): string => {
  try {
    fromKeras(json, options)
  } catch (error) {
    if (error instanceof FormatError) return error.message
    throw error
  }
  return 'nothing'
}
const nodesOf = (json: unknown, options = {}) =>
  fromKeras(json, options).network.graph.nodes.map(({ name, kind, inputs }) => [name, kind, ...inputs])
const textOf = (json: unknown, options = {}): string => `${fromKeras(json, options).network}`

describe('models inside models', () => {
  test('a Sequential in a Sequential, whose first has the shape in its first layer', () => {
    const file = sequential(
      'all',
      sequential('one', dense('d', 3, { batch_input_shape: [null, 4], activation: 'relu' })),
      sequential('two', dense('d2', 2)),
    )
    expect(textOf(file)).toBe('Network<[4], [2], 23>')
    expect(nodesOf(file)).toEqual([
      ['input', 'input'],
      ['d', 'dense', 'input'],
      ['d_relu', 'relu', 'd'],
      ['d2', 'dense', 'd_relu'],
    ])
    const begun = sequential('all', sequential('one', imageOf('in', [4]), dense('d', 3)), dense('d2', 2))
    expect(textOf(begun)).toBe('Network<[4], [2], 23>')
  })

  const tower = (first: number) =>
    functional(
      'siamese',
      [
        placeholder('left', [4]),
        placeholder('right', [4]),
        { ...sequential('encoder', imageOf('x', [4]), dense('d', 3)), name: 'encoder', inbound_nodes: [from(['left']), from(['right'])] },
        layer('Concatenate', { name: 'both' }, from(['encoder', first], ['encoder', first + 1])),
      ],
      from(['left'], ['right']),
      from(['both']),
    )

  test.each([0, 1])('a model that is called twice has its weights once; its calls count from %i', (first) => {
    const { network } = fromKeras(tower(first))
    expect(`${network}`).toBe('Network<{ left: [4]; right: [4] } & { shared: { d: { input: [4]; layer: number; params: 15 } } }, [6], 15>')
    expect(network.graph.nodes.map(({ name, inputs, sharedWith }) => [name, sharedWith, ...inputs])).toEqual([
      ['left', undefined],
      ['right', undefined],
      ['d', undefined, 'left'],
      ['d_2', 'd', 'right'],
      ['both', undefined, 'd', 'd_2'],
    ])
  })

  test('a call that does not exist', () => expect(refusal(tower(2))).toBe("keras: both: it takes call 4 of 'encoder', which has 2."))

  test('layers of one name in two models have the names of their models before them', () => {
    const one = (name: string) => sequential(name, dense('d', 4))
    expect(nodesOf(sequential('all', imageOf('x', [4]), one('a'), one('b'), dense('e', 2))).map(([name]) => name)).toEqual([
      'input',
      'a_d',
      'b_d',
      'e',
    ])
    expect(nodesOf(sequential('all', imageOf('x', [4]), dense('d', 4), one('b'))).map(([name]) => name)).toEqual(['input', 'd', 'b_d'])
  })

  test('a model with two inputs and two outputs', () => {
    const inner = functional(
      'inner',
      [
        placeholder('p', [4]),
        placeholder('q', [4]),
        layer('Dense', { name: 'one', units: 3 }, from(['p'])),
        layer('Dense', { name: 'two', units: 2 }, from(['q'])),
      ],
      from(['p'], ['q']),
      from(['two'], ['one']),
    )
    const file = functional(
      'outer',
      [
        placeholder('a', [4]),
        placeholder('b', [4]),
        { ...inner, name: 'inner', inbound_nodes: [from(['b'], ['a'])] },
        layer('ReLU', { name: 'end' }, from(['inner', 0, 1])),
        layer('Softmax', { name: 'other' }, from(['inner', 0, 0])),
      ],
      from(['a'], ['b']),
      from(['end'], ['other']),
    )
    expect(textOf(file)).toBe('Network<{ a: [4]; b: [4] }, { end: [3]; other: [2] }, 25>')
    expect(nodesOf(file)).toEqual([
      ['a', 'input'],
      ['b', 'input'],
      ['one', 'dense', 'b'],
      ['two', 'dense', 'a'],
      ['end', 'relu', 'one'],
      ['other', 'softmax', 'two'],
    ])
    const wrong = { ...file, config: { ...(file['config'] as Json), output_layers: from(['inner', 0, 2]) } }
    expect(refusal(wrong)).toBe("keras: output_layers: it takes output 3 of 'inner', which has 2.")
  })

  test('inputs and outputs in dictionaries, as Keras 3 has them', () => {
    const file = functional(
      'outer',
      [
        placeholder('a', [4]),
        placeholder('b', [4]),
        layer('Add', { name: 'sum' }, from(['a'], ['b'])),
        layer('ReLU', { name: 'end' }, from(['sum'])),
      ],
      { first: ['a', 0, 0], second: ['b', 0, 0] },
      { total: ['sum', 0, 0], positive: ['end', 0, 0] },
    )
    expect(textOf(file)).toBe('Network<{ a: [4]; b: [4] }, { total: [4]; positive: [4] }, 0>')
  })

  test('deep nesting, and models that call models without end', () => {
    let deep: Json = sequential('s', dense('d', 4, { batch_input_shape: [null, 4] }))
    for (let level = 0; level < 60; level += 1) deep = sequential(`s${level}`, deep)
    expect(textOf(deep)).toBe('Network<[4], [4], 20>')
    for (let level = 0; level < 2000; level += 1) deep = sequential(`t${level}`, deep)
    expect(refusal(deep)).toMatch(/^keras: t\d+: models stand in each other more than 64 deep\.$/)
    let wide: Json = { ...sequential('s', imageOf('x', [4])) }
    for (let level = 0; level < 40; level += 1) {
      const call = (index: number) => from([index === 0 ? `x${level}` : 'inner', Math.max(index - 1, 0)])
      wide = functional(
        `m${level}`,
        [placeholder(`x${level}`, [4]), { ...wide, name: 'inner', inbound_nodes: [0, 1, 2, 3].map(call) }],
        from([`x${level}`]),
        from(['inner', 3]),
      )
    }
    expect(refusal(wide)).toMatch(/: the model has more than 50000 calls of layers\.$/)
  })
})

describe('layers at each step of a sequence', () => {
  const steps = (shape: number[], className: string, config: Json = {}): Json =>
    sequential('s', {
      class_name: 'TimeDistributed',
      config: {
        name: 'each',
        batch_input_shape: [null, 5, ...shape],
        layer: { class_name: className, config: { name: 'inner', ...config } },
      },
    })
  const image = [8, 6, 3]

  test.each<[number[], string, Json, string]>([
    [[4], 'Dense', { units: 3, activation: 'relu' }, 'Network<[5, 4], [5, 3], 15>'],
    [image, 'Conv2D', { filters: 4, kernel_size: 3, strides: 2, padding: 'same' }, 'Network<[5, 8, 6, 3], [5, 4, 3, 4], 112>'],
    [image, 'DepthwiseConv2D', { kernel_size: [3, 2] }, 'Network<[5, 8, 6, 3], [5, 6, 5, 3], 21>'],
    [image, 'Conv2DTranspose', { filters: 2, kernel_size: 2, strides: 2 }, 'Network<[5, 8, 6, 3], [5, 16, 12, 2], 26>'],
    [image, 'MaxPooling2D', {}, 'Network<[5, 8, 6, 3], [5, 4, 3, 3], 0>'],
    [image, 'AveragePooling2D', { pool_size: 3, strides: 1, padding: 'same' }, 'Network<[5, 8, 6, 3], [5, 8, 6, 3], 0>'],
    [image, 'GlobalAveragePooling2D', {}, 'Network<[5, 8, 6, 3], [5, 3], 0>'],
    [image, 'GlobalMaxPooling2D', {}, 'Network<[5, 8, 6, 3], [5, 3], 0>'],
    [image, 'Flatten', {}, 'Network<[5, 8, 6, 3], [5, 144], 0>'],
    [image, 'BatchNormalization', { axis: [3] }, 'Network<[5, 8, 6, 3], [5, 8, 6, 3], 6>'],
    [image, 'RMSNormalization', { axis: -1 }, 'Network<[5, 8, 6, 3], [5, 8, 6, 3], 3>'],
    [image, 'Minimum', {}, 'Network<[5, 8, 6, 3], [5, 8, 6, 3], 0>'],
    [[8, 3], 'Conv1D', { filters: 4, kernel_size: 3 }, 'Network<[5, 8, 3], [5, 6, 4], 40>'],
    [image, 'Dropout', { rate: 0.5 }, 'Network<[5, 8, 6, 3], [5, 8, 6, 3], 0>'],
  ])('%j %s', (shape, className, config, wanted) => expect(textOf(steps(shape, className, config))).toBe(wanted))

  test('a model at each step', () => {
    const inner = sequential(
      'cnn',
      { class_name: 'Conv2D', config: { name: 'c', filters: 2, kernel_size: 3 } },
      { class_name: 'Flatten', config: { name: 'f' } },
    )
    const file = sequential(
      's',
      { class_name: 'TimeDistributed', config: { name: 'each', batch_input_shape: [null, 5, 4, 4, 1], layer: inner } },
      { class_name: 'LSTM', config: { name: 'l', units: 3, activation: 'tanh', recurrent_activation: 'sigmoid' } },
    )
    expect(textOf(file)).toBe('Network<[5, 4, 4, 1], [3], 176>')
  })

  test('what is refused', () => {
    expect(refusal(steps([8, 3], 'LSTM', { units: 3 }))).toBe(
      'keras: each: LSTM: at each step of a sequence (TimeDistributed) there is no layer here for this class.',
    )
    expect(refusal(steps(image, 'Conv2D', { filters: 4, kernel_size: 3, kernel_sizes: 3 }))).toBe(
      "keras: each: Conv2D: the option 'kernel_sizes' is not known here.",
    )
    expect(refusal(steps(image, 'BatchNormalization', { axis: 1 }))).toContain('axis 1 is not the last axis')
    expect(
      refusal(sequential('s', { class_name: 'TimeDistributed', config: { name: 'each', batch_input_shape: [null, 5, 4], layer: 3 } })),
    ).toBe('keras: each: TimeDistributed: layer must have a class_name and a config, and is 3.')
  })
})

describe('layers that only train', () => {
  test('are left out', () => {
    const file = sequential(
      's',
      imageOf('x', [8, 8, 3]),
      { class_name: 'RandomFlip', config: { name: 'flip', mode: 'horizontal', seed: 1 } },
      {
        class_name: 'RandomRotation',
        config: { name: 'turn', factor: [-0.1, 0.1], fill_mode: 'reflect', fill_value: 0, interpolation: 'bilinear', seed: null },
      },
      { class_name: 'GaussianNoise', config: { name: 'noise', stddev: 0.1 } },
      // As TensorFlow.js saves it.
      { class_name: 'SpatialDropout1D', config: { name: 'maps', rate: 0.1, noise_shape: null } },
      { class_name: 'Flatten', config: { name: 'f' } },
      { class_name: 'AlphaDropout', config: { name: 'a', rate: 0.1 } },
    )
    expect(nodesOf(file)).toEqual([
      ['input', 'input'],
      ['f', 'flatten', 'input'],
    ])
  })

  test('options that they do not have are refused', () =>
    expect(refusal(sequential('s', imageOf('x', [4]), { class_name: 'GaussianNoise', config: { name: 'noise', rate: 0.1 } }))).toBe(
      "keras: noise: GaussianNoise: the option 'rate' is not known here.",
    ))
})

describe('what differs from version to version', () => {
  const versions = { keras_version: '2.15.0' }
  const hard = sequential('s', dense('d', 2, { batch_input_shape: [null, 4], activation: 'hard_sigmoid' }))
  const up = sequential('s', imageOf('x', [4, 4, 1]), {
    class_name: 'UpSampling2D',
    config: { name: 'u', size: 2, interpolation: 'bilinear' },
  })

  test('hard_sigmoid is read as the Keras means it that wrote the file', () => {
    expect(refusal(hard)).toContain('is another function in Keras 3 than in Keras 2, and the file does not say its version.')
    for (const version of ['2.15.0', 'tfjs-layers 4.22.0']) {
      const { nodes } = fromKeras({ ...hard, keras_version: version }).network.graph
      expect(nodes.slice(-2).map(({ kind, settings }) => [kind, settings['scale']])).toEqual([
        ['rescale', 1.2],
        ['hardSigmoid', undefined],
      ])
    }
    expect(nodesOf({ ...hard, keras_version: '3.4.1' }).at(-1)).toEqual(['d_hardSigmoid', 'hardSigmoid', 'd'])
    const policy = { module: 'keras', class_name: 'DTypePolicy', config: { name: 'float32' }, registered_name: null }
    const layers = [imageOf('x', [4]), dense('d', 2, { activation: 'hard_sigmoid', dtype: policy })]
    expect(nodesOf(sequential('s', ...layers)).at(-1)).toEqual(['d_hardSigmoid', 'hardSigmoid', 'd'])
  })

  test('bilinear is read where Keras wrote the file, and not where TensorFlow.js did', () => {
    expect(fromKeras({ ...up, ...versions }).network.graph.nodes.at(-1)?.settings).toMatchObject({ scale: 2, method: 'bilinear' })
    for (const version of ['tfjs-layers 4.22.0', '2.2.4-tf', undefined])
      expect(refusal({ ...up, keras_version: version })).toContain("interpolation 'bilinear' is another function")
  })

  test('Resizing is an upsample to a size, by a factor where that is whole', () => {
    const resizing = (config: object) => ({
      ...sequential('s', imageOf('x', [4, 6, 1]), { class_name: 'Resizing', config: { name: 'r', ...config } }),
      ...versions,
    })
    const settingsOf = (config: object) => fromKeras(resizing(config)).network.graph.nodes.at(-1)?.settings
    expect(settingsOf({ height: 7, width: 9, crop_to_aspect_ratio: false })).toMatchObject({ size: [7, 9], method: 'bilinear' })
    expect(settingsOf({ height: 8, width: 12, interpolation: 'nearest' })).toMatchObject({ scale: 2, method: 'nearest' })
    expect(refusal(resizing({ height: 7, width: 9, interpolation: 'nearest' }))).toContain('copies the cell at the centre of a new one')
    expect(refusal(resizing({ height: 7, width: 9, interpolation: 'bicubic' }))).toContain('interpolation')
    expect(refusal(resizing({ height: 7, width: 9, crop_to_aspect_ratio: true }))).toContain('crop_to_aspect_ratio')
  })
})

describe('the output padding of a transposed convolution is that of TensorFlow', () => {
  const transposed = (config: Json): Json =>
    sequential('s', imageOf('x', [5, 4, 1]), {
      class_name: 'Conv2DTranspose',
      config: { name: 't', filters: 1, use_bias: false, ...config },
    })

  const cases = [1, 2, 3, 4, 5].flatMap((kernel) =>
    [1, 2, 3, 4].flatMap((stride) =>
      [0, 1, 2, 3].flatMap((added) => (['same', 'valid'] as const).map((padding) => ({ kernel, stride, added, padding }))),
    ),
  )

  test.each(cases)('%j', async ({ kernel, stride, added, padding }) => {
    const file = transposed({ kernel_size: kernel, strides: stride, output_padding: added, padding })
    // Keras's deconv_output_length.
    const size = (length: number) => (length - 1) * stride + (padding === 'same' ? kernel % 2 : kernel) + added
    if (added >= stride) return expect(refusal(file)).toBe('keras: t: Conv2DTranspose: output_padding must be less than the stride.')
    await tf.setBackend('cpu')
    const [x, weights] = [
      tf.range(1, 21).reshape([1, 5, 4, 1]) as tf.Tensor4D,
      tf.range(1, kernel * kernel + 1).reshape([kernel, kernel, 1, 1]) as tf.Tensor4D,
    ]
    const shape: [number, number, number, number] = [1, size(5), size(4), 1]
    const isKnown = padding === 'valid' || Math.ceil(size(5) / stride) === 5
    if (!isKnown || (kernel - (kernel % 2) < added && padding === 'same'))
      return expect(refusal(file)).toContain('gives no size that TensorFlow takes')
    const wanted = tf.conv2dTranspose(x, weights, shape, stride, padding)
    const { network } = fromKeras(file)
    expect([1, ...(network.output as number[])]).toEqual(shape)
    const kernels = new Map([
      ['t.weight', { shape: [1, 1, kernel, kernel], dtype: 'F32', data: weights.dataSync() as Float32Array } as const],
    ])
    const { outputs } = await runInTensorFlow(network, kernels, x.dataSync() as Float32Array)
    expect([...(outputs[0] as Float32Array)]).toEqual([...wanted.dataSync()])
    tf.dispose([x, weights, wanted])
  })
})

describe('sizes that the file leaves open', () => {
  const file = sequential('s', imageOf('photo', [null, null, 3]), {
    class_name: 'Conv2D',
    config: { name: 'c', filters: 8, kernel_size: [3, 3], padding: 'same' },
  })

  test('are said by the option', () => {
    expect(textOf(file, { input: [32, 48, 3] })).toBe('Network<[32, 48, 3], [32, 48, 8], 224>')
    expect(textOf(file, { input: { photo: [32, 48, 3] } })).toBe('Network<[32, 48, 3], [32, 48, 8], 224>')
    // Also where the file says none at all.
    expect(textOf(sequential('s', dense('d', 2)), { input: [7] })).toBe('Network<[7], [2], 16>')
  })

  test.each<[unknown, Json, string]>([
    [
      file,
      {},
      'keras: the file leaves sizes of its input open: ?x?x3. Set them with the option input, such as [224, 224, 3] (--input 224,224,3).',
    ],
    [file, { input: [32, 48, 4] }, 'keras: photo: input is 32x48x4, and the file has ?x?x3 there.'],
    [file, { input: [32, 48] }, 'keras: photo: input is 32x48, and the file has ?x?x3 there.'],
    [file, { input: { image: [32, 48, 3] } }, "keras: there is no input 'image'. The input is 'photo'."],
    [
      file,
      { input: '32,48,3' },
      'keras: the option input must be sizes such as [224, 224, 3], or such a list for each name, not "32,48,3".',
    ],
    [
      file,
      { input: [0, 48, 3] },
      'keras: the option input must be sizes such as [224, 224, 3], or such a list for each name, not [0,48,3].',
    ],
    [file, { sizes: [1] }, "keras: there is no option 'sizes'. The options are input."],
  ])('%#', (json, options, sentence) => expect(refusal(json, options)).toBe(sentence))

  test('of several inputs have names', () => {
    const two = functional(
      'm',
      [placeholder('a', [null, 3]), placeholder('b', [null, 3]), layer('Add', { name: 'sum' }, from(['a'], ['b']))],
      from(['a'], ['b']),
      from(['sum']),
    )
    expect(textOf(two, { input: { a: [8, 3], b: [8, 3] } })).toBe('Network<{ a: [8, 3]; b: [8, 3] }, [8, 3], 0>')
    expect(refusal(two)).toBe(
      "keras: the file leaves sizes open, those of 'a' (?x3) and 'b' (?x3). Set them with the option input, such as { a: [100, 3], b: [100, 3] } (--input a=100,3 --input b=100,3).",
    )
    expect(refusal(two, { input: [8, 3] })).toBe("keras: the file has 2 inputs, so each size needs a name. The inputs are 'a' and 'b'.")
  })
})

describe('models in models may say without end', () => {
  const input = placeholder('x', [4])

  test('how many values their layers take', () => {
    const wide = {
      ...functional(
        'k',
        [input, layer('Add', { name: 'a' }, from(...Array.from({ length: 500 }, () => ['x'] as const)))],
        [['x', 0, 0]],
        [['a', 0, 0]],
      ),
      name: 'k',
    }
    const calls = Array.from({ length: 1_000 }, (_, at) => from(at === 0 ? ['x'] : ['k', at - 1]))
    expect(refusal(functional('m', [input, { ...wide, inbound_nodes: calls }], [['x', 0, 0]], [['k', 999, 0]]))).toBe(
      'keras: a: the calls of layers take more than 400000 values.',
    )
  })

  test('the names of the models around their layers', () => {
    const inner = sequential('n'.repeat(2 ** 16), imageOf('x', [4]), ...Array.from({ length: 1_000 }, (_, at) => dense(`d${at}`, 4)))
    expect(refusal(sequential('m', imageOf('y', [4]), inner))).toBe(
      'keras: the names of the layers and of the models around them have more than 50000000 letters.',
    )
  })
})

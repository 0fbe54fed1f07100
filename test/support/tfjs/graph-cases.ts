import type { GraphModel } from './graph-model.js'

/** Small graph models, one for each operator that is read. */

export type Make = (model: GraphModel, x: string) => string

export interface GraphCase {
  readonly shape: readonly number[]
  readonly make: Make
  /** The kinds of the layers. */
  readonly kinds: readonly string[]
}

const conv = (attributes: Record<string, unknown> = {}) => ({
  strides: [1, 1, 1, 1],
  dilations: [1, 1, 1, 1],
  padding: 'SAME',
  data_format: 'NHWC',
  ...attributes,
})
const image = [9, 8, 3] as const
export const two = (model: GraphModel, x: string, op: string, name = op) => model.op(name, op, [x])
export const scalar = (model: GraphModel, name: string, value: number) => model.weights(name, [], [value])

const twoByTwo = (m: GraphModel, name: string, values: readonly number[]) =>
  m.op(name, 'Reshape', [m.wholes(`${name}/flat`, values), m.wholes(`${name}/two`, [2, 2])])
const fourByTwo = (m: GraphModel, name: string, values: readonly number[]) =>
  m.op(name, 'Reshape', [m.wholes(`${name}/flat`, values), m.wholes(`${name}/four`, [4, 2])])

export const graphCases: Readonly<Record<string, GraphCase>> = {
  'a convolution': {
    shape: image,
    make: (m, x) => m.op('conv/Conv2D', 'Conv2D', [x, m.weights('conv/kernel', [3, 3, 3, 4])], conv({ strides: [1, 2, 2, 1] })),
    kinds: ['conv2d'],
  },
  'a convolution with groups of explicit padding': {
    shape: [9, 8, 4],
    make: (m, x) =>
      m.op(
        'conv',
        'Conv2D',
        [x, m.weights('k', [3, 3, 4, 4])],
        conv({ padding: 'EXPLICIT', explicit_paddings: [0, 0, 1, 1, 1, 1, 0, 0], dilations: [1, 2, 1, 1] }),
      ),
    kinds: ['conv2d'],
  },
  'a convolution with a bias and a rectifier': {
    shape: image,
    make: (m, x) => {
      const product = m.op('c/Conv2D', 'Conv2D', [x, m.weights('k', [3, 3, 3, 4])], conv({ padding: 'VALID' }))
      return two(m, m.op('c/BiasAdd', 'BiasAdd', [product, m.weights('b', [4])]), 'Relu')
    },
    kinds: ['conv2d', 'relu'],
  },
  'a bias as AddV2': {
    shape: image,
    make: (m, x) => m.op('add', 'AddV2', [m.weights('b', [4]), m.op('c/Conv2D', 'Conv2D', [x, m.weights('k', [3, 3, 3, 4])], conv())]),
    kinds: ['conv2d'],
  },
  'fused, with a bias and relu6': {
    shape: image,
    make: (m, x) =>
      m.op(
        'c/Relu6',
        '_FusedConv2D',
        [x, m.weights('k', [3, 3, 3, 4]), m.weights('b', [4])],
        conv({ fused_ops: ['BiasAdd', 'Relu6'], num_args: 1 }),
      ),
    kinds: ['conv2d', 'relu6'],
  },
  'fused, with a leaky rectifier': {
    shape: image,
    make: (m, x) =>
      m.op(
        'c/LeakyRelu',
        '_FusedConv2D',
        [x, m.weights('k', [3, 3, 3, 4]), m.weights('b', [4])],
        conv({ fused_ops: ['BiasAdd', 'LeakyRelu'], num_args: 1, leakyrelu_alpha: 0.125 }),
      ),
    kinds: ['conv2d', 'leakyRelu'],
  },
  'fused, with slopes': {
    shape: image,
    make: (m, x) =>
      m.op(
        'c/Prelu',
        '_FusedConv2D',
        [x, m.weights('k', [3, 3, 3, 4]), m.weights('b', [4]), m.weights('a', [1, 1, 4])],
        conv({ fused_ops: ['BiasAdd', 'Prelu'], num_args: 2 }),
      ),
    kinds: ['conv2d', 'prelu'],
  },
  'a depthwise convolution, fused': {
    shape: image,
    make: (m, x) =>
      m.op(
        'd/Relu6',
        'FusedDepthwiseConv2dNative',
        [x, m.weights('k', [3, 3, 3, 2]), m.weights('b', [6])],
        conv({ strides: [1, 2, 2, 1], fused_ops: ['BiasAdd', 'Relu6'], num_args: 1 }),
      ),
    kinds: ['depthwiseConv2d', 'relu6'],
  },
  'a depthwise convolution with a dilation': {
    shape: image,
    make: (m, x) => m.op('d', 'DepthwiseConv2dNative', [x, m.weights('k', [3, 3, 3, 1])], conv({ dilations: [1, 2, 2, 1] })),
    kinds: ['depthwiseConv2d'],
  },
  'a dilated convolution by SpaceToBatchND': {
    shape: [8, 10, 3],
    make: (m, x) => {
      const apart = m.op('s2b', 'SpaceToBatchND', [x, m.wholes('block', [2, 2]), twoByTwo(m, 'pads', [2, 2, 2, 2])])
      const product = m.op('c', 'DepthwiseConv2dNative', [apart, m.weights('k', [3, 3, 3, 1])], conv({ padding: 'VALID' }))
      return m.op('b2s', 'BatchToSpaceND', [product, m.wholes('block2', [2, 2]), twoByTwo(m, 'crops', [0, 0, 0, 0])])
    },
    kinds: ['depthwiseConv2d'],
  },
  'a dilated convolution whose padding is cropped': {
    shape: [9, 9, 3],
    make: (m, x) => {
      const apart = m.op('s2b', 'SpaceToBatchND', [x, m.wholes('block', [2, 2]), twoByTwo(m, 'pads', [2, 3, 2, 3])])
      const product = m.op(
        'c',
        '_FusedConv2D',
        [apart, m.weights('k', [3, 3, 3, 4]), m.weights('b', [4])],
        conv({ padding: 'VALID', fused_ops: ['BiasAdd', 'Relu'], num_args: 1 }),
      )
      return m.op('b2s', 'BatchToSpaceND', [product, m.wholes('block2', [2, 2]), twoByTwo(m, 'crops', [0, 1, 0, 1])])
    },
    kinds: ['conv2d', 'relu', 'crop'],
  },
  'a transposed convolution': {
    shape: [5, 4, 3],
    make: (m, x) => {
      const sizes = m.op('sizes', 'Pack', [
        m.op('n', 'StridedSlice', [m.op('shape', 'Shape', [x]), m.wholes('b0', [0]), m.wholes('e0', [1]), m.wholes('s0', [1])], {
          shrink_axis_mask: 1,
        }),
        m.wholes('h', 10),
        m.wholes('w', 8),
        m.wholes('f', 2),
      ])
      return m.op('t', 'Conv2DBackpropInput', [sizes, m.weights('k', [3, 3, 2, 3]), x], conv({ strides: [1, 2, 2, 1] }))
    },
    kinds: ['convTranspose2d'],
  },
  pools: {
    shape: image,
    make: (m, x) => {
      const most = m.op('max', 'MaxPool', [x], { ksize: [1, 3, 3, 1], strides: [1, 2, 2, 1], padding: 'SAME' })
      return m.op('avg', 'AvgPool', [most], { ksize: [1, 2, 2, 1], strides: [1, 1, 1, 1], padding: 'SAME' })
    },
    kinds: ['maxPool2d', 'avgPool2d'],
  },
  'a batch normalization': {
    shape: image,
    make: (m, x) =>
      m.op(
        'bn/FusedBatchNormV3',
        'FusedBatchNormV3',
        [x, m.weights('gamma', [3]), m.weights('beta', [3]), m.weights('mean', [3]), m.weights('variance', [3], m.drawn(3, 0.4, 0.6))],
        { epsilon: 0.001, is_training: false },
      ),
    kinds: ['batchNorm'],
  },
  'a batch normalization as a product and a sum': {
    shape: image,
    make: (m, x) => m.op('add', 'AddV2', [m.op('mul', 'Mul', [two(m, x, 'Tanh'), m.weights('scale', [3])]), m.weights('shift', [3])]),
    kinds: ['tanh', 'affine'],
  },
  'a factor for each channel': {
    shape: image,
    make: (m, x) => m.op('mul', 'Mul', [m.weights('scale', [1, 1, 1, 3]), two(m, x, 'Tanh')]),
    kinds: ['tanh', 'layerScale'],
  },
  'a summand for each channel': {
    shape: image,
    make: (m, x) => m.op('sum', 'Sub', [two(m, x, 'Tanh'), m.weights('shift', [3])]),
    kinds: ['tanh', 'affine'],
  },
  'pixels brought into a range': {
    shape: image,
    make: (m, x) => {
      const centred = m.op('less', 'Sub', [m.op('div', 'RealDiv', [x, scalar(m, 'range', 127.5)]), scalar(m, 'one', 1)])
      return m.op('c', 'Conv2D', [centred, m.weights('k', [3, 3, 3, 4])], conv())
    },
    kinds: ['rescale', 'conv2d'],
  },
  'channels brought into a range': {
    shape: image,
    make: (m, x) => m.op('mul', 'Mul', [m.op('less', 'Sub', [x, m.weights('mean', [1, 1, 1, 3])]), m.weights('scale', [3])]),
    kinds: ['rescale'],
  },
  'a mean over the image and a dense layer': {
    shape: image,
    make: (m, x) => {
      const mean = m.op('mean', 'Mean', [x, m.wholes('axes', [1, 2])], { keep_dims: false })
      return m.op('head/Softmax', 'Softmax', [
        m.op('head/BiasAdd', '_FusedMatMul', [mean, m.weights('w', [3, 5]), m.weights('b', [5])], { fused_ops: ['BiasAdd'], num_args: 1 }),
      ])
    },
    kinds: ['globalAvgPool', 'dense', 'softmax'],
  },
  'a flattened image in dense layers': {
    shape: [4, 3, 2],
    make: (m, x) => {
      const flat = m.op('flat', 'Reshape', [x, m.wholes('sizes', [-1, 24])])
      const hidden = two(
        m,
        m.op('one/BiasAdd', 'BiasAdd', [
          m.op('one/MatMul', 'MatMul', [flat, m.weights('w1', [24, 6])], { transpose_a: false, transpose_b: false }),
          m.weights('b1', [6]),
        ]),
        'Tanh',
      )
      return m.op('two/MatMul', 'MatMul', [hidden, m.weights('w2', [4, 6])], { transpose_b: true })
    },
    kinds: ['flatten', 'dense', 'tanh', 'dense'],
  },
  'a flattened image by its shape': {
    shape: [4, 3, 2],
    make: (m, x) => {
      const count = m.op(
        'n',
        'StridedSlice',
        [m.op('shape', 'Shape', [x]), m.wholes('b0', [0]), m.wholes('e0', [1]), m.wholes('s0', [1])],
        { shrink_axis_mask: 1 },
      )
      return m.op('flat', 'Reshape', [x, m.op('sizes', 'Pack', [count, m.wholes('rest', -1)])])
    },
    kinds: ['flatten'],
  },
  'a dense layer on a sequence, as Keras writes it': {
    shape: [5, 4],
    make: (m, x) => {
      const rows = m.op('rows', 'Reshape', [x, m.wholes('two', [-1, 4])])
      const product = m.op('d/MatMul', 'MatMul', [rows, m.weights('w', [4, 6])])
      const shape = m.op('shape', 'Shape', [x])
      const free = m.op('free', 'GatherV2', [shape, m.wholes('axes', [0, 1]), m.wholes('axis0', 0)])
      const sizes = m.op('sizes', 'ConcatV2', [free, m.wholes('six', [6]), m.wholes('axis', 0)])
      return m.op('d/BiasAdd', 'BiasAdd', [m.op('tensordot', 'Reshape', [product, sizes]), m.weights('b', [6])])
    },
    kinds: ['dense'],
  },
  'a residual, a product and a maximum': {
    shape: image,
    make: (m, x) => {
      const one = m.op('c1', 'Conv2D', [x, m.weights('k1', [3, 3, 3, 3])], conv())
      const sum = two(m, m.op('sum', 'AddV2', [one, x]), 'Relu')
      const product = m.op('product', 'Mul', [sum, two(m, m.op('c2', 'Conv2D', [sum, m.weights('k2', [1, 1, 3, 3])], conv()), 'Sigmoid')])
      return m.op('most', 'Maximum', [m.op('less', 'Sub', [product, x]), sum])
    },
    kinds: ['conv2d', 'add', 'relu', 'conv2d', 'sigmoid', 'multiply', 'subtract', 'maximum'],
  },
  'a minimum': {
    shape: image,
    make: (m, x) => m.op('least', 'Minimum', [m.op('c', 'Conv2D', [x, m.weights('k', [3, 3, 3, 3])], conv()), x]),
    kinds: ['conv2d', 'minimum'],
  },
  'squeeze and excite': {
    shape: image,
    make: (m, x) => {
      const mean = m.op('mean', 'Mean', [x, m.wholes('axes', [1, 2])], { keep_dims: true })
      const small = two(m, m.op('c1', 'Conv2D', [mean, m.weights('k1', [1, 1, 3, 2])], conv()), 'Relu')
      return m.op('gated', 'Mul', [two(m, m.op('c2', 'Conv2D', [small, m.weights('k2', [1, 1, 2, 3])], conv()), 'Sigmoid'), x])
    },
    kinds: ['adaptiveAvgPool', 'conv2d', 'relu', 'conv2d', 'sigmoid', 'multiply'],
  },
  AddN: {
    shape: image,
    make: (m, x) => m.op('sum', 'AddN', [x, two(m, x, 'Relu'), two(m, x, 'Tanh')], { N: 3 }),
    kinds: ['relu', 'tanh', 'add'],
  },
  'a concatenation along the channels': {
    shape: image,
    make: (m, x) => m.op('all', 'ConcatV2', [x, two(m, x, 'Relu'), m.wholes('axis', 3)], { N: 2 }),
    kinds: ['relu', 'concat'],
  },
  'a concatenation along a sequence': {
    shape: [5, 4],
    make: (m, x) => m.op('all', 'ConcatV2', [x, two(m, x, 'Relu'), m.wholes('axis', 1)], { N: 2 }),
    kinds: ['relu', 'permute', 'permute', 'concat', 'permute'],
  },
  padding: {
    shape: image,
    make: (m, x) => m.op('pad', 'Pad', [x, fourByTwo(m, 'pads', [0, 0, 1, 2, 3, 0, 0, 0])]),
    kinds: ['zeroPad'],
  },
  resizes: {
    shape: [4, 3, 2],
    make: (m, x) => {
      const near = m.op('near', 'ResizeNearestNeighbor', [x, m.wholes('size', [8, 9])], { align_corners: false, half_pixel_centers: false })
      return m.op('smooth', 'ResizeBilinear', [near, m.wholes('size2', [16, 18])], { align_corners: false, half_pixel_centers: true })
    },
    kinds: ['upsample', 'upsample'],
  },
  axes: {
    shape: [4, 3, 2],
    make: (m, x) => {
      const turned = m.op('turned', 'Transpose', [x, m.wholes('order', [0, 3, 1, 2])])
      const more = m.op('more', 'ExpandDims', [turned, m.wholes('at', 1)])
      return m.op('less', 'Squeeze', [more], { squeeze_dims: [1] })
    },
    kinds: ['permute', 'reshape', 'reshape'],
  },
  'a crop and a token': {
    shape: [6, 4],
    make: (m, x) => {
      const cut = m.op('cut', 'StridedSlice', [x, m.wholes('b', [0, 1, 0]), m.wholes('e', [0, 5, 0]), m.wholes('s', [1, 1, 1])], {
        begin_mask: 5,
        end_mask: 5,
      })
      return m.op('token', 'StridedSlice', [cut, m.wholes('b2', [0, 2]), m.wholes('e2', [0, 3]), m.wholes('s2', [1, 1])], {
        begin_mask: 1,
        end_mask: 1,
        shrink_axis_mask: 2,
      })
    },
    kinds: ['crop', 'selectToken'],
  },
  'a slice': {
    shape: image,
    make: (m, x) => m.op('cut', 'Slice', [x, m.wholes('b', [0, 1, 2, 0]), m.wholes('sizes', [-1, 5, -1, 3])]),
    kinds: ['crop'],
  },
  'some rows of some channels': {
    shape: [6, 5, 4],
    make: (m, x) =>
      m.op('cut', 'StridedSlice', [x, m.wholes('b', [0, 2, 0, 1]), m.wholes('e', [0, 6, 0, 3]), m.wholes('s', [1, 1, 1, 1])], {
        begin_mask: 5,
        end_mask: 5,
      }),
    kinds: ['crop', 'slice'],
  },
  'some features': {
    shape: [7],
    make: (m, x) => m.op('cut', 'Slice', [x, m.wholes('b', [0, 2]), m.wholes('sizes', [-1, 4])]),
    kinds: ['slice'],
  },
  'an instance normalization': {
    shape: [6, 5, 4],
    make: (m, x) => {
      const mean = m.op('mean', 'Mean', [x, m.wholes('a', [1, 2])], { keep_dims: true })
      const variance = m.op('variance', 'Mean', [m.op('sd', 'SquaredDifference', [x, mean]), m.wholes('b', [1, 2])], { keep_dims: true })
      const normal = m.op('n', 'RealDiv', [
        m.op('c', 'Sub', [x, mean]),
        two(m, m.op('eps', 'AddV2', [variance, scalar(m, 'e', 1e-3)]), 'Sqrt'),
      ])
      return m.op('y', 'AddV2', [m.op('xs', 'Mul', [normal, m.weights('gamma', [4])]), m.weights('beta', [4])])
    },
    kinds: ['instanceNorm'],
  },
  'positions of a sequence': {
    shape: [5, 4],
    make: (m, x) => m.op('add', 'AddV2', [x, m.weights('p', [1, 5, 4])]),
    kinds: ['positionEmbedding'],
  },
  'a product of matrices': {
    shape: [5, 4],
    make: (m, x) => m.op('scores', 'BatchMatMulV2', [x, two(m, x, 'Tanh')], { adj_x: false, adj_y: true }),
    kinds: ['tanh', 'permute', 'matmul'],
  },
}

/** Formulas that exporters write, and the layer that each is. */
export const formulaCases: Readonly<Record<string, readonly [make: Make, kind: string]>> = {
  'x * relu6(x + 3) / 6': [
    (m, x) =>
      m.op('y', 'Mul', [m.op('m', 'Mul', [x, scalar(m, 'sixth', 1 / 6)]), two(m, m.op('a', 'AddV2', [x, scalar(m, 'three', 3)]), 'Relu6')]),
    'hardSwish',
  ],
  'relu6(x + 3) / 6': [
    (m, x) => m.op('y', 'RealDiv', [two(m, m.op('a', 'AddV2', [x, scalar(m, 'three', 3)]), 'Relu6'), scalar(m, 'six', 6)]),
    'hardSigmoid',
  ],
  'x * sigmoid(x)': [(m, x) => m.op('y', 'Mul', [x, two(m, x, 'Sigmoid')]), 'silu'],
  'x * tanh(softplus(x))': [(m, x) => m.op('y', 'Mul', [x, two(m, two(m, x, 'Softplus'), 'Tanh')]), 'mish'],
  'x / 2 * (1 + erf(x / sqrt(2)))': [
    (m, x) =>
      m.op('y', 'Mul', [
        m.op('half', 'Mul', [x, scalar(m, 'h', 0.5)]),
        m.op('one', 'AddV2', [two(m, m.op('s', 'Mul', [x, scalar(m, 'r', Math.SQRT1_2)]), 'Erf'), scalar(m, '1', 1)]),
      ]),
    'gelu',
  ],
  'min(max(x, 0), 6)': [(m, x) => m.op('y', 'Minimum', [m.op('a', 'Maximum', [x, scalar(m, 'zero', 0)]), scalar(m, 'six', 6)]), 'relu6'],
  'clip by value': [(m, x) => m.op('y', 'ClipByValue', [x, scalar(m, 'zero', 0), scalar(m, 'six', 6)]), 'relu6'],
  'max(x, 0.1 x)': [(m, x) => m.op('y', 'Maximum', [x, m.op('a', 'Mul', [x, scalar(m, 'tenth', 0.1)])]), 'leakyRelu'],
  'relu(x) - slopes * relu(-x)': [
    (m, x) =>
      m.op('y', 'Sub', [
        two(m, x, 'Relu', 'plus'),
        m.op('a', 'Mul', [m.weights('slopes', [4]), two(m, two(m, x, 'Neg'), 'Relu', 'minus')]),
      ]),
    'prelu',
  ],
  elu: [(m, x) => two(m, x, 'Elu'), 'elu'],
  selu: [(m, x) => two(m, x, 'Selu'), 'selu'],
  softplus: [(m, x) => two(m, x, 'Softplus'), 'softplus'],
  'exp(x) / sum': [
    (m, x) => {
      const exp = two(m, m.op('less', 'Sub', [x, m.op('max', 'Max', [x, m.wholes('a', -1)], { keep_dims: true })]), 'Exp')
      return m.op('y', 'RealDiv', [exp, m.op('sum', 'Sum', [exp, m.wholes('b', -1)], { keep_dims: true })])
    },
    'softmax',
  ],
  'a layer normalization': [
    (m, x) => {
      const mean = m.op('mean', 'Mean', [x, m.wholes('a', [-1])], { keep_dims: true })
      const variance = m.op(
        'variance',
        'Mean',
        [m.op('sd', 'SquaredDifference', [x, m.op('stop', 'StopGradient', [mean])]), m.wholes('b', [-1])],
        { keep_dims: true },
      )
      const scale = m.op('scale', 'Mul', [two(m, m.op('eps', 'AddV2', [variance, scalar(m, 'e', 1e-3)]), 'Rsqrt'), m.weights('gamma', [4])])
      const shift = m.op('shift', 'Sub', [m.weights('beta', [4]), m.op('ms', 'Mul', [mean, scale])])
      return m.op('y', 'AddV2', [m.op('xs', 'Mul', [x, scale]), shift])
    },
    'layerNorm',
  ],
}

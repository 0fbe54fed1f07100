/** The place of each method in the reference: the families of layers in reading order. */
export const families = [
  {
    title: 'Convolutions',
    methods: [
      'conv1d',
      'conv2d',
      'conv3d',
      'depthwiseConv1d',
      'depthwiseConv2d',
      'depthwiseConv3d',
      'separableConv1d',
      'separableConv2d',
      'convTranspose1d',
      'convTranspose2d',
      'convTranspose3d',
    ],
  },
  {
    title: 'Pools',
    methods: [
      'maxPool1d',
      'maxPool2d',
      'maxPool3d',
      'avgPool1d',
      'avgPool2d',
      'avgPool3d',
      'globalAvgPool',
      'globalMaxPool',
      'adaptiveAvgPool',
      'adaptiveMaxPool',
    ],
  },
  {
    title: 'Dense layers and shapes',
    methods: ['dense', 'flatten', 'unflatten', 'reshape', 'permute', 'squeeze', 'unsqueeze', 'slice', 'expect', 'toJSON', 'toString'],
  },
  {
    title: 'Activations',
    methods: [
      'relu',
      'relu6',
      'leakyRelu',
      'prelu',
      'elu',
      'selu',
      'gelu',
      'silu',
      'mish',
      'sigmoid',
      'hardSigmoid',
      'hardSwish',
      'tanh',
      'softplus',
      'softmax',
      'logSoftmax',
    ],
  },
  {
    title: 'Normalization and regularization',
    methods: [
      ...[
        'batchNorm',
        'layerNorm',
        'rmsNorm',
        'groupNorm',
        'instanceNorm',
        'localResponseNorm',
        'normalize',
        'layerScale',
        'affine',
        'rescale',
      ],
      ...['dropout', 'stochasticDepth'],
    ],
  },
  { title: 'Padding and resizing', methods: ['zeroPad', 'pad', 'crop', 'upsample', 'pixelShuffle', 'pixelUnshuffle'] },
  {
    title: 'Tokens and sequences',
    methods: [
      'toTokens',
      'classToken',
      'positionEmbedding',
      'multiHeadAttention',
      'windowAttention',
      'patchMerging',
      'selectToken',
      'meanTokens',
      'embedding',
      'lstm',
      'gru',
    ],
  },
  {
    title: 'Blocks and branches',
    methods: ['apply', 'residual', 'concat', 'add', 'subtract', 'average', 'maximum', 'minimum', 'multiply', 'matmul', 'branchOut'],
  },
  { title: 'Names of values', methods: ['keep', 'chunk', 'split', 'from', 'outputs'] },
  { title: 'Networks as data', methods: ['toJSON', 'toString'] },
]

/** The functions and classes that are not methods, by the entry that exports them. */
export const functionGroups = [
  {
    title: 'Building networks',
    entry: 'stridewise',
    names: [
      'input',
      'inputs',
      'parallel',
      'block',
      'repeat',
      'identity',
      'branch',
      'shared',
      'defineLayer',
      'networkFrom',
      'ShapeError',
      'FormatError',
    ],
  },
  { title: 'Reports', entry: 'stridewise/report', names: ['report', 'table', 'markdown', 'csv', 'json', 'within', 'BudgetError'] },
  { title: 'Drawing', entry: 'stridewise/drawing', names: ['svg'] },
  { title: 'Weights', entry: 'stridewise/safetensors', names: ['initialize', 'checkWeights', 'readSafetensors', 'writeSafetensors'] },
  { title: 'ONNX', entry: 'stridewise/onnx', names: ['toOnnx', 'onnxData', 'fromOnnx'] },
  { title: 'Keras', entry: 'stridewise/keras', names: ['toKeras', 'fromKeras'] },
  { title: 'TensorFlow.js', entry: 'stridewise/tfjs', names: ['toTfjs', 'fromTfjs'] },
  { title: 'PyTorch', entry: 'stridewise/pytorch', names: ['toPyTorch', 'pyTorchKeys'] },
  { title: 'TypeScript', entry: 'stridewise/typescript', names: ['toTypeScript'] },
]

/** The pages of the guide that a family's pages link to, by the title of the family or group. */
export const guides = {
  Convolutions: [
    ['The arithmetic of convolution', 'guide/convolution.md'],
    ['The rules of shapes', 'rules.md'],
  ],
  Pools: [
    ['Rounding', 'guide/rounding.md'],
    ['The rules of shapes', 'rules.md'],
  ],
  'Dense layers and shapes': [
    ['Layers', 'guide/layers.md'],
    ['The rules of shapes', 'rules.md'],
  ],
  Activations: [['What the numbers count', 'counting.md']],
  'Normalization and regularization': [['What the numbers count', 'counting.md']],
  'Padding and resizing': [['The rules of shapes', 'rules.md']],
  'Tokens and sequences': [
    ['Layers', 'guide/layers.md'],
    ['What the numbers count', 'counting.md'],
  ],
  'Blocks and branches': [
    ['Blocks and branches', 'guide/blocks-and-branches.md'],
    ['Graphs', 'guide/graphs.md'],
  ],
  'Names of values': [['Graphs', 'guide/graphs.md']],
  'Networks as data': [['Reports', 'guide/reports.md']],
  'Building networks': [
    ['Getting started', 'guide/getting-started.md'],
    ['Graphs', 'guide/graphs.md'],
  ],
  Reports: [
    ['Reports', 'guide/reports.md'],
    ['What the numbers count', 'counting.md'],
  ],
  Drawing: [
    ['Reports', 'guide/reports.md'],
    ['The command line', 'command-line.md'],
  ],
  Weights: [['Formats', 'formats.md']],
  ONNX: [
    ['Formats', 'formats.md'],
    ['Importing a model', 'guide/importing.md'],
  ],
  Keras: [
    ['Formats', 'formats.md'],
    ['Importing a model', 'guide/importing.md'],
  ],
  'TensorFlow.js': [
    ['Formats', 'formats.md'],
    ['Exporting and running', 'guide/running.md'],
  ],
  PyTorch: [
    ['Formats', 'formats.md'],
    ['Exporting and running', 'guide/running.md'],
  ],
  TypeScript: [
    ['Formats', 'formats.md'],
    ['Importing a model', 'guide/importing.md'],
  ],
}

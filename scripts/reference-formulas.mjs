// The formulas of the reference, in the notation of formula.mjs: for each method, what it computes or the size of its output, its
// parameters and its MACs. The sources are in the methods' docstrings.

/** What the letters of the window formulas stand for. */
const windowLetters =
  'N is the size of the input on an axis, F the kernel, S the stride, P the padding at each end and D the dilation. The division must leave no rest, unless `rounding` says otherwise.'

const windowSize = ['output size', 'O = frac(N + 2 P - D (F - 1) - 1, S) + 1']
const cells = "'positions'"

const convolution = {
  formulas: [windowSize, ['parameters', 'K frac(C, G) F_1 F_2 + K'], ['MACs', `${cells} * K frac(C, G) F_1 F_2`]],
  letters: `${windowLetters} C is the number of input channels, K the number of filters and G the number of groups.`,
}
/** The same for one and three axes. */
const onAxes = (rank, { formulas, letters }) => ({
  formulas: formulas.map(([label, formula]) => [
    label,
    formula.replaceAll('F_1 F_2', rank === 1 ? 'F' : rank === 2 ? 'F_1 F_2' : 'F_1 F_2 F_3'),
  ]),
  letters,
})
const forRanks = (name, ranks, entry) => Object.fromEntries(ranks.map((rank) => [`${name}${rank}d`, onAxes(rank, entry)]))

const depthwise = {
  formulas: [windowSize, ['parameters', 'C M F_1 F_2 + C M'], ['MACs', `${cells} * C M F_1 F_2`]],
  letters: `${windowLetters} C is the number of channels and M the multiplier.`,
}
const separable = {
  formulas: [windowSize, ['parameters', 'C M (F_1 F_2 + K) + K'], ['MACs', `${cells} * C M (F_1 F_2 + K)`]],
  letters: `${windowLetters} C is the number of channels, M the multiplier and K the number of filters.`,
}
const transposed = {
  formulas: [
    ['output size', "O = (N - 1) S + D (F - 1) + 1 - 2 P + 'output padding'"],
    ['parameters', 'C frac(K, G) F_1 F_2 + K'],
    ['MACs', "'input positions' * C frac(K, G) F_1 F_2"],
  ],
  letters:
    'N is the size of the input on an axis, F the kernel, S the stride, P the padding at each end and D the dilation. C is the number of input channels, K the number of filters and G the number of groups.',
}
const pool = { formulas: [windowSize], letters: `${windowLetters} The default stride is the kernel.` }
const adaptive = {
  formulas: [['window of output i', "'from' floor(frac(i N, O)) 'to' ceil(frac((i + 1) N, O))"]],
  letters: 'N is the size of the input on an axis, O the size of the output. The end is exclusive.',
}
const normalized = 'gamma frac(x - mu, sqrt(sigma^2 + epsilon)) + beta'
const normalization = (over, parameters) => ({
  formulas: [['output', `y = ${normalized}`], ...(parameters ? [['parameters', parameters]] : [])],
  letters: `μ and σ² are the mean and the variance ${over}. γ is the scale and β the shift.${parameters ? ' C is the number of channels.' : ''}`,
})
const output = (formula, letters) => ({ formulas: [['output', `y = ${formula}`]], letters })

export const formulas = {
  ...forRanks('conv', [1, 2, 3], convolution),
  ...forRanks('depthwiseConv', [1, 2, 3], depthwise),
  ...forRanks('separableConv', [1, 2], separable),
  ...forRanks('convTranspose', [1, 2, 3], transposed),
  ...forRanks('maxPool', [1, 2, 3], pool),
  ...forRanks('avgPool', [1, 2, 3], pool),
  adaptiveAvgPool: adaptive,
  adaptiveMaxPool: adaptive,
  dense: {
    formulas: [
      ['output', 'y = x W + b'],
      ['parameters', 'I U + U'],
      ['MACs', "I U 'for each vector'"],
    ],
    letters: 'I is the number of input features and U the number of units.',
  },
  relu: output('max (0, x)'),
  relu6: output('min (max (0, x), 6)'),
  leakyRelu: output('max (0, x) + alpha min (0, x)', 'α is the slope for negative values.'),
  prelu: output('max (0, x) + alpha min (0, x)', 'α is learned.'),
  elu: output('max (0, x) + alpha min (0, e^x - 1)'),
  selu: output('lambda (max (0, x) + alpha min (0, e^x - 1))', 'λ = 1.0507 and α = 1.6733, rounded.'),
  silu: output('frac(x, 1 + e^{- x})'),
  mish: output('x tanh (ln (1 + e^x))'),
  sigmoid: output('frac(1, 1 + e^{- x})'),
  hardSigmoid: output('frac(min (max (0, x + 3), 6), 6)'),
  hardSwish: output('x * frac(min (max (0, x + 3), 6), 6)'),
  tanh: output('frac(e^x - e^{- x}, e^x + e^{- x})'),
  softplus: output('ln (1 + e^x)'),
  softmax: { formulas: [['output', 'y_i = frac(e^{x_i}, sum_j e^{x_j})']], letters: 'The sum is over the last axis.' },
  logSoftmax: { formulas: [['output', 'y_i = x_i - ln sum_j e^{x_j}']], letters: 'The sum is over the last axis.' },
  batchNorm: normalization('of a channel over the batch and all positions', '2 C'),
  layerNorm: normalization('of the channels at one position', '2 C'),
  groupNorm: normalization('of the channels of a group over all positions of a sample', '2 C'),
  instanceNorm: normalization('of a channel over all positions of a sample'),
  rmsNorm: {
    formulas: [
      ['output', "y = gamma frac(x, sqrt('mean' (x^2) + epsilon))"],
      ['parameters', 'C'],
    ],
    letters: 'γ is the scale and C the number of channels.',
  },
  localResponseNorm: output('frac(x, (k + frac(alpha, n) sum x^2)^beta)', 'The sum is over n neighbouring channels.'),
  normalize: output('frac(x - mu, sqrt(sigma^2))'),
  rescale: output("x * 'scale' + 'offset'"),
  multiHeadAttention: {
    formulas: [
      ['output of a head', 'softmax (frac(Q K^T, sqrt(d))) V'],
      ['parameters', '4 f^2 + 4 f'],
      ['MACs', '4 n f^2 + 2 n^2 f'],
    ],
    letters:
      'Q, K and V are the queries, keys and values of a head, and d is its number of features. n is the number of tokens and f the number of features.',
  },
  windowAttention: {
    formulas: [
      ['output of a head', 'softmax (frac(Q K^T, sqrt(d)) + B) V'],
      ['parameters', '4 C^2 + 4 C + (2 w - 1)^2 h'],
      ['MACs', '4 n C^2 + 2 n w^2 C'],
    ],
    letters:
      'B holds the position biases, and d is the number of channels of a head. n is the number of cells, w the window, h the number of heads and C the number of channels.',
  },
  patchMerging: {
    formulas: [
      ['parameters', '8 C^2 + 8 C'],
      ['MACs', '2 H W C^2'],
    ],
    letters: 'H, W and C are the height, the width and the channels of the input.',
  },
  lstm: {
    formulas: [
      ['memory', 'c_t = f_t odot c_{t - 1} + i_t odot g_t'],
      ['output', 'h_t = o_t odot tanh (c_t)'],
      ['parameters', '4 (I U + U^2 + 2 U)'],
      ['MACs', 'T * 4 (I U + U^2)'],
    ],
    letters:
      'i, f and o are the input, forget and output gates, g is the candidate. I is the number of features, U the number of units and T the length.',
  },
  gru: {
    formulas: [
      ['output', 'h_t = (1 - z_t) odot n_t + z_t odot h_{t - 1}'],
      ['parameters', '3 (I U + U^2 + 2 U)'],
      ['MACs', 'T * 3 (I U + U^2)'],
    ],
    letters: 'z is the update gate and n the candidate. I is the number of features, U the number of units and T the length.',
  },
  embedding: { formulas: [['parameters', 'V F']], letters: 'V is the size of the vocabulary and F the number of features.' },
  pixelShuffle: {
    formulas: [['channels', 'frac(C, s^2)']],
    letters: 'C is the number of input channels and s the scale. Height and width grow by s.',
  },
}

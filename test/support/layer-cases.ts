import {
  type AnyNetwork,
  block,
  classToken,
  concat,
  conv2d,
  dense,
  globalAvgPool,
  identity,
  input,
  maxPool2d,
  permute,
  relu,
} from '../../src/index.js'

/** A small network for every kind of layer, and for every setting that formats say in another way. */
export interface LayerCase {
  readonly name: string
  readonly network: AnyNetwork
}

const image = input(9, 12, 4)
const signal = input(15, 4)
const scan = input(5, 6, 7, 4)
const tokens = input(6, 8)
const vector = input(10)

const networks: Readonly<Record<string, AnyNetwork>> = {
  'conv1d, stride and padding': signal.conv1d(6, 3, { stride: 2, padding: 1 }),
  'conv2d, plain': image.conv2d(6, 3),
  'conv2d, groups, two kernels, no bias': image.conv2d(6, [3, 5], { groups: 2, bias: false }),
  'conv2d, same at stride 2': image.conv2d(6, 3, { stride: 2, padding: 'same' }),
  'conv2d, uneven padding and dilation': image.conv2d(6, 3, {
    padding: [
      [0, 2],
      [1, 0],
    ],
    dilation: 2,
    rounding: 'floor',
  }),
  'conv2d, rounded down': image.conv2d(6, 3, { stride: 2, padding: 1, rounding: 'floor' }),
  'conv2d, rounded up': image.conv2d(6, 3, { stride: 2, padding: 1, rounding: 'ceil' }),
  conv3d: scan.conv3d(3, [1, 3, 3], { padding: [0, 1, 1] }),
  depthwiseConv1d: signal.depthwiseConv1d(3, { multiplier: 2 }),
  'depthwiseConv2d, no bias': image.depthwiseConv2d(3, { padding: 'same', multiplier: 3, bias: false }),
  'depthwiseConv2d, stride 2': image.depthwiseConv2d(3, { stride: 2, padding: 1, rounding: 'floor' }),
  depthwiseConv3d: scan.depthwiseConv3d(3, { padding: 1 }),
  separableConv1d: signal.separableConv1d(5, 3, { multiplier: 2 }),
  separableConv2d: image.separableConv2d(6, 3),
  'separableConv2d, no bias': image.separableConv2d(5, 3, { stride: 2, padding: 'same', bias: false }),
  convTranspose1d: signal.convTranspose1d(3, 4, { stride: 2, padding: 1 }),
  'convTranspose2d, groups and output padding': image.convTranspose2d(6, 3, { stride: 2, padding: 1, outputPadding: 1, groups: 2 }),
  'convTranspose2d, same': image.convTranspose2d(6, 5, { stride: 2, padding: 'same' }),
  'convTranspose2d, same with a kernel below its stride': image.convTranspose2d(6, 2, { stride: 3, padding: 'same', bias: false }),
  'convTranspose2d, uneven padding and dilation': image.convTranspose2d(6, 3, {
    padding: [
      [0, 1],
      [2, 1],
    ],
    dilation: 2,
  }),
  convTranspose3d: scan.convTranspose3d(2, 2, { stride: 2 }),
  maxPool1d: signal.maxPool1d(3),
  'maxPool2d, padding': image.maxPool2d(3, { stride: 2, padding: 1, rounding: 'floor' }),
  'maxPool2d, rounded up': image.maxPool2d(2, { stride: 2, rounding: 'ceil' }),
  'maxPool2d, rounded up with padding': image.maxPool2d(3, { stride: 2, padding: 1, rounding: 'ceil' }),
  'maxPool2d, dilation with more padding than kernel': image.maxPool2d(2, { stride: 1, padding: 2, dilation: 3 }),
  'maxPool2d, same': image.maxPool2d(3, { stride: 2, padding: 'same' }),
  maxPool3d: scan.maxPool3d([1, 2, 1]),
  avgPool1d: signal.avgPool1d(5),
  'avgPool2d, padding counts': image.avgPool2d(3, { stride: 1, padding: 1 }),
  'avgPool2d, padding of same does not': image.avgPool2d(3, { stride: 2, padding: 'same' }),
  'avgPool2d, rounded up with padding': image.avgPool2d(3, { stride: 2, padding: 1, rounding: 'ceil' }),
  'avgPool2d, dilation': image.avgPool2d(2, { stride: 1, dilation: 2 }),
  avgPool3d: scan.avgPool3d(2, { rounding: 'floor' }),
  'globalAvgPool, signal': signal.globalAvgPool(),
  'globalMaxPool, image': image.globalMaxPool(),
  'globalAvgPool, scan': scan.globalAvgPool(),
  'adaptiveAvgPool, to one': image.adaptiveAvgPool(1),
  'adaptiveAvgPool, parts that divide': image.adaptiveAvgPool([3, 4]),
  'adaptiveAvgPool, parts that do not': image.adaptiveAvgPool([4, 7]),
  'adaptiveAvgPool, more than there are': signal.adaptiveAvgPool(20),
  'adaptiveMaxPool, to one': image.adaptiveMaxPool(1),
  'adaptiveMaxPool, parts that do not': scan.adaptiveMaxPool([2, 4, 3]),
  zeroPad: image.zeroPad([
    [1, 0],
    [2, 3],
  ]),
  'zeroPad, channels first': image.conv2d(4, 1).zeroPad(2),
  'crop, channels first': image.conv2d(4, 1).crop([
    [1, 0],
    [2, 3],
  ]),
  'crop, signal': signal.crop(2),
  'upsample, nearest': image.upsample([2, 3]),
  'upsample, bilinear': image.upsample(2, { method: 'bilinear' }),
  'upsample, linear': signal.upsample(3, { method: 'bilinear' }),
  'upsample, trilinear': scan.upsample(2, { method: 'bilinear' }),
  pixelShuffle: image.pixelShuffle(2),
  'dense, vector': vector.dense(4),
  'dense, tokens without bias': tokens.dense(5, { bias: false }),
  'flatten and dense': image.conv2d(3, 3).relu().flatten().batchNorm().dense(7).dense(2),
  'flatten to the end': image.conv2d(3, 3).flatten(),
  'flatten and something else': image.conv2d(4, 3).flatten().groupNorm(2).dense(3),
  'flatten, from the second axis': image.flatten(1).dense(3),
  reshape: image.conv2d(4, 1).reshape(18, 24).dense(2),
  unflatten: vector.dense(24).unflatten(0, 2, 3, 4).conv2d(3, 2),
  permute: image.conv2d(4, 1).permute(2, 0, 1),
  'toTokens, classToken, positionEmbedding, selectToken': image
    .conv2d(6, 3, { stride: 3 })
    .toTokens()
    .classToken()
    .positionEmbedding()
    .selectToken(),
  'meanTokens, selectToken': tokens.concat(
    (x) => x.meanTokens().reshape(1, 8),
    (x) => x.selectToken(2).reshape(1, 8),
  ),
  multiHeadAttention: tokens.multiHeadAttention(2),
  'multiHeadAttention, no bias': tokens.multiHeadAttention(4, { bias: false }),
  'multiHeadAttention, keys of a kept value': tokens.dense(6).keep('memory').dense(8).multiHeadAttention(2, { keys: 'memory' }),
  'multiHeadAttention, keys of as many features, no bias': tokens
    .keep('memory')
    .apply(classToken())
    .multiHeadAttention(4, { keys: 'memory', bias: false }),
  'multiHeadAttention, keys of the value itself': tokens.keep('memory').multiHeadAttention(2, { keys: 'memory' }),
  'multiHeadAttention, keys channels first': signal
    .conv1d(6, 3)
    .keep('memory')
    .conv1d(4, 3)
    .multiHeadAttention(2, { keys: 'memory', bias: false }),
  'multiHeadAttention, causal': tokens.multiHeadAttention(2, { causal: true }),
  'multiHeadAttention, one head of keys': tokens.multiHeadAttention(4, { keyValueHeads: 1 }),
  'multiHeadAttention, groups of heads of a width of their own, causal': tokens.multiHeadAttention(6, {
    keyValueHeads: 2,
    headWidth: 3,
    causal: true,
    bias: false,
  }),
  'multiHeadAttention, wide heads': tokens.multiHeadAttention(3, { headWidth: 5 }),
  'multiHeadAttention, heads whose width is the usual one': tokens.multiHeadAttention(2, { headWidth: 4, keyValueHeads: 2 }),
  'multiHeadAttention, groups with keys of a kept value, causal': tokens
    .dense(6)
    .keep('memory')
    .dense(8)
    .classToken()
    .multiHeadAttention(4, { keys: 'memory', keyValueHeads: 2, causal: true }),
  windowAttention: image.windowAttention(2, 3),
  'windowAttention, moved': image.windowAttention(4, 3, { shift: 1 }),
  'windowAttention, as high as the image, no bias': input(4, 8, 6).windowAttention(3, 4, { shift: 2, bias: false }),
  'windowAttention, as wide as the image': input(9, 3, 4).conv2d(4, 1).windowAttention(1, 3, { shift: 2 }),
  'windowAttention of version 2': image.windowAttention(2, 3, { version: 2 }),
  'windowAttention of version 2, moved, no bias': input(4, 6, 6).windowAttention(3, 2, { version: 2, shift: 1, bias: false }),
  patchMerging: input(8, 6, 4).patchMerging(),
  'patchMerging of version 2': input(8, 6, 4).conv2d(3, 1).patchMerging({ version: 2 }),
  embedding: input(5).embedding(9, 4),
  'lstm, all steps': tokens.lstm(5),
  'lstm, last step, no bias': tokens.lstm(5, { returnSequences: false, bias: false }),
  'gru, last step': tokens.gru(3, { returnSequences: false }),
  'gru, no bias': tokens.gru(3, { bias: false }),
  'lstm, both directions': tokens.lstm(5, { bidirectional: 'concat' }),
  'lstm, both directions, added, last step, no bias': tokens.lstm(5, { bidirectional: 'sum', returnSequences: false, bias: false }),
  'lstm, both directions, last step': tokens.lstm(3, { bidirectional: 'concat', returnSequences: false }),
  'gru, both directions, added': tokens.gru(3, { bidirectional: 'sum' }),
  'gru, both directions, last step': tokens.gru(3, { bidirectional: 'concat', returnSequences: false, bias: false }),
  'batchNorm, vector': vector.batchNorm({ epsilon: 0.01 }),
  'batchNorm, image': image.batchNorm(),
  'layerNorm, image': image.layerNorm(),
  'layerNorm, tokens, plain': tokens.layerNorm({ affine: false, epsilon: 0.1 }),
  'rmsNorm, image': image.conv2d(4, 1).rmsNorm(),
  'rmsNorm, tokens, plain': tokens.rmsNorm({ affine: false, epsilon: 0.1 }),
  'rmsNorm, vector': vector.rmsNorm(),
  'groupNorm, image': image.groupNorm(2),
  'groupNorm, vector, plain': vector.groupNorm(5, { affine: false }),
  'groupNorm, tokens': tokens.groupNorm(4),
  'instanceNorm, image': image.instanceNorm({ affine: true }),
  'instanceNorm, signal': signal.instanceNorm(),
  'localResponseNorm, image': image.localResponseNorm(3, { alpha: 0.5, beta: 0.6, k: 2 }),
  'localResponseNorm, signal': signal.localResponseNorm(5),
  'localResponseNorm, scan': scan.localResponseNorm(3),
  'layerScale, image': image.conv2d(4, 1).layerScale(),
  'layerScale, tokens': tokens.layerScale(),
  'batchNorm without a scale': image.conv2d(4, 1).batchNorm({ scale: false }),
  'batchNorm without a shift': image.batchNorm({ shift: false, epsilon: 0.01 }),
  'batchNorm, neither': vector.batchNorm({ scale: false, shift: false }),
  'affine, image': image.conv2d(4, 1).affine(),
  'affine, tokens, scale alone': tokens.affine({ shift: false }),
  'affine, vector, shift alone': vector.affine({ scale: false }),
  'rescale, image': image.rescale(0.5, -1),
  'rescale, channels first': image.conv2d(3, 1).rescale([2, 0, -1], [0.5, 1, 2]),
  'rescale, a scale alone': tokens.rescale(-2),
  'rescale, a number and a list': input(3).rescale(2, [0.5, 1, 2]),
  'normalize, constants': image.conv2d(3, 1).normalize([0.5, 0.25, -1], [4, 0.5, 2]),
  'normalize, numbers': tokens.normalize(0.5, 0.25),
  'normalize, a number and a list': input(3).normalize(0.5, [0.25, 1, 2]),
  'normalize, weights': image.conv2d(4, 1).normalize(),
  'normalize, weights, vector': vector.normalize(),
  'activations, image': image.conv2d(4, 1).relu6().leakyRelu(0.2).prelu().elu(0.7).selu().gelu().silu().mish(),
  'activations, tokens': tokens.sigmoid().hardSigmoid().hardSwish().tanh().softplus().dropout(0.3).stochasticDepth(0.2).relu(),
  'prelu, tokens': tokens.prelu(),
  'prelu, shared': image.prelu({ shared: true }),
  'softmax, image': image.conv2d(3, 1).softmax(),
  'softmax, tokens': tokens.softmax(),
  'logSoftmax, vector': vector.logSoftmax(),
  residual: image.residual(conv2d(4, 3, { padding: 1 })),
  'add of three': image.conv2d(4, 1).add(conv2d(4, 1), identity(), conv2d(4, 3, { padding: 1 })),
  'concat of images': image.apply(concat(conv2d(2, 1), maxPool2d(3, { stride: 1, padding: 1 }), identity())),
  'concat of vectors': vector.concat(dense(3), dense(4)),
  subtract: image.conv2d(4, 1).subtract(conv2d(4, 1), identity()),
  'subtract, vectors': vector.subtract(dense(3), dense(3)),
  average: image.conv2d(4, 1).average(conv2d(4, 1), identity(), conv2d(4, 3, { padding: 1 })),
  maximum: image.conv2d(4, 1).maximum(identity(), conv2d(4, 1)),
  'multiply, by channel': image.multiply((x) => x.globalAvgPool().dense(4).sigmoid()),
  'multiply, by channel with axes': image.multiply((x) => x.adaptiveAvgPool(1).conv2d(4, 1).sigmoid()),
  'multiply, by value': image.multiply(conv2d(4, 1)),
  'multiply, tokens': tokens.multiply((x) => x.meanTokens().dense(8)),
  'matmul, tokens': tokens.matmul(dense(3), block(dense(3), permute(1, 0))),
  'matmul, images': image.conv2d(4, 1).matmul(identity(), permute(0, 2, 1)),
  'matmul, scans': scan.matmul(permute(0, 1, 3, 2), identity()),
  'matmul, by itself, then flat': input(3, 3).matmul(identity(), identity()).flatten().dense(2),
  branchOut: image.branchOut('aux', globalAvgPool()).apply(relu()).branchOut('same', identity()),
}

export const layerCases: readonly LayerCase[] = Object.entries(networks).map(([name, network]) => ({ name, network }))

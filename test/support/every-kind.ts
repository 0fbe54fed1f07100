import {
  type AnyNetwork,
  block,
  conv2d,
  crop,
  dense,
  globalAvgPool,
  identity,
  input,
  maxPool2d,
  permute,
  relu,
  sigmoid,
  slice,
} from '../../src/index.js'

/**
 * Small networks that together hold every kind of layer with its options, for the formats: what each writes is run for real.
 */
export const everyKind: Readonly<Record<string, () => AnyNetwork>> = {
  conv1d: () => input(20, 3).conv1d(4, 3).conv1d(6, 5, { stride: 2, padding: 2, rounding: 'floor', groups: 2 }),
  'conv1d, dilated': () => input(20, 3).conv1d(4, 3, { dilation: 2, padding: [[1, 3]] }),
  'conv1d, causal': () => input(20, 3).conv1d(4, 3, { dilation: 2, padding: [[4, 0]] }),
  conv2d: () => input(9, 11, 3).conv2d(4, 3),
  'conv2d, one for each axis': () => input(9, 12, 3).conv2d(4, [3, 2], { stride: [2, 1], padding: [1, 0], dilation: [1, 3], bias: false }),
  'conv2d, grouped': () => input(9, 11, 4).conv2d(6, 3, { groups: 2, padding: 1 }),
  'conv2d, asymmetric': () =>
    input(9, 11, 3).conv2d(4, 3, {
      padding: [
        [0, 1],
        [2, 0],
      ],
    }),
  'conv2d, same': () => input(9, 11, 3).conv2d(4, 3, { padding: 'same' }),
  'conv2d, same with stride': () =>
    input(10, 12, 3).conv2d(4, 3, { padding: 'same', stride: 2 }).conv2d(2, 5, { padding: 'same', stride: 3 }),
  'conv2d, same with dilation': () => input(10, 12, 3).conv2d(4, 2, { padding: 'same', dilation: 3 }),
  'conv2d, floor': () => input(10, 12, 3).conv2d(4, 3, { stride: 2, rounding: 'floor' }),
  'conv2d, ceil': () =>
    input(10, 12, 3).conv2d(4, 3, { stride: 2, rounding: 'ceil' }).conv2d(2, 2, { padding: 1, stride: 3, rounding: 'ceil' }),
  conv3d: () => input(4, 6, 8, 2).conv3d(3, [1, 3, 3], { padding: [0, 1, 1], stride: [1, 1, 2], rounding: 'floor' }),
  'conv3d and pools, same with a stride beyond the kernel': () =>
    input(3, 4, 13, 1)
      .conv3d(2, [2, 2, 1], { stride: [3, 3, 1], padding: 'same' })
      .concat(
        (x) => x.maxPool3d([1, 2, 2], { stride: [1, 1, 5], padding: 'same' }),
        (x) => x.avgPool3d([1, 2, 2], { stride: [1, 1, 5], padding: 'same' }),
      ),
  'conv3d, asymmetric': () => input(4, 6, 8, 2).conv3d(3, 2, { padding: 'same' }),
  'conv1d, dilated with a stride': () => input(20, 3).conv1d(4, 3, { dilation: 2, stride: 3, padding: 'same' }),
  'conv2d, grouped and dilated with a stride': () =>
    input(10, 9, 4).conv2d(6, 3, { groups: 2, dilation: [1, 2], stride: [2, 3], padding: 1, rounding: 'ceil' }),
  'conv3d, dilated with a stride': () => input(7, 6, 8, 2).conv3d(3, 2, { dilation: [2, 1, 3], stride: 2, rounding: 'floor' }),
  'conv2d, as many groups as channels, dilated': () => input(9, 11, 3).conv2d(6, 3, { groups: 3, dilation: 2, bias: false }),
  depthwiseConv1d: () => input(12, 3).depthwiseConv1d(3, { multiplier: 2 }),
  depthwiseConv2d: () => input(9, 11, 3).depthwiseConv2d(3, { multiplier: 2, padding: 1 }).depthwiseConv2d(3, { bias: false }),
  'depthwiseConv2d, same with stride': () => input(10, 12, 3).depthwiseConv2d(3, { stride: 2, padding: 'same', multiplier: 2 }),
  'depthwiseConv2d, dilated': () => input(9, 11, 3).depthwiseConv2d(3, { dilation: 2 }),
  depthwiseConv3d: () => input(4, 6, 6, 2).depthwiseConv3d(2, { multiplier: 3 }),
  'depthwiseConv2d, strides that differ': () => input(9, 12, 3).depthwiseConv2d(3, { stride: [2, 3], padding: 'same', multiplier: 2 }),
  'depthwiseConv3d, strides that differ': () => input(5, 6, 7, 2).depthwiseConv3d([1, 2, 3], { stride: [1, 2, 1], dilation: [1, 1, 2] }),
  'separableConv1d, dilated with a stride': () => input(12, 3).separableConv1d(5, 3, { dilation: 2, stride: 2, rounding: 'floor' }),
  'separableConv2d, strides that differ': () => input(9, 12, 3).separableConv2d(5, 3, { stride: [2, 1], padding: 1 }),
  separableConv1d: () => input(12, 3).separableConv1d(5, 3, { padding: 'same' }),
  separableConv2d: () =>
    input(9, 11, 3)
      .separableConv2d(5, 3, { multiplier: 2, padding: 1 })
      .separableConv2d(4, 3, { stride: 2, rounding: 'floor', bias: false }),
  'separableConv2d, dilated': () => input(9, 11, 3).separableConv2d(5, 3, { dilation: 2 }),
  'conv2d, as many groups as channels': () => input(9, 11, 3).conv2d(6, 3, { groups: 3 }),
  convTranspose1d: () => input(7, 3).convTranspose1d(4, 3, { stride: 2 }),
  convTranspose2d: () =>
    input(5, 6, 3).convTranspose2d(4, 2, { stride: 2 }).convTranspose2d(2, 3, { stride: 2, padding: 1, outputPadding: 1, bias: false }),
  'convTranspose2d, grouped': () => input(5, 6, 4).convTranspose2d(6, 3, { groups: 2, dilation: 2 }),
  'convTranspose1d, grouped and dilated': () =>
    input(7, 4).convTranspose1d(6, 3, { groups: 2, stride: 2, dilation: 3, padding: [[1, 2]], outputPadding: 2 }),
  'convTranspose3d, grouped': () => input(3, 4, 2, 4).convTranspose3d(2, 2, { groups: 2, stride: [1, 2, 3], bias: false }),
  'convTranspose2d, dilated and same': () => input(5, 6, 3).convTranspose2d(4, [3, 2], { stride: [2, 3], dilation: 2, padding: 'same' }),
  'convTranspose2d, output padding beyond its padding': () => input(5, 6, 3).convTranspose2d(4, 2, { stride: 3, outputPadding: [2, 1] }),
  'convTranspose2d, same': () =>
    input(5, 6, 3).convTranspose2d(4, 3, { stride: 2, padding: 'same' }).convTranspose2d(2, 2, { stride: 3, padding: 'same' }),
  'convTranspose2d, asymmetric': () =>
    input(5, 6, 3).convTranspose2d(4, 3, {
      stride: 2,
      padding: [
        [0, 1],
        [2, 1],
      ],
    }),
  'convTranspose3d, same with a kernel below its stride': () =>
    input(3, 4, 2, 4).convTranspose3d(3, [2, 1, 4], { stride: [1, 3, 2], padding: 'same' }),
  'convTranspose3d, same with a stride of 3': () => input(3, 4, 2, 4).convTranspose3d(2, [5, 2, 1], { stride: [2, 3, 3], padding: 'same' }),
  convTranspose3d: () => input(3, 4, 4, 2).convTranspose3d(3, 2, { stride: 2 }),
  maxPool1d: () => input(12, 3).maxPool1d(3, { stride: 2, rounding: 'floor' }),
  maxPool2d: () => input(8, 12, 3).maxPool2d(2),
  'maxPool2d, padded': () => input(9, 11, 3).maxPool2d(3, { stride: 2, padding: 1 }),
  'maxPool2d, same': () => input(10, 11, 3).maxPool2d(3, { stride: 2, padding: 'same' }).maxPool2d(2, { stride: 1, padding: 'same' }),
  'maxPool2d, much padding': () => input(8, 8, 3).maxPool2d(3, { stride: 1, padding: 2 }),
  'maxPool2d, ceil': () => input(8, 10, 3).maxPool2d(3, { stride: 2, rounding: 'ceil' }),
  'maxPool2d, padded and ceil': () => input(10, 8, 3).maxPool2d(3, { stride: 2, padding: 1, rounding: 'ceil' }),
  'maxPool2d, dilated': () => input(9, 9, 3).maxPool2d(2, { dilation: 2, stride: 1 }),
  maxPool3d: () => input(4, 6, 8, 2).maxPool3d([1, 2, 2]),
  'maxPool1d, uneven and ceil': () => input(10, 3).maxPool1d(3, { stride: 2, padding: [[0, 2]], rounding: 'ceil' }),
  'maxPool3d, uneven and ceil': () => input(4, 6, 10, 2).maxPool3d(3, { stride: 2, padding: [1, [0, 2], [2, 1]], rounding: 'ceil' }),
  'maxPool1d, dilated, padded and ceil': () => input(11, 3).maxPool1d(3, { stride: 2, padding: 3, dilation: 3, rounding: 'ceil' }),
  'maxPool2d, dilated and same': () => input(7, 10, 3).maxPool2d([2, 3], { stride: [2, 1], padding: 'same', dilation: [3, 2] }),
  'maxPool3d, dilated': () =>
    input(5, 6, 8, 2).maxPool3d(2, { stride: [1, 2, 1], dilation: [2, 1, 3], padding: [0, 0, [0, 2]], rounding: 'floor' }),
  'maxPool1d, negative around': () => input(6, 2).conv1d(2, 1).sigmoid().conv1d(2, 1).maxPool1d(3, { stride: 1, padding: 2 }),
  avgPool1d: () => input(12, 3).avgPool1d(3),
  'avgPool1d, uneven and ceil': () => input(10, 3).avgPool1d(3, { stride: 2, padding: [[0, 2]], rounding: 'ceil' }),
  avgPool2d: () => input(8, 12, 3).avgPool2d(2),
  'avgPool2d, padded': () => input(9, 11, 3).avgPool2d(3, { stride: 2, padding: 1 }),
  'avgPool2d, asymmetric': () =>
    input(8, 11, 3).avgPool2d(3, {
      stride: 2,
      padding: [
        [0, 1],
        [1, 1],
      ],
    }),
  'avgPool2d, padding not counted': () =>
    input(9, 11, 3)
      .avgPool2d(3, { stride: 2, padding: 1, countIncludePad: false })
      .avgPool2d(3, { stride: 1, padding: [1, [0, 2]], countIncludePad: false }),
  'avgPool1d, padding not counted and ceil': () =>
    input(10, 3).avgPool1d(3, { stride: 2, padding: 1, rounding: 'ceil', countIncludePad: false }),
  'avgPool2d, dilated, padding not counted': () =>
    input(9, 8, 2).avgPool2d(3, { stride: 1, dilation: [1, 2], padding: [2, 1], countIncludePad: false }),
  'avgPool3d, padding not counted': () => input(4, 6, 5, 2).avgPool3d(3, { stride: 1, padding: 1, countIncludePad: false }),
  'avgPool2d, same counted': () => input(9, 11, 3).avgPool2d(3, { stride: 2, padding: 'same', countIncludePad: true }),
  'avgPool2d, same': () => input(9, 11, 3).avgPool2d(3, { stride: 2, padding: 'same' }),
  'avgPool2d, same and asymmetric': () =>
    input(10, 11, 3).avgPool2d(3, { stride: 2, padding: 'same' }).avgPool2d(2, { stride: 1, padding: 'same' }),
  'avgPool2d, ceil': () => input(8, 10, 3).avgPool2d(3, { stride: 2, rounding: 'ceil' }),
  'avgPool1d, dilated and same': () => input(9, 3).avgPool1d(3, { stride: 1, padding: 'same', dilation: 2 }),
  'avgPool2d, dilated, padded and ceil': () =>
    input(10, 9, 3).avgPool2d(3, { stride: [3, 2], padding: [1, [0, 2]], dilation: [1, 2], rounding: 'ceil' }),
  'avgPool2d, padded and ceil': () => input(10, 8, 3).avgPool2d(3, { stride: 2, padding: 1, rounding: 'ceil' }),
  'avgPool1d, dilated and padded by more than its kernel': () =>
    input(9, 2).avgPool1d(2, { dilation: 5, padding: 4, stride: 1 }).avgPool1d(2, { dilation: 3, padding: 'same', stride: 1 }),
  'avgPool3d, dilated': () =>
    input(4, 6, 8, 2)
      .avgPool3d(2, { stride: 1, dilation: [1, 2, 3], padding: [0, [1, 0], 2] })
      .avgPool3d([1, 2, 2], { dilation: 3, padding: 'same' }),
  'avgPool2d, a last window in the padding': () =>
    input(6, 6, 2).avgPool2d(2, {
      stride: 3,
      padding: [
        [0, 1],
        [1, 1],
      ],
      rounding: 'ceil',
    }),
  avgPool3d: () => input(4, 6, 8, 2).avgPool3d(2),
  globalAvgPool: () => input(7, 5, 3).globalAvgPool(),
  'globalAvgPool on a line': () => input(7, 3).globalAvgPool(),
  'globalAvgPool on a volume': () => input(3, 4, 5, 2).globalAvgPool(),
  globalMaxPool: () => input(7, 5, 3).globalMaxPool(),
  'globalMaxPool on a line': () => input(7, 3).globalMaxPool(),
  adaptiveAvgPool: () => input(13, 9, 3).adaptiveAvgPool(4),
  'adaptiveAvgPool that divides': () => input(12, 8, 3).adaptiveAvgPool([4, 2]),
  'adaptiveAvgPool on a line': () => input(13, 3).adaptiveAvgPool(5),
  'adaptiveAvgPool, windows that repeat': () => input(15, 6, 3).adaptiveAvgPool([6, 4]),
  'adaptiveAvgPool to more': () => input(4, 3, 2).adaptiveAvgPool([6, 3]),
  'adaptiveMaxPool on a volume': () => input(5, 4, 7, 2).adaptiveMaxPool([2, 4, 3]),
  adaptiveMaxPool: () => input(13, 9, 3).adaptiveMaxPool([1, 4]),
  'adaptiveMaxPool that divides': () => input(12, 8, 3).adaptiveMaxPool([4, 2]),
  zeroPad: () =>
    input(5, 6, 3)
      .zeroPad(2)
      .zeroPad([[0, 1], 2]),
  'zeroPad on a line': () => input(5, 3).zeroPad([[1, 2]]),
  'zeroPad on a volume': () => input(3, 4, 5, 2).zeroPad([1, 0, [1, 2]]),
  'pad, constant': () => input(5, 6, 3).pad([[0, 1], 2]),
  'pad, reflect': () =>
    input(5, 6, 3)
      .conv2d(2, 1)
      .pad([[2, 1], 3], { mode: 'reflect' })
      .relu(),
  'pad, replicate': () =>
    input(5, 6, 3)
      .pad(2, { mode: 'replicate' })
      .pad([[7, 0], 0], { mode: 'replicate' }),
  'pad, symmetric': () =>
    input(5, 6, 3)
      .conv2d(2, 1)
      .pad(
        [
          [5, 1],
          [0, 2],
        ],
        { mode: 'symmetric' },
      ),
  'pad, circular': () =>
    input(5, 6, 3)
      .pad(
        [
          [5, 1],
          [0, 2],
        ],
        { mode: 'circular' },
      )
      .conv2d(2, 3),
  'pad on a line': () =>
    input(5, 3)
      .pad([[1, 2]], { mode: 'reflect' })
      .conv1d(2, 1)
      .pad(1, { mode: 'symmetric' })
      .pad(1, { mode: 'circular' }),
  'pad on a volume': () =>
    input(3, 4, 5, 2)
      .pad([1, 0, [1, 2]], { mode: 'reflect' })
      .pad(1, { mode: 'circular' })
      .pad(1, { mode: 'replicate' }),
  crop: () =>
    input(9, 8, 3)
      .crop([[1, 2], 1])
      .crop(1),
  'crop on a line': () => input(9, 3).crop([[1, 2]]),
  'crop on a volume': () => input(5, 6, 7, 2).crop(1),
  upsample: () => input(4, 5, 3).upsample(2).upsample([1, 3]),
  'upsample, bilinear': () => input(4, 5, 3).upsample(2, { method: 'bilinear' }),
  'upsample, bilinear and uneven': () => input(4, 5, 3).upsample([1, 3], { method: 'bilinear' }).upsample([4, 1], { method: 'bilinear' }),
  'upsample by fractions': () =>
    input(4, 6, 3).upsample(1.5).upsample([0.75, 1.3], { rounding: 'floor' }).upsample(1.5, { method: 'bilinear', rounding: 'floor' }),
  'avgPool2d, uneven padding along one axis and rounded up along the other': () =>
    input(6, 3, 2).avgPool2d(4, { padding: [[1, 2], 2], rounding: 'ceil' }),
  'upsample by fractions whose sizes are no floats': () =>
    input(100, 3, 2).upsample([0.29, 1.3333334], { method: 'bilinear', rounding: 'floor' }),
  'upsample to a size': () =>
    input(4, 6, 3)
      .upsample({ size: [7, 5] })
      .upsample({ size: 9 }, { method: 'bilinear' })
      .upsample({ size: [4, 6] }, { method: 'bilinear', alignCorners: true }),
  'upsample, bicubic': () =>
    input(4, 5, 3)
      .upsample(2, { method: 'bicubic' })
      .upsample({ size: [6, 13] }, { method: 'bicubic', alignCorners: true }),
  'upsample to a size on a line': () => input(7, 3).upsample({ size: 10 }).upsample({ size: 4 }, { method: 'bilinear' }),
  'upsample to a size on a volume': () =>
    input(2, 3, 4, 2)
      .upsample({ size: [3, 4, 3] }, { method: 'bilinear' })
      .upsample({ size: 5 }, { method: 'bilinear', alignCorners: true }),
  'upsample on a line': () => input(4, 3).upsample(3),
  'upsample on a volume': () => input(2, 3, 4, 2).upsample([1, 2, 2]),
  pixelUnshuffle: () => input(4, 6, 3).pixelUnshuffle(2),
  pixelShuffle: () => input(4, 5, 12).pixelShuffle(2),
  dense: () => input(6).dense(4).dense(3, { bias: false }),
  'dense on tokens': () => input(5, 6).dense(4),
  'flatten, then dense': () => input(4, 5, 3).conv2d(2, 3).flatten().relu().dropout(0.5).dense(4),
  'flatten at the end': () => input(4, 5, 3).conv2d(2, 3).flatten(),
  'flatten, then no dense': () => input(4, 5, 3).flatten().reshape(5, 12),
  'flatten(1)': () => input(4, 5, 3).flatten(1),
  'flatten(2) on a volume': () => input(2, 3, 4, 5).flatten(2),
  unflatten: () => input(4, 5, 6).unflatten(2, 2, 3),
  'unflatten of a vector': () => input(12).unflatten(0, 3, 2, 2),
  reshape: () => input(4, 6, 3).reshape(8, 9),
  'reshape to an image': () => input(24).reshape(4, 3, 2).conv2d(2, 2),
  permute: () => input(4, 5, 3).permute(2, 0, 1),
  'permute, then a convolution': () => input(4, 5, 3).permute(1, 0, 2).conv2d(2, 3),
  'channel shuffle': () => input(4, 5, 6).unflatten(2, 2, 3).permute(0, 1, 3, 2).flatten(2),
  'channel split': () =>
    input(4, 5, 6)
      .unflatten(2, 2, 3)
      .crop([0, 0, [0, 1]])
      .flatten(2),
  squeeze: () => input(4, 5, 6).conv2d(3, [4, 1]).squeeze(0).dense(2),
  'squeeze of the channels': () => input(4, 5, 6).conv2d(1, 1).squeeze(2).relu(),
  unsqueeze: () => input(4, 5).unsqueeze(2).conv2d(2, 3).unsqueeze(0),
  'unsqueeze of a vector': () => input(6).unsqueeze(0).dense(2).squeeze(0),
  slice: () => input(4, 5, 6).slice(2, 1, 5).slice(0, 1).slice(1, -3, -1),
  'slice of a vector': () => input(12).slice(0, 3, 8),
  'slice of a line': () => input(7, 6).slice(1, 2).slice(0, 0, 4),
  'slice of a volume': () => input(3, 4, 5, 6).slice(3, 1, 4).slice(1, 2),
  'slice of all': () => input(4, 5, 6).slice(2, 0).relu(),
  'chunk, each part on its own': () => input(4, 5, 6).chunk('left', 'right').from('right').conv2d(3, 1).concat('left', identity()),
  'split, parts of several sizes': () =>
    input(4, 5, 6).split([1, 5], 'left', 'right').from('right').conv2d(3, 1).concat('left', identity()),
  'split of a vector': () => input(8).split([2, 1, 5], 'a', 'b', 'c').from('c').dense(2).concat('a', identity(), 'b'),
  'chunk, a gate': () => input(5, 8).chunk('value', 'gate').from('gate').sigmoid().multiply('value'),
  'slices beside each other': () =>
    input(4, 5, 6)
      .concat(slice(2, 3), slice(2, 0, 3))
      .conv2d(2, 3),
  'slice of a convolution over time, then dense': () => input(9, 4).conv1d(6, 3).slice(1, 0, 4).slice(0, 2).flatten().dense(3),
  tokens: () => input(4, 5, 6).toTokens().classToken().positionEmbedding().multiHeadAttention(2).layerNorm().selectToken(),
  meanTokens: () => input(4, 5, 6).toTokens().meanTokens(),
  selectToken: () => input(7, 6).selectToken(3),
  'multiHeadAttention, an even number of heads without bias': () => input(5, 8).multiHeadAttention(2, { bias: false }),
  'multiHeadAttention, one head': () => input(4, 5).multiHeadAttention(1),
  multiHeadAttention: () => input(7, 6).multiHeadAttention(3, { bias: false }),
  'multiHeadAttention, keys of a kept value': () => input(7, 6).keep('memory').dense(4).multiHeadAttention(2, { keys: 'memory' }),
  'multiHeadAttention, keys of as many features': () =>
    input(7, 6).keep('memory').classToken().multiHeadAttention(3, { keys: 'memory', bias: false }),
  'multiHeadAttention, keys of itself': () => input(5, 4).multiHeadAttention(2, { keys: 'input' }),
  embedding: () => input(7).embedding(11, 4).globalMaxPool(),
  lstm: () => input(7, 4).lstm(5).lstm(3, { returnSequences: false }),
  'lstm without biases': () => input(7, 4).lstm(5, { bias: false }),
  gru: () => input(7, 4).gru(5).gru(3, { returnSequences: false }),
  'gru without biases': () => input(7, 4).gru(5, { bias: false }),
  batchNorm: () => input(4, 5, 3).batchNorm().batchNorm({ epsilon: 1e-3 }),
  'batchNorm on a vector': () => input(6).batchNorm(),
  'batchNorm on a line': () => input(6, 3).batchNorm(),
  'batchNorm on a volume': () => input(3, 4, 5, 2).batchNorm(),
  layerNorm: () => input(4, 5, 3).layerNorm().layerNorm({ affine: false }),
  'layerNorm on a vector': () => input(6).layerNorm({ epsilon: 1e-3 }),
  groupNorm: () => input(4, 5, 6).groupNorm(3).groupNorm(2, { affine: false }),
  'layerNorm on a volume': () => input(3, 4, 5, 2).layerNorm(),
  'groupNorm on a line': () => input(6, 4).groupNorm(2),
  'instanceNorm on a volume': () => input(3, 4, 5, 2).instanceNorm({ affine: true }),
  'groupNorm on a vector': () => input(6).groupNorm(3),
  'multiHeadAttention, causal': () =>
    input(6, 8).multiHeadAttention(2, { causal: true }).multiHeadAttention(4, { causal: true, bias: false }),
  'multiHeadAttention, groups of heads': () =>
    input(6, 8)
      .multiHeadAttention(4, { keyValueHeads: 2 })
      .multiHeadAttention(3, { headWidth: 5, bias: false })
      .multiHeadAttention(4, { keyValueHeads: 1, headWidth: 3 }),
  'multiHeadAttention, groups of heads, causal, keys of another value': () =>
    input(6, 8).dense(6).keep('memory').dense(8).multiHeadAttention(4, { keys: 'memory', keyValueHeads: 2, causal: true }),
  'lstm in both directions': () => input(6, 8).lstm(5, { bidirectional: 'concat' }).lstm(4, { bidirectional: 'sum', bias: false }),
  'lstm in both directions, last step': () => input(6, 8).lstm(5, { bidirectional: 'concat', returnSequences: false }).dense(3),
  'lstm in both directions, added, last step': () => input(6, 8).lstm(5, { bidirectional: 'sum', returnSequences: false, bias: false }),
  'gru in both directions': () =>
    input(6, 8)
      .gru(5, { bidirectional: 'sum' })
      .gru(4, { bidirectional: 'concat' })
      .gru(3, { bidirectional: 'sum', returnSequences: false }),
  windowAttention: () =>
    input(8, 12, 6).windowAttention(2, 4).windowAttention(3, 4, { shift: 2 }).windowAttention(1, 2, { shift: 1, bias: false }),
  'windowAttention as large as the image': () => input(4, 8, 6).windowAttention(2, 4, { shift: 1 }),
  'windowAttention of version 2': () =>
    input(4, 6, 6).windowAttention(3, 2, { version: 2 }).windowAttention(2, 2, { version: 2, shift: 1, bias: false }),
  patchMerging: () => input(8, 12, 3).patchMerging().patchMerging({ version: 2 }),
  rmsNorm: () => input(4, 5, 3).conv2d(3, 1).rmsNorm().rmsNorm({ affine: false, epsilon: 0.1 }),
  'rmsNorm on tokens': () => input(5, 6).rmsNorm({ epsilon: 1e-5 }).dense(4).flatten().rmsNorm(),
  instanceNorm: () => input(4, 5, 3).instanceNorm().instanceNorm({ affine: true }),
  localResponseNorm: () => input(4, 5, 7).localResponseNorm(5).localResponseNorm(3, { alpha: 0.1, beta: 0.5, k: 2 }),
  'localResponseNorm, even': () => input(4, 5, 7).localResponseNorm(2, { alpha: 0.1, beta: 0.5, k: 2 }),
  layerScale: () => input(4, 5, 3).layerScale(),
  'layerScale on tokens': () => input(4, 6).dense(6).layerScale(),
  'batchNorm without a scale': () => input(4, 5, 3).batchNorm({ scale: false }).batchNorm({ shift: false }),
  'batchNorm without both': () => input(6).batchNorm({ scale: false, shift: false }),
  affine: () => input(4, 5, 3).affine(),
  'affine on tokens, one alone': () => input(4, 6).affine({ shift: false }).affine({ scale: false }),
  'affine behind flatten': () => input(4, 5, 3).conv2d(2, 3).flatten().affine().dense(4),
  rescale: () => input(4, 5, 3).rescale(0.5, -1).rescale(3),
  'rescale, each channel': () => input(4, 5, 3).rescale([2, 0, -1], [0.5, 1, 2]).rescale(2, [1, 2, 3]),
  'rescale by -1': () => input(4, 5, 3).rescale(-1).relu(),
  'rescale behind flatten': () => input(2, 2, 2).conv2d(2, 2).flatten().rescale([2, 3], [1, 0]).dense(4),
  normalize: () => input(4, 5, 3).normalize([0.5, 0.25, -1], [4, 0.5, 2]).normalize(1, 4),
  'normalize, a number and a list': () => input(6, 3).normalize(1, [4, 2, 1]).normalize([1, 2, 3], 4),
  'normalize by weights': () => input(4, 5, 3).normalize(),
  'normalize by weights on a volume': () => input(3, 4, 5, 2).normalize(),
  relu: () => input(4, 5, 3).relu(),
  relu6: () => input(4, 5, 3).relu6(),
  leakyRelu: () => input(4, 5, 3).leakyRelu().leakyRelu(0.1),
  'leakyRelu, a slope below 0': () => input(4, 5, 3).leakyRelu(-0.3),
  prelu: () => input(4, 5, 3).prelu().prelu({ shared: true }),
  'prelu on a vector': () => input(6).prelu(),
  elu: () => input(4, 5, 3).elu().elu(0.5),
  selu: () => input(4, 5, 3).selu(),
  gelu: () => input(4, 5, 3).gelu(),
  silu: () => input(4, 5, 3).silu(),
  mish: () => input(4, 5, 3).mish(),
  sigmoid: () => input(4, 5, 3).sigmoid(),
  hardSigmoid: () => input(4, 5, 3).hardSigmoid(),
  hardSwish: () => input(4, 5, 3).hardSwish(),
  tanh: () => input(4, 5, 3).tanh(),
  softplus: () => input(4, 5, 3).softplus(),
  softmax: () => input(4, 5, 3).softmax(),
  'softmax on a vector': () => input(6).softmax(),
  logSoftmax: () => input(4, 5, 3).logSoftmax(),
  dropout: () => input(6).dropout(0.5),
  stochasticDepth: () => input(4, 5, 3).residual((x) => x.conv2d(3, 1).stochasticDepth(0.2)),
  residual: () => input(4, 5, 3).residual((x) => x.conv2d(3, 3, { padding: 1 }).relu()),
  'residual with a shortcut': () => input(4, 5, 3).residual((x) => x.conv2d(6, 3, { padding: 1 }).relu(), conv2d(6, 1)),
  concat: () => input(4, 5, 3).concat(identity(), conv2d(2, 1), block(maxPool2d(3, { stride: 1, padding: 1 }), relu())),
  'concat of vectors': () => input(6).concat(dense(2), identity()),
  add: () => input(4, 5, 3).add(identity(), conv2d(3, 1), relu()),
  subtract: () => input(4, 5, 3).subtract(identity(), conv2d(3, 1)),
  'subtract, vectors': () => input(6).subtract(dense(6), identity()),
  average: () => input(4, 5, 3).average(identity(), conv2d(3, 1), relu()),
  maximum: () => input(4, 5, 3).maximum(identity(), conv2d(3, 1)),
  minimum: () => input(4, 5, 3).minimum(identity(), conv2d(3, 1)).minimum(identity(), relu(), conv2d(3, 1)),
  multiply: () => input(4, 5, 3).multiply(block(globalAvgPool(), dense(2), relu(), dense(3), sigmoid())),
  'multiply, equal shapes': () => input(4, 5, 3).multiply(sigmoid()),
  'multiply, one for each channel': () => input(4, 5, 3).multiply((x) => x.adaptiveAvgPool(1).sigmoid()),
  'multiply of vectors': () => input(6).multiply(sigmoid()),
  matmul: () => input(5, 4).matmul(dense(3), block(dense(3), relu(), permute(1, 0))),
  'matmul of images': () => input(3, 4, 5).matmul(identity(), block(permute(0, 2, 1), relu())),
  'matmul of a value by itself': () => input(4, 4).matmul(identity(), identity()),
  'branches in branches': () =>
    input(4, 5, 3).residual((x) =>
      x.concat(conv2d(2, 1), (y) => y.conv2d(1, 1).residual(relu())).multiply(block(globalAvgPool(), sigmoid())),
    ),
  branchOut: () =>
    input(8, 8, 3)
      .conv2d(4, 3)
      .branchOut('aux', (x) => x.globalAvgPool().dense(2))
      .relu()
      .branchOut('second', identity())
      .globalAvgPool()
      .dense(5),
  'branchOut in a branch': () => input(8, 8, 3).residual((x) => x.conv2d(3, 1).branchOut('aux', globalAvgPool()).relu()),
  nothing: () => input(6),
  names: () =>
    input(8, 8, 3)
      .conv2d(4, 3, { name: 'stem/conv 1' })
      .relu()
      .residual(block(conv2d(4, 1, { name: 'class' }), crop(0)))
      .conv2d(2, 1, { name: 'forward' }),
}

// The picture of each method in the reference: of its window, its tensors or its curve.
import { activations, curve } from './curves.mjs'
import { joined } from './joins.mjs'
import { border, channels, dense, flatten, normalization, permute, pixelShuffle, upsample } from './shapes.mjs'
import { attention, embedding, patchMerging, recurrent, tokenRow, toTokens, windowed } from './tokens.mjs'
import { adaptive, depthwise, global, oneAxis, threeAxes, transposed } from './windows.mjs'

const byName = (names, draw) => Object.fromEntries(names.map((name) => [name, () => draw(name)]))

const pictures = {
  ...byName(['conv1d', 'maxPool1d', 'avgPool1d'], oneAxis),
  ...byName(['conv3d', 'maxPool3d', 'avgPool3d'], threeAxes),
  ...byName(['convTranspose1d', 'convTranspose2d', 'convTranspose3d'], transposed),
  ...byName(['depthwiseConv1d', 'depthwiseConv2d', 'depthwiseConv3d'], () => depthwise(false)),
  ...byName(['separableConv1d', 'separableConv2d'], () => depthwise(true)),
  adaptiveAvgPool: () => adaptive('mean'),
  adaptiveMaxPool: () => adaptive('maximum'),
  globalAvgPool: () => global('mean'),
  globalMaxPool: () => global('maximum'),
  dense,
  ...byName(['flatten', 'unflatten', 'reshape'], flatten),
  permute,
  ...byName(Object.keys(activations), curve),
  ...byName(['batchNorm', 'layerNorm', 'rmsNorm', 'groupNorm', 'instanceNorm', 'normalize'], normalization),
  ...byName(['zeroPad', 'pad', 'crop'], border),
  upsample,
  pixelShuffle,
  toTokens,
  ...byName(['classToken', 'positionEmbedding', 'selectToken', 'meanTokens'], tokenRow),
  multiHeadAttention: attention,
  windowAttention: windowed,
  patchMerging,
  embedding,
  lstm: () => recurrent('lstm', 2),
  gru: () => recurrent('gru', 1),
  concat: channels,
  ...joined,
}

/** The picture of a method, or nothing. */
export const pictureOf = (name) => (Object.hasOwn(pictures, name) ? pictures[name]() : '')

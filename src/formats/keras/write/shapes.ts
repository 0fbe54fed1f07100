import { valuesIn } from '../../../layers/kind/layer.js'
import { cellsAtEnds } from '../../cells-at-ends.js'
import { refuse, requireFew, type Writer } from '../layer.js'
import { adaptivePool } from './adaptive.js'
import { multiHeadAttention } from './attention.js'
import { cropped, padded, sliced } from './cells.js'
import { edgesRepeated, mirrored, wrapped } from './edges.js'
import { upsample } from './resize.js'
import { classToken, embedding, meanTokens, patchMerging, positionEmbedding, selectToken } from './tokens.js'

/** Layers that move values: reshapes, pools to a size, resizes, paddings, crops; and those on tokens. */

const reshaped: Writer = (chain, node) => {
  const { output } = node
  // TensorFlow.js flattens no vector.
  if (node.kind === 'flatten' && chain.shape.length === 1) return chain
  if (node.kind === 'flatten' && output.length === 1) return chain.add('flatten', 'Flatten', {}, output)
  return chain.add('reshape', 'Reshape', { target_shape: output }, output)
}

const permute: Writer = (chain, node) =>
  chain.add('permute', 'Permute', { dims: (node.settings['axes'] as readonly number[]).map((axis) => axis + 1) }, node.output)

/** A part of one axis: of the places of an image, a crop. */
const slice: Writer = (chain, node) => {
  const { axis, start, end } = node.settings as Record<'axis' | 'start' | 'end', number>
  const both = [start, (chain.shape[axis] as number) - end] as const
  const rank = chain.shape.length - 1
  if (rank !== 2 || axis === rank) return sliced(chain, axis, both)
  return cropped(chain, axis === 0 ? [both, [0, 0]] : [[0, 0], both])
}

const globalPool =
  (stem: string): Writer =>
  (chain, node) => {
    const { shape } = chain
    const rank = shape.length - 1
    if (rank <= 2) return chain.add('pool', `Global${stem}Pooling${rank}D`, {}, node.output)
    // TensorFlow.js has none for volumes: their positions in a row have the same mean, and the same maximum.
    const channels = shape.at(-1) as number
    return chain.reshape('row', [valuesIn(shape) / channels, channels]).add('pool', `Global${stem}Pooling1D`, {}, node.output)
  }

/** Channel c * s^2 + i * s + j becomes row i and column j of channel c. */
const pixelShuffle: Writer = (chain, node) => {
  const scale = node.settings['scale'] as number
  const [height, width] = chain.shape as [number, number, number]
  const channels = node.output[2] as number
  return chain
    .reshape('cells', [height, width, channels, scale, scale])
    .add('in_place', 'Permute', { dims: [1, 4, 2, 5, 3] }, [height, scale, width, scale, channels])
    .reshape('pixels', node.output)
}

/** Row i and column j of a square of channel c become channel c * s^2 + i * s + j. */
const pixelUnshuffle: Writer = (chain, node) => {
  const scale = node.settings['scale'] as number
  const channels = chain.shape[2] as number
  const [height, width] = node.output as [number, number, number]
  return chain
    .reshape('squares', [height, scale, width, scale, channels])
    .add('in_place', 'Permute', { dims: [1, 3, 5, 2, 4] }, [height, width, channels, scale, scale])
    .reshape('channels', node.output)
}

/** Cells of the map itself around it, cut out and put beside it. */
const pad: Writer = (chain, node) => {
  const mode = node.settings['mode'] as string
  const ends = cellsAtEnds(node)
  if (mode === 'constant') return padded(chain, ends)
  if (mode === 'replicate') return edgesRepeated(chain, ends)
  if (mode === 'circular') return wrapped(chain, ends)
  for (const cells of ends.flat()) requireFew(node, cells, 'mirrored cells at an end', "Use fewer, or mode 'replicate'.")
  return mirrored(chain, ends, mode === 'reflect' ? 1 : 0)
}

export const shapeWriters = {
  flatten: reshaped,
  unflatten: reshaped,
  reshape: reshaped,
  squeeze: reshaped,
  unsqueeze: reshaped,
  toTokens: reshaped,
  permute,
  slice,
  zeroPad: (chain, node) => padded(chain, cellsAtEnds(node)),
  pad,
  crop: (chain, node) => cropped(chain, cellsAtEnds(node)),
  upsample,
  pixelShuffle,
  pixelUnshuffle,
  globalAvgPool: globalPool('Average'),
  globalMaxPool: globalPool('Max'),
  adaptiveAvgPool: adaptivePool('Average'),
  adaptiveMaxPool: adaptivePool('Max'),
  selectToken,
  meanTokens,
  embedding,
  classToken,
  positionEmbedding,
  multiHeadAttention,
  patchMerging,
  windowAttention: (_, node) => refuse(node, 'Keras has no such layer. Use multiHeadAttention, or ONNX for this network.'),
} satisfies Readonly<Record<string, Writer>>

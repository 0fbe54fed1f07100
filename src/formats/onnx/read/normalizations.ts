import type { OnnxNode } from '../model.js'
import { listed } from '../words.js'
import type { ReadWeight } from './reader/layers.js'
import type { Reader, Readers } from './reader/reader.js'

/** Normalizations. */

type Read = Readers[string]

/** Refuses a weight that is no list with one value for each channel. */
const channelWeights = (read: Reader, node: OnnxNode, name: string, suffixes: readonly string[]): ReadWeight[] => {
  const channels = read.shapeOf(name).at(-1)
  return suffixes.map((suffix, index) => {
    const from = read.tensor(node, index + 1)
    if (from.dims.length !== 1 || from.dims[0] !== channels)
      read.fail(node, `its ${suffix} is ${listed(from.dims)}, and there are ${channels} channels.`)
    return { suffix, from }
  })
}

/** Whether a weight is a constant that stands for none, all ones or all zeros: one that only happens to be so has a name of a weight. */
const isAll = (weight: ReadWeight | undefined, wanted: number): boolean =>
  weight?.from.data?.every((value) => value === wanted) === true && !weight.from.name.endsWith(`.${weight.suffix}`)

const batchNorm: Read = (read, node) => {
  read.known(node, 'epsilon', 'momentum', 'training_mode', 'spatial')
  if (!read.flag(node, 'spatial', true)) read.fail(node, 'normalizes each position by itself.')
  // Before opset 14 more outputs said that it trains.
  const isTraining = read.flag(node, 'training_mode', false) || node.outputs.slice(1).some((name) => name !== '')
  if (isTraining) read.fail(node, 'takes the statistics of its examples, as in training; batchNorm here those of the file.')
  const { name } = read.first(node)
  const weights = channelWeights(read, node, name, ['weight', 'bias', 'running_mean', 'running_var'])
  const epsilon = read.float(node, 'epsilon', 1e-5)
  const [scale, shift] = [!isAll(weights[0], 1), !isAll(weights[1], 0)]
  const settings = { epsilon, ...(scale ? {} : { scale }), ...(shift ? {} : { shift }) }
  const own = weights.filter(({ suffix }) => (suffix === 'weight' ? scale : suffix === 'bias' ? shift : true))
  read.holdFirst(node, read.add(node, 'batchNorm', settings, [name], own))
}

/** Settings and weights of a scale and a shift that may be nothing but ones and zeros. */
const affineOf = (weights: ReadWeight[]): { affine: boolean; weights: ReadWeight[] } =>
  isAll(weights[0], 1) && isAll(weights[1], 0) ? { affine: false, weights: [] } : { affine: true, weights }

const instanceNorm: Read = (read, node) => {
  read.known(node, 'epsilon')
  const epsilon = read.float(node, 'epsilon', 1e-5)
  const operand = read.take(node, 0)
  if (operand.is === 'groups') {
    const ends = [read.tensor(node, 1), read.tensor(node, 2)].map(({ data }) => data)
    const isPlain = ends.every((data, index) => data?.length === operand.groups && data.every((value) => value === 1 - index))
    if (!isPlain) return read.fail(node, 'scales whole groups, which groupNorm here does not.')
    return read.hold(node, { ...operand, epsilon })
  }
  const { name } = read.first(node)
  const { affine, weights } = affineOf(channelWeights(read, node, name, ['weight', 'bias']))
  read.holdFirst(node, read.add(node, 'instanceNorm', { affine, epsilon }, [name], weights))
}

const layerNorm: Read = (read, node) => {
  read.known(node, 'axis', 'epsilon', 'stash_type')
  if (node.outputs.slice(1).some((name) => name !== '')) read.fail(node, 'gives its mean or its deviation too, which no layer here does.')
  const { name, rank } = read.last(node)
  if (read.int(node, 'stash_type', 1) !== 1) read.fail(node, 'computes in another precision than 32 bits.')
  const axis = read.int(node, 'axis', -1)
  if (axis !== -1 && axis !== rank) read.fail(node, `normalizes from axis ${axis} on, and layerNorm here the last axis only.`)
  const hasShift = node.inputs[2] !== undefined && node.inputs[2] !== ''
  if (!hasShift) read.fail(node, 'has a scale without a shift, and layerNorm here both or neither.')
  const { affine, weights } = affineOf(channelWeights(read, node, name, ['weight', 'bias']))
  read.holdLast(node, read.add(node, 'layerNorm', { affine, epsilon: read.float(node, 'epsilon', 1e-5) }, [name], weights))
}

const localResponseNorm: Read = (read, node) => {
  read.known(node, 'size', 'alpha', 'beta', 'bias')
  const { name } = read.first(node)
  const size = read.int(node, 'size', undefined)
  if (size === undefined) return read.fail(node, 'does not say over how many channels.')
  // Of an even number ONNX has the odd one behind the channel, PyTorch and this package before it, and ONNX Runtime has none.
  if (size % 2 === 0)
    return read.fail(node, `takes ${size} channels, and localResponseNorm has as many on both sides in an odd number only.`)
  const settings = {
    size,
    alpha: read.float(node, 'alpha', 1e-4),
    beta: read.float(node, 'beta', 0.75),
    k: read.float(node, 'bias', 1),
  }
  read.holdFirst(node, read.add(node, 'localResponseNorm', settings, [name]))
}

export const normalizationReaders: Readers = {
  BatchNormalization: batchNorm,
  InstanceNormalization: instanceNorm,
  LayerNormalization: layerNorm,
  LRN: localResponseNorm,
}

import { valuesIn } from '../../../layers/kind/layer.js'
import { oneOrEach } from '../../settings.js'
import { type LayerConfig, text } from '../config.js'
import type { Value } from './layer.js'
import { byRank, one, type Reader } from './layer-reader.js'

/** Layers of Keras that move values, and those on sequences. */

const reshape: Reader = (plan, config, inputs) => {
  const value = config.any('target_shape', undefined)
  const input = one(inputs)
  if (!Array.isArray(value) || value.length === 0 || value.length > 8)
    return config.refuse(`target_shape must be a list of sizes, not ${text(value)}.`)
  const open = value.filter((size) => size === -1).length
  const known = value.filter((size) => size !== -1)
  if (open > 1 || !known.every((size) => Number.isSafeInteger(size) && size >= 1))
    return config.refuse(`target_shape must be a list of sizes, not ${text(value)}.`)
  const rest = valuesIn(input.shape) / valuesIn(known)
  const shape = value.map((size) => (size === -1 ? rest : size))
  return plan.add(config.layer, 'reshape', { shape }, input)
}

const permute: Reader = (plan, config, inputs) => {
  const dims = config.any('dims', undefined)
  if (!Array.isArray(dims) || !dims.every((dim) => Number.isSafeInteger(dim)))
    return config.refuse(`dims must be a list of axes, not ${text(dims)}.`)
  return plan.add(config.layer, 'permute', { axes: dims.map((dim) => dim - 1) }, one(inputs))
}

/** What stands at both ends of each axis: `2`, `[1, 2]`, or `[[0, 1], [0, 1]]`; for one axis `[1, 2]` is its two ends. */
const readAmount = (config: LayerConfig, name: string, rank: number): number | (number | number[])[] => {
  const value = config.any(name, 1)
  const isSize = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
  const isPair = (value: unknown): value is number[] => Array.isArray(value) && value.length === 2 && value.every(isSize)
  if (isSize(value)) return value
  if (rank === 1 && isPair(value)) return [ends(value)]
  if (Array.isArray(value) && value.length === rank && value.every((each) => isSize(each) || isPair(each))) {
    return value.map((each) => (isSize(each) ? each : ends(each)))
  }
  return config.refuse(`${name} must be a number of cells, or two for each axis, not ${text(value)}.`)
}

const ends = (pair: number[]): number | number[] => (pair[0] === pair[1] ? (pair[0] as number) : pair)

const atEnds =
  (kind: string, name: string, rank: number): Reader =>
  (plan, config, inputs) => {
    config.channelsLast()
    requireRank(config, one(inputs), rank)
    return plan.add(config.layer, kind, { amount: readAmount(config, name, rank) }, one(inputs))
  }

const requireRank = (config: LayerConfig, { shape }: Value, rank: number): void => {
  if (shape.length !== rank + 1) config.refuse(`it takes ${rank} spatial axes and channels, not ${shape.join('x')}.`)
}

const upsampling =
  (rank: number): Reader =>
  (plan, config, inputs) => {
    config.channelsLast()
    requireRank(config, one(inputs), rank)
    const scale = oneOrEach(config.axes('size', rank, 1, 2))
    const method = interpolation(config, 'nearest')
    return plan.add(config.layer, 'upsample', method === 'nearest' ? { scale } : { scale, method }, one(inputs))
  }

/** How a layer interpolates. Keras has other bicubic weights than PyTorch and ONNX; TensorFlow.js places bilinear cells elsewhere. */
const interpolation = (config: LayerConfig, standard: 'nearest' | 'bilinear'): 'nearest' | 'bilinear' => {
  const method = config.word('interpolation', ['nearest', 'bilinear'], standard)
  if (method === 'bilinear' && config.writer !== 'Keras 2' && config.writer !== 'Keras 3')
    return config.refuse(
      "interpolation 'bilinear' is another function in Keras than in TensorFlow.js, and the file does not say that Keras wrote it.",
    )
  return method
}

const resizing: Reader = (plan, config, inputs) => {
  config.channelsLast()
  requireRank(config, one(inputs), 2)
  for (const name of ['crop_to_aspect_ratio', 'pad_to_aspect_ratio', 'antialias'])
    config.only(name, [false, null], 'is not known here. Use false.')
  const cells = one(inputs).shape
  const sizes = [config.whole('height', 1), config.whole('width', 1)]
  const isWhole = sizes.every((size, axis) => size % (cells[axis] as number) === 0)
  const method = interpolation(config, 'bilinear')
  if (method === 'nearest' && !isWhole)
    return config.refuse("interpolation 'nearest' copies the cell at the centre of a new one, and upsample that at its first edge.")
  const to = isWhole ? { scale: oneOrEach(sizes.map((size, axis) => size / (cells[axis] as number))) } : { size: oneOrEach(sizes) }
  return plan.add(config.layer, 'upsample', method === 'nearest' ? to : { ...to, method }, one(inputs))
}

const globalPool =
  (stem: string, rank: number): Reader =>
  (plan, config, inputs) => {
    config.channelsLast()
    requireRank(config, one(inputs), rank)
    const keeps = config.boolean('keepdims', false)
    return keeps
      ? plan.add(config.layer, `adaptive${stem}Pool`, { size: 1 }, one(inputs))
      : plan.add(config.layer, `global${stem}Pool`, {}, one(inputs))
  }

const embedding: Reader = (plan, config, inputs) => {
  config.only('mask_zero', [false], 'hides words from the layers behind it, which is not known here. Use false.')
  const settings = { vocabulary: config.whole('input_dim', 1), features: config.whole('output_dim', 1) }
  return plan.add(config.layer, 'embedding', settings, one(inputs))
}

export const shapeReaders: Readonly<Record<string, Reader>> = {
  Flatten: (plan, config, inputs) => {
    config.channelsLast()
    return plan.add(config.layer, 'flatten', { start: 0 }, one(inputs))
  },
  Reshape: reshape,
  Permute: permute,
  ...byRank(
    (rank) => `ZeroPadding${rank}D`,
    (rank) => atEnds('zeroPad', 'padding', rank),
  ),
  ...byRank(
    (rank) => `Cropping${rank}D`,
    (rank) => atEnds('crop', 'cropping', rank),
  ),
  ...byRank((rank) => `UpSampling${rank}D`, upsampling),
  Resizing: resizing,
  ...byRank(
    (rank) => `GlobalAveragePooling${rank}D`,
    (rank) => globalPool('Avg', rank),
  ),
  ...byRank(
    (rank) => `GlobalMaxPooling${rank}D`,
    (rank) => globalPool('Max', rank),
  ),
  Embedding: embedding,
}

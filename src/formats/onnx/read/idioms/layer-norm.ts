import type { OnnxNode } from '../../model.js'
import { listed } from '../../words.js'
import { withAxisLast } from '../operands/axis-last.js'
import type { ConstantTensor, ValueOperand } from '../operands/operand.js'
import { flat, isPerChannel } from '../operands/per-channel.js'
import type { Reader } from '../reader/reader.js'
import type { Links } from './links.js'
import type { Found, Idioms } from './rewrite.js'

/** Normalizations that are written as their formula: minus the mean, over the root of the variance. */

export interface Normalized {
  readonly of: string
  readonly axes: readonly number[]
  readonly epsilon: number
  readonly covers: readonly OnnxNode[]
}

/** The mean along some axes, which stay. */
const meanOf = (links: Links, name: string | undefined): { of: string; axes: readonly number[]; node: OnnxNode } | undefined => {
  const node = links.maker(name, 'ReduceMean')
  const axes = node && links.list(node, 'axes', 1)
  if (!node || !axes || axes.length === 0 || links.int(node, 'keepdims', 1) !== 1) return undefined
  return { of: node.inputs[0] as string, axes, node }
}

/** x minus its mean. */
const centred = (links: Links, name: string | undefined): { of: string; axes: readonly number[]; covers: OnnxNode[] } | undefined => {
  const node = links.maker(name, 'Sub')
  const mean = node && meanOf(links, node.inputs[1])
  if (!node || !mean || mean.of !== node.inputs[0]) return undefined
  return { of: mean.of, axes: mean.axes, covers: [node, mean.node] }
}

/** The square of a value. */
const squareOf = (links: Links, name: string | undefined): { of: string; node: OnnxNode } | undefined => {
  const node = links.maker(name, 'Pow', 'Mul')
  if (!node) return undefined
  const isSquare = node.operator === 'Pow' ? links.number(node.inputs[1]) === 2 : node.inputs[0] === node.inputs[1]
  return isSquare ? { of: node.inputs[0] as string, node } : undefined
}

/** The square root of the mean of squares and a number. */
export const rootOfSquares = (links: Links, name: string | undefined): Normalized | undefined => {
  const root = links.maker(name, 'Sqrt')
  const sum = links.maker(root?.inputs[0], 'Add')
  const parts = sum && links.either(sum, (input) => links.number(input))
  const variance = parts && meanOf(links, parts.other)
  const square = variance && squareOf(links, variance.of)
  if (!root || !sum || !parts || !variance || !square) return undefined
  return { of: square.of, axes: variance.axes, epsilon: parts.found, covers: [root, sum, variance.node, square.node] }
}

/** The square root of the variance and a number. */
const deviation = (links: Links, name: string | undefined): Normalized | undefined => {
  const found = rootOfSquares(links, name)
  const inner = found && centred(links, found.of)
  if (!found || !inner || found.axes.join() !== inner.axes.join()) return undefined
  return { ...found, of: inner.of, covers: [...found.covers, ...inner.covers] }
}

/** (x - mean) / sqrt(variance + epsilon), or times one over that root. */
const normalized = (links: Links, name: string | undefined): Normalized | undefined => {
  const node = links.maker(name, 'Div', 'Mul')
  if (!node) return undefined
  const sides =
    node.operator === 'Div'
      ? { found: deviation(links, node.inputs[1]), other: node.inputs[0] }
      : links.either(node, (input) => inverse(links, input))
  const { found, other } = sides ?? {}
  const top = found && centred(links, other)
  if (!found || !top || top.of !== found.of || top.axes.join() !== found.axes.join()) return undefined
  return { ...found, covers: [node, ...found.covers, ...top.covers] }
}

/** One over such a root. */
export const inverse = (links: Links, name: string, rootOf = deviation): Normalized | undefined => {
  const node = links.maker(name, 'Reciprocal', 'Div')
  const isInverse = node?.operator === 'Reciprocal' || (node && links.number(node.inputs[0]) === 1)
  const found = isInverse ? rootOf(links, node?.inputs[node.operator === 'Reciprocal' ? 0 : 1]) : undefined
  return found && node && { ...found, covers: [...found.covers, node] }
}

/** With a scale and a shift behind it. */
const withAffine = (links: Links, node: OnnxNode): Found | undefined => {
  const sides = links.either(node, (input) => {
    const product = links.maker(input, 'Mul')
    const inner = product && links.either(product, (factor) => normalized(links, factor))
    return product && inner && { product, inner }
  })
  if (!sides) return undefined
  const { product, inner } = sides.found
  return layer(inner.found, [product], [inner.other, sides.other])
}

/** x m + (shift - mean m) with m = scale / sqrt(variance + epsilon), as Keras writes it. */
const keras = (links: Links, node: OnnxNode): Found | undefined => {
  const sides = links.either(node, (input) => links.maker(input, 'Sub'))
  const product = sides && links.maker(sides.other, 'Mul')
  const shifted = sides && links.maker(sides.found.inputs[1], 'Mul')
  if (!sides || !product || !shifted) return undefined
  const mean = links.either(shifted, (input) => meanOf(links, input))
  const factor = mean && links.maker(mean.other, 'Mul')
  const scale = factor && links.either(factor, (input) => inverse(links, input))
  if (!mean || !factor || !scale || mean.found.of !== scale.found.of || mean.found.axes.join() !== scale.found.axes.join()) return undefined
  const isOfInput = product.inputs.includes(mean.other) && product.inputs.includes(mean.found.of)
  if (!isOfInput) return undefined
  return layer(scale.found, [product, sides.found, shifted, mean.found.node, factor], [scale.other, sides.found.inputs[0] as string])
}

const plain = (links: Links, node: OnnxNode): Found | undefined => {
  const found = normalized(links, node.outputs[0])
  return found && layer(found, [], [])
}

const layer = ({ of, axes, epsilon, covers }: Normalized, more: readonly OnnxNode[], affine: readonly string[]): Found => ({
  covers: [...covers, ...more],
  inputs: [of, ...affine],
  read: (read, node) => readNormalization(read, node, axes, Number(epsilon.toPrecision(7))),
})

/** Over the features it is a layer normalization, over all places of an image an instance normalization, over both one group. */
const readNormalization = (read: Reader, node: OnnxNode, along: readonly number[], epsilon: number) => {
  const value = read.value(node)
  const last = value.axes.length - 2
  const axes = read.axes(node, along, value.axes.length).map((axis) => value.axes[axis] as number)
  const hasFeatures = axes.includes(last)
  const spatial = axes.filter((axis) => axis >= 0 && axis < last)
  if (axes.includes(-1)) return read.fail(node, 'normalizes over the examples, and layerNorm over features.')
  const isOnlyFeatures = axes.length === 1 && hasFeatures
  const isAllSpatial = spatial.length === last && last > 0
  const affine = node.inputs.length > 1
  const isOfChannels = !affine || isPerChannel(read, value, read.tensor(node, 1))
  if (isOnlyFeatures || (isAllSpatial && !hasFeatures && isOfChannels)) {
    const kind = isOnlyFeatures ? 'layerNorm' : 'instanceNorm'
    const weights = affine ? [weightAt(read, node, value, 1, 'weight'), weightAt(read, node, value, 2, 'bias')] : []
    return read.onValue(node, value, kind, { affine, epsilon }, weights)
  }
  if (axes.length === 1) return overAxis(read, node, value, along[0] as number, epsilon)
  if (isAllSpatial && !affine) return read.onValue(node, value, 'groupNorm', { groups: 1, affine, epsilon })
  return read.fail(
    node,
    `normalizes over the axes ${listed(along)}, and layerNorm over the features alone, or groupNorm(1) with a scale for each channel.`,
  )
}

/** Over one axis that is not that of the features: it stands where they do. */
const overAxis = (read: Reader, node: OnnxNode, value: ValueOperand, along: number, epsilon: number) => {
  const [axis = 0] = read.axes(node, [along], value.axes.length)
  const { turned, back } = withAxisLast(read, node, value, axis)
  const affine = node.inputs.length > 1
  const weights = affine ? [weightAt(read, node, turned, 1, 'weight'), weightAt(read, node, turned, 2, 'bias')] : []
  read.hold(node, back(read.add(node, 'layerNorm', { affine, epsilon }, [turned.node], weights)))
}

const weightAt = (read: Reader, node: OnnxNode, value: ValueOperand, index: number, suffix: string) => {
  const tensor: ConstantTensor = read.tensor(node, index)
  const features = read.shapeOf(value.node).at(-1)
  if (!isPerChannel(read, value, tensor)) read.fail(node, `its ${suffix} is ${listed(tensor.dims)}, and there are ${features} features.`)
  return flat(tensor, suffix)
}

export const layerNormIdioms: Idioms = {
  Add: [withAffine, keras],
  Div: [plain],
  Mul: [plain],
}

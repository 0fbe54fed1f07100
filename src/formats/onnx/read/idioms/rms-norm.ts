import type { OnnxNode } from '../../model.js'
import { listed } from '../../words.js'
import { flat, isPerChannel } from '../operands/per-channel.js'
import { inverse, type Normalized, rootOfSquares } from './layer-norm.js'
import type { Links } from './links.js'
import type { Found, Idioms } from './rewrite.js'

/** `rmsNorm` as its formula: x over the root of the mean of its squares. */

/** x / sqrt(mean(x^2) + epsilon), or times one over that root. */
const scaled = (links: Links, name: string | undefined): Normalized | undefined => {
  const node = links.maker(name, 'Div', 'Mul')
  if (!node) return undefined
  const sides =
    node.operator === 'Div'
      ? { found: rootOfSquares(links, node.inputs[1]), other: node.inputs[0] }
      : links.either(node, (input) => inverse(links, input, rootOfSquares))
  const { found, other } = sides ?? {}
  return found && other === found.of ? { ...found, covers: [node, ...found.covers] } : undefined
}

const layer = ({ of, axes, epsilon, covers }: Normalized, weight?: string): Found => ({
  covers,
  inputs: weight === undefined ? [of] : [of, weight],
  read: (read, node) => {
    const value = read.value(node)
    const last = value.axes.length - 2
    const along = read.axes(node, axes, value.axes.length).map((axis) => value.axes[axis])
    if (along.join() !== `${last}`) read.fail(node, `takes squares along the axes ${listed(axes)}, and rmsNorm along the features alone.`)
    const settings = { affine: weight !== undefined, epsilon: Number(epsilon.toPrecision(7)) }
    if (weight === undefined) return read.onValue(node, value, 'rmsNorm', settings)
    const tensor = read.tensor(node, 1)
    if (!isPerChannel(read, value, tensor)) read.fail(node, `its weight is ${listed(tensor.dims)}, and is not one for each feature.`)
    read.onValue(node, value, 'rmsNorm', settings, [flat(tensor, 'weight')])
  },
})

/** With a weight of the file behind it. */
const withWeight = (links: Links, node: OnnxNode): Found | undefined => {
  const sides = links.either(node, (input) => scaled(links, input))
  return sides && links.isConstant(sides.other) ? layer(sides.found, sides.other) : undefined
}

const plain = (links: Links, node: OnnxNode): Found | undefined => {
  const found = scaled(links, node.outputs[0])
  return found && layer(found)
}

export const rmsNormIdioms: Idioms = { Div: [plain], Mul: [withWeight, plain] }

import type { GraphNode } from '../../../network/graph.js'
import type { Shape } from '../../../shape/shape.js'
import type { Chain, Config, Writer } from '../layer.js'
import { weight } from '../layer.js'

/** Layers on each value alone: activations and dropouts. */

const activation =
  (name: string): Writer =>
  (chain) =>
    chain.add('activation', 'Activation', { activation: name }, chain.shape)

const layer =
  (className: string, config: (node: GraphNode, shape: Shape) => Config = () => ({})): Writer =>
  (chain, node) =>
    chain.add('layer', className, config(node, chain.shape), chain.shape)

/** min(max(0, x + 3), 6) / 6: Keras 3 has it, but Keras 2 and TensorFlow.js have another under its name. */
const hardSigmoidOf = (chain: Chain): Chain =>
  chain
    .add('shift', 'Rescaling', { scale: 1, offset: 3 }, chain.shape)
    .add('relu6', 'ReLU', { max_value: 6 }, chain.shape)
    .add('scale', 'Rescaling', { scale: 1 / 6, offset: 0 }, chain.shape)

const hardSwish: Writer = (chain) => chain.join('multiply', 'Multiply', {}, [chain, hardSigmoidOf(chain.branch())], chain.shape)

/** Keras takes no slope below 0: then it is relu(x) - slope * relu(-x). */
const leakyRelu: Writer = (chain, node) => {
  const slope = node.settings['slope'] as number
  const { shape } = chain
  // Keras 3 calls it negative_slope, and takes the name that the others know.
  if (slope >= 0) return chain.add('layer', 'LeakyReLU', { alpha: slope }, shape)
  const above = chain.branch().add('above', 'ReLU', {}, shape)
  const below = chain
    .branch()
    .add('negative', 'Rescaling', { scale: -1, offset: 0 }, shape)
    .add('below', 'ReLU', {}, shape)
    .add('slope', 'Rescaling', { scale: -slope, offset: 0 }, shape)
  return chain.join('add', 'Add', {}, [above, below], shape)
}

/** TensorFlow.js has it with alpha 1 only: elsewhere it is relu(x) + alpha * elu(-relu(-x)), which keeps the digits of what is above 0. */
const elu: Writer = (chain, node) => {
  const alpha = node.settings['alpha'] as number
  const { shape } = chain
  if (alpha === 1) return chain.add('elu', 'ELU', { alpha: 1 }, shape)
  const above = chain.branch().add('above', 'ReLU', {}, shape)
  const below = chain
    .branch()
    .add('negative', 'Rescaling', { scale: -1, offset: 0 }, shape)
    .add('relu', 'ReLU', {}, shape)
    .add('back', 'Rescaling', { scale: -1, offset: 0 }, shape)
    .add('elu', 'ELU', { alpha: 1 }, shape)
    .add('below', 'Rescaling', { scale: alpha, offset: 0 }, shape)
  return chain.join('add', 'Add', {}, [above, below], shape)
}

const prelu: Writer = (chain, node) => {
  const { shape } = chain
  const shared = Boolean(node.settings['shared'])
  const axes = shape.map((_, axis) => axis + 1).slice(0, shared ? undefined : -1)
  const own = shared ? shape.map(() => 1) : [...shape.slice(0, -1).map(() => 1), shape.at(-1) as number]
  return chain.add('prelu', 'PReLU', axes.length === 0 ? {} : { shared_axes: axes }, shape, [weight('alpha', 'alpha', own)])
}

/** All values of an example are dropped together: the noise has one value for each. */
const stochasticDepth: Writer = (chain, node) =>
  chain.add('drop', 'Dropout', { rate: node.settings['rate'] as number, noise_shape: [null, ...chain.shape.map(() => 1)] }, chain.shape)

export const activationWriters = {
  relu: layer('ReLU'),
  relu6: layer('ReLU', () => ({ max_value: 6 })),
  leakyRelu,
  elu,
  prelu,
  selu: activation('selu'),
  gelu: activation('gelu'),
  silu: activation('swish'),
  mish: activation('mish'),
  sigmoid: activation('sigmoid'),
  hardSigmoid: hardSigmoidOf,
  hardSwish,
  tanh: activation('tanh'),
  softplus: activation('softplus'),
  softmax: activation('softmax'),
  // Keras 2 does not know the name, and says so.
  logSoftmax: activation('log_softmax'),
  dropout: layer('Dropout', ({ settings }) => ({ rate: settings['rate'] as number })),
  stochasticDepth,
} satisfies Readonly<Record<string, Writer>>

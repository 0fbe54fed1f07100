import { decimal, mostBound } from '../../settings.js'
import { type LayerConfig, text } from '../config.js'
import type { Plan, Value } from './layer.js'
import { one, type Reader, requireLastAxis } from './layer-reader.js'

/** Layers of Keras on each value alone: activations and dropouts. */

/** Activations by Keras's names: the kind, and its settings where they are not the kind's own. */
const activations: Readonly<Record<string, Step>> = {
  relu: ['relu'],
  relu6: ['relu6'],
  leaky_relu: ['leakyRelu', { slope: 0.2 }],
  elu: ['elu'],
  selu: ['selu'],
  gelu: ['gelu'],
  swish: ['silu'],
  silu: ['silu'],
  mish: ['mish'],
  sigmoid: ['sigmoid'],
  hard_sigmoid: ['hardSigmoid'],
  hard_silu: ['hardSwish'],
  hard_swish: ['hardSwish'],
  tanh: ['tanh'],
  softplus: ['softplus'],
  softmax: ['softmax'],
  log_softmax: ['logSoftmax'],
}

/** A layer by its kind and settings. */
type Step = readonly [kind: string, settings?: Readonly<Record<string, unknown>>]

/** `max(0, min(1, x / 5 + 1 / 2))`, which Keras 2 and TensorFlow.js call hard_sigmoid: that of Keras 3 divides by 6. */
const olderHardSigmoid: readonly Step[] = [['rescale', { scale: 1.2 }], ['hardSigmoid']]

/** The layers of an activation by its name; none for `linear`. */
const activationOf = (config: LayerConfig): readonly Step[] => {
  const value = config.any('activation', 'linear')
  if (value === 'linear') return []
  const name = typeof value === 'string' ? value.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) : ''
  if (name === 'hard_sigmoid' && config.writer !== 'Keras 3') {
    if (config.writer !== undefined) return olderHardSigmoid
    return config.refuse(
      "the activation 'hard_sigmoid' is another function in Keras 3 than in Keras 2, and the file does not say its version.",
    )
  }
  if (!Object.hasOwn(activations, name)) return config.refuse(`the activation ${text(value)} is not known here.`)
  return [activations[name] as Step]
}

/** What a layer gives, after its activation. */
export const activated = (plan: Plan, config: LayerConfig, value: Value): Value =>
  activationOf(config).reduce((from, [kind, settings = {}]) => plan.addAfter(config.layer, kind, settings, from), value)

/** Layers in the place of one: the last has its name. */
const inPlace = (plan: Plan, config: LayerConfig, steps: readonly Step[], value: Value): Value =>
  steps.reduce(
    (from, [kind, settings = {}], index) =>
      index === steps.length - 1 ? plan.add(config.layer, kind, settings, from) : plan.addAfter(config.layer, kind, settings, from),
    value,
  )

const activation: Reader = (plan, config, inputs) => inPlace(plan, config, activationOf(config), one(inputs))

const relu: Reader = (plan, config, inputs) => {
  const most = config.any('max_value', null)
  const slope = config.number('negative_slope', 0)
  config.only('threshold', [0], 'is no rectifier that is known here. Use threshold 0.')
  if (most === 6 && slope === 0) return plan.add(config.layer, 'relu6', {}, one(inputs))
  if (typeof most === 'number' && slope === 0 && most > 0 && most <= mostBound) {
    const steps: readonly Step[] = [['rescale', { scale: decimal(6 / most) }], ['relu6'], ['rescale', { scale: decimal(most / 6) }]]
    return inPlace(plan, config, steps, one(inputs))
  }
  if (most !== null) return config.refuse(`max_value ${text(most)} with negative_slope ${slope} is no rectifier that is known here.`)
  return slope === 0 ? plan.add(config.layer, 'relu', {}, one(inputs)) : plan.add(config.layer, 'leakyRelu', { slope }, one(inputs))
}

/** Keras 3 calls the slope `negative_slope`, Keras 2 and TensorFlow.js `alpha`. */
const leakyRelu: Reader = (plan, config, inputs) => {
  const slope = config.number('negative_slope', config.number('alpha', 0.3))
  return plan.add(config.layer, 'leakyRelu', { slope }, one(inputs))
}

const elu: Reader = (plan, config, inputs) => plan.add(config.layer, 'elu', { alpha: config.number('alpha', 1) }, one(inputs))

/** A rectifier with learned slopes. Where it takes -1, slopes for each place are learned values: those that a sum adds to tokens. */
const prelu: Reader = (plan, config, inputs) => {
  const { shape, node, ones } = one(inputs)
  const value = config.any('shared_axes', [])
  const axes = [value ?? []].flat() as unknown[]
  if (ones !== undefined && axes.length === 0)
    return { ...plan.add(config.layer, 'positionEmbedding', {}, { node, shape }), learned: { layer: config.layer, node } }
  const shared = new Set(axes)
  const spatial = shape.slice(1).every((_, axis) => shared.has(axis + 1))
  if (!spatial || axes.some((axis) => !Number.isInteger(axis) || (axis as number) < 1 || (axis as number) > shape.length)) {
    return config.refuse(`shared_axes ${text(value)} gives a slope for each position. Share all axes but the last.`)
  }
  return plan.add(config.layer, 'prelu', shared.has(shape.length) ? { shared: true } : {}, one(inputs))
}

const softmax: Reader = (plan, config, inputs) => {
  requireLastAxis(config, one(inputs).shape)
  return plan.add(config.layer, 'softmax', {}, one(inputs))
}

const dropout: Reader = (plan, config, inputs) => {
  const rate = config.number('rate')
  const noise = config.any('noise_shape', null)
  if (noise === null) return plan.add(config.layer, 'dropout', { rate }, one(inputs))
  const whole = [null, ...one(inputs).shape.map(() => 1)]
  if (JSON.stringify(noise) === JSON.stringify(whole)) return plan.add(config.layer, 'stochasticDepth', { rate }, one(inputs))
  return config.refuse(`noise_shape ${text(noise)} drops some values together. Leave it out, or use ${text(whole)}.`)
}

export const activationReaders: Readonly<Record<string, Reader>> = {
  Activation: activation,
  Identity: (_, __, inputs) => one(inputs),
  ReLU: relu,
  LeakyReLU: leakyRelu,
  ELU: elu,
  PReLU: prelu,
  Softmax: softmax,
  Dropout: dropout,
}

import { valuesIn } from '../../../layers/kind/layer.js'
import { type LayerConfig, text } from '../config.js'
import { type Plan, settingsOf, type Value } from './layer.js'
import type { Reader } from './windows.js'

/** Layers of Keras that leave the shape, dense layers, and joins. */

/** Activations by Keras's names: the kind, and its settings where they are not the kind's own. */
const activations: Readonly<Record<string, readonly [kind: string, settings?: Readonly<Record<string, unknown>>]>> = {
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

/** The kind of an activation by its name; `undefined` for none. */
const activationOf = (config: LayerConfig): readonly [string, Readonly<Record<string, unknown>>] | undefined => {
  const value = config.any('activation', 'linear')
  if (value === 'linear') return undefined
  const name = typeof value === 'string' ? value.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) : ''
  if (name === 'hard_sigmoid' && config.writer !== 'Keras 3')
    return config.refuse("the activation 'hard_sigmoid' is another function in Keras 3 than in Keras 2. Use 'sigmoid'.")
  if (!Object.hasOwn(activations, name)) return config.refuse(`the activation ${text(value)} is not known here.`)
  const [kind, settings = {}] = activations[name] as (typeof activations)[string]
  return [kind, settings]
}

/** What a layer gives, after its activation. */
export const activated = (plan: Plan, config: LayerConfig, value: Value): Value => {
  const found = activationOf(config)
  return found ? plan.addAfter(config.layer, found[0], found[1], value) : value
}

const one = (inputs: readonly Value[]): Value => inputs[0] as Value

const activation: Reader = (plan, config, inputs) => {
  const found = activationOf(config)
  return found ? plan.add(config.layer, found[0], found[1], one(inputs)) : one(inputs)
}

const relu: Reader = (plan, config, inputs) => {
  const most = config.any('max_value', null)
  const slope = config.number('negative_slope', 0)
  config.only('threshold', [0], 'is no rectifier that is known here. Use threshold 0.')
  if (most === 6 && slope === 0) return plan.add(config.layer, 'relu6', {}, one(inputs))
  if (most !== null) return config.refuse(`max_value ${text(most)} with negative_slope ${slope} is no rectifier that is known here.`)
  return slope === 0 ? plan.add(config.layer, 'relu', {}, one(inputs)) : plan.add(config.layer, 'leakyRelu', { slope }, one(inputs))
}

/** Keras 3 calls the slope `negative_slope`, Keras 2 and TensorFlow.js `alpha`. */
const leakyRelu: Reader = (plan, config, inputs) => {
  const slope = config.number('negative_slope', config.number('alpha', 0.3))
  return plan.add(config.layer, 'leakyRelu', { slope }, one(inputs))
}

const elu: Reader = (plan, config, inputs) => plan.add(config.layer, 'elu', { alpha: config.number('alpha', 1) }, one(inputs))

const prelu: Reader = (plan, config, inputs) => {
  const { shape } = one(inputs)
  const value = config.any('shared_axes', [])
  const axes = (Array.isArray(value) ? value : [value]) as unknown[]
  const shared = new Set(axes)
  const spatial = shape.slice(1).every((_, axis) => shared.has(axis + 1))
  if (!spatial || axes.some((axis) => !Number.isInteger(axis) || (axis as number) < 1 || (axis as number) > shape.length)) {
    return config.refuse(`shared_axes ${text(value)} gives a slope for each position. Share all axes but the last.`)
  }
  return plan.add(config.layer, 'prelu', shared.has(shape.length) ? { shared: true } : {}, one(inputs))
}

/** An axis has to be the last one; Keras 2 writes it as a list. */
const requireLastAxis = (config: LayerConfig, shape: Value['shape']): void =>
  config.only('axis', [-1, shape.length, [shape.length], [-1]], 'is not the last axis, and here all runs over the channels.')

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

const batchNorm: Reader = (plan, config, inputs) => {
  requireLastAxis(config, one(inputs).shape)
  const [scale, shift] = [config.boolean('scale', true), config.boolean('center', true)]
  for (const name of ['renorm', 'virtual_batch_size', 'fused', 'adjustment', 'renorm_clipping', 'renorm_momentum'])
    config.only(name, [null, false, true, 0.99].slice(0, name === 'fused' ? 3 : 2), 'is not known here.')
  const settings = { epsilon: config.number('epsilon', 1e-3), scale, shift }
  return plan.add(config.layer, 'batchNorm', settingsOf(settings, { epsilon: 1e-5, scale: true, shift: true }), one(inputs))
}

/** Whether a normalization scales and shifts: both, or neither. */
const isAffine = (config: LayerConfig): boolean => {
  const center = config.boolean('center', true)
  const scale = config.boolean('scale', true)
  return center === scale ? center : config.refuse('it either scales or shifts, and here a normalization does both or neither.')
}

const layerNorm: Reader = (plan, config, inputs) => {
  requireLastAxis(config, one(inputs).shape)
  config.only('rms_scaling', [false], 'is not known here.')
  const settings = { affine: isAffine(config), epsilon: config.number('epsilon', 1e-3) }
  return plan.add(config.layer, 'layerNorm', settingsOf(settings, { affine: true, epsilon: 1e-5 }), one(inputs))
}

/** What Keras 3 alone has. */
const rmsNorm: Reader = (plan, config, inputs) => {
  requireLastAxis(config, one(inputs).shape)
  return plan.add(config.layer, 'rmsNorm', settingsOf({ epsilon: config.number('epsilon', 1e-6) }, { epsilon: 1e-6 }), one(inputs))
}

const groupNorm: Reader = (plan, config, inputs) => {
  requireLastAxis(config, one(inputs).shape)
  const groups = config.any('groups', 32)
  const settings = { affine: isAffine(config), epsilon: config.number('epsilon', 1e-3) }
  if (groups === -1) return plan.add(config.layer, 'instanceNorm', settingsOf(settings, { affine: false, epsilon: 1e-5 }), one(inputs))
  return plan.add(
    config.layer,
    'groupNorm',
    { groups: config.whole('groups', 1, 32), ...settingsOf(settings, { affine: true, epsilon: 1e-5 }) },
    one(inputs),
  )
}

/** On an image a dense layer works on each position alone, as a 1x1 convolution does. */
const dense: Reader = (plan, config, inputs) => {
  const units = config.whole('units', 1)
  const bias = config.boolean('use_bias', true) ? {} : { bias: false }
  const input = one(inputs)
  const rank = input.shape.length - 1
  if (rank > 3) return config.refuse(`it has no place on ${input.shape.join('x')}: reshape it before.`)
  const value =
    rank > 1
      ? plan.add(config.layer, `conv${rank}d`, { filters: units, kernel: 1, ...bias }, input)
      : plan.add(config.layer, 'dense', { units, ...bias }, input)
  return activated(plan, config, value)
}

const sameShape = (one: Value, other: Value): boolean => one.shape.join() === other.shape.join()

/** A join value by value. */
const elementwise =
  (kind: string): Reader =>
  (plan, config, inputs) => {
    const first = one(inputs)
    if (!inputs.every((input) => sameShape(input, first)))
      return config.refuse(`its inputs differ in shape: ${kind === 'add' ? 'a sum' : 'it'} needs equal shapes.`)
    // Of one input it is that input.
    if (inputs.length === 1) return first
    if (kind === 'subtract' && inputs.length !== 2) return config.refuse(`it takes two inputs, not ${inputs.length}.`)
    return plan.join(config.layer, kind, inputs, first.shape)
  }

/** A sum; of two values of which one is multiplied by -1, what is left of the other without it. */
const add: Reader = (plan, config, inputs) => {
  const [positive, negative] = [inputs.filter(({ minus }) => !minus), inputs.filter(({ minus }) => minus)]
  if (positive.length !== 1 || negative.length !== 1) return elementwise('add')(plan, config, inputs)
  const { minus: _, ...subtracted } = negative[0] as Value
  return elementwise('subtract')(plan, config, [positive[0] as Value, subtracted])
}

/** A number, or a list of numbers for the channels. */
const eachChannel = (config: LayerConfig, name: string, standard?: number): number | readonly number[] => {
  const value = config.any(name, standard)
  if (!Array.isArray(value)) return config.number(name, standard)
  return value.every((each) => Number.isFinite(each))
    ? value
    : config.refuse(`${name} must be a number or a list of numbers, not ${text(value)}.`)
}

/** A constant scale and offset; a value times -1 may be what a sum subtracts. */
const rescaling: Reader = (plan, config, inputs) => {
  const [scale, offset] = [eachChannel(config, 'scale'), eachChannel(config, 'offset', 0)]
  const value = one(inputs)
  if (scale === -1 && offset === 0 && !value.minus) return { ...value, minus: config.layer }
  return plan.add(config.layer, 'rescale', settingsOf({ scale, offset }, { offset: 0 }), value)
}

/** Statistics of the channels: constants of the config, or weights. */
const normalization: Reader = (plan, config, inputs) => {
  requireLastAxis(config, one(inputs).shape)
  config.only('invert', [false], 'multiplies where normalize divides.')
  const [mean, variance] = ['mean', 'variance'].map((name) => (config.any(name, null) === null ? undefined : eachChannel(config, name)))
  const settings = mean === undefined || variance === undefined ? {} : { mean, variance }
  return plan.add(config.layer, 'normalize', settings, one(inputs))
}

const concat: Reader = (plan, config, inputs) => {
  const { shape } = one(inputs)
  const rank = shape.length
  const axis = config.any('axis', -1)
  if (!Number.isSafeInteger(axis) || axis === 0 || Math.abs(axis as number) > rank)
    return config.refuse(`axis ${text(axis)} is no axis of a sample: use 1 to ${rank}, or -1 for the channels.`)
  if (inputs.length === 1) return one(inputs)
  const at = (axis as number) < 0 ? (axis as number) + rank : (axis as number) - 1
  const others = ({ shape: own }: Value): string => own.map((size, place) => (place === at ? '' : size)).join()
  if (!inputs.every((input) => others(input) === others(one(inputs))))
    return config.refuse(`its inputs differ in more than ${at === rank - 1 ? 'their channels' : `axis ${at + 1}`}.`)
  const sum = inputs.reduce((all, input) => all + (input.shape[at] as number), 0)
  const joined = shape.map((size, place) => (place === at ? sum : size))
  if (at === rank - 1) return plan.join(config.layer, 'concat', inputs, joined)
  // Along another axis: that one is exchanged with the channels before and behind.
  const axes = shape.map((_, place) => (place === at ? rank - 1 : place === rank - 1 ? at : place))
  const turned = inputs.map((input) => plan.addAfter(config.layer, 'permute', { axes }, input))
  const shapeTurned = axes.map((place) => joined[place] as number)
  const all = plan.joinAfter(config.layer, 'concat', turned, shapeTurned)
  return plan.add(config.layer, 'permute', { axes }, all)
}

/** The larger of two inputs is scaled by the other. */
const multiply: Reader = (plan, config, inputs) => {
  if (inputs.length !== 2) return config.refuse(`it takes two inputs here, not ${inputs.length}.`)
  const [first, second] = inputs as [Value, Value]
  const ordered = valuesIn(second.shape) > valuesIn(first.shape) ? [second, first] : [first, second]
  return plan.join(config.layer, 'multiply', ordered, (ordered[0] as Value).shape)
}

/** A product of two matrices: which axes are summed up says which of them is turned. */
const dot: Reader = (plan, config, inputs) => {
  if (inputs.length !== 2 || inputs.some(({ shape }) => shape.length !== 2))
    return config.refuse('it takes two matrices here. Use it on two inputs of two axes each.')
  config.only('normalize', [false], 'scales its inputs, which no layer here does.')
  const stated = config.any('axes', undefined)
  const axes = (Array.isArray(stated) ? stated : [stated, stated]).map((axis) => (axis < 0 ? axis + 3 : axis))
  if (axes.length !== 2 || axes.some((axis) => axis !== 1 && axis !== 2))
    return config.refuse(`axes ${text(stated)} sum up no axis of a matrix. Use 1 or 2 for each.`)
  const matrices = inputs.map((input, index) =>
    axes[index] === 2 - index ? input : plan.addAfter(config.layer, 'permute', { axes: [1, 0] }, input),
  )
  const [first, second] = matrices as [Value, Value]
  return plan.join(config.layer, 'matmul', matrices, [first.shape[0] as number, second.shape[1] as number])
}

export const valueReaders: Readonly<Record<string, Reader>> = {
  Activation: activation,
  Identity: (_, __, inputs) => one(inputs),
  ReLU: relu,
  LeakyReLU: leakyRelu,
  ELU: elu,
  PReLU: prelu,
  Softmax: softmax,
  Dropout: dropout,
  BatchNormalization: batchNorm,
  LayerNormalization: layerNorm,
  RMSNormalization: rmsNorm,
  GroupNormalization: groupNorm,
  Dense: dense,
  Rescaling: rescaling,
  Normalization: normalization,
  Add: add,
  Subtract: elementwise('subtract'),
  Average: elementwise('average'),
  Maximum: elementwise('maximum'),
  Minimum: elementwise('minimum'),
  Concatenate: concat,
  Multiply: multiply,
  Dot: dot,
}

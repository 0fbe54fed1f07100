import { settingsOf } from '../../settings.js'
import { type LayerConfig, text } from '../config.js'
import { one, type Reader, requireLastAxis } from './layer-reader.js'

/** Normalizations of Keras, and constant scales. */

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

/** A number, or a list of numbers for the channels. */
const eachChannel = (config: LayerConfig, name: string, standard?: number): number | readonly number[] => {
  const value = config.any(name, standard)
  if (!Array.isArray(value)) return config.number(name, standard)
  return value.every((each) => Number.isFinite(each))
    ? value
    : config.refuse(`${name} must be a number or a list of numbers, not ${text(value)}.`)
}

/** A constant scale and offset; a value times -1 may be what a sum subtracts, and -1 everywhere may become learned values. */
const rescaling: Reader = (plan, config, inputs) => {
  const [scale, offset] = [eachChannel(config, 'scale'), eachChannel(config, 'offset', 0)]
  const value = one(inputs)
  const isPlain = !value.minus && !value.ones && !value.learned
  if (scale === -1 && offset === 0 && isPlain) return { ...value, minus: config.layer }
  if (scale === 0 && offset === -1 && isPlain && value.shape.length === 2) return { ...value, ones: config.layer }
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

export const normalizationReaders: Readonly<Record<string, Reader>> = {
  BatchNormalization: batchNorm,
  LayerNormalization: layerNorm,
  RMSNormalization: rmsNorm,
  GroupNormalization: groupNorm,
  Rescaling: rescaling,
  Normalization: normalization,
}

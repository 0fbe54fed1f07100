import { type Costs, channelsOf, demand, forEachAxis, keeps, optionsOf, type Sizes, spatialAxes, whole } from './verdict.js'

/** Normalizations: the shape stays, and each channel may have a scale and a shift. */

const scaleAndShift = (input: Sizes, affine: unknown): Costs => keeps(input, affine === true ? 2 * channelsOf(input) : 0)

/** Ioffe and Szegedy 2015, algorithm 1: gamma and beta for each channel. */
export const batchNorm = (input: Sizes, [more]: readonly unknown[]): Costs => {
  const options = optionsOf(more, ['epsilon', 'scale', 'shift'])
  return either(input, options)
}

/** Keras's documentation of BatchNormalization: `scale` and `center` say each by itself whether there is one. */
const either = (input: Sizes, { scale = true, shift = true }: Readonly<Record<string, unknown>>): Costs =>
  keeps(input, (Number(scale) + Number(shift)) * channelsOf(input))

/** Touvron et al. 2021 (ResMLP), section 2: a learned scale and shift for each channel. */
export const affine = (input: Sizes, [more]: readonly unknown[]): Costs => {
  const options = optionsOf(more, ['scale', 'shift'])
  demand(options['scale'] !== false || options['shift'] !== false, 'nothing is left')
  return either(input, options)
}

/** Keras's documentation of Rescaling: constants for all channels, or for each. */
export const rescale = (input: Sizes, given: readonly unknown[]): Costs => {
  for (const each of given) forEachAxis(each, channelsOf(input))
  return keeps(input)
}

/** Keras's documentation of Normalization: mean and variance both or neither; a standard deviation is not 0. */
export const normalize = (input: Sizes, given: readonly unknown[]): Costs => {
  demand(given.length !== 1, 'not one value for each axis')
  for (const each of given) forEachAxis(each, channelsOf(input))
  for (const each of [given[1] ?? []].flat()) demand((each as number) > 0, 'a number that cannot be')
  return keeps(input)
}

/** Ba et al. 2016, section 3.1: a gain and a bias for each feature. */
export const layerNorm = (input: Sizes, [more]: readonly unknown[]): Costs => {
  const options = optionsOf(more, ['affine', 'epsilon'])
  return scaleAndShift(input, options['affine'] ?? true)
}

/** Zhang and Sennrich 2019, equation 4: a gain for each feature. */
export const rmsNorm = (input: Sizes, [more]: readonly unknown[]): Costs => {
  const options = optionsOf(more, ['affine', 'epsilon'])
  return keeps(input, options['affine'] === false ? 0 : channelsOf(input))
}

/** PyTorch's documentation of GroupNorm: the groups divide the channels; a weight and a bias for each channel. */
export const groupNorm = (input: Sizes, [groups, more]: readonly unknown[]): Costs => {
  const options = optionsOf(more, ['affine', 'epsilon'])
  demand(channelsOf(input) % whole(groups, 1) === 0, 'numbers that do not divide')
  return scaleAndShift(input, options['affine'] ?? true)
}

/** PyTorch's documentation of InstanceNorm1d to 3d: over positions, so there have to be some; without parameters unless `affine`. */
export const instanceNorm = (input: Sizes, [more]: readonly unknown[]): Costs => {
  const options = optionsOf(more, ['affine', 'epsilon'])
  spatialAxes(input, 1, Number.POSITIVE_INFINITY)
  return scaleAndShift(input, options['affine'] ?? false)
}

/** Krizhevsky et al. 2012, section 3.3: over neighbouring channels at the same position; nothing is learned. */
export const localResponseNorm = (input: Sizes, [size, more]: readonly unknown[]): Costs => {
  optionsOf(more, ['alpha', 'beta', 'k'])
  whole(size, 1)
  spatialAxes(input, 1, Number.POSITIVE_INFINITY)
  return keeps(input)
}

/** Touvron et al. 2021, section 2.1: a factor for each channel. */
export const layerScale = (input: Sizes): Costs => keeps(input, channelsOf(input))

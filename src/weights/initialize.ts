import { requireNetwork } from '../formats/checked-input.js'
import { valuesIn } from '../layers/kind/layer.js'
import { requireKnownOptions } from '../layers/kind/options.js'
import { FormatError } from '../network/format-error.js'
import type { NetworkLike } from '../network/network-like.js'
import { shown } from '../shape/message.js'
import type { Shape } from '../shape/shape.js'
import { weightSpecs } from './names.js'
import { Random } from './random.js'
import type { Tensor, WeightSpec, Weights } from './weights.js'

/** How kernels are initialized: He et al. 2015 (normal), Glorot and Bengio 2010 (uniform), or with zeros. */
export type Scheme = 'he' | 'glorot' | 'zeros'

/** Options of {@link initialize}. */
export interface InitializeOptions {
  /** The random seed, default 0. The same seed gives the same numbers. */
  readonly seed?: number
  /** How kernels are initialized, default `'he'`. */
  readonly scheme?: Scheme
}

/**
 * Creates random initial weights for a network.
 *
 * Kernels: `'he'` draws from a normal distribution with standard deviation sqrt(2 / fan in), `'glorot'` from a uniform distribution
 * over +-sqrt(6 / (fan in + fan out)). A kernel with PyTorch's shape `[outputs, inputs, ...window]` has a fan in of inputs * window and
 * a fan out of outputs * window. Biases, shifts and running means are 0, scales and running variances 1, learned slopes 0.25.
 * Embeddings and tokens are normal with standard deviation 0.02. The temperature of `windowAttention` is log(10).
 *
 * @throws {ShapeError} when an option does not exist
 * @throws {FormatError} when an option has an invalid value
 * @example
 * initialize(resnet50(), { seed: 1 }).get('conv2d_1.weight') // { shape: [64, 3, 7, 7], dtype: 'F32', data: Float32Array(9408) }
 */
export const initialize = (network: NetworkLike, options: InitializeOptions = {}): Weights => {
  const tensors = new Map<string, Tensor>()
  for (const spec of weightSpecs(requireNetwork('weights', network).graph)) {
    const data = new Float32Array(valuesIn(spec.shape))
    filler(spec, options)(data)
    tensors.set(spec.name, { shape: spec.shape, dtype: 'F32', data })
  }
  return tensors
}

/** Returns a function that fills the consecutive pieces of a tensor with initial values. */
export const filler = ({ name, weight, shape }: WeightSpec, options: InitializeOptions = {}): ((piece: Float32Array) => void) => {
  const initial = initialValue(name, weight, shape, resolveOptions(options))
  return typeof initial === 'number'
    ? (piece) => void piece.fill(initial)
    : (piece) => {
        for (let index = 0; index < piece.length; index += 1) piece[index] = initial()
      }
}

/** @throws {FormatError} when an option has an invalid value */
const resolveOptions = (options: InitializeOptions): Required<InitializeOptions> => {
  requireKnownOptions('initialize', options, ['seed', 'scheme'])
  const { seed = 0, scheme = 'he' } = options
  if (!Number.isSafeInteger(seed)) throw new FormatError(`seed must be a whole number, not ${shown(seed)}.`, 'initialize', '')
  if (!['he', 'glorot', 'zeros'].includes(scheme)) {
    throw new FormatError(`scheme must be one of he, glorot, zeros, not ${shown(scheme)}.`, 'initialize', '')
  }
  return { seed, scheme }
}

const initialValue = (
  name: string,
  weight: string,
  shape: Shape,
  { seed, scheme }: Required<InitializeOptions>,
): number | (() => number) => {
  if (weight === 'gamma' || weight === 'movingVariance') return 1
  if (weight === 'alpha') return 0.25
  if (weight === 'logitScale') return Math.log(10)
  const isKernel = /kernel$/i.test(weight)
  if (!isKernel && weight !== 'embedding' && weight !== 'token') return 0
  if (scheme === 'zeros') return 0
  const random = new Random(seed, name)
  if (!isKernel) return () => 0.02 * random.normal()
  const [outputs = 1, inputs = 1, ...window] = shape
  const cells = valuesIn(window)
  if (scheme === 'he') {
    const deviation = Math.sqrt(2 / (inputs * cells))
    return () => deviation * random.normal()
  }
  const limit = Math.sqrt(6 / ((inputs + outputs) * cells))
  return () => limit * (2 * random.uniform() - 1)
}

import { type Costs, channelsOf, demand, optionsOf, product, type Sizes, spatialAxes, spatialOf, whole } from './verdict.js'

/** Layers on features, and on sequences of them. */

/** PyTorch's documentation of Linear: y = xA^T + b on the last axis. */
export const dense = (input: Sizes, [given, more]: readonly unknown[]): Costs => {
  const options = optionsOf(more, ['bias'])
  const units = whole(given, 1)
  const tokens = spatialAxes(input, 0, 1)
  const weights = channelsOf(input) * units
  return {
    output: [...tokens, units],
    params: weights + (options['bias'] === false ? 0 : units),
    macs: product(tokens) * weights,
  }
}

/** PyTorch's documentation of Embedding: a table of (vocabulary, features); rows are looked up. */
export const embedding = (input: Sizes, [vocabulary, features]: readonly unknown[]): Costs => {
  demand(input.length === 1, 'another number of axes')
  return { output: [...input, whole(features, 1)], params: whole(vocabulary, 1) * whole(features, 1), macs: 0 }
}

/**
 * PyTorch's documentation of LSTM (4 gates) and GRU (3): weights of (gates * units, features) and (gates * units, units), and two
 * biases of gates * units. Every step multiplies by all weights.
 */
export const recurrent = (gates: number, input: Sizes, [given, more]: readonly unknown[]): Costs => {
  const options = optionsOf(more, ['returnSequences', 'bidirectional', 'bias'])
  const directions = options['bidirectional'] ? 2 : 1
  const units = whole(given, 1)
  const [length] = spatialAxes(input, 1) as [number]
  const weights = gates * units * channelsOf(input) + gates * units * units
  const width = options['bidirectional'] === 'concat' ? 2 * units : units
  return {
    output: options['returnSequences'] === false ? [width] : [length, width],
    params: directions * (weights + (options['bias'] === false ? 0 : 2 * gates * units)),
    macs: directions * length * weights,
  }
}

/**
 * Vaswani et al. 2017, section 3.2: projections of the queries to heads * width features and of the result from them, and of keys and values;
 * Ainslie et al. 2023, section 2.2: these for a divisor of the heads. The scores and the weighted sums are two products of tokens * tokens *
 * heads * width. PyTorch's MultiheadAttention has a bias for each projection.
 */
export const attention = (input: Sizes, [given, more]: readonly unknown[]): Costs => {
  const options = optionsOf(more, ['bias', 'causal', 'keyValueHeads', 'headWidth'])
  const heads = whole(given, 1)
  const [tokens] = spatialAxes(input, 1) as [number]
  const features = channelsOf(input)
  if (options['headWidth'] === undefined) demand(features % heads === 0, 'numbers that do not divide')
  const groups = whole(options['keyValueHeads'] ?? heads, 1)
  demand(heads % groups === 0, 'numbers that do not divide')
  const width = whole(options['headWidth'] ?? features / heads, 1)
  const weights = 2 * features * (heads + groups) * width
  return {
    output: input,
    params: weights + (options['bias'] === false ? 0 : heads * width + 2 * groups * width + features),
    macs: tokens * weights + 2 * tokens * tokens * heads * width,
  }
}

/** There are two versions: that of 2021, which a layer has without the option, and that of 2022. */
const isVersionTwo = (version: unknown): boolean => {
  demand(version === undefined || version === 1 || version === 2, 'a number that cannot be')
  return version === 2
}

/**
 * Liu et al. 2021 (Swin), equation 2: 4hwC^2 + 2M^2hwC; equation 4: a bias for each head and each of (2M - 1)^2 relative positions. Liu et al.
 * 2022 (V2), section 3.3: these out of a network with one hidden layer, of 512 units in its code, and a temperature for each head.
 */
export const windowAttention = (input: Sizes, [given, size, more]: readonly unknown[]): Costs => {
  const options = optionsOf(more, ['shift', 'bias', 'version'])
  const isSecond = isVersionTwo(options['version'])
  const heads = whole(given, 1)
  const [height, width] = spatialAxes(input, 2) as [number, number]
  const channels = channelsOf(input)
  demand(channels % heads === 0, 'numbers that do not divide')
  const window = whole(size, 1)
  demand(height % window === 0 && width % window === 0, 'numbers that do not divide')
  demand(whole(options['shift'] ?? 0, 0) < window, 'numbers that do not divide')
  const positions = (2 * window - 1) ** 2
  return {
    output: input,
    params:
      4 * channels * channels +
      (options['bias'] === false ? 0 : 4 * channels) +
      (isSecond ? heads + 2 * 512 + 512 + 512 * heads : positions * heads),
    macs: height * width * channels * (4 * channels + 2 * window * window) + (isSecond ? positions * 512 * (2 + heads) : 0),
  }
}

/** Liu et al. 2021 (Swin), section 3.1: groups of 2x2 patches of 4C features, projected to 2C; a normalization of 4C, in V2's code of 2C. */
export const patchMerging = (input: Sizes, [more]: readonly unknown[]): Costs => {
  const options = optionsOf(more, ['version'])
  const isSecond = isVersionTwo(options['version'])
  const [height, width] = spatialAxes(input, 2) as [number, number]
  const channels = channelsOf(input)
  demand(height % 2 === 0 && width % 2 === 0, 'numbers that do not divide')
  return {
    output: [height / 2, width / 2, 2 * channels],
    params: 8 * channels * channels + 2 * (isSecond ? 2 : 4) * channels,
    macs: (height / 2) * (width / 2) * 8 * channels * channels,
  }
}

/** Dosovitskiy et al. 2020, section 3.1: the map of H x W x C is a sequence of HW tokens of C. */
export const toTokens = (input: Sizes): Costs => {
  const spatial = spatialAxes(input, 1, Number.POSITIVE_INFINITY)
  return { output: [product(spatial), channelsOf(input)], params: 0, macs: 0 }
}

/** Dosovitskiy et al. 2020, equation 1: a learned token stands before the others. */
export const classToken = (input: Sizes): Costs => {
  const [tokens] = spatialAxes(input, 1) as [number]
  return { output: [tokens + 1, channelsOf(input)], params: channelsOf(input), macs: 0 }
}

/** Dosovitskiy et al. 2020, equation 1: a learned vector is added to each token. */
export const positionEmbedding = (input: Sizes): Costs => {
  spatialAxes(input, 1)
  return { output: input, params: product(input), macs: 0 }
}

/** The mean over the tokens, or one of them: numpy's `mean(axis=0)` and `x[index]`. */
export const oneToken = (input: Sizes, [index = 0]: readonly unknown[]): Costs => {
  const [tokens] = spatialAxes(input, 1) as [number]
  demand(whole(index, 0) < tokens, 'no such axis or token')
  return { output: [channelsOf(input)], params: 0, macs: 0 }
}

/** PyTorch's documentation of PReLU: an alpha for each channel, or one for all. */
export const prelu = (input: Sizes, [more]: readonly unknown[]): Costs => {
  const options = optionsOf(more, ['shared'])
  return { output: [...spatialOf(input), channelsOf(input)], params: options['shared'] === true ? 1 : channelsOf(input), macs: 0 }
}

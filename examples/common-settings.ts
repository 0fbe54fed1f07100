import { input } from 'stridewise'

/*
 * CS231n, lecture 7: the summary of the convolution layer with its common settings, the 1x1 convolution, and the pool.
 * K filters (powers of 2: 32, 64, 128, 512), their size F, the stride S, the padding P.
 */

const volume = input(32, 32, 64)

/** F = 3, S = 1, P = 1: the size stays. */
export const three = volume.conv2d(128, 3, { stride: 1, padding: 1 }) // Network<[32, 32, 64], [32, 32, 128], 73856>

/** F = 5, S = 1, P = 2: the size stays. */
export const five = volume.conv2d(128, 5, { stride: 1, padding: 2 }) // Network<[32, 32, 64], [32, 32, 128], 204928>

/** F = 5, S = 2, P = "whatever fits": on 32 no padding that is alike on both sides does, 32 - 5 + 2P being odd. */
export const fiveStride2Padding2 = () =>
  // @ts-expect-error conv2d: a 5x5 filter with stride 2 does not fit a 32x32 input: (32 - 5 + 2*2)/2 + 1 = 16.5.
  volume.conv2d(128, 5, { stride: 2, padding: 2 })

/** What fits: one zero before the input and two after it. `'same'` finds that by itself, as TensorFlow does ... */
export const fiveStride2 = volume.conv2d(128, 5, { stride: 2, padding: 'same' }) // Network<[32, 32, 64], [16, 16, 128], 204928>

/** ... or an odd input, on which padding 0, 1 and 2 all fit. */
export const fiveStride2Odd = input(33, 33, 64).conv2d(128, 5, { stride: 2, padding: 2 }) // Network<[33, 33, 64], [17, 17, 128], 204928>

/** F = 1, S = 1, P = 0: each filter is a dot product over the channels of one position. */
export const one = volume.conv2d(128, 1, { stride: 1, padding: 0 }) // Network<[32, 32, 64], [32, 32, 128], 8320>

/** The lecture's 1x1 convolution: 32 filters of 1x1x64 on 56x56x64. */
export const oneByOne = input(56, 56, 64).conv2d(32, 1) // Network<[56, 56, 64], [56, 56, 32], 2080>

/** Max pool with 2x2 filters and stride 2, on the lecture's 4x4 slice: each of the four outputs is the largest of four. */
export const smallPool = input(4, 4, 1).maxPool2d(2, { stride: 2 }) // Network<[4, 4, 1], [2, 2, 1], 0>

/** The same pool on a volume: the channels stay. A pool's stride is its kernel unless it says otherwise. */
export const pool = input(224, 224, 64).maxPool2d(2) // Network<[224, 224, 64], [112, 112, 64], 0>

/** The pool's common settings: F = 2, S = 2, and F = 3, S = 2. */
export const overlappingPool = input(55, 55, 96).maxPool2d(3, { stride: 2 }) // Network<[55, 55, 96], [27, 27, 96], 0>

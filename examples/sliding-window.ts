import { input } from 'stridewise'

/*
 * CS231n, lecture 7, "A closer look at spatial dimensions": how many positions a filter has on its input,
 * (N - F + 2P)/S + 1 for an input of N, a filter of F, padding P and stride S.
 */

const seven = input(7, 7, 1)

/** A 7x7 input and a 3x3 filter, stride 1: (7 - 3)/1 + 1 = 5. */
export const stride1 = seven.conv2d(1, 3, { stride: 1 }) // Network<[7, 7, 1], [5, 5, 1], 10>

/** Stride 2: (7 - 3)/2 + 1 = 3. */
export const stride2 = seven.conv2d(1, 3, { stride: 2 }) // Network<[7, 7, 1], [3, 3, 1], 10>

/** Stride 3: (7 - 3)/3 + 1 = 2.33. It does not fit: an error for the compiler, and a `ShapeError` for whoever calls this. */
export const stride3 = () =>
  // @ts-expect-error conv2d: a 3x3 filter with stride 3 does not fit a 7x7 input: (7 - 3 + 2*0)/3 + 1 = 2.33.
  seven.conv2d(1, 3, { stride: 3 })

/** "In practice: common to zero pad the border": with a border of 1 the size stays, (7 - 3 + 2*1)/1 + 1 = 7. */
export const padded = seven.conv2d(1, 3, { padding: 1 }) // Network<[7, 7, 1], [7, 7, 1], 10>

/** Without padding a volume shrinks at every layer: 32 -> 28 -> 24. */
export const shrinking28 = input(32, 32, 3).conv2d(6, 5).relu() // Network<[32, 32, 3], [28, 28, 6], 456>
export const shrinking24 = shrinking28.conv2d(10, 5).relu() // Network<[32, 32, 3], [24, 24, 10], 1966>

/** Ten 5x5 filters, stride 1, padding 2, on 32x32x3: (32 + 2*2 - 5)/1 + 1 = 32, and (5*5*3 + 1)*10 = 760 parameters. */
export const tenFilters = input(32, 32, 3).conv2d(10, 5, { stride: 1, padding: 2 }) // Network<[32, 32, 3], [32, 32, 10], 760>

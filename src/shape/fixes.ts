import { type EitherOf, eitherOf } from './message.js'
import { type Hyperparameters, type Slide, slide, windowAxes } from './windows.js'

/*
 * What would make a window fit. Every suggestion is tried by the rule itself before it is made.
 */

/** What a misfit's sentence is about: the layer's words, the input's spatial axes and the hyperparameters. */
export interface Attempt {
  operation: string
  /** `'filter'` for a convolution, `'window'` for a pool. */
  window: string
  spatial: readonly number[]
  channels: number
  kernel: unknown
  stride: unknown
  padding: unknown
  dilation: unknown
  rounding: unknown
  /** Whether the stride was given; a pool's default is its kernel. */
  strideGiven: boolean
}

/** What a misfit at run time needs to know of a window. */
export interface WindowAttempt {
  readonly operation: string
  readonly window: 'filter' | 'window'
  readonly spatial: readonly number[]
  readonly channels: number
  readonly hyperparameters: Hyperparameters
  readonly strideGiven: boolean
}

/** Strides that are tried for a window that does not fit. */
const stridesToTry = [1, 2, 3, 4, 5, 6, 7, 8] as const

/** Paddings that are tried: at most half of the kernel, so that no window lies in the padding alone. */
const paddingsToTry = { 1: [0], 3: [0, 1], 5: [0, 1, 2], more: [0, 1, 2, 3] } as const

/** The strides that fit: 1 always does. */
export type StrideFixes<It extends Attempt> = [`stride ${EitherOf<StridesThatFit<It, typeof stridesToTry>>}`]

type StridesThatFit<It extends Attempt, Try> = Try extends readonly [infer Stride, ...infer Rest]
  ? Slide<It['spatial'], It['kernel'], Stride, It['padding'], It['dilation'], 'exact'> extends 'misfit'
    ? StridesThatFit<It, Rest>
    : [`${Stride & number}`, ...StridesThatFit<It, Rest>]
  : []

/** The paddings to try for a kernel: by its smallest axis. */
export type PaddingsFor<Kernel> = (typeof paddingsToTry)[SizeClass<Kernel extends readonly unknown[] ? Kernel[number] : Kernel>]

type SizeClass<Sizes> = 1 extends Sizes ? 1 : HasOneOf<Sizes, 2 | 3> extends true ? 3 : HasOneOf<Sizes, 4 | 5> extends true ? 5 : 'more'

type HasOneOf<Sizes, Wanted> = [Extract<Sizes, Wanted>] extends [never] ? false : true

export type PaddingFix<It extends Attempt, Try> = Try extends readonly [infer Padding, ...infer Rest]
  ? Slide<It['spatial'], It['kernel'], It['stride'], Padding, It['dilation'], 'exact'> extends 'misfit'
    ? PaddingFix<It, Rest>
    : [`padding ${Padding & number}`]
  : []

export type KernelFix<It extends Attempt, Kernel> =
  Slide<
    It['spatial'],
    Kernel,
    It['strideGiven'] extends true ? It['stride'] : Kernel,
    It['padding'],
    It['dilation'],
    'exact'
  > extends 'misfit'
    ? []
    : [`kernel ${Kernel & number}`]

const fitsWith = ({ spatial, hyperparameters }: WindowAttempt, change: Partial<Hyperparameters>): boolean =>
  slide(windowAxes(spatial, { ...hyperparameters, ...change }), 'exact').sizes !== undefined

export const strideFixes = (it: WindowAttempt): string[] => [
  `stride ${eitherOf(stridesToTry.filter((stride) => fitsWith(it, { stride })).map(String))}`,
]

export const paddingsFor = (kernel: number | readonly number[]): readonly number[] => {
  const smallest = typeof kernel === 'number' ? kernel : Math.min(...kernel)
  if (smallest === 1) return paddingsToTry[1]
  if (smallest <= 3) return paddingsToTry[3]
  return smallest <= 5 ? paddingsToTry[5] : paddingsToTry.more
}

export const paddingFix = (it: WindowAttempt, paddings: readonly number[]): string[] => {
  const found = paddings.find((padding) => fitsWith(it, { padding }))
  return found === undefined ? [] : [`padding ${found}`]
}

export const kernelFix = (it: WindowAttempt, kernel: number): string[] =>
  fitsWith(it, it.strideGiven ? { kernel } : { kernel, stride: kernel }) ? [`kernel ${kernel}`] : []

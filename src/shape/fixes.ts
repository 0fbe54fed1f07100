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
  kernel: unknown
  stride: unknown
  padding: unknown
  dilation: unknown
  /** Whether the stride was given; a pool's default is its kernel. */
  strideGiven: boolean
}

/** What a misfit at run time needs to know of a window. */
export interface WindowAttempt {
  readonly operation: string
  readonly window: 'filter' | 'window'
  readonly spatial: readonly number[]
  readonly hyperparameters: Hyperparameters
  readonly strideGiven: boolean
}

/** Strides that are tried for a window that does not fit. */
const stridesToTry = [1, 2, 3, 4, 5, 6, 7, 8] as const

/** Paddings that are tried, by kernel: at most half of it, so that no window lies in the padding alone. */
const paddingsToTry = { 1: [0], 2: [0, 1], 3: [0, 1], 4: [0, 1, 2], 5: [0, 1, 2], 6: [0, 1, 2, 3], 7: [0, 1, 2, 3] } as const
export const paddingsForLarger = [0, 1, 2, 3, 4, 5] as const

/** The strides that fit: 1 always does. */
export type StrideFixes<It extends Attempt> = [`stride ${EitherOf<StridesThatFit<It, typeof stridesToTry>>}`]

type StridesThatFit<It extends Attempt, Try> = Try extends readonly [infer Stride, ...infer Rest]
  ? Slide<It['spatial'], It['kernel'], Stride, It['padding'], It['dilation'], 'exact'> extends 'misfit'
    ? StridesThatFit<It, Rest>
    : [`${Stride & number}`, ...StridesThatFit<It, Rest>]
  : []

export type PaddingsFor<Kernel> = Kernel extends keyof typeof paddingsToTry ? (typeof paddingsToTry)[Kernel] : (typeof paddingsToTry)[7]

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

export const paddingsFor = (kernel: number | readonly number[]): readonly number[] =>
  paddingsToTry[(typeof kernel === 'number' && kernel in paddingsToTry ? kernel : 7) as keyof typeof paddingsToTry]

export const paddingFix = (it: WindowAttempt, paddings: readonly number[]): string[] => {
  const found = paddings.find((padding) => fitsWith(it, { padding }))
  return found === undefined ? [] : [`padding ${found}`]
}

export const kernelFix = (it: WindowAttempt, kernel: number): string[] =>
  fitsWith(it, it.strideGiven ? { kernel } : { kernel, stride: kernel }) ? [`kernel ${kernel}`] : []

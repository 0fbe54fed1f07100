import { type EitherOf, eitherOf } from './message.js'
import { type Hyperparameters, type Slide, slide, windowAxes } from './windows.js'

/* Changes that make a window fit. The rule itself tries each one before a message suggests it. */

/** The window that a message is about: how the message names the layer and its window, the input's sizes and the hyperparameters. */
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
  /** Whether the call sets a stride. By default a pool's stride is its kernel. */
  strideGiven: boolean
}

/** {@link Attempt} at run time. */
export interface WindowAttempt {
  readonly operation: string
  readonly window: 'filter' | 'window'
  readonly spatial: readonly number[]
  readonly channels: number
  readonly hyperparameters: Hyperparameters
  readonly strideGiven: boolean
}

/*
 * The most likely fix comes first.
 *
 * A stride counts as intended if it is at most 2, if the call also sets a padding, or if it is a pool's default. Then the fixes keep
 * the stride. First comes the fix that gives PyTorch's output size for the same call: padding 'same' if the call sets a padding and
 * 'same' gives that size too, otherwise rounding. Other strides come last.
 *
 * Any other stride may be the mistake itself, so other strides come first.
 */

/** Padding that fits with every stride, suggested if no number does. */
const samePadding = "padding: 'same'"
const floorRounding = "rounding: 'floor'"

/** The fixes for a window that leaves a remainder. `Union` holds all members of a union type, `Member` one of each. */
export type RestFixes<Member extends Attempt, Union extends Attempt> =
  StrideIsMeant<Member> extends true
    ? SameIsRounded<Member> extends true
      ? [typeof samePadding, typeof floorRounding, StrideFix<Union>]
      : [typeof floorRounding, PaddingFix<Union>, StrideFix<Union>]
    : [StrideFix<Union>, PaddingFix<Union>, typeof floorRounding]

/** The fixes for a window that is larger than its input. */
export type LargerFixes<Union extends Attempt, Kernel> =
  KernelFix<Union, Kernel> extends infer Fix ? ([Fix] extends [never] ? [PaddingFix<Union>] : [Fix, PaddingFix<Union>]) : never

type StrideIsMeant<Member extends Attempt> = Member['strideGiven'] extends false
  ? true
  : IsPadded<Member['padding']> extends true
    ? true
    : [Member['stride'] extends readonly unknown[] ? Member['stride'][number] : Member['stride']] extends [1 | 2]
      ? true
      : false

type IsPadded<Padding> = [ValuesOf<Padding>] extends [0 | 'valid'] ? false : true

type ValuesOf<Padding> = Padding extends readonly (infer Axis)[] ? (Axis extends readonly (infer Side)[] ? Side : Axis) : Padding

/** Whether the call sets a padding, and `'same'` gives the same sizes as rounding that padding down. */
type SameIsRounded<Member extends Attempt> =
  IsPadded<Member['padding']> extends true
    ? Slide<Member['spatial'], Member['kernel'], Member['stride'], 'same', Member['dilation'], 'exact'> extends infer Sizes
      ? [Slide<Member['spatial'], Member['kernel'], Member['stride'], Member['padding'], Member['dilation'], 'floor'>] extends [Sizes]
        ? true
        : false
      : never
    : false

/** The strides to try. */
const stridesToTry = [1, 2, 3, 4, 5, 6, 7, 8] as const

/** The paddings to try: at most half of the kernel, so that no window lies entirely in the padding. */
const paddingsToTry = { 1: [0], 3: [0, 1], 5: [0, 1, 2], more: [0, 1, 2, 3] } as const

/** The strides that fit. Stride 1 always does. */
type StrideFix<It extends Attempt> = `stride ${EitherOf<StridesThatFit<It, typeof stridesToTry>>}`

type StridesThatFit<Member extends Attempt, Try> = Try extends readonly [infer Stride, ...infer Rest]
  ? Slide<Member['spatial'], Member['kernel'], Stride, Member['padding'], Member['dilation'], 'exact'> extends 'misfit'
    ? StridesThatFit<Member, Rest>
    : [`${Stride & number}`, ...StridesThatFit<Member, Rest>]
  : []

/** The paddings to try for a kernel, chosen by its smallest axis. */
type PaddingsFor<Kernel> = (typeof paddingsToTry)[SizeClass<Kernel extends readonly unknown[] ? Kernel[number] : Kernel>]

type SizeClass<Sizes> = 1 extends Sizes ? 1 : HasOneOf<Sizes, 2 | 3> extends true ? 3 : HasOneOf<Sizes, 4 | 5> extends true ? 5 : 'more'

type HasOneOf<Sizes, Wanted> = [Extract<Sizes, Wanted>] extends [never] ? false : true

export type PaddingFix<Member extends Attempt, Try = PaddingsFor<Member['kernel']>> = Try extends readonly [infer Padding, ...infer Rest]
  ? Slide<Member['spatial'], Member['kernel'], Member['stride'], Padding, Member['dilation'], 'exact'> extends 'misfit'
    ? PaddingFix<Member, Rest>
    : `padding ${Padding & number}`
  : typeof samePadding

/**
 * A kernel as large as the padded input. Not for a pool with one padding per axis, since its kernel must also be larger than each
 * padding.
 */
type KernelFix<Member extends Attempt, Kernel> = [Member['window'], Member['padding']] extends ['window', readonly unknown[]]
  ? never
  : Slide<
        Member['spatial'],
        Kernel,
        Member['strideGiven'] extends true ? Member['stride'] : Kernel,
        Member['padding'],
        Member['dilation'],
        'exact'
      > extends 'misfit'
    ? never
    : `kernel ${Kernel & number}`

/** {@link RestFixes} at run time. */
export const restFixes = (attempt: WindowAttempt): string[] => {
  if (!strideIsMeant(attempt)) return [strideFix(attempt), paddingFix(attempt), floorRounding]
  if (sameIsRounded(attempt)) return [samePadding, floorRounding, strideFix(attempt)]
  return [floorRounding, paddingFix(attempt), strideFix(attempt)]
}

/** {@link LargerFixes} at run time. */
export const largerFixes = (attempt: WindowAttempt, kernel: number): string[] => [...kernelFix(attempt, kernel), paddingFix(attempt)]

const strideIsMeant = ({ strideGiven, hyperparameters: { stride, padding } }: WindowAttempt): boolean =>
  !strideGiven || isPadded(padding) || [stride].flat().every((step) => step <= 2)

const isPadded = (padding: Hyperparameters['padding']): boolean => [padding].flat(2).some((cells) => cells !== 0 && cells !== 'valid')

const sameIsRounded = ({ spatial, hyperparameters }: WindowAttempt): boolean => {
  if (!isPadded(hyperparameters.padding)) return false
  const sizesWith = (padding: Hyperparameters['padding']) => slide(windowAxes(spatial, { ...hyperparameters, padding }), 'floor').sizes
  return `${sizesWith(hyperparameters.padding)}` === `${sizesWith('same')}`
}

const fitsWith = ({ spatial, hyperparameters }: WindowAttempt, change: Partial<Hyperparameters>): boolean =>
  slide(windowAxes(spatial, { ...hyperparameters, ...change }), 'exact').sizes !== undefined

const strideFix = (attempt: WindowAttempt): string =>
  `stride ${eitherOf(stridesToTry.filter((stride) => fitsWith(attempt, { stride })).map(String))}`

const paddingsFor = (kernel: number | readonly number[]): readonly number[] => {
  const smallest = typeof kernel === 'number' ? kernel : Math.min(...kernel)
  if (smallest === 1) return paddingsToTry[1]
  if (smallest <= 3) return paddingsToTry[3]
  return smallest <= 5 ? paddingsToTry[5] : paddingsToTry.more
}

const paddingFix = (attempt: WindowAttempt): string => {
  const found = paddingsFor(attempt.hyperparameters.kernel).find((padding) => fitsWith(attempt, { padding }))
  return found === undefined ? samePadding : `padding ${found}`
}

const kernelFix = (attempt: WindowAttempt, kernel: number): string[] =>
  !(attempt.window === 'window' && Array.isArray(attempt.hyperparameters.padding)) &&
  fitsWith(attempt, attempt.strideGiven ? { kernel } : { kernel, stride: kernel })
    ? [`kernel ${kernel}`]
    : []

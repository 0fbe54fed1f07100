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

/*
 * The likeliest wish stands first. A stride is meant where it halves, beside a padding, and where a pool has none of its own: then
 * it is kept. First comes what gives the size that PyTorch gives for the same call: padding 'same' where a padding was given and
 * that is its size too, else rounding; other strides stand last. Any other stride may itself be the mistake: there strides stand first.
 */

/** Padding that fits with every stride: what is tried when no number fits. */
const same = "padding: 'same'"
const roundedDown = "rounding: 'floor'"

/** What would make a window fit that leaves a rest: `Whole` has every member of a union, `It` one of each. */
export type RestFixes<It extends Attempt, Whole extends Attempt> =
  StrideIsMeant<It> extends true
    ? SameIsRounded<It> extends true
      ? [typeof same, typeof roundedDown, StrideFix<Whole>]
      : [typeof roundedDown, PaddingFix<Whole>, StrideFix<Whole>]
    : [StrideFix<Whole>, PaddingFix<Whole>, typeof roundedDown]

/** What would make a window fit that is larger than its input. */
export type LargerFixes<Whole extends Attempt, Kernel> =
  KernelFix<Whole, Kernel> extends infer Fix ? ([Fix] extends [never] ? [PaddingFix<Whole>] : [Fix, PaddingFix<Whole>]) : never

type StrideIsMeant<It extends Attempt> = It['strideGiven'] extends false
  ? true
  : IsPadded<It['padding']> extends true
    ? true
    : [It['stride'] extends readonly unknown[] ? It['stride'][number] : It['stride']] extends [1 | 2]
      ? true
      : false

type IsPadded<Padding> = [ValuesOf<Padding>] extends [0 | 'valid'] ? false : true

type ValuesOf<Padding> = Padding extends readonly (infer Each)[] ? (Each extends readonly (infer One)[] ? One : Each) : Padding

/** Whether a padding was given, and `'same'` gives the sizes that it gives rounded down. */
type SameIsRounded<It extends Attempt> =
  IsPadded<It['padding']> extends true
    ? Slide<It['spatial'], It['kernel'], It['stride'], 'same', It['dilation'], 'exact'> extends infer Sizes
      ? [Slide<It['spatial'], It['kernel'], It['stride'], It['padding'], It['dilation'], 'floor'>] extends [Sizes]
        ? true
        : false
      : never
    : false

/** Strides that are tried for a window that does not fit. */
const stridesToTry = [1, 2, 3, 4, 5, 6, 7, 8] as const

/** Paddings that are tried: at most half of the kernel, so that no window lies in the padding alone. */
const paddingsToTry = { 1: [0], 3: [0, 1], 5: [0, 1, 2], more: [0, 1, 2, 3] } as const

/** The strides that fit: 1 always does. */
type StrideFix<It extends Attempt> = `stride ${EitherOf<StridesThatFit<It, typeof stridesToTry>>}`

type StridesThatFit<It extends Attempt, Try> = Try extends readonly [infer Stride, ...infer Rest]
  ? Slide<It['spatial'], It['kernel'], Stride, It['padding'], It['dilation'], 'exact'> extends 'misfit'
    ? StridesThatFit<It, Rest>
    : [`${Stride & number}`, ...StridesThatFit<It, Rest>]
  : []

/** The paddings to try for a kernel: by its smallest axis. */
type PaddingsFor<Kernel> = (typeof paddingsToTry)[SizeClass<Kernel extends readonly unknown[] ? Kernel[number] : Kernel>]

type SizeClass<Sizes> = 1 extends Sizes ? 1 : HasOneOf<Sizes, 2 | 3> extends true ? 3 : HasOneOf<Sizes, 4 | 5> extends true ? 5 : 'more'

type HasOneOf<Sizes, Wanted> = [Extract<Sizes, Wanted>] extends [never] ? false : true

export type PaddingFix<It extends Attempt, Try = PaddingsFor<It['kernel']>> = Try extends readonly [infer Padding, ...infer Rest]
  ? Slide<It['spatial'], It['kernel'], It['stride'], Padding, It['dilation'], 'exact'> extends 'misfit'
    ? PaddingFix<It, Rest>
    : `padding ${Padding & number}`
  : typeof same

/** A kernel as large as the padded input; a pool's must also reach over each padding, which may differ by axis. */
type KernelFix<It extends Attempt, Kernel> = [It['window'], It['padding']] extends ['window', readonly unknown[]]
  ? never
  : Slide<
        It['spatial'],
        Kernel,
        It['strideGiven'] extends true ? It['stride'] : Kernel,
        It['padding'],
        It['dilation'],
        'exact'
      > extends 'misfit'
    ? never
    : `kernel ${Kernel & number}`

/** {@link RestFixes} at run time. */
export const restFixes = (it: WindowAttempt): string[] => {
  if (!strideIsMeant(it)) return [strideFix(it), paddingFix(it), roundedDown]
  if (sameIsRounded(it)) return [same, roundedDown, strideFix(it)]
  return [roundedDown, paddingFix(it), strideFix(it)]
}

/** {@link LargerFixes} at run time. */
export const largerFixes = (it: WindowAttempt, kernel: number): string[] => [...kernelFix(it, kernel), paddingFix(it)]

const strideIsMeant = ({ strideGiven, hyperparameters: { stride, padding } }: WindowAttempt): boolean =>
  !strideGiven || isPadded(padding) || [stride].flat().every((each) => each <= 2)

const isPadded = (padding: Hyperparameters['padding']): boolean => [padding].flat(2).some((each) => each !== 0 && each !== 'valid')

const sameIsRounded = ({ spatial, hyperparameters }: WindowAttempt): boolean => {
  if (!isPadded(hyperparameters.padding)) return false
  const sizesWith = (padding: Hyperparameters['padding']) => slide(windowAxes(spatial, { ...hyperparameters, padding }), 'floor').sizes
  return `${sizesWith(hyperparameters.padding)}` === `${sizesWith('same')}`
}

const fitsWith = ({ spatial, hyperparameters }: WindowAttempt, change: Partial<Hyperparameters>): boolean =>
  slide(windowAxes(spatial, { ...hyperparameters, ...change }), 'exact').sizes !== undefined

const strideFix = (it: WindowAttempt): string => `stride ${eitherOf(stridesToTry.filter((stride) => fitsWith(it, { stride })).map(String))}`

const paddingsFor = (kernel: number | readonly number[]): readonly number[] => {
  const smallest = typeof kernel === 'number' ? kernel : Math.min(...kernel)
  if (smallest === 1) return paddingsToTry[1]
  if (smallest <= 3) return paddingsToTry[3]
  return smallest <= 5 ? paddingsToTry[5] : paddingsToTry.more
}

const paddingFix = (it: WindowAttempt): string => {
  const found = paddingsFor(it.hyperparameters.kernel).find((padding) => fitsWith(it, { padding }))
  return found === undefined ? same : `padding ${found}`
}

const kernelFix = (it: WindowAttempt, kernel: number): string[] =>
  !(it.window === 'window' && Array.isArray(it.hyperparameters.padding)) &&
  fitsWith(it, it.strideGiven ? { kernel } : { kernel, stride: kernel })
    ? [`kernel ${kernel}`]
    : []

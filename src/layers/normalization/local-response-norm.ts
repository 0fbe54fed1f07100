import type { AnyShape, Shape } from '../../shape/shape.js'
import { requireWhole, type WholeMessage } from '../../shape/whole.js'
import type { unset } from '../../shape/windows.js'
import type { Applied, LayerKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { NoValueText } from '../kind/named.js'
import { type LeftOut, type NoOptions, type OptionsGiven, requireKnownOptions, type UnknownOptions } from '../kind/options.js'
import { type Dimension, type NoAxes, requireAxes } from '../kind/rule.js'
import { type Given, type Layer, layerFunction } from '../kind/value.js'

/** Options of `localResponseNorm`, with PyTorch's defaults; AlexNet's paper has k = 2. */
export interface LocalResponseNormOptions {
  /** Scale of the sum of squares, default 1e-4. */
  readonly alpha?: 1e-4 | (number & {})
  /** Exponent, default 0.75. */
  readonly beta?: 0.75 | (number & {})
  /** Added before the exponent, default 1. */
  readonly k?: 1 | 2 | (number & {})
  /** The layer's name in reports and exports. The default is its kind and a number. */
  readonly name?: string
}

/** {@link LocalResponseNormOptions} for a call without options. */
interface NoLocalResponseNormOptions extends LocalResponseNormOptions {
  readonly [unset]: true
}

const localResponseNormOptions = ['alpha', 'beta', 'k', 'name'] as const

/** The options, with an error message in place of each unknown one. */
type LocalResponseNormOptionsOrUseABlock<Options> = keyof Options extends (typeof localResponseNormOptions)[number] | typeof unset
  ? OptionsGiven<Options>
  : UnknownOptions<'localResponseNorm', Options, typeof localResponseNormOptions>

const applyLocalResponseNorm = (input: Shape, size: number, options: LocalResponseNormOptions = {}): Applied => {
  requireKnownOptions('localResponseNorm', options, localResponseNormOptions)
  requireAxes('localResponseNorm', input, 'size')
  requireWhole('localResponseNorm', 'size', size, 1)
  return { output: input, settings: { size, alpha: 1e-4, beta: 0.75, k: 1, ...options }, weights: [], macs: 0, memory: 'own' }
}

export const localResponseNormKinds = {
  localResponseNorm: { takes: 2, apply: applyLocalResponseNorm } satisfies LayerKind<[number, LocalResponseNormOptions?]>,
}

/** The size of a local response normalization, or the message that rejects it. */
export type LocalResponseNormSizeOrUseABlock<Input, Size extends number> = Input extends readonly [number]
  ? NoAxes<'localResponseNorm', Input>
  : Input extends readonly unknown[]
    ? WholeSizeOrUseABlock<Size>
    : NoValueText<'localResponseNorm'>

/** {@link LocalResponseNormSizeOrUseABlock} for an input with axes: completions show its name. */
type WholeSizeOrUseABlock<Size extends number> =
  WholeMessage<'localResponseNorm', 'size', Size, 1> extends infer Fault extends string ? ([Fault] extends [never] ? Size : Fault) : never

type LocalResponseNormRule<Input extends AnyShape, Size extends number> =
  LocalResponseNormSizeOrUseABlock<Input, Size> extends infer Fault extends string
    ? { output: Input; params: '0'; size: Fault }
    : { output: Input; params: '0' }

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    localResponseNorm: LocalResponseNormRule<Input, Dimension<Given[0]>>
  }
}

/**
 * Local response normalization as a layer value.
 *
 * @param size the number of neighbouring channels in the sum, from 1
 * @param options `alpha` (default 1e-4), `beta` (0.75), `k` (1), `name`
 * @example
 * localResponseNorm(5) // Layer<'localResponseNorm', [5]>
 */
export const localResponseNorm: <Size extends number, Options extends LocalResponseNormOptions | NoOptions = NoLocalResponseNormOptions>(
  size: Size,
  options: LeftOut | LocalResponseNormOptionsOrUseABlock<Options>,
) => Layer<'localResponseNorm', Given<[Size], Options>> = layerFunction('localResponseNorm')

import type { Reverse } from '../arithmetic/digits.js'
import type { MultiplyDigits } from '../arithmetic/multiply.js'
import type { ToNumber } from '../arithmetic/natural.js'
import type { Shape } from '../shape/shape.js'
import { type LayerKind, valuesIn } from './layer.js'
import type { Arguments } from './layer-rules.js'
import { type Layer, layerOf } from './value.js'

/** How many values a shape has: the product of its dimensions. */
export type FlatSize<Dimensions> = Dimensions extends readonly [infer Only extends number]
  ? Only
  : Dimensions extends readonly [infer First extends number, ...infer Rest]
    ? number extends First
      ? number
      : FlatDigits<Reverse<`${First}`>, Rest>
    : number

type FlatDigits<Digits extends string, Rest> = Rest extends readonly [infer Next extends number, ...infer Others]
  ? number extends Next
    ? number
    : FlatDigits<MultiplyDigits<Digits, `${Next}`>, Others>
  : ToNumber<Reverse<Digits>>

export const reshapeKinds = {
  flatten: {
    kind: 'flatten',
    apply: (input) => ({ output: [valuesIn(input)], settings: {}, weights: [], macs: 0, memory: 'view' }),
  } as LayerKind<[]>,
}

declare module './layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    flatten: { output: [FlatSize<Input>]; params: '0' }
  }
}

/**
 * A volume as one vector, as a layer value.
 *
 * @example
 * flatten() // Layer<'flatten', []>
 */
export const flatten = (): Layer<'flatten', []> => layerOf('flatten', []) as never

declare module '../network/network.js' {
  interface Network<Input extends Shape, Output extends Shape, Params extends number> {
    /**
     * A volume as one vector, row by row and channels last.
     *
     * `[height, width, channels] -> [height * width * channels]`; no parameters, no arithmetic, no memory.
     *
     * @example
     * input(7, 7, 512).flatten() // Network<[7, 7, 512], [25088], 0>
     */
    flatten(): Network<Input, [FlatSize<Output>], Params>
  }
}

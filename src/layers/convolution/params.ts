import type { TotalOf } from '../../arithmetic/add.js'
import type { Reverse } from '../../arithmetic/digits.js'
import type { DivideDecimals } from '../../arithmetic/divide.js'
import type { MultiplyDigits, MultiplySizes } from '../../arithmetic/multiply.js'
import type { Rank } from '../../shape/shape.js'

/* The parameters of a convolution. */

/** Parameters: filters * (kernel cells * channels / groups) weights, and a bias for each filter. */
export type ConvolutionParams<R extends Rank, Kernel, Channels extends number, Filters extends number, Groups, Bias> = number extends
  | Channels
  | Filters
  | Groups
  ? '?'
  : ParamsOf<Channels, Filters, Groups, KernelCells<R, Kernel>, Bias>

/** {@link ConvolutionParams} for each member of a union of filters. */
type ParamsOf<Channels extends number, Filters extends number, Groups, Cells, Bias> = Cells extends '?'
  ? '?'
  : Filters extends number
    ? Bias extends false
      ? MultiplyDigits<Connections<Channels, Filters, Groups>, Cells & string>
      : MultiplyDigits<Connections<Channels, Filters, Groups>, Cells & string> extends infer Weights extends string
        ? TotalOf<Weights, Reverse<`${Filters}`>>
        : never
    : never

/** {@link ConvolutionParams} of a 3x3 filter with a bias and without groups. */
export type ParamsOfNineCells<Channels extends number, Filters extends number> = number extends Channels | Filters
  ? '?'
  : Filters extends number
    ? MultiplyDigits<MultiplySizes<Channels, Filters>, '9'> extends infer Weights extends string
      ? TotalOf<Weights, Reverse<`${Filters}`>>
      : never
    : never

/** The number of connections at a kernel cell: for each filter, the channels of its group. */
type Connections<Channels extends number, Filters extends number, Groups> = Groups extends 1
  ? MultiplySizes<Channels, Filters>
  : DivideDecimals<`${Channels}`, `${Groups & number}`> extends [infer Each extends string, unknown]
    ? MultiplyDigits<Reverse<Each>, `${Filters}`>
    : '0'

/** The number of cells in a kernel, the product of its axes, as a decimal. */
type KernelCells<R extends Rank, Kernel> = Kernel extends number
  ? `${R}:${Kernel}` extends infer Key extends keyof UsualCells
    ? UsualCells[Key]
    : KernelCells<R, { 1: [Kernel]; 2: [Kernel, Kernel]; 3: [Kernel, Kernel, Kernel] }[R]>
  : Kernel extends readonly [infer First extends number, ...infer Rest]
    ? number extends First
      ? '?'
      : Rest extends readonly []
        ? `${First}`
        : KernelCells<R, Rest> extends infer Others extends string
          ? Others extends '?'
            ? '?'
            : Reverse<MultiplyDigits<Reverse<Others>, `${First}`>>
          : never
    : '?'

/** Look-ups for common square kernels. */
interface UsualCells {
  '2:1': '1'
  '2:3': '9'
  '2:5': '25'
  '2:7': '49'
}

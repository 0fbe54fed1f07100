import type { ToNumber } from '../../arithmetic/natural.js'
import { type Fill, fill, ShapeError, shown } from '../../shape/message.js'
import { isTooLarge, requireWhole, type WholeMessage } from '../../shape/whole.js'
import { type Product, productOf } from '../kind/decimal-product.js'
import type { FirstFault } from '../kind/rule.js'

/** Factors of an axis that may have a fraction. Products are exact, in decimal digits: 100 * 0.29 is 29. */

const notFactor = 'upsample: scale must be a number such as 2 or 1.5, of at least 0.000001, not {value}.'

/** How a number prints if it is below 0.000001. From there to 10^21 numbers print without an exponent. */
type TooSmall = '0' | `-${string}` | `${string}e-${string}`

/** The message for a factor, or a list, with a value that is no factor; `never` if all are, or are unknown at compile time. */
export type FactorMessage<Value> = Value extends readonly unknown[]
  ? FirstFault<{ [Index in keyof Value]: FactorMessage<Value[Index]> }>
  : Value extends number
    ? `${Value}` extends TooSmall
      ? Fill<typeof notFactor, { value: `${Value}` }>
      : `${Value}` extends `${string}.${string}`
        ? never
        : WholeMessage<'upsample', 'scale', Value, 1>
    : never

/**
 * {@link FactorMessage} at run time.
 *
 * @throws {ShapeError} for what is no factor
 */
export const requireFactor = (value: unknown): void => {
  if (isTooLarge(value)) requireWhole('upsample', 'scale', value, 1)
  if (typeof value === 'number' && value >= 1e-6 && value <= Number.MAX_SAFE_INTEGER) return
  throw new ShapeError(fill(notFactor, { value: shown(value) }), 'upsample', 'scale')
}

/** The product, rounded down; `number` if an operand is unknown at compile time. For unions, the union of all products. */
export type RoundedProduct<Size extends number, Factor> = Size extends Size
  ? Factor extends number
    ? number extends Size | Factor
      ? number
      : Product<Size, Factor> extends [infer Whole, unknown]
        ? ToNumber<Whole>
        : number
    : number
  : never

const misfit = 'upsample: scale {scale} does not fit the {axis}: {size} * {scale} = {product}.{advice}'
const roundDown = " Use rounding: 'floor'."

/** The message for a product that is not whole, unless it is rounded, or that is less than 1; for a union, of its members. */
export type ProductMessage<Size extends number, Factor, Axis, Round> = Size extends Size
  ? Factor extends number
    ? number extends Size | Factor
      ? never
      : Product<Size, Factor> extends infer Parts
        ? Parts extends [infer Whole, infer Rest]
          ? Rest extends ''
            ? never
            : AdviceOn<Whole, Round> extends infer Advice extends string
              ? Fill<
                  typeof misfit,
                  { axis: Axis; size: `${Size}`; scale: `${Factor}`; product: `${Whole & string}.${Rest & string}`; advice: Advice }
                >
              : never
          : never
        : never
    : never
  : never

/** The fix; `never` if the product may be rounded. */
type AdviceOn<Whole, Round> = Whole extends '0' ? '' : 0 extends 1 & Round ? never : 'exact' extends Round ? typeof roundDown : never

/**
 * The size of an axis times a factor: {@link RoundedProduct} at run time.
 *
 * @throws {ShapeError} with the text of {@link ProductMessage}
 */
export const requireProduct = (size: number, factor: number, axis: string, rounding: 'exact' | 'floor'): number => {
  const { whole, rest } = productOf(size, factor)
  if (rest === '' || (whole > 0n && rounding === 'floor')) return Number(whole)
  const values = { axis, size: `${size}`, scale: `${factor}`, product: `${whole}.${rest}`, advice: whole === 0n ? '' : roundDown }
  throw new ShapeError(fill(misfit, values), 'upsample', 'scale')
}

import { ShapeError } from '../../index.js'

/*
 * Keras's `alpha`: the factor of the widths of MobileNets. The widths of each alpha are listed, since their rounding to multiples of 8
 * needs fractions, which the types do not have.
 */

/** Options of the MobileNets. */
export interface AlphaOptions<Alpha> {
  /** The factor of the widths, one of those for which Keras has weights. Default 1. */
  readonly alpha?: Alpha
}

const noAlpha = '{operation}: alpha must be one of {alphas}, not {alpha}.'

/**
 * The widths of an alpha.
 *
 * @throws {ShapeError} if there are none
 */
export const widthsOf = <Widths extends object, Alpha extends keyof Widths>(
  operation: string,
  widths: Widths,
  alpha: Alpha,
): Widths[Alpha] => {
  if (Object.hasOwn(widths, alpha)) return widths[alpha]
  const message = noAlpha
    .replace('{operation}', operation)
    .replace('{alphas}', Object.keys(widths).join(', '))
    .replace('{alpha}', `${String(alpha)}`)
  throw new ShapeError(message, operation, 'options.alpha')
}

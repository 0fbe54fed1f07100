import { type Fill, fill, ShapeError, shown } from '../../shape/message.js'
import type { Shape } from '../../shape/shape.js'
import type { Applied, LayerKind } from './layer.js'

/* Shared by elementwise layers: the shape stays, and the output overwrites the input. */

/** The result of an elementwise layer. */
export const elementwise = (input: Shape, settings: Readonly<Record<string, unknown>> = {}): Applied => ({
  output: input,
  settings,
  weights: [],
  macs: 0,
  memory: 'overwrites',
})

/** An elementwise kind without settings. */
export const elementwiseKind: LayerKind<[]> = { takes: 0, apply: (input) => elementwise(input) }

const wrongNumber = '{operation}: {name} must be a finite number, not {value}.'

/**
 * Requires a finite number. Types cannot check this: plain JavaScript or a faulty computation may pass something else.
 *
 * @throws {ShapeError} when the value is not a number, not finite or NaN
 */
export const requireFinite = (operation: string, name: string, value: unknown): void => {
  if (Number.isFinite(value)) return
  throw new ShapeError(fill(wrongNumber, { operation, name, value: shown(value) }), operation, name)
}

/** How a number literal from 0 to below 1 prints. */
type RateText = '0' | `0.${string}` | `${number}e-${string}`

/** The message, a template with `{rate}`, for each rate that is not in [0, 1); `never` if there is none. */
export type RateMessage<Template extends string, Rate> = Rate extends number
  ? `${number}` extends `${Rate}`
    ? never
    : `${Rate}` extends `-${string}`
      ? Fill<Template, { rate: `${Rate}` }>
      : `${Rate}` extends RateText
        ? never
        : Rate extends object
          ? never
          : Fill<Template, { rate: `${Rate}` }>
  : never

/**
 * {@link RateMessage} at run time.
 *
 * @throws {ShapeError} with the filled template if the rate is not in [0, 1)
 */
export const requireRate = (operation: string, template: string, rate: unknown): void => {
  if (typeof rate === 'number' && rate >= 0 && rate < 1) return
  throw new ShapeError(fill(template, { rate: shown(rate) }), operation, 'rate')
}

import { type Fill, fill, ShapeError, shown } from '../../shape/message.js'
import type { Shape } from '../../shape/shape.js'
import type { Applied, LayerKind } from './layer.js'

/*
 * What layers share that work on each value alone: the shape stays, and the values are overwritten in place.
 */

/** What such a layer makes of its input. */
export const elementwise = (input: Shape, settings: Readonly<Record<string, unknown>> = {}): Applied => ({
  output: input,
  settings,
  weights: [],
  macs: 0,
  memory: 'overwrites',
})

/** A kind of such a layer that has no settings. */
export const elementwiseKind = (kind: string): LayerKind<[]> => ({ kind, takes: 0, apply: (input) => elementwise(input) })

const wrongNumber = '{operation}: {name} must be a finite number, not {value}.'

/**
 * Refuses a setting that is no number: only plain JavaScript can get that wrong, or arithmetic that went astray.
 *
 * @throws {ShapeError} when it is no number, not finite or NaN
 */
export const requireFinite = (operation: string, name: string, value: unknown): void => {
  if (Number.isFinite(value)) return
  throw new ShapeError(fill(wrongNumber, { operation, name, value: shown(value) }), operation, name)
}

/** What the literal of a share looks like that is at least 0 and below 1. */
type ShareText = '0' | `0.${string}` | `${number}e-${string}`

/** The sentence of a template with `{rate}` for each rate that is not at least 0 and below 1; `never` when there is none. */
export type RateMessage<Template extends string, Rate> = Rate extends number
  ? `${number}` extends `${Rate}`
    ? never
    : `${Rate}` extends `-${string}`
      ? Fill<Template, { rate: `${Rate}` }>
      : `${Rate}` extends ShareText
        ? never
        : Fill<Template, { rate: `${Rate}` }>
  : never

/**
 * Refuses a rate that is not at least 0 and below 1: {@link RateMessage} at run time.
 *
 * @throws {ShapeError} with the template filled
 */
export const requireRate = (operation: string, template: string, rate: unknown): void => {
  if (typeof rate === 'number' && rate >= 0 && rate < 1) return
  throw new ShapeError(fill(template, { rate: shown(rate) }), operation, 'rate')
}

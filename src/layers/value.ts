import type { unset } from '../shape/windows.js'
import type { Arguments } from './layer-rules.js'

/**
 * A layer as a value: a kind and the arguments its method would take.
 *
 * It has no shape yet: the rules run when it is applied to a network, and a mistake is reported there. Layers are never
 * changed, so one can be used any number of times, each time with weights of its own.
 *
 * @example
 * const first = conv2d(96, 11, { stride: 4 }) // Layer<'conv2d', [96, 11, { stride: 4 }]>
 */
export interface Layer<Kind extends string, Given extends Arguments> extends AnyLayer {
  readonly kind: Kind
  readonly given: Given
}

/**
 * Any layer value.
 *
 * It says nothing of the arguments: where a function takes any layer, they would lose their literal types to it.
 */
export interface AnyLayer {
  readonly kind: string
}

/** Arguments with options at the end, if some were given; `any` may be all of them, and stays. */
export type Given<Required extends Arguments, Options> = typeof unset extends keyof Options
  ? 0 extends 1 & Options
    ? [...Required, Options]
    : Required
  : [...Required, Options]

/** Makes a layer value. It keeps copies of the lists and options it was given, so that they cannot change it later. */
export const layerOf = (kind: string, given: Arguments): Layer<string, Arguments> => {
  const args = given.at(-1) === undefined ? given.slice(0, -1) : given
  return Object.freeze({ kind, given: Object.freeze(args.map(copied)) })
}

/** A copy of lists and options; layers, functions and plain values are kept as they are. */
const copied = (value: unknown): unknown => {
  if (Array.isArray(value)) return Object.freeze(value.map(copied))
  if (typeof value !== 'object' || value === null || 'kind' in value) return value
  return Object.freeze(Object.fromEntries(Object.entries(value).map(([name, each]) => [name, copied(each)])))
}

import type { unset } from '../../shape/windows.js'
import type { Arguments } from './layer-rules.js'
import { inspected, sourceOf } from './source-text.js'

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

/**
 * Makes a layer value. It keeps copies of the lists and options it was given, so that they cannot change it later.
 *
 * @param standard what stands for arguments that are left out
 */
export const layerOf = (kind: string, given: Arguments, standard: Arguments = []): Layer<string, Arguments> => {
  const args = given.map((argument, index) => (argument === undefined ? standard[index] : argument))
  return new LayerValue(kind, copied([...args, ...standard.slice(given.length)]))
}

/** A layer value at run time. Its text is the call that makes it: `conv2d(96, 11, { stride: 4 })`. */
class LayerValue implements Layer<string, Arguments> {
  constructor(
    readonly kind: string,
    readonly given: Arguments,
  ) {
    Object.freeze(this)
  }

  toString(): string {
    return `${this.kind}(${this.given.map(sourceOf).join(', ')})`
  }

  [inspected](): string {
    return this.toString()
  }
}

/** What marks a function that makes layer values, in both builds of the package. */
const makesLayers = Symbol.for('stridewise.makesLayers')

/** Whether a value is one of the functions that make layer values, `relu` in place of `relu()`. */
export const isLayerFunction = (value: unknown): value is { readonly name: string } =>
  typeof value === 'function' && Object.hasOwn(value, makesLayers)

/**
 * The function that makes layer values of a kind.
 *
 * Its type says what it takes. At run time it passes on all that it is given, so that what is too much is found where the layer
 * is applied.
 */
export const layerFunction = (kind: string, standard?: Arguments): ((...given: Arguments) => never) => {
  const make = (...given: Arguments) => layerOf(kind, given, standard) as never
  return Object.defineProperties(make, { name: { value: kind }, [makesLayers]: { value: true } })
}

/** A copy of lists and options that nothing can change; layers, networks, functions and values are kept as they are. */
export const copied = <Value>(value: Value): Value => {
  // Both zeros: -0 counts as 0, and must not make networks differ.
  if (value === 0) return 0 as Value
  if (Array.isArray(value)) return Object.freeze(value.map(copied)) as never
  if (!isPlain(value) || 'kind' in value) return value
  return Object.freeze(Object.fromEntries(Object.entries(value).map(([name, each]) => [name, copied(each)]))) as never
}

/** Whether a value is an object without a class. */
export const isPlain = (value: unknown): value is object => {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

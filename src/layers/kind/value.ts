import { fill, ShapeError } from '../../shape/message.js'
import { holds, isObject } from '../../shape/objects.js'
import type { unset } from '../../shape/windows.js'
import type { Arguments } from './layer-rules.js'
import { counted } from './limits.js'
import { inspectSymbol, sourceOf } from './source-text.js'

/**
 * A layer as a value: a kind, and the arguments that its method would take.
 *
 * It has no shape yet. The rules run when it is applied to a network, and report any mistake there. Layers are immutable, so one can be
 * applied any number of times, each time with its own weights.
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
 * It has no arguments: in a function that takes any layer, they would lose their literal types.
 */
export interface AnyLayer {
  readonly kind: string
  readonly [layerMark]?: never
}

/** No value has this property. A layer in the place of options is known by it, where completions would suggest `kind`. */
declare const layerMark: unique symbol

/** A layer value to types that must not suggest its properties. */
export interface MarkedAsLayer {
  readonly [layerMark]?: never
}

/** The functions of layers without arguments: `relu` in the place of `relu()`. */
export type PlainFunction = { (): unknown; readonly length: 0 }

/**
 * The required arguments, followed by the options if any are passed: for options that are one of several, one of several lists. `any` may
 * be all options, and stays.
 */
export type Given<Required extends Arguments, Options> = Options extends Without
  ? 0 extends 1 & Options
    ? [...Required, Options]
    : Required
  : [...Required, Options]

/** The type of options that are not passed. */
export type Without = { readonly [unset]: true } | undefined

/**
 * Creates a layer value. It copies lists and options, so later changes do not affect it.
 *
 * @param defaults the values of omitted arguments
 */
export const layerOf = (kind: string, given: Arguments, defaults: Arguments = []): Layer<string, Arguments> => {
  const args = given.map((argument, index) => (argument === undefined ? defaults[index] : argument))
  return new LayerValue(kind, copied([...args, ...defaults.slice(given.length)], kind))
}

/** A layer value at run time. As text it is the call that creates it: `conv2d(96, 11, { stride: 4 })`. */
class LayerValue implements Layer<string, Arguments> {
  constructor(
    readonly kind: string,
    readonly given: Arguments,
  ) {
    Object.freeze(this)
  }

  toString(): string {
    return counted(() => `${this.kind}(${this.given.map(sourceOf).join(', ')})`)
  }

  [inspectSymbol](): string {
    return this.toString()
  }
}

/** Whether a value is a layer value, with a kind and arguments. */
export const isLayer = (value: unknown): value is Layer<string, Arguments> =>
  holds(value, ({ kind, given }) => typeof kind === 'string' && Array.isArray(given))

/** The property that marks functions that create layer values, in both builds of the package. */
const layerFunctionBrand = Symbol.for('stridewise.makesLayers')

/** Whether a value is a function that creates layer values, such as `relu` instead of `relu()`. */
export const isLayerFunction = (value: unknown): value is { readonly name: string } =>
  typeof value === 'function' && Object.hasOwn(value, layerFunctionBrand)

/**
 * Creates the function for layer values of a kind.
 *
 * Its type declares its parameters, and its `length` if it has none: that tells `relu` from the user's `() => relu()`. At run time it passes
 * on all arguments, so that surplus ones are reported where the layer is applied.
 *
 * @param shortened the arguments without those that only say what is the default anyway
 */
export const layerFunction = (
  kind: string,
  defaults?: Arguments,
  shortened = (given: Arguments): Arguments => given,
): { (...given: Arguments): never; readonly length: 0 } => {
  const make = (...given: Arguments) => layerOf(kind, shortened(copied(given, kind)), defaults) as never
  return Object.defineProperties(make, { name: { value: kind }, [layerFunctionBrand]: { value: true } }) as never
}

const unreadable = '{kind}: an argument cannot be read: it is circular, too large, or throws.'

/**
 * A frozen copy of lists, options and layer values. Networks, functions and other values stay as they are.
 *
 * @param kind the operation in the message
 * @throws {ShapeError} when a value cannot be read
 */
export const copied = <Value>(value: Value, kind = 'apply'): Value => {
  let left = 300_000
  const copy = (item: unknown): unknown => {
    // A list of holes takes no memory, whatever its length.
    left -= Array.isArray(item) ? item.length : 1
    if (left < 0) throw left
    // -0 becomes 0, so that it does not make networks differ.
    if (item === 0) return 0
    if (Array.isArray(item)) return Object.freeze(Array.from(item, copy))
    if (isLayer(item)) return item instanceof LayerValue ? item : new LayerValue(item.kind, copy(item.given) as Arguments)
    if (!isPlain(item)) return item
    return Object.freeze(Object.fromEntries(Object.entries(item).map(([name, member]) => [name, copy(member)])))
  }
  try {
    return copy(value) as Value
  } catch {
    throw new ShapeError(fill(unreadable, { kind }), kind, 'arguments')
  }
}

/** Whether a value is a plain object, not an instance of a class. */
export const isPlain = (value: unknown): value is object => {
  const prototype = isObject(value) && Object.getPrototypeOf(value)
  return prototype === null || (prototype && Object.getPrototypeOf(prototype) === null)
}

import { type ListText, listText } from '../../shape/list-text.js'
import { type Fill, fill, type ListOf, listOf, ShapeError, type Shown, shown } from '../../shape/message.js'
import type { Shape } from '../../shape/shape.js'
import type { Positive } from '../../shape/windows.js'
import { type AnyLayer, isLayer, type MarkedAsLayer, type PlainFunction } from './value.js'

/** Options by name. An unknown name is an error, never ignored. */

const unknownOption = "{operation}: there is no option '{name}'. The options are {known}."
const noOptions = '{operation}: the options must be an object such as {example}, not {value}.{advice}'
const leaveOut = ' If the first number is the input {first}, leave it out: {operation}({rest}).'
const wrongType = '{operation}: {name} must be {type}, not {value}.'

/**
 * What options may be besides an object: `undefined`, and common mistakes such as a bare stride or padding, a kernel, an activation, an
 * extra filter count.
 */
export type NoOptions = number | string | boolean | undefined | readonly [] | readonly Positive[] | MarkedAsLayer | PlainFunction

/**
 * Options as the type of a parameter. If an option has a wrong type or name, TypeScript infers all that options may be. Its error is about
 * `Objects` then, without lists and layers, and finds the option that is meant.
 */
export type OptionsGiven<Options, Objects = Exclude<Options, NoOptions>> = NoOptions extends Options ? Objects : Options

/**
 * Options that are left out. `options?: Options` would take `undefined` out of what is inferred, so that `wide ? { stride: 2 } :
 * undefined` would be `{ stride: 2 }`.
 */
// biome-ignore lint/suspicious/noConfusingVoidType: it lets a call leave the argument out.
export type LeftOut = void

/** A message for each unknown option, under its name; a single message for a value that is not an options object. */
export type UnknownOptions<
  Operation extends string,
  Options,
  Known extends readonly string[],
  Advice extends string = '',
> = Options extends NoOptions
  ? Fill<typeof noOptions, { operation: Operation; example: ExampleOf<Options, Known>; value: ShownAsOptions<Options>; advice: Advice }>
  : {
      [Name in Exclude<keyof Options, Known[number]>]: Fill<
        typeof unknownOption,
        { operation: Operation; name: Name & string; known: ListOf<Known> }
      >
    }

/** A value in the place of options, as the message shows it. */
type ShownAsOptions<Value> = Value extends readonly unknown[]
  ? ListText<Value>
  : Value extends PlainFunction
    ? 'a function'
    : Value extends AnyLayer
      ? 'a layer value'
      : Shown<Value>

/** What the value may mean: a number is a stride, `'same'` a padding. */
type ExampleOf<Value, Known extends readonly string[]> = Value extends 'same' | 'valid'
  ? 'padding' extends Known[number]
    ? `{ padding: '${Value}' }`
    : `{ ${Known[0]}: ... }`
  : Value extends number
    ? Known[0] extends 'stride'
      ? `{ stride: ${Shown<Value>} }`
      : `{ ${Known[0]}: ... }`
    : `{ ${Known[0]}: ... }`

/** {@link ExampleOf} at run time. */
const exampleOf = (value: unknown, known: readonly string[]): string =>
  (value === 'same' || value === 'valid') && known.includes('padding')
    ? `{ padding: '${value}' }`
    : `{ ${known[0]}: ${typeof value === 'number' && known[0] === 'stride' ? value : '...'} }`

/** Advice on a kernel in the place of options if the first number is the input channels, as in PyTorch: `conv2d(3, 8, 3)`. */
export type ChannelsAreKnown<Operation extends string, Input, Filters, Kernel, Options> = Kernel extends number
  ? Options extends number | readonly unknown[]
    ? Input extends readonly [...unknown[], Filters]
      ? Fill<typeof leaveOut, { first: 'channels'; operation: Operation; rest: `${Shown<Kernel>}, ${ShownAsOptions<Options>}` }>
      : ''
    : ''
  : ''

/** Advice on a second number, since PyTorch takes the input features first: `dense(3072, 10)`. */
export type FeaturesAreKnown<Operation extends string, Options> = Options extends number
  ? Fill<typeof leaveOut, { first: 'features'; operation: Operation; rest: Shown<Options> }>
  : ''

/** {@link ChannelsAreKnown} and {@link FeaturesAreKnown} at run time, also for more arguments: `conv2d(3, 8, 3, { stride: 2 })`. */
export const adviceOnFirst = (operation: string, input: Shape, [first, second, third]: readonly unknown[]): string => {
  if (typeof second !== 'number') return ''
  const isKernel = /^conv/.test(operation) && input.at(-1) === first && (typeof third === 'number' || Array.isArray(third))
  const rest = isKernel ? `${second}, ${listText(third)}` : /^(dense|lstm|gru)$/.test(operation) && `${second}`
  return rest ? fill(leaveOut, { operation, first: isKernel ? 'channels' : 'features', rest }) : ''
}

/**
 * {@link UnknownOptions} at run time, with `advice` after the message for a value that is not an object. It also rejects what only
 * plain JavaScript can get wrong: options that are not an object, a bias that is not a boolean, an epsilon that is not a number, a name
 * that is not a string or is empty.
 *
 * @throws {ShapeError} for the first of these
 */
export const requireKnownOptions = (operation: string, options: object, known: readonly string[], advice = ''): void => {
  if (!options || typeof options !== 'object' || Array.isArray(options) || isLayer(options)) {
    const values = { operation, example: exampleOf(options, known), value: listText(options), advice }
    throw new ShapeError(fill(noOptions, values), operation, 'options')
  }
  const name = Object.keys(options).find((key) => !known.includes(key))
  if (name !== undefined) {
    throw new ShapeError(fill(unknownOption, { operation, name, known: listOf(known) }), operation, `options.${name}`)
  }
  const { bias, epsilon, name: layerName } = options as { bias?: unknown; epsilon?: unknown; name?: unknown }
  if (bias !== undefined) requireBoolean(operation, 'bias', bias)
  if (epsilon !== undefined && typeof epsilon !== 'number') refuseType(operation, 'epsilon', 'a number', epsilon)
  if (layerName !== undefined && !(typeof layerName === 'string' && layerName.trim()))
    refuseType(operation, 'name', 'a string that is not empty', layerName)
}

/**
 * Requires an option to be `true` or `false`, which only plain JavaScript can get wrong.
 *
 * @throws {ShapeError} with the value, if it is not a boolean
 */
export const requireBoolean = (operation: string, name: string, value: unknown): void => {
  if (typeof value !== 'boolean') refuseType(operation, name, 'true or false', value)
}

const refuseType = (operation: string, name: string, type: string, value: unknown): never => {
  throw new ShapeError(fill(wrongType, { operation, name, type, value: shown(value) }), operation, `options.${name}`)
}

import { type Fill, fill, type ListOf, listOf, ShapeError, type Shown, shown } from '../../shape/message.js'

/** Options by name: a name that is not among them is a mistake, not a wish to ignore. */

const unknownOption = "{operation}: there is no option '{name}'. The options are {known}."
const noOptions = '{operation}: the options must be an object such as {example}, not {value}.{advice}'
const channelsAreKnown = ' If the first number is the input channels, leave it out: {operation}({filters}, {kernel}).'
const featuresAreKnown = ' If the first number is the input features, leave it out: {operation}({units}).'
const wrongType = '{operation}: {name} must be {type}, not {value}.'

/** What people write in place of options: a stride or a padding by itself, an activation, a filter count too many. */
export type NoOptions = number | string | boolean

/** A sentence for each unknown option, under its name; one sentence for a value that is not an object of options. */
export type UnknownOptions<
  Operation extends string,
  Options,
  Known extends readonly string[],
  Advice extends string = '',
> = Options extends NoOptions
  ? Fill<typeof noOptions, { operation: Operation; example: ExampleOf<Options, Known>; value: Shown<Options>; advice: Advice }>
  : {
      [Name in Exclude<keyof Options, Known[number]>]: Fill<
        typeof unknownOption,
        { operation: Operation; name: Name & string; known: ListOf<Known> }
      >
    }

/** How the value may be meant: a number as the stride, `'same'` as the padding. */
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
const exampleOf = (value: unknown, known: readonly string[]): string => {
  if ((value === 'same' || value === 'valid') && known.includes('padding')) return `{ padding: '${value}' }`
  return typeof value === 'number' && known[0] === 'stride' ? `{ stride: ${value} }` : `{ ${known[0]}: ... }`
}

/** What to do about a third number, as PyTorch has the input channels first: `conv2d(3, 8, 3)`. */
export type ChannelsAreKnown<Operation extends string, Kernel, Options> = Kernel extends number
  ? Options extends number
    ? Fill<typeof channelsAreKnown, { operation: Operation; filters: Shown<Kernel>; kernel: Shown<Options> }>
    : ''
  : ''

/** {@link ChannelsAreKnown} at run time. */
export const adviceOnChannels = (operation: string, kernel: unknown, options: unknown): string =>
  typeof kernel === 'number' && typeof options === 'number'
    ? fill(channelsAreKnown, { operation, filters: `${kernel}`, kernel: `${options}` })
    : ''

/** What to do about a second number, as PyTorch has the input features first: `dense(3072, 10)`. */
export type FeaturesAreKnown<Operation extends string, Options> = Options extends number
  ? Fill<typeof featuresAreKnown, { operation: Operation; units: Shown<Options> }>
  : ''

/** {@link FeaturesAreKnown} at run time. */
export const adviceOnFeatures = (operation: string, options: unknown): string =>
  typeof options === 'number' ? fill(featuresAreKnown, { operation, units: `${options}` }) : ''

/**
 * Refuses unknown options: {@link UnknownOptions} at run time, with `advice` behind the sentence for what is no object. What only plain JavaScript can get wrong is refused
 * here too: options that are no object, a bias that is no boolean, a name that is no string, or an
 * empty one.
 *
 * @throws {ShapeError} for the first of them
 */
export const requireKnownOptions = (operation: string, options: object, known: readonly string[], advice = ''): void => {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    const values = { operation, example: exampleOf(options, known), value: shown(options), advice }
    throw new ShapeError(fill(noOptions, values), operation, 'options')
  }
  const name = Object.keys(options).find((key) => !known.includes(key))
  if (name !== undefined) {
    throw new ShapeError(fill(unknownOption, { operation, name, known: listOf(known) }), operation, `options.${name}`)
  }
  const { bias, name: called } = options as { bias?: unknown; name?: unknown }
  if (bias !== undefined) requireBoolean(operation, 'bias', bias)
  if (called !== undefined && (typeof called !== 'string' || called.trim() === '')) {
    const values = { operation, name: 'name', type: 'a string that is not empty', value: shown(called) }
    throw new ShapeError(fill(wrongType, values), operation, 'options.name')
  }
}

/**
 * Refuses an option that is neither `true` nor `false`, which only plain JavaScript can get wrong.
 *
 * @throws {ShapeError} with the value
 */
export const requireBoolean = (operation: string, name: string, value: unknown): void => {
  if (typeof value === 'boolean') return
  const values = { operation, name, type: 'true or false', value: shown(value) }
  throw new ShapeError(fill(wrongType, values), operation, `options.${name}`)
}

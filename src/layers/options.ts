import { type Fill, fill, type ListOf, listOf, ShapeError, shown } from '../shape/message.js'

/** Options by name: a name that is not among them is a mistake, not a wish to ignore. */

const unknownOption = "{operation}: there is no option '{name}'. The options are {known}."
const noOptions = '{operation}: the options must be an object such as {example}, not {value}.'
const wrongType = '{operation}: {name} must be {type}, not {value}.'

/** The sentence for each option that there is not, under its name. */
export type UnknownOptions<Operation extends string, Options, Known extends readonly string[]> = {
  [Name in Exclude<keyof Options, Known[number]>]: Fill<
    typeof unknownOption,
    { operation: Operation; name: Name & string; known: ListOf<Known> }
  >
}

/**
 * Refuses options that there are not: {@link UnknownOptions} at run time. What only plain JavaScript can get wrong is refused
 * here too: options that are no object, a bias that is no boolean, a name that is no string, or an
 * empty one.
 *
 * @throws {ShapeError} for the first of them
 */
export const requireKnownOptions = (operation: string, options: object, known: readonly string[]): void => {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    const example = `{ ${known[0]}: ... }`
    throw new ShapeError(fill(noOptions, { operation, example, value: shown(options) }), operation, 'options')
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

import { type Fill, fill, type ListOf, listOf, ShapeError } from '../shape/message.js'

/** Options by name: a name that is not among them is a mistake, not a wish to ignore. */

const unknownOption = "{operation}: there is no option '{name}'. The options are {known}."

/** The sentence for each option that there is not, under its name. */
export type UnknownOptions<Operation extends string, Options, Known extends readonly string[]> = {
  [Name in Exclude<keyof Options, Known[number]>]: Fill<
    typeof unknownOption,
    { operation: Operation; name: Name & string; known: ListOf<Known> }
  >
}

/**
 * Refuses options that there are not: {@link UnknownOptions} at run time.
 *
 * @throws {ShapeError} for the first of them
 */
export const requireKnownOptions = (operation: string, options: object, known: readonly string[]): void => {
  const name = Object.keys(options).find((key) => !known.includes(key))
  if (name === undefined) return
  const message = fill(unknownOption, { operation, name, known: listOf(known) })
  throw new ShapeError(message, operation, `options.${name}`)
}

const notBoolean = '{operation}: {name} must be true or false, not {value}.'

/**
 * Refuses an option that is neither `true` nor `false`, which only plain JavaScript can get wrong.
 *
 * @throws {ShapeError} with the value as JSON
 */
export const requireBoolean = (operation: string, name: string, value: unknown): void => {
  if (typeof value === 'boolean') return
  const message = fill(notBoolean, { operation, name, value: JSON.stringify(value) ?? `${value}` })
  throw new ShapeError(message, operation, `options.${name}`)
}

import type { Literal } from '../arithmetic/natural.js'
import { knownAcrossBuilds } from './across-builds.js'

/**
 * The error for an invalid architecture. Building a network throws it, with the same message that the compiler gives for the mistake.
 *
 * It is the run-time half of every check, for plain JavaScript and for dimensions that are only `number` at compile time.
 */
export class ShapeError extends Error {
  override readonly name = 'ShapeError'

  static {
    knownAcrossBuilds(ShapeError, 'ShapeError')
  }

  constructor(
    message: string,
    /** The method that threw, such as `'conv2d'`. */
    readonly operation: string,
    /** The invalid argument: `'kernel'`, `'options.stride'`, or `''` for the input itself. */
    readonly argument: string,
  ) {
    super(message)
  }
}

/** Gives an error another message, also at the head of its stack, and another argument to blame. */
export const reworded = (error: ShapeError, message: string, argument = error.argument): ShapeError => {
  const { stack } = error
  return Object.assign(error, { stack: stack?.replace(error.message, () => message), message, argument })
}

/**
 * The type of a method that takes no arguments and cannot be called here. The compiler prints it together with the message. No member has
 * the message in its type: two networks that differ only by what a message says are the same to the compiler, and cost nothing to compare.
 */
// biome-ignore lint/correctness/noUnusedVariables: the compiler prints it.
export interface Mistake<Sentence> {
  readonly mistake: string
}

/**
 * A template with its placeholders replaced: each `{name}` becomes the value of that name.
 *
 * A template is written once, as a constant. Compile-time messages fill in its type, run-time messages its value.
 */
export type Fill<Template, Values, Filled extends string = ''> = Template extends `${infer Before}{${infer Name}}${infer After}`
  ? Fill<After, Values, `${Filled}${Before}${Name extends keyof Values ? (Values[Name] extends string ? Values[Name] : '?') : '?'}`>
  : Template extends string
    ? `${Filled}${Template}`
    : Template

/** {@link Fill} at run time. */
export const fill = (template: string, values: Readonly<Record<string, string>>): string =>
  template.replace(/\{(\w+)\}/g, (_, name: string) => (values[name] ?? '?').slice(0, mostLetters))

/** The longest text, such as a name, in a message. */
const mostLetters = 10_000

/**
 * One of several messages, for a union with several invalid members.
 *
 * TypeScript compares each value of a list with a union of messages and reports that mismatch instead of the messages.
 */
export type OneOf<Sentences> = (Sentences extends unknown ? (message: () => Sentences) => void : never) extends (
  message: infer Message,
) => void
  ? Message extends () => infer Last
    ? Last
    : never
  : never

/** Joins choices with "or": `'1'`, `'1 or 2'`, `'1, 2 or 4'`. */
export type EitherOf<Choices> = Series<Choices, ' or '> extends infer Text extends string ? Text : never

/** {@link EitherOf} at run time. */
export const eitherOf = (choices: readonly string[]): string => series(choices, ' or ')

/** Joins items with "and": `'stride'`, `'stride and name'`, `'stride, padding and name'`. */
export type ListOf<Things> = Series<Things, ' and '> extends infer Text extends string ? Text : never

/** {@link ListOf} at run time. */
export const listOf = (things: readonly string[]): string => series(things, ' and ')

type Series<Items, Last extends string, Before extends string = ''> = Items extends readonly [infer Only extends string]
  ? `${Before}${Only}`
  : Items extends readonly [infer First extends string, infer Second extends string]
    ? `${Before}${First}${Last}${Second}`
    : Items extends readonly [infer First extends string, ...infer Rest]
      ? Series<Rest, Last, `${Before}${First}, `>
      : Before

const series = (items: readonly string[], last: string): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')}${last}${items.at(-1)}`

/** The fixes as a sentence: `'Use padding 1.'`, `"Use stride 1, 2 or 4, padding 1, or rounding: 'floor'."`. */
export type Advice<Fixes, Otherwise extends string> = Fixes extends readonly []
  ? Otherwise
  : Fixes extends readonly [infer Only extends string]
    ? `Use ${Only}.`
    : `Use ${Series<Fixes, ', or '>}.`

/** {@link Advice} at run time. */
export const advice = (fixes: readonly string[], otherwise: string): string =>
  fixes.length === 0 ? otherwise : `Use ${series(fixes, ', or ')}.`

/** A value as a message shows it: strings in quotes, so that '2' differs from 2, and `?` if the value is unknown at compile time. */
export type Shown<Value> = Value extends string
  ? string extends Value
    ? '?'
    : `"${Value}"`
  : Value extends number | bigint
    ? number extends Value
      ? number extends Literal<Value>
        ? '?'
        : `${Value}`
      : `${Value}`
    : Value extends boolean | null | undefined
      ? `${Value}`
      : '?'

/** {@link Shown} at run time. A value that is long or has no JSON form is only described. */
export const shown = (value: unknown): string => {
  if (typeof value === 'number') return `${value}`
  let short = 'an object'
  try {
    if (typeof value === 'string' && value.length > maxLength) return `${JSON.stringify(value.slice(0, maxLength))}...`
    if (Array.isArray(value)) short = `a list of ${value.length}`
    let items = 0
    // A list that holds one list many times is longer than any memory: no more items are looked at than are shown.
    const countdown = (_: string, item: unknown): unknown => {
      items += 1
      if (items > maxLength) throw items
      return item
    }
    if (typeof value === 'function') return 'a function'
    const text = typeof value === 'bigint' ? `${value}n` : (JSON.stringify(value, countdown) ?? String(value))
    const { given, toJSON } = Object(value)
    if (Array.isArray(given)) return 'a layer value'
    if (typeof value !== 'object') return text.slice(0, maxLength)
    if (text.length <= maxLength && !toJSON) return text
  } catch {
    // A circular or very long list or object, or one whose properties throw.
  }
  return short
}

/** The longest text of a value that a message shows. */
const maxLength = 200

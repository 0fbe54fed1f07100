/** Python calls as data, so that repeated code can become a class with parameters. */

/** A value in Python source: `64`, `(1, 2)`, `True`. */
export type Literal = number | boolean | string

/** An argument of a call. */
export interface Argument {
  /** The parameter's name in PyTorch, `'in_channels'`. */
  readonly name: string
  readonly value: Literal
  /** Whether it is a keyword argument, `stride=2`. */
  readonly keyword: boolean
}

/** A call that creates a module, `nn.Conv2d(3, 64, kernel_size=7)`. */
export interface Call {
  /** `'nn.Conv2d'`, or the name of a class in the file. */
  readonly callee: string
  readonly args: readonly Argument[]
}

/**
 * Creates the call of a class.
 *
 * @param positional positional arguments by the names of their parameters
 * @param named keyword arguments; `undefined` ones are omitted
 */
export const call = (
  callee: string,
  positional: Readonly<Record<string, Literal>> = {},
  named: Readonly<Record<string, Literal | undefined>> = {},
): Call => ({
  callee,
  args: [
    ...Object.entries(positional).map(([name, value]) => ({ name, value, keyword: false })),
    ...Object.entries(named).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value, keyword: true }])),
  ],
})

/** The value, or `undefined` if it is PyTorch's default. */
export const unless = (defaultValue: Literal, value: Literal): Literal | undefined => (value === defaultValue ? undefined : value)

/** A single number if it is the same for all axes, otherwise a tuple. */
export const perAxis = (values: readonly number[]): Literal =>
  values.every((value) => value === values[0]) ? (values[0] as number) : tuple(values.map(numberText))

/** A tuple, `(1, 2)`, or `(1,)` for a single member. */
export const tuple = (members: readonly string[]): string => (members.length === 1 ? `(${members[0]},)` : `(${members.join(', ')})`)

/** A number in Python source. */
export const numberText = (value: number): string => (value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential() : `${value}`)

/** A value in Python source. */
export const literalText = (value: Literal): string => {
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return typeof value === 'number' ? numberText(value) : value
}

/** The maximum length of a source line. */
export const maxLineLength = 100

/** The source of a call, with one argument per line if it is too long. */
export const callText = (callee: string, args: readonly string[], indent: string): string => {
  const line = `${callee}(${args.join(', ')})`
  if (indent.length + line.length < maxLineLength || args.length === 0) return line
  return `${callee}(\n${args.map((arg) => `${indent}    ${arg},\n`).join('')}${indent})`
}

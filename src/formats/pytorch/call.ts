/** Python calls as data, so that code that is used several times can become a class with parameters. */

/** A value that Python reads as it stands: `64`, `(1, 2)`, `True`. */
export type Literal = number | boolean | string

/** An argument of a call. */
export interface Argument {
  /** The parameter's name in PyTorch, `'in_channels'`. */
  readonly name: string
  readonly value: Literal
  /** Whether it is written with its name, `stride=2`. */
  readonly keyword: boolean
}

/** A call that makes a module, `nn.Conv2d(3, 64, kernel_size=7)`. */
export interface Call {
  /** `'nn.Conv2d'`, or the name of a class of the file. */
  readonly callee: string
  readonly args: readonly Argument[]
}

/**
 * A call of a class.
 *
 * @param positional arguments by position, each under its parameter's name
 * @param named arguments by name; those that are `undefined` are left out
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

/** A value, or nothing where it is what PyTorch takes anyway. */
export const unless = (standard: Literal, value: Literal): Literal | undefined => (value === standard ? undefined : value)

/** One number for all axes, or a tuple with one for each. */
export const perAxis = (values: readonly number[]): Literal =>
  values.every((value) => value === values[0]) ? (values[0] as number) : tuple(values.map(numberText))

/** A tuple, `(1, 2)`; of one member `(1,)`. */
export const tuple = (members: readonly string[]): string => (members.length === 1 ? `(${members[0]},)` : `(${members.join(', ')})`)

/** A number as Python reads it. */
export const numberText = (value: number): string => (value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential() : `${value}`)

/** A value as Python reads it. */
export const literalText = (value: Literal): string => {
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return typeof value === 'number' ? numberText(value) : value
}

/** How long a line of source may be. */
export const longestLine = 100

/** A call as source; one that is too long for a line has a line for each argument. */
export const callText = (callee: string, args: readonly string[], indent: string): string => {
  const line = `${callee}(${args.join(', ')})`
  if (indent.length + line.length < longestLine || args.length === 0) return line
  return `${callee}(\n${args.map((arg) => `${indent}    ${arg},\n`).join('')}${indent})`
}

/** What the oracle says of a layer: what comes out of it and what it costs, or that there can be no such layer. */

/** A shape, channels last. */
export type Sizes = readonly number[]

/** A layer as plain data: the name of its method, and the arguments. Layers in it are arguments too. */
export interface Described {
  readonly kind: string
  readonly args: readonly unknown[]
}

/** What a layer gives, and what it costs for one sample. */
export interface Costs {
  readonly output: Sizes
  readonly params: number
  readonly macs: number
}

/** Why there can be no such layer: a closed list. */
export type Reason =
  | 'a number that cannot be'
  | 'not one value for each axis'
  | 'no such option'
  | 'another number of axes'
  | 'a window that does not fit'
  | 'a window larger than its input'
  | 'padding as large as a window'
  | 'numbers that do not divide'
  | 'nothing is left'
  | 'another number of values'
  | 'branches that differ'
  | 'no such axis or token'
  | 'no name'
  | 'a name that is taken'
  | 'a join of one'

/** There can be no such layer. */
export class Impossible extends Error {
  constructor(readonly reason: Reason) {
    super(reason)
  }
}

/** Ends with {@link Impossible} where a condition does not hold. */
export function demand(holds: boolean, reason: Reason): asserts holds {
  if (!holds) throw new Impossible(reason)
}

/** A whole number of at least `least`. */
export const whole = (value: unknown, least: 0 | 1): number => {
  demand(Number.isInteger(value) && (value as number) >= least, 'a number that cannot be')
  return value as number
}

/** A share, at least 0 and below 1. */
export const share = (value: unknown): void => {
  demand(typeof value === 'number' && value >= 0 && value < 1, 'a number that cannot be')
}

/** The options of a layer, of which there are only those named. */
export const optionsOf = (value: unknown, names: readonly string[]): Readonly<Record<string, unknown>> => {
  const options = (value ?? {}) as Readonly<Record<string, unknown>>
  demand(
    Object.keys(options).every((name) => name === 'name' || names.includes(name)),
    'no such option',
  )
  return options
}

export const product = (sizes: Sizes): number => sizes.reduce((so, size) => so * size, 1)

export const spatialOf = (input: Sizes): Sizes => input.slice(0, -1)

export const channelsOf = (input: Sizes): number => input.at(-1) as number

/** The spatial sizes of an input with so many spatial axes. */
export const spatialAxes = (input: Sizes, least: number, most = least): Sizes => {
  const { length } = spatialOf(input)
  demand(length >= least && length <= most, 'another number of axes')
  return spatialOf(input)
}

/** One value for each axis: a number stands for all of them. */
export const forEachAxis = <Value>(value: Value | readonly Value[], axes: number): readonly Value[] => {
  if (!Array.isArray(value)) return Array.from({ length: axes }, () => value as Value)
  demand(value.length === axes, 'not one value for each axis')
  return value
}

/** A layer that leaves its input's shape and has no products with weights. */
export const keeps = (input: Sizes, params = 0): Costs => ({ output: input, params, macs: 0 })

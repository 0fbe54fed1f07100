/*
 * The settings of layers, as files have them.
 */

/** One number where all axes have the same, else the list. */
export const oneOrEach = <Each>(values: readonly Each[]): Each | readonly Each[] =>
  typeof values[0] === 'number' && values.every((value) => value === values[0]) ? values[0] : values

/** Settings without those that are standard anyway. */
export const settingsOf = (all: Readonly<Record<string, unknown>>, standard: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(all).filter(([name, value]) => !(Object.hasOwn(standard, name) && standard[name] === value)))

/** A float of a file as it was written: the shortest decimal that is the same in single precision. */
export const decimal = (value: number): number => {
  for (let digits = 1; digits < 9; digits += 1) {
    const rounded = Number(value.toPrecision(digits))
    if (Math.fround(rounded) === Math.fround(value)) return rounded
  }
  return value
}

/** Whether an average pool counts the zeros of its padding. By default it counts those of numbers, and not those of `'same'`. */
export const countsPadding = ({ padding, countIncludePad }: Readonly<Record<string, unknown>>): boolean =>
  typeof countIncludePad === 'boolean' ? countIncludePad : padding !== 'same'

/**
 * The largest bound that is read as a rescale around a rectifier, as `relu6` has 0 and 6: rescaled by larger ones, small values would lose
 * their last digits.
 */
export const mostBound = 100

import { named as shortened } from '../../shape/printable.js'

/** How what stands in a file is said in messages: names may be long or hold anything, and lists may be longer than a line. */

/** Values of a list that are shown. */
const mostValues = 12

/** A name of the file: cut where it is long, and with escapes for what a terminal would not print as it is. */
export const named = (name: string): string => shortened(name)

/** A list of the file, cut where it is long. */
export const listed = (values: readonly unknown[]): string => {
  const shown = values.slice(0, mostValues).map((value) => (typeof value === 'string' ? named(value) : `${value}`))
  return `[${[...shown, ...(values.length > mostValues ? ['...'] : [])].join(', ')}]`
}

import { FormatError } from '../network/format-error.js'
import { listOf, shown } from '../shape/message.js'
import { isObject } from '../shape/objects.js'
import { named } from '../shape/printable.js'
import type { Shape } from '../shape/shape.js'

/*
 * Files may leave sizes of their inputs open. Layers here need them, so whoever reads the file says them.
 */

/** Sizes of one example of the only input, or of each input by its name. */
export type InputSizesGiven = Shape | Readonly<Record<string, Shape>>

/** An input as a file has it. */
export interface InputOfFile {
  readonly name: string
  /** Sizes of one example, `undefined` for one that is open; `undefined` where the file says nothing of them. */
  readonly sizes: readonly (number | undefined)[] | undefined
  /** The file's name for each size, where it has one. Sizes of one name are the same in all inputs. */
  readonly dimensions?: readonly (string | undefined)[]
}

/**
 * The shapes of a file's inputs.
 *
 * @param given what the user says of them; sizes that the file has must be the same
 * @throws {FormatError} when a size is open still, or is another in the file; when there is no such input
 */
export const settledShapes = (format: string, inputs: readonly InputOfFile[], given: unknown): Shape[] => {
  const names = inputs.map(({ name }) => name)
  const said = givenByName(format, names, given)
  const known = new Map<string, number>()
  for (const { name, sizes, dimensions = [] } of inputs) {
    const own = Object.hasOwn(said, name) ? said[name] : undefined
    if (own === undefined) continue
    if (!isSame(sizes, own))
      throw new FormatError(
        `input is ${own.join('x')}, and the file has ${sizesText(sizes)} there.${remedyFor(sizes, own)}`,
        format,
        named(name),
      )
    for (const [axis, dimension] of dimensions.entries()) if (dimension !== undefined) known.set(dimension, own[axis] as number)
  }
  const shapes = inputs.map(({ name, sizes, dimensions = [] }) =>
    Object.hasOwn(said, name) ? said[name] : sizes?.map((size, axis) => size ?? known.get(dimensions[axis] ?? '')),
  )
  const open = inputs.filter((_, index) => shapes[index]?.every((size) => size !== undefined) !== true)
  if (open.length === 0) return shapes as Shape[]
  const [first] = open as [InputOfFile]
  const isOne = inputs.length === 1
  const examples = open.map(({ name, sizes }) => [name, exampleOf(sizes)] as const)
  const list = open.map((input) => `'${named(input.name)}' (${openText(input)})`)
  const what = isOne
    ? first.sizes === undefined
      ? 'the file does not say the shape of its input.'
      : `the file leaves sizes of its input open: ${openText(first)}.`
    : `the file leaves sizes open, those of ${listOf(list)}.`
  const option = isOne
    ? `[${examples[0]?.[1].join(', ')}]`
    : `{ ${examples.map(([name, example]) => `${keyText(name)}: [${example.join(', ')}]`).join(', ')} }`
  const flags = examples.map(([name, example]) => `--input ${isOne ? '' : `${named(name)}=`}${example.join(',')}`).join(' ')
  throw new FormatError(`${what} Set them with the option input, such as ${option} (${flags}).`, format, '')
}

/** Whether sizes are those of the file, where that has some. */
const isSame = (sizes: InputOfFile['sizes'], own: Shape): boolean =>
  sizes === undefined || (sizes.length === own.length && sizes.every((size, axis) => size === undefined || size === own[axis]))

/** What to do where the sizes have a batch before them, or the channels. */
const remedyFor = (sizes: InputOfFile['sizes'], own: Shape): string => {
  const rotated = ([first, ...others]: Shape): Shape => [...others, first as number]
  const one = own.slice(1)
  const fitting = own.length > 2 ? [rotated(own), one, rotated(one)] : [one]
  const found = fitting.find((each) => each.length > 0 && isSame(sizes, each))
  return found ? ` Sizes are those of one sample, channels last: ${found.join(',')}.` : ''
}

const keyText = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : `'${named(name)}'`)

const sizesText = (sizes: InputOfFile['sizes']): string =>
  sizes === undefined ? 'it says no shape' : sizes.map((size) => size ?? '?').join('x')

/** The sizes, and the names that the file has for those that are open. */
const openText = ({ sizes, dimensions = [] }: InputOfFile): string => {
  const open = dimensions.filter((name, axis): name is string => name !== undefined && sizes?.[axis] === undefined)
  return `${sizesText(sizes)}${open.length > 0 ? `, for ${listOf(open.map((name) => `'${named(name)}'`))}` : ''}`
}

/** Sizes as a user could say them: what is known, and common sizes for the rest. */
const exampleOf = (sizes: InputOfFile['sizes']): number[] => {
  const known = sizes ?? [undefined, undefined, 3]
  return known.map((size) => size ?? (known.length === 3 ? 224 : 100))
}

/** What the option says, for each input. */
const givenByName = (format: string, names: readonly string[], given: unknown): Readonly<Record<string, Shape>> => {
  if (given === undefined) return {}
  const wrong = (value: unknown): never => {
    throw new FormatError(
      `the option input must be sizes such as [224, 224, 3], or such a list for each name, not ${shown(value)}.`,
      format,
      '',
    )
  }
  const shapeOf = (value: unknown): Shape =>
    Array.isArray(value) && value.length > 0 && value.length <= 8 && value.every((size) => Number.isSafeInteger(size) && size > 0)
      ? (value as Shape)
      : wrong(value)
  const listed = listOf(names.slice(0, 20).map((name) => `'${named(name)}'`))
  if (Array.isArray(given)) {
    if (names.length === 1) return { [names[0] as string]: shapeOf(given) }
    throw new FormatError(`the file has ${names.length} inputs, so each size needs a name. The inputs are ${listed}.`, format, '')
  }
  if (!isObject(given)) return wrong(given)
  const entries = Object.entries(given)
  for (const [name] of entries) {
    if (!names.includes(name))
      throw new FormatError(
        `there is no input '${named(name)}'. ${names.length === 1 ? 'The input is' : 'The inputs are'} ${listed}.`,
        format,
        '',
      )
  }
  return Object.fromEntries(entries.map(([name, value]) => [name, shapeOf(value)]))
}

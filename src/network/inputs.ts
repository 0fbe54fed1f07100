import type { IsBlank } from '../layers/kind/named.js'
import { type Fill, fill, ShapeError } from '../shape/message.js'
import type { Shape } from '../shape/shape.js'
import { requireWhole, type WholeMessage } from '../shape/whole.js'
import type { InputSizes } from './input.js'
import { inputsLink } from './link.js'
import { type Network, networkOn } from './network.js'

const noInputs = 'inputs: needs the shape of each input by its name, such as inputs({ image: [224, 224, 3], sensors: [12] }).'
const noName = "inputs: an input cannot be called '{name}'."
const wrongAxes = "inputs: '{name}' takes one to four dimensions in a list, such as [224, 224, 3], not {count}."

/** Names that mean something else in a network's type, and those of no letter. */
const reserved = ['kept', 'shared', ''] as const

/** What people write for the shapes of inputs: what is none gets a sentence. */
type InputsLike = { readonly [name: string]: Shape | number | string } | Shape | number

/**
 * The shapes of inputs, with the sentence in place of each that is none. `Given` stands bare in it too, since from the mapped type alone the
 * compiler infers nothing of `{}`.
 */
type CheckedInputs<Given> = [Given] extends [never]
  ? Given
  : [Given] extends [Shape | number]
    ? typeof noInputs
    : keyof Given extends never
      ? typeof noInputs
      : {
          [Name in keyof Given]: IsReserved<Name> extends true
            ? Fill<typeof noName, { name: Name }>
            : Given[Name] extends readonly [unknown, unknown?, unknown?, unknown?]
              ? [DimensionsMessage<Given[Name]>] extends [never]
                ? Given[Name]
                : DimensionsMessage<Given[Name]>
              : Given[Name] extends readonly unknown[]
                ? number extends Given[Name]['length']
                  ? Given[Name]
                  : Fill<typeof wrongAxes, { name: Name & string; count: `${Given[Name]['length']}` }>
                : Fill<typeof wrongAxes, { name: Name & string; count: 'this' }>
        }

type IsReserved<Name> = Name extends (typeof reserved)[number] ? true : IsBlank<Name>

type DimensionsMessage<Dimensions> = Dimensions extends readonly unknown[] ? WholeMessage<'inputs', 'a dimension', Dimensions, 1> : never

/** The names of the inputs; of what is no record there are none. */
type NamesOf<Given> = Given extends Shape | number ? never : keyof Given

type SizesOf<Given> = Given extends Shape ? InputSizes<Given> : Shape

/**
 * Begins a network with several inputs, each with a name and the shape of one example.
 *
 * There is no current value yet: go on from one with `from`, or join them by their names.
 *
 * @param shapes the shape of each input by its name, channels last and without a batch axis
 * @throws {ShapeError} when a dimension is no whole number of at least 1, or a name is empty
 * @example
 * inputs({ image: [28, 28, 1], label: [10] }).from('image').flatten().concat('label', identity())
 * // Network<{ image: [28, 28, 1]; label: [10] }, [794], 0>
 */
export function inputs<const Given extends InputsLike>(
  shapes: CheckedInputs<Given>,
): Network<{ [Name in NamesOf<Given>]: SizesOf<Given[Name]> }, { [Name in NamesOf<Given>]: SizesOf<Given[Name]> }, 0>
export function inputs(shapes: unknown): unknown {
  if (typeof shapes !== 'object' || shapes === null || Array.isArray(shapes) || Object.keys(shapes).length === 0)
    throw new ShapeError(noInputs, 'inputs', 'shapes')
  for (const [name, shape] of Object.entries(shapes)) requireInputShape(name, shape)
  return networkOn(inputsLink(shapes as Record<string, Shape>))
}

const requireInputShape = (name: string, shape: unknown): void => {
  if ((reserved as readonly string[]).includes(name) || name.trim() === '') throw new ShapeError(fill(noName, { name }), 'inputs', 'shapes')
  if (!Array.isArray(shape) || shape.length < 1 || shape.length > 4) {
    const count = Array.isArray(shape) ? `${shape.length}` : 'this'
    throw new ShapeError(fill(wrongAxes, { name, count }), 'inputs', 'shapes')
  }
  for (const size of shape) requireWhole('inputs', 'a dimension', size, 1)
}

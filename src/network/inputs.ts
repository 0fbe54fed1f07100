import type { IsBlank, PlainName, PropertyNamed } from '../layers/kind/named.js'
import { type Fill, fill, ShapeError } from '../shape/message.js'
import type { Shape } from '../shape/shape.js'
import { requireWhole, type WholeMessage } from '../shape/whole.js'
import { isMade } from './described.js'
import type { InputSizes } from './input.js'
import { inputsLink } from './link.js'
import { type Network, networkOn } from './network.js'

const noInputs = 'inputs: needs the shape of each input by its name, such as inputs({ image: [224, 224, 3], sensors: [12] }).'
const noName = "inputs: an input cannot be called '{name}'."
const wrongAxes = "inputs: '{name}' takes one to four dimensions in a list, such as [224, 224, 3], not {count}."

/** Names with another meaning in a network's type, and the empty name. */
const reserved = ['kept', 'shared', ''] as const

/** Accepted as an argument so that anything but a record of shapes gets a message. */
type InputsLike = { readonly [name: string]: Shape | number | string } | Shape | number

/**
 * The shapes of inputs, with a message in place of each invalid one. The type parameter also appears by itself, since the compiler
 * infers nothing for `{}` from a mapped type alone.
 */
type CheckedInputs<Shapes> = [Shapes] extends [never]
  ? Shapes
  : [Shapes] extends [Shape | number]
    ? typeof noInputs
    : keyof Shapes extends never
      ? typeof noInputs
      : {
          [Name in keyof Shapes]: IsReserved<Name> extends true
            ? Fill<typeof noName, { name: Name }>
            : Shapes[Name] extends readonly [unknown, unknown?, unknown?, unknown?]
              ? [DimensionsMessage<Shapes[Name]>] extends [never]
                ? Shapes[Name]
                : DimensionsMessage<Shapes[Name]>
              : Shapes[Name] extends readonly unknown[]
                ? number extends Shapes[Name]['length']
                  ? Shapes[Name]
                  : Fill<typeof wrongAxes, { name: Name & string; count: `${Shapes[Name]['length']}` }>
                : Fill<typeof wrongAxes, { name: Name & string; count: 'this' }>
        }

type IsReserved<Name> = Name extends (typeof reserved)[number] ? true : IsBlank<Name>

type DimensionsMessage<Dimensions> = Dimensions extends readonly unknown[] ? WholeMessage<'inputs', 'a dimension', Dimensions, 1> : never

/** The names of the inputs, also for members of an enum; none if the argument is not a record. */
type NamesOf<Shapes> = Shapes extends Shape | number ? never : KeyOf<keyof Shapes>

type KeyOf<Name> = Name extends string ? PlainName<Name> : Name

type SizesOf<Dimensions> = Dimensions extends Shape ? InputSizes<Dimensions> : Shape

/** The network of these inputs. Its shapes are bound first, since it has them twice. */
type NetworkOn<Shapes> = { [Name in NamesOf<Shapes>]: SizesOf<PropertyNamed<Shapes, Name>> } extends infer Inputs extends Values
  ? Network<Inputs, Inputs, 0>
  : never

/** Several values by name. */
interface Values {
  readonly [name: string]: Shape
}

/**
 * Starts a network with several inputs, each with a name and the shape of one sample.
 *
 * There is no current value yet: continue from one input with `from`, or join inputs by name.
 *
 * @param shapes the shape of each input by name, channels last and without a batch axis
 * @throws {ShapeError} when a dimension is not a whole number of at least 1, or a name is empty
 * @example
 * inputs({ image: [28, 28, 1], label: [10] }).from('image').flatten().concat('label', identity())
 * // Network<{ image: [28, 28, 1]; label: [10] }, [794], 0>
 */
export function inputs<const Shapes extends InputsLike>(shapes: CheckedInputs<Shapes>): NetworkOn<Shapes>
export function inputs(shapes: unknown, ...more: unknown[]): unknown {
  if (
    typeof shapes !== 'object' ||
    shapes === null ||
    Array.isArray(shapes) ||
    isMade(shapes) ||
    Object.keys(shapes).length === 0 ||
    more.length > 0
  )
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

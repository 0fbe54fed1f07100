import type { UnplacedFunction } from '../layers/kind/branch.js'
import type { IsBlank, PropertyNamed } from '../layers/kind/named.js'
import { copied, isPlain } from '../layers/kind/value.js'
import { type Fill, fill, ShapeError } from '../shape/message.js'
import type { Shape } from '../shape/shape.js'
import { type NoNumberText, requireWhole, type WholeMessage } from '../shape/whole.js'
import type { InputSizes } from './input.js'
import { inputsLink } from './link.js'
import { networkOn } from './linked-network.js'
import type { Network } from './network.js'
import type { AnyArgument, NoRecordFault, RecordOr } from './records.js'

const noInputs = 'inputs: needs the shape of each input by its name, such as inputs({ image: [224, 224, 3], sensors: [12] }).'
const noName = "inputs: an input cannot be called '{name}'."
const wrongAxes = "inputs: '{name}' takes one to four dimensions in a list, such as [224, 224, 3], not {count}."

/** Inputs before the compiler knows any of them. It tells the compiler the types of the parameters of functions. */
type AnyInputs = Readonly<Record<string, Shape | UnplacedFunction | readonly UnplacedFunction[]>>

/**
 * The shapes of inputs, with a message in place of each invalid one. The type parameter also appears by itself, since the compiler
 * infers nothing for `{}` from a mapped type alone.
 */
type CheckedInputs<Shapes> = [Shapes] extends [never]
  ? Shapes
  : [Shapes, AnyInputs, string] extends [AnyInputs, Shapes, keyof Shapes]
    ? AnyInputs | UnplacedFunction | readonly UnplacedFunction[]
    : RecordOr<Shapes, typeof noInputs> extends typeof noInputs
      ? NoRecordFault<Shapes, typeof noInputs>
      : string extends keyof Shapes
        ? Shapes extends Values
          ? Shapes
          : typeof noInputs
        : { [Name in keyof Shapes]: CheckedShape<NamesOf<Name>, Shapes[Name]> }

/** The shape of one input, or its message. Before the compiler has looked into a function, it is `unknown`. */
type CheckedShape<Name, Given> = unknown extends Given
  ? Fill<typeof wrongAxes, { name: Name; count: 'this' }> | UnplacedFunction | readonly UnplacedFunction[]
  : IsReserved<Name> extends true
    ? Fill<typeof noName, { name: Name }>
    : Given extends readonly [unknown, unknown?, unknown?, unknown?]
      ? [SizesMessage<Given>] extends [never]
        ? Given
        : SizesMessage<Given>
      : Given extends Shape
        ? number extends Given['length']
          ? Given
          : Fill<typeof wrongAxes, { name: Name; count: `${Given['length']}` }>
        : Fill<typeof wrongAxes, { name: Name; count: Given extends readonly unknown[] ? `${Given['length']}` : 'this' }>

/** Names with another meaning in a network's type, and empty names. */
type IsReserved<Name> = Name extends 'kept' | 'shared' ? true : IsBlank<Name>

/** The message for the first dimension that is not a whole number of at least 1; `never` if there is none. */
type SizesMessage<Sizes> = Sizes extends Shape
  ? WholeMessage<'inputs', 'a dimension', Sizes, 1>
  : Sizes extends readonly [infer First, ...infer Rest]
    ? First extends number
      ? [WholeMessage<'inputs', 'a dimension', First, 1>] extends [never]
        ? SizesMessage<Rest>
        : WholeMessage<'inputs', 'a dimension', First, 1>
      : NoNumberText<'inputs', 'a dimension', First>
    : never

/** The names of the inputs as text, also for members of an enum and whole numbers, which are numbers as keys. */
type NamesOf<Name> = `${Name & (string | number)}`

type SizesOf<Dimensions> = Dimensions extends Shape ? InputSizes<Dimensions> : Shape

/** The network of these inputs. Its shapes are bound first, since it has them twice. */
type NetworkOn<Shapes> = { [Name in NamesOf<keyof Shapes>]: SizesOf<PropertyNamed<Shapes, Name>> } extends infer Inputs extends Values
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
export function inputs<const Shapes extends AnyArgument = AnyInputs>(
  shapes: CheckedInputs<Shapes>,
): RecordOr<Shapes, AnyInputs> extends infer Known ? NetworkOn<Known> : never
export function inputs(given: unknown, ...more: unknown[]): unknown {
  const shapes = copied(given, 'inputs')
  if (!isPlain(shapes) || Object.keys(shapes).length === 0 || more.length > 0) throw new ShapeError(noInputs, 'inputs', 'shapes')
  for (const [name, shape] of Object.entries(shapes)) requireInputShape(name, shape)
  return networkOn(inputsLink(shapes as Record<string, Shape>))
}

const requireInputShape = (name: string, shape: unknown): void => {
  if (/^(?:kept|shared|\s*)$/.test(name)) throw new ShapeError(fill(noName, { name }), 'inputs', 'shapes')
  if (!Array.isArray(shape) || shape.length < 1 || shape.length > 4) {
    const count = Array.isArray(shape) ? `${shape.length}` : 'this'
    throw new ShapeError(fill(wrongAxes, { name, count }), 'inputs', 'shapes')
  }
  for (const size of shape) requireWhole('inputs', 'a dimension', size, 1)
}

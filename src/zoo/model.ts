import { type AnyLayer, block, dense, input, type Layer, type Network, type Shape, ShapeError } from '../index.js'
import { requireKnownOptions } from '../layers/kind/options.js'
import type { LayerOn, ParamsAfter } from '../layers/kind/rule-of.js'
import { copied } from '../layers/kind/value.js'
import { requireWhole, type WholeMessage } from '../shape/whole.js'
import { type SizeAdvice, sizeAdvice } from './sizes.js'

/*
 * A model is a function whose result is a literal type. The rules cannot run inside a function that is generic in its classes or its
 * input. So a model's body is a layer value, and the rules run where a call makes classes and input concrete.
 */

const notCalled = 'zoo: the options cannot be a network. Call the model first, such as .apply(vgg16()).'

/** The options of every model. */
export interface ModelOptions<Classes, Size> {
  /** The number of classes, the size of the last layer. */
  readonly classes?: Classes
  /** The height and width of the images. The default is that of the publication. */
  readonly input?: Size
}

/** The constraint of a model's type parameters. `'standard'` means that no call has set one: see {@link Or}. */
export type Count = number | 'standard'

/**
 * The size or the number of classes that a call sets. Only a type without a call, such as `ReturnType<typeof vgg16>`, still contains
 * `'standard'` and gets the model's default. `NoInfer` stops inference from the type that a result is assigned to, so a wrong
 * annotation is an error.
 */
export type Or<Given extends Count, Standard extends number> = 'standard' extends Given ? Standard : NoInfer<Given & number>

/** A function that creates a layer value. */
export type Builder = (...args: never[]) => AnyLayer

/**
 * The size if the body accepts it, otherwise the message with the reason and with sizes that fit.
 *
 * A model's signature spells out `ModelOptions<ClassesFor<Classes>, SizeFor<Body, Size, 224>>`. Behind an alias, editors would show the
 * whole body wherever they show the signature.
 */
export type SizeFor<Body extends Builder, Size extends Count, Standard extends number, Channels extends number = 3> = [Size] extends [
  number,
]
  ? [WholeMessage<'zoo', 'input', Size, 1>] extends [never]
    ? LayerOn<[Size, Size, Channels], ReturnType<Body>> extends infer Fault extends string
      ? `${WithoutFix<Fault>} ${SizeAdvice<ReturnType<Body>, Size, Standard, Channels>}`
      : Size
    : WholeMessage<'zoo', 'input', Size, 1>
  : number

/** A message without its suggested changes, since users cannot change the layers of a model. */
type WithoutFix<Fault extends string> = Fault extends `${infer Sentence} Use ${string}` ? Sentence : Fault

/** The number of classes if it is valid, otherwise the message. */
export type ClassesFor<Classes extends Count> = [Classes] extends [number]
  ? [WholeMessage<'zoo', 'classes', Classes, 1>] extends [never]
    ? Classes
    : WholeMessage<'zoo', 'classes', Classes, 1>
  : number

/** The parameters of a layer value on square images with three channels. */
export type ParamsOn<Size extends number, Value> = ParamsAfter<0, [Size, Size, 3], Value>

/** A body followed by a dense layer for the classes. */
export type WithDense<Body extends Builder, Classes extends number> = Layer<'block', [ReturnType<Body>, Layer<'dense', [Classes]>]>

/**
 * A function that creates a classifier for images with three channels. The body ends in a vector, and a dense layer computes the
 * scores.
 *
 * `Body` creates the layers before that dense layer, `Standard` is the default size of the images, and `Extra` are the options of that
 * model alone.
 */
export type Classifier<Body extends Builder, Standard extends number, Extra = unknown> = <
  Classes extends Count = 1000,
  Size extends Count = Standard,
>(
  /** `classes`, `input` (height and width) and options of this model; all have defaults. */
  options?: ModelOptions<ClassesFor<Classes>, SizeFor<Body, Size, Standard>> & Extra,
) => Network<
  [Or<Size, Standard>, Or<Size, Standard>, 3],
  [Or<Classes, 1000>],
  ParamsOn<Or<Size, Standard>, WithDense<Body, Or<Classes, 1000>>>
>

/** The settings of a classifier at run time. */
interface ClassifierSettings {
  /** The names of options that only this model has. */
  readonly known?: readonly string[]
  /** A layer without parameters after the last. */
  readonly after?: AnyLayer
}

/** A {@link Classifier} at run time. */
export const classifier = (
  body: AnyLayer,
  standard: number,
  options?: ModelOptions<unknown, unknown>,
  settings: ClassifierSettings = {},
): never => onImages((classes) => [body, dense(classes), ...(settings.after ? [settings.after] : [])], standard, options, settings.known)

/** The default input channels and number of classes: 3 and 1000, unless the model sets others. */
interface Defaults {
  readonly channels: number
  readonly classes: number
}

/**
 * Creates a network for square images, from a function that returns its parts for a number of classes. The first part is the body,
 * which {@link SizeFor} checks, or a function that creates the body for images of one size.
 */
export const onImages = (
  parts: (classes: number) => readonly [AnyLayer | ((side: number) => AnyLayer), ...AnyLayer[]],
  standard: number,
  given: ModelOptions<unknown, unknown> = {},
  known: readonly string[] = [],
  defaults: Defaults = { channels: 3, classes: 1000 },
): never => {
  const options = copied(given, 'zoo')
  if (Object(options).graph) throw new ShapeError(notCalled, 'zoo', 'options')
  requireKnownOptions('zoo', options, ['classes', 'input', ...known])
  const { classes = defaults.classes, input: size = standard } = options as ModelOptions<number, number>
  requireWhole('zoo', 'options.classes', classes, 1)
  requireWhole('zoo', 'options.input', size, 1)
  const [body, ...head] = parts(classes)
  const build = (side: number) => input(side, side, defaults.channels).apply(typeof body === 'function' ? body(side) : body)
  return withSizeAdvice(
    () => build(size),
    () => sizeAdvice(build, size, standard),
  ).apply(block(...head)) as never
}

/** The message of {@link SizeFor} at run time: it suggests sizes instead of changes to a layer. */
const withSizeAdvice = (run: () => Network<Shape, Shape, number>, advised: () => string): Network<Shape, Shape, number> => {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error
    throw new ShapeError(`${error.message.replace(/ Use .*$/, '')} ${advised()}`, error.operation, error.argument)
  }
}

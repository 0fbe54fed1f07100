import { type AnyLayer, block, dense, input, type Layer, type Network, type Shape, ShapeError } from '../index.js'
import { requireKnownOptions } from '../layers/kind/options.js'
import type { LayerOn, ParamsAfter } from '../layers/kind/rule-of.js'
import { requireWhole, type WholeMessage } from '../shape/whole.js'
import { type SizeAdvice, sizeAdvice } from './sizes.js'

/*
 * A model is a function whose result is a literal type. Inside a function that is generic in its classes or its input the rules
 * cannot run; so a model's body is a layer value, and the rules meet it where the call makes classes and input concrete.
 */

/** What every model takes. */
export interface ModelOptions<Classes, Size> {
  /** How many classes the last layer scores. */
  readonly classes?: Classes
  /** Height and width of an image; by default those of the publication. */
  readonly input?: Size
}

/** What a model's type parameters stand for; `'standard'` is nothing that a call gives: see {@link Or}. */
export type Count = number | 'standard'

/**
 * The size or the number of classes that a call gives. Only a type that no call has made, as in `ReturnType<typeof vgg16>`, still
 * holds `'standard'`: there the model has its own. Nothing is inferred from the type that a result is assigned to: a wrong one is refused.
 */
export type Or<Given extends Count, Standard extends number> = 'standard' extends Given ? Standard : NoInfer<Given & number>

/** A function that makes a layer value. */
export type Builder = (...args: never[]) => AnyLayer

/**
 * The size where it is one that the body fits; else the sentence that says what does not fit, and sizes that do.
 *
 * A model's options are written `ModelOptions<ClassesFor<Classes>, SizeFor<Body, Size, 224>>` in its own signature: behind another name,
 * editors would show the whole body wherever they show the signature.
 */
export type SizeFor<Body extends Builder, Size extends Count, Standard extends number, Channels extends number = 3> = [Size] extends [
  number,
]
  ? [WholeMessage<'zoo', 'input', Size, 1>] extends [never]
    ? LayerOn<[Size, Size, Channels], ReturnType<Body>> extends infer Fault extends string
      ? `${WithoutAdvice<Fault>} ${SizeAdvice<ReturnType<Body>, Size, Standard, Channels>}`
      : Size
    : WholeMessage<'zoo', 'input', Size, 1>
  : number

/** A sentence without the changes that it suggests: nobody can change the layers of a model. */
type WithoutAdvice<Fault extends string> = Fault extends `${infer Sentence} Use ${string}` ? Sentence : Fault

/** The classes where there can be so many; else the sentence that says why not. */
export type ClassesFor<Classes extends Count> = [Classes] extends [number]
  ? [WholeMessage<'zoo', 'classes', Classes, 1>] extends [never]
    ? Classes
    : WholeMessage<'zoo', 'classes', Classes, 1>
  : number

/** The parameters of a layer value on square images with three channels. */
export type ParamsOn<Size extends number, Value> = ParamsAfter<0, [Size, Size, 3], Value>

/** A body with a dense layer for the classes behind it. */
export type WithDense<Body extends Builder, Classes extends number> = Layer<'block', [ReturnType<Body>, Layer<'dense', [Classes]>]>

/**
 * A function that makes a classifier for images of three channels; the body ends in a vector, and a dense layer scores it.
 *
 * `Body` makes the layers before that dense layer, `Standard` is the size of the images unless another is given, `Extra` are the
 * options of that model alone.
 */
export type Classifier<Body extends Builder, Standard extends number, Extra = unknown> = <
  Classes extends Count = 1000,
  Size extends Count = Standard,
>(
  /** `classes`, `input` (height and width) and what is particular to the model; all have defaults. */
  options?: ModelOptions<ClassesFor<Classes>, SizeFor<Body, Size, Standard>> & Extra,
) => Network<
  [Or<Size, Standard>, Or<Size, Standard>, 3],
  [Or<Classes, 1000>],
  ParamsOn<Or<Size, Standard>, WithDense<Body, Or<Classes, 1000>>>
>

/** What is particular about a model at run time. */
interface Particulars {
  /** The names of options that it alone has. */
  readonly known?: readonly string[]
  /** A layer without parameters behind the last. */
  readonly after?: AnyLayer
}

/** A {@link Classifier} at run time. */
export const classifier = (body: AnyLayer, standard: number, options?: ModelOptions<unknown, unknown>, more: Particulars = {}): never =>
  onImages((classes) => [body, dense(classes), ...(more.after ? [more.after] : [])], standard, options, more.known)

/** The default input and number of classes of a model: photographs and 1000 classes, unless the model says otherwise. */
interface Purpose {
  readonly channels: number
  readonly classes: number
}

/** A network for square images, from what makes its parts for a number of classes: first the body, which {@link SizeFor} looks at. */
export const onImages = (
  parts: (classes: number) => readonly [AnyLayer, ...AnyLayer[]],
  standard: number,
  options: ModelOptions<unknown, unknown> = {},
  known: readonly string[] = [],
  purpose: Purpose = { channels: 3, classes: 1000 },
): never => {
  requireKnownOptions('zoo', options, ['classes', 'input', ...known])
  const { classes = purpose.classes, input: size = standard } = options as ModelOptions<number, number>
  requireWhole('zoo', 'options.classes', classes, 1)
  requireWhole('zoo', 'options.input', size, 1)
  const [body, ...head] = parts(classes)
  const on = (each: number) => input(each, each, purpose.channels).apply(body)
  return withSizes(
    () => on(size),
    () => sizeAdvice(on, size, standard),
  ).apply(block(...head)) as never
}

/** The sentence of {@link SizeFor} at run time: sizes in place of the changes that a layer suggests. */
const withSizes = (run: () => Network<Shape, Shape, number>, advised: () => string): Network<Shape, Shape, number> => {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error
    throw new ShapeError(`${error.message.replace(/ Use .*$/, '')} ${advised()}`, error.operation, error.argument)
  }
}

import { type AnyLayer, identity, type Layer, type Network } from '../../index.js'
import { requireBoolean } from '../../layers/kind/options.js'
import type { OutputOn } from '../../layers/kind/rule-of.js'
import { type Builder, type ClassesFor, type Count, type ModelOptions, type Or, onImages, type ParamsOn, type SizeFor } from '../model.js'

/*
 * A model of Keras has a body and a top. Both halves of a model are the same layers, except for what costs the compiler without an
 * effect on shapes and counts: at run time each layer has the name that Keras gives it, and a pooled map stays a map of one cell where
 * Keras reads it with 1x1 convolutions.
 */

/** The options of every model of Keras. */
export interface KerasOptions<Classes, Size, Top> extends ModelOptions<Classes, Size> {
  /** `false` leaves out the layers behind the last feature map, as Keras's `include_top` does. Default `true`. */
  readonly top?: Top & boolean
}

/** The constraint of the type parameter for `top`. `'standard'` means that there is no call: see `Or` of `zoo/model.ts`. */
export type Flag = boolean | 'standard'

/**
 * The layers of a body and a top with its classes, or those of a body and what Keras puts in place of the top; both for a flag that is
 * not known. The branches are written out, since the compiler would resolve both if they were passed to an alias.
 */
export type LayersOf<Body extends Builder, Head extends Builder, Bare extends Builder, Classes extends number, Top> = 'standard' extends Top
  ? WithTop<Body, Head, Classes>
  : Top extends false
    ? Layer<'block', [ReturnType<Body>, ReturnType<Bare>]>
    : WithTop<Body, Head, Classes>

type WithTop<Body extends Builder, Head extends Builder, Classes extends number> = Layer<
  'block',
  [ReturnType<Body>, ReturnType<Head>, Layer<'dense', [Classes]>]
>

/** The output of a model: the classes, or the feature map. */
export type EndOf<Size extends number, Body extends Builder, Bare extends Builder, Classes extends number, Top> = 'standard' extends Top
  ? [Classes]
  : Top extends false
    ? OutputOn<[Size, Size, 3], LayersOf<Body, Bare, Bare, Classes, false>>
    : [Classes]

/** What stands for nothing: in place of a top, or before the last layer. */
export type Nothing = () => Layer<'identity', []>

/**
 * A function that creates a model of Keras for images with three channels.
 *
 * `Body` creates the layers up to the feature map, `Head` those from there to the vector that the last layer reads, `Standard` is the
 * default size of the images. `Bare` creates what Keras puts in place of a top.
 */
export type KerasModel<Body extends Builder, Head extends Builder, Standard extends number, Bare extends Builder = Nothing> = <
  Classes extends Count = 1000,
  Size extends Count = Standard,
  Top extends Flag = true,
>(
  /** `classes`, `input` (height and width), `top`; all have defaults. */
  options?: KerasOptions<ClassesFor<Classes>, SizeFor<Body, Size, Standard>, Top>,
) => Network<
  [Or<Size, Standard>, Or<Size, Standard>, 3],
  EndOf<Or<Size, Standard>, Body, Bare, Or<Classes, 1000>, Top>,
  ParamsOn<Or<Size, Standard>, LayersOf<Body, Head, Bare, Or<Classes, 1000>, Top>>
>

/** The parts of a model at run time. */
export interface KerasParts {
  /** The layers up to the feature map, or a function that creates those for images of one size. */
  readonly body: AnyLayer | ((size: number) => AnyLayer)
  /** The layers behind the body, the last one included. */
  readonly head: (classes: number) => AnyLayer
  readonly standard: number
  /** In place of the head. */
  readonly bare?: AnyLayer
  /** The names of options that only this model has. */
  readonly known?: readonly string[]
}

/** A {@link KerasModel} at run time. */
export const kerasModel = (
  { body, head, standard, bare = identity(), known = [] }: KerasParts,
  options: KerasOptions<unknown, unknown, unknown> = {},
): never => {
  const hasTop = (): boolean => {
    const { top = true } = options
    requireBoolean('zoo', 'top', top)
    return top as boolean
  }
  return onImages((classes) => [body, hasTop() ? head(classes) : bare], standard, options, ['top', ...known])
}

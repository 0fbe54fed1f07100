import { ShapeError } from '../../shape/message.js'
import { type SameShape, sameShape } from '../../shape/same.js'
import type { AnyShape, Shape } from '../../shape/shape.js'
import type { Link } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { OutputOf } from '../kind/rule.js'
import type { IsSound, RuleOf } from '../kind/rule-of.js'
import { type AnyLayer, isLayer, type Layer, layerOf } from '../kind/value.js'
import { type IsLittleSmaller, isLittleSmaller } from './bridge.js'

/*
 * The output shape of a branch if all of its windows had padding 'same', since missing padding is the usual reason why a branch is too
 * small. A layer value is computed layer by layer. The layers of a function are unknown to the types, so its sizes decide.
 */

/** The output shape with padding; `never` if it is the same, or invalid. */
export type PaddedOutput<Input extends AnyShape, Value, Output> = Value extends string | Layer<'branch', Arguments>
  ? never
  : Value extends AnyLayer
    ? RuleOf<Input, Padded<Value>, unknown> extends infer Rule
      ? IsSound<Rule> extends true
        ? SameShape<OutputOf<Rule>, Output> extends true
          ? never
          : OutputOf<Rule>
        : never
      : never
    : [Input, Output] extends [
          readonly [...infer Sizes extends readonly number[], number],
          readonly [...infer Less extends readonly number[], infer Channels extends number],
        ]
      ? Sizes['length'] extends Less['length']
        ? SameShape<Sizes, Less> extends true
          ? never
          : IsLittleSmaller<Sizes, Less> extends true
            ? [...Sizes, Channels]
            : never
        : never
      : never

/** The kinds with a window, and the index of their options. */
type OptionsAt<Kind> = Kind extends `conv${1 | 2 | 3}d` | `separableConv${1 | 2}d`
  ? 2
  : Kind extends `${'depthwiseConv' | 'maxPool' | 'avgPool'}${1 | 2 | 3}d`
    ? 1
    : never

/** A layer value with padding `'same'` in every window. */
type Padded<Value> = unknown extends Value
  ? Value
  : Value extends Layer<infer Kind, infer Given extends Arguments>
    ? [OptionsAt<Kind>] extends [never]
      ? Layer<Kind, { [Index in keyof Given]: Padded<Given[Index]> }>
      : Layer<Kind, PaddedArguments<Given, OptionsAt<Kind>>>
    : Value

type PaddedArguments<Given, At> = At extends 1
  ? Given extends readonly [infer Kernel, (infer Options)?]
    ? [Kernel, PaddedOptions<Options>]
    : never
  : Given extends readonly [infer Filters, infer Kernel, (infer Options)?]
    ? [Filters, Kernel, PaddedOptions<Options>]
    : never

type PaddedOptions<Options> = Options extends object
  ? { [Name in keyof Options | 'padding']: Name extends 'padding' ? 'same' : Options[Name & keyof Options] }
  : { padding: 'same' }

/** {@link PaddedOutput} at run time. */
export const paddedOutput = (
  before: Link,
  follow: (before: Link, layer: AnyLayer) => Link,
  branch: unknown,
  output: Shape,
): Shape | undefined => {
  if (typeof branch === 'string' || before.values || (isLayer(branch) && branch.kind === 'branch')) return undefined
  if (isLayer(branch)) {
    const paddedShape = outputOf(() => follow(before, padded(branch)))
    return paddedShape === undefined || sameShape(paddedShape, output) ? undefined : paddedShape
  }
  const [sizes, less] = [before.applied.output.slice(0, -1), output.slice(0, -1)]
  return sameShape(sizes, less) || !isLittleSmaller(sizes, less) ? undefined : [...sizes, output.at(-1) as number]
}

const outputOf = (run: () => Link): Shape | undefined => {
  try {
    return run().applied.output
  } catch (error) {
    if (error instanceof ShapeError) return undefined
    throw error
  }
}

const windowKinds = /^(?:(conv[123]|separableConv[12])|(depthwiseConv|maxPool|avgPool)[123])d$/

const padded = ({ kind, given: paddedShape }: Layer<string, readonly unknown[]>): AnyLayer => {
  const found = windowKinds.exec(kind)
  if (!found) return layerOf(kind, paddedShape.map((each) => (isLayer(each) ? padded(each) : each)) as never)
  const at = found[1] === undefined ? 1 : 2
  return layerOf(kind, [...paddedShape.slice(0, at), { ...(paddedShape[at] as object | undefined), padding: 'same' }] as never)
}

import type { Arguments } from '../layers/kind/layer-rules.js'
import { type adviceOnFunctions, noLayer } from '../layers/kind/no-layer.js'
import { adviceOnFirst } from '../layers/kind/options.js'
import { type AnyLayer, isLayer, isLayerFunction, type Layer } from '../layers/kind/value.js'
import { type Fill, fill, ShapeError, type Shown } from '../shape/message.js'
import type { Shape } from '../shape/shape.js'
import { described } from './described.js'
import { kindOf } from './kinds.js'
import type { AnyNetwork } from './network.js'

/* Messages for values that are not a layer or a branch, and for too many arguments. */

const tooMany = '{operation}: takes {most}, not {count}.{advice}'
const unknownKind = "{where}there is no layer of the kind '{kind}'. Add it with defineLayer('{kind}', ...)."
const notCalled = '{where}{name} is a function: call it, {name}({inside}).'
const noBranch = '{where}a function must return its argument with layers added, such as x => x.relu(), not {given}.{advice}'
const callIt = ' To apply that network, call the function: .apply(build()).'
const keepIt = " To join an earlier value, name it there with .keep('early') and write 'early' here."

/** What to do with a value that is not a layer but contains layers. */
const adviceFor = {
  'a list': ' Spread it, ...list, or make one layer of it: block(...list).',
  'a network': `${keepIt} Write a branch as a function: (x) => x.conv2d(8, 1). To add the layers of a network here, use .apply(network).`,
  'a copy of a network': ' Make it a network again: networkFrom(copy).',
} as const

/** The message for a value that is not a layer. */
export type NoLayerText<Where extends string, Value> = [LayerFunction<Value>] extends [never]
  ? Fill<
      typeof noLayer,
      {
        where: Where
        given: Described<Value>
        advice: Value extends (...args: never[]) => unknown ? typeof adviceOnFunctions : AdviceFor<Described<Value>>
      }
    >
  : Fill<typeof notCalled, LayerFunction<Value> & { where: Where }>

/**
 * The name of a function that creates layer values, and what its call has in the brackets; `never` for any other value, such as a user's
 * function of a network or of nothing that returns a layer value.
 */
export type LayerFunction<Value> = Value extends (...args: infer Args) => infer Made
  ? [Made, 0] extends [{ readonly kind: infer Kind extends string }, Exclude<0, 1 & Made>]
    ? Args extends readonly []
      ? Value extends { readonly length: 0 }
        ? { name: Kind; inside: '' }
        : never
      : TakesNetwork<Value> extends true
        ? never
        : { name: Kind; inside: '...' }
    : never
  : never

/** Whether a function may be for a branch: it takes a network, or nothing. `vgg16` and `input` make a network of something else. */
export type TakesNetwork<Value> = Value extends (...args: infer Args) => unknown
  ? Args extends readonly []
    ? true
    : [Args[0]] extends [AnyNetwork]
      ? true
      : false
  : true

type AdviceFor<Given> = Given extends keyof typeof adviceFor ? (typeof adviceFor)[Given] : ''

/** The message for a function that does not return its argument with layers added. */
export type NoBranchText<Where extends string, Returned, Value = never> = Fill<
  typeof noBranch,
  {
    where: Where
    given: Returned extends AnyNetwork ? 'another network' : Described<Returned>
    advice: Returned extends AnyNetwork
      ? Where extends 'apply: '
        ? typeof callIt
        : TakesNetwork<Value> extends true
          ? typeof keepIt
          : typeof callIt
      : ''
  }
>

/** `described` at compile time. */
export type Described<Value> = Value extends readonly unknown[]
  ? 'a list'
  : Value extends (...args: never[]) => unknown
    ? 'a function'
    : Value extends AnyNetwork
      ? 'a network'
      : Value extends AnyLayer
        ? 'a layer value'
        : // biome-ignore lint/suspicious/noConfusingVoidType: a function without a return has this type.
          [Value] extends [void]
          ? 'undefined'
          : Value extends object
            ? 'an object'
            : unknown extends Value
              ? 'a value of type unknown'
              : string extends Value
                ? 'a string'
                : number extends Value
                  ? 'a number'
                  : Shown<Value>

/**
 * Refuses more arguments than an operation takes, which would otherwise be ignored.
 *
 * @param input the shape here, if PyTorch may have the input channels or features as the first argument
 * @throws {ShapeError} with the number of arguments that it takes
 */
export const requireCount = (operation: string, takes: number, received: Arguments, input: Shape = []): void => {
  if (received.length <= takes) return
  const most = takes ? `at most ${takes} argument${takes > 1 ? 's' : ''}` : 'no arguments'
  const advice = received.slice(takes).some(isLayer) ? ' Join layers with block(...).' : adviceOnFirst(operation, input, received)
  throw new ShapeError(fill(tooMany, { operation, most, count: `${received.length}`, advice }), operation, 'arguments')
}

/**
 * Requires a layer value of a known kind: {@link NoLayerText} at run time.
 *
 * @param where the start of the message: `'apply: '`, or empty in a block or a branch, which add their own
 * @throws {ShapeError} with a description of the value
 */
export function requireLayer(where: string, value: unknown): asserts value is Layer<string, Arguments> {
  if (isLayer(value) && kindOf(value.kind)) return
  throw new ShapeError(messageFor(where, value), 'apply', 'layer')
}

const messageFor = (where: string, value: unknown): string => {
  if (isLayer(value)) return fill(unknownKind, { where, kind: value.kind })
  if (isLayerFunction(value)) {
    const { name } = value
    return fill(notCalled, { where, name, inside: kindOf(name)?.takes ? '...' : '' })
  }
  const description = described(value)
  return fill(noLayer, {
    where,
    given: description,
    advice: adviceFor[description as keyof typeof adviceFor] ?? '',
  })
}

/**
 * {@link NoBranchText} at run time.
 *
 * @throws {ShapeError} always, with a description of the returned value
 */
export const refuseBranch = (where: string, returned: unknown): never => {
  const given = described(returned)
  const ofNetwork = { given: 'another network', advice: where === 'apply: ' ? callIt : keepIt }
  const values = { where, ...(given === 'a network' ? ofNetwork : { given, advice: '' }) }
  throw new ShapeError(fill(noBranch, values), 'apply', 'layer')
}

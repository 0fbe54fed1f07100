import type { Add } from '../../arithmetic/add.js'
import type { Carry0 } from '../../arithmetic/adder.js'
import type { Tens, Units } from '../../arithmetic/character-codes.js'
import type { StripZeros } from '../../arithmetic/digits.js'
import type { ToLiteral } from '../../arithmetic/natural.js'
import type { AnyNetwork } from '../../network/network.js'
import type { OneOf } from '../../shape/message.js'
import type { IsUnion } from '../../shape/shape.js'
import type { Arguments } from './layer-rules.js'
import { isPlain, type Layer } from './value.js'

/*
 * A checksum of a layer: four digits of its kind and its arguments. A network's type has it for each shared layer, so that the types
 * see whether another layer has the same name.
 *
 * It is computed from text. Each character counts as the last two digits of its code. Each of these digits joins the
 * last four: the new last digit is the sum of the first, the last and the joining one, without its tens. The order of options, and a
 * layer's name, make no difference, nor do options that say nothing else.
 */

/** The checksum of no text. */
const start = '1234'

/**
 * The checksum of a shared layer; `number` if an argument is unknown at compile time or `never`, or the layer is a function.
 *
 * @example
 * type Digest = LayerDigest<Layer<'relu', []>> // 2887
 */
export type LayerDigest<Value> =
  Mixed<typeof start, Value> extends infer Digits
    ? [Digits] extends [never]
      ? number
      : true extends IsUnion<Digits>
        ? number
        : AsNumber<Digits>
    : never

/** Whether two checksums, or two counts of parameters, may be equal. An unknown one may equal any. */
export type MayBeEqual<First, Other> = Other extends First ? true : number extends First | Other ? true : false

/** Digits as a number; `number` if they are unknown. */
type AsNumber<Digits> = ToLiteral<StripZeros<Digits>>

/** A checksum after one more value. A layer and options count as their own checksum, a network as its output shape. */
type Mixed<Digest, Value> = 0 extends 1 & Value
  ? string
  : Value extends string | number | boolean | null | undefined
    ? WithText<Digest, `${Value},`>
    : Value extends readonly unknown[]
      ? MixedList<Mixed<Digest, '['>, Value>
      : Value extends { kind: infer Kind; given: infer Given }
        ? Mixed<Mixed<typeof start, Kind>, Given> extends infer Own
          ? Mixed<Digest, AsNumber<Own>>
          : never
        : Value extends AnyNetwork
          ? Mixed<Digest, Value['output']>
          : Value extends (...args: never) => unknown
            ? string
            : keyof Value extends 'name'
              ? Digest
              : Mixed<Digest, SumOfOptions<Value>>

type MixedList<Digest, List> = List extends readonly [infer First, ...infer Rest]
  ? MixedList<Mixed<Digest, First>, Rest>
  : List extends readonly []
    ? Digest
    : string

/** The sum of the checksums of options, which have no order. The type of a layer's name may be any text, so it does not count. */
type SumOfOptions<Options, Names = Exclude<keyof Options, 'name'>, Sum extends number = 0> = [Names] extends [never]
  ? Sum
  : OneOf<Names> extends infer Name extends keyof Options
    ? Mixed<Mixed<typeof start, Name>, Options[Name]> extends infer Digits
      ? AsNumber<Digits> extends infer Own extends number
        ? Add<Sum, Own> extends infer Next extends number
          ? SumOfOptions<Options, Exclude<Names, Name>, Next>
          : never
        : never
      : never
    : number

/** A checksum after more text. */
type WithText<Digest, Text> = Digest extends `${infer A}${infer B}${infer C}${infer D}` ? WithCharacters<Text, A, B, C, D> : string

type WithCharacters<
  Text,
  A extends string,
  B extends string,
  C extends string,
  D extends string,
> = Text extends `${infer Character}${infer Rest}`
  ? Carry0[Carry0[A][D]['writes']][Tens[Character]]['writes'] extends infer E extends string
    ? WithCharacters<Rest, C, D, E, Carry0[Carry0[B][E]['writes']][Units[Character]]['writes']>
    : string
  : Text extends ''
    ? `${A}${B}${C}${D}`
    : string

/** {@link LayerDigest} at run time. */
export const layerDigest = (layer: unknown): number => mixed(Number(start), layer)

/** Whether an argument or an option may change a result: not `undefined`, nor options that say nothing. */
const says = (value: unknown): boolean => value !== undefined && (!isPlain(value) || keysOf(value).length > 0)

/** The keys of a layer value, its arguments or its options that may change a result. A layer's name does not. */
export const keysOf = (value: object): string[] => Object.keys(value).filter((key) => key !== 'name' && says(value[key as never]))

/** {@link Mixed} at run time. */
const mixed = (digest: number, value: unknown): number => {
  if (!says(value)) return digest
  if (Array.isArray(value)) return value.reduce((last, item) => mixed(last, item), mixed(digest, '['))
  if (value instanceof Object) {
    const { kind, given, output } = value as Partial<Layer<string, Arguments> & AnyNetwork>
    // The type of a batch normalization with another `epsilon` alone is that of one without options.
    const isPlainNorm = kind === 'batchNorm' && `${keysOf(given?.[0] ?? {})}` === 'epsilon'
    return mixed(digest, output ?? (given ? mixed(layerDigest(kind), isPlainNorm ? [] : given) : sumOf(value)))
  }
  let last = digest
  for (const character of `${value},`)
    for (const digit of `${(character.charCodeAt(0) % 100) + 100}`.slice(1))
      last = (last % 1000) * 10 + ((Math.floor(last / 1000) + last + Number(digit)) % 10)
  return last
}

const sumOf = (options: object): number => keysOf(options).reduce((sum, name) => sum + mixed(layerDigest(name), options[name as never]), 0)

import type { Carry0 } from '../../arithmetic/adder.js'
import type { Tens, Units } from '../../arithmetic/character-codes.js'
import type { AnyNetwork } from '../../network/network.js'
import type { OneOf } from '../../shape/message.js'
import type { AnyShape, IsUnion } from '../../shape/shape.js'
import type { Arguments } from './layer-rules.js'
import type { IsPattern } from './named.js'
import type { AnyLayer, Layer } from './value.js'

/*
 * A checksum of a layer: four digits of its kind and its arguments. A network's type has it for each shared layer, so that the types
 * see whether another layer has the same name.
 *
 * It is computed from text. Each printable ASCII character counts as the last two digits of its code. Each of these digits joins the
 * last four: the new last digit is the sum of the first, the last and the joining one. The order of options makes no difference.
 */

/** The checksum of no text. */
const start = '1234'

/**
 * The checksum of a shared layer as a number of four digits; `number` if an argument is unknown at compile time.
 *
 * A network or a function has that of its output shape.
 */
export type LayerDigest<Value, Output> = AsNumber<Value extends AnyLayer ? DigestOf<Value> : Mixed<typeof start, Output>>

/** Whether two checksums, or two counts of parameters, may be equal. An unknown one may equal any. */
export type MayBeEqual<First, Other> = Other extends First ? true : number extends First | Other ? true : false

type AsNumber<Digits> = true extends IsPattern<Digits> | IsUnion<Digits>
  ? number
  : (Digits extends `0${infer Rest}` ? `1${Rest}` : Digits) extends `${infer Digest extends number}`
    ? Digest
    : number

/** The checksum of a layer. */
type DigestOf<Value> = Value extends { kind: infer Kind; given: infer Given } ? Mixed<Mixed<typeof start, Kind>, Given> : string

/** A checksum after one more value. */
type Mixed<Digest, Value> = Value extends string | number | boolean | null | undefined
  ? WithText<Digest, `${Value},`>
  : Value extends readonly unknown[]
    ? MixedList<WithText<Digest, '['>, Value>
    : Value extends (...args: never) => unknown
      ? Digest
      : Value extends AnyLayer
        ? WithText<Digest, DigestOf<Value>>
        : Value extends AnyNetwork
          ? Mixed<Digest, Value['output']>
          : WithText<Digest, SumOfOptions<Value>>

type MixedList<Digest, List> = List extends readonly [infer First, ...infer Rest]
  ? MixedList<Mixed<Digest, First>, Rest>
  : List extends readonly []
    ? Digest
    : string

/** The sum of the checksums of options, digit by digit and without carries. */
type SumOfOptions<Options, Names = keyof Options, Sum = '0000'> = [Names] extends [never]
  ? Sum
  : OneOf<Names> extends infer Name extends keyof Options
    ? SumOfOptions<Options, Exclude<Names, Name>, WithSum<Sum, Mixed<Mixed<typeof start, Name>, Options[Name]>>>
    : string

type WithSum<Sum, Digest> =
  `${Sum & string}+${Digest & string}` extends `${infer A}${infer B}${infer C}${infer D}+${infer a}${infer b}${infer c}${infer d}`
    ? `${Carry0[A][a]['writes']}${Carry0[B][b]['writes']}${Carry0[C][c]['writes']}${Carry0[D][d]['writes']}`
    : string

/** A checksum after more text. */
type WithText<Digest, Text> = Digest extends `${infer A}${infer B}${infer C}${infer D}` ? WithCharacters<Text, A, B, C, D> : string

type WithCharacters<
  Text,
  A extends string,
  B extends string,
  C extends string,
  D extends string,
> = Text extends `${infer Character}${infer Rest}`
  ? Character extends keyof Tens
    ? Carry0[Carry0[A][D]['writes']][Tens[Character]]['writes'] extends infer E extends string
      ? WithCharacters<Rest, C, D, E, Carry0[Carry0[B][E]['writes']][Units[Character]]['writes']>
      : never
    : IsPattern<Character> extends true
      ? string
      : WithCharacters<Rest, A, B, C, D>
  : Text extends ''
    ? `${A}${B}${C}${D}`
    : string

/** {@link LayerDigest} at run time. */
export const layerDigest = (layer: unknown, output: AnyShape): number =>
  +(isLayer(layer) ? digestOf(layer) : mix(start, output)).replace(/^0/, '1')

const isLayer = (value: unknown): value is Layer<string, Arguments> => typeof value === 'object' && value !== null && 'given' in value

const digestOf = ({ kind, given }: Layer<string, Arguments>): string => mix(mix(start, kind), given)

/** {@link Mixed} at run time. */
const mix = (digest: string, value: unknown): string => {
  if (Array.isArray(value)) return value.reduce<string>((mixed, item) => mix(mixed, item), withText(digest, '['))
  if (typeof value === 'function') return digest
  if (typeof value !== 'object' || value === null) return withText(digest, `${value},`)
  if (isLayer(value)) return withText(digest, digestOf(value))
  if ('graph' in value) return mix(digest, (value as AnyNetwork).output)
  return withText(
    digest,
    Object.entries(value).reduce((sum, [name, option]) => withSum(sum, mix(mix(start, name), option)), '0000'),
  )
}

const withSum = (sum: string, digest: string): string => sum.replace(/./g, (digit, at) => `${(+digit + +(digest[at] as string)) % 10}`)

/** {@link WithText} at run time. */
const withText = (digest: string, text: string): string => {
  const digits = text.replace(/[^ -~]/g, '').replace(/./g, (character) => `${character.charCodeAt(0) + 100}`.slice(-2))
  return [...digits].reduce((last, digit) => last.slice(1) + ((Number(last[0]) + Number(last[3]) + Number(digit)) % 10), digest)
}

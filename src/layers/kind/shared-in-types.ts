import type { Subtract } from '../../arithmetic/subtract.js'
import type { FirstName } from '../../shape/first-name.js'
import type { Fill, OneOf } from '../../shape/message.js'
import type { MayBeEqual } from './digest.js'
import type { otherLayer } from './sharing.js'

/* The shared layers in a network's type: `{ shared: { encoder: { input: [8]; layer: 1208; params: 72 } } }`. */

/** The shared layers by name. */
export type SharedBy<Scope> = Scope extends { shared: infer Shared } ? Shared : {}

/** The message for a name that stands for two layers; `never` if none does. */
export type OtherSharedText<Shared, Known> = [OtherShared<Shared, Known>] extends [never]
  ? never
  : Fill<typeof otherLayer, { name: FirstName<OtherShared<Shared, Known>> }>

/** The names of shared layers that stand for another layer here. */
type OtherShared<Shared, Known> = {
  [Name in keyof Shared & keyof Known]: [Shared[Name], Known[Name]] extends [
    { layer: infer Digest; params: infer Params },
    { layer: infer KnownDigest; params: infer KnownParams },
  ]
    ? [MayBeEqual<KnownDigest, Digest>, MayBeEqual<KnownParams, Params>] extends [true, true]
      ? never
      : Name
    : never
}[keyof Shared & keyof Known]

/** The parameters without those of shared layers that already count. */
export type LessShared<Params extends number, Shared, Names> = [Names] extends [never]
  ? Params
  : OneOf<Names> extends infer Name
    ? Name extends keyof Shared
      ? Shared[Name] extends { params: infer Count extends number }
        ? Subtract<Params, Count> extends infer Left extends number
          ? LessShared<Left, Shared, Exclude<Names, Name>>
          : number
        : number
      : number
    : never

import type { Mistake } from '../../shape/message.js'
import type { NoValueText } from './named.js'

/**
 * What a method without required arguments is on several values: a message, since there is no argument that could show one.
 *
 * It is `never` for `any`, and for values whose names are unknown: in a union with the method, that leaves the method. It does not name
 * the method's own type, so that the compiler need not compare that twice.
 */
export type OnSeveral<Kind extends string, Values> = string extends keyof Values ? never : Mistake<NoValueText<Kind>>

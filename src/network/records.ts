import type { UnplacedFunction } from '../layers/kind/branch.js'
import type { AnyLayer } from '../layers/kind/value.js'
import type { AnyNetwork } from './network.js'

/* Records of inputs and of towers: `inputs({ left: [8], right: [8] })`, `parallel({ image, label })`. */

/** Any value, so that what is no record gets a message. It is a union, and so the compiler keeps the types of literals. */
export type AnyArgument = UnplacedFunction | string | number | boolean | {} | null | undefined

/** Values that are not records of other values. */
type NoRecord =
  | Iterable<unknown>
  | UnplacedFunction
  | AnyNetwork
  | AnyLayer
  | string
  | number
  | bigint
  | boolean
  | symbol
  | null
  | undefined

/** The record, or `Otherwise` for what is none or may be empty: `{}`, `{ a?: X }`, `Record<string, never>`. */
export type RecordOr<Given, Otherwise> = [Extract<Given, NoRecord>, Given[keyof Given]] extends [never, infer Value]
  ? [Value] extends [never]
    ? Otherwise
    : {} extends Given
      ? string extends keyof Given
        ? Given
        : Otherwise
      : Given
  : Otherwise

/** The message for what is no record. For a list of other values it tells the compiler the types of the parameters of functions too. */
export type NoRecordFault<Given, Fault> = Given extends readonly unknown[]
  ? Given[number] extends AnyNetwork | string | number
    ? Fault
    : Fault | FunctionsInList<Fault>
  : Fault

/** No list has the property, so that a list is refused as a whole and not each of its elements. */
interface FunctionsInList<Fault> extends Iterable<UnplacedFunction> {
  readonly names: Fault
}

import type { Call } from './call.js'

/** A function in a source that gives a block. */
export interface BlockFunction {
  readonly name: string
  readonly parameters: readonly string[]
  /** Where a parameter stands, there is a `Parameter`. */
  readonly body: Call
}

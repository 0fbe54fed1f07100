import type { Shape } from '../../shape/shape.js'

/** The longest header that safetensors allows, in bytes. */
export const headerLimit = 100_000_000

/** What a header says of a tensor. */
export interface Entry {
  readonly dtype: string
  readonly shape: Shape
  /** Where its bytes begin and end, from the end of the header. */
  readonly from: number
  readonly to: number
}

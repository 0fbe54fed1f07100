import type { Shape } from '../../shape/shape.js'

/** The maximum header size that safetensors allows, in bytes. */
export const headerLimit = 100_000_000

/** A header's entry for a tensor. */
export interface Entry {
  readonly dtype: string
  readonly shape: Shape
  /** The start and end of its bytes, relative to the end of the header. */
  readonly from: number
  readonly to: number
}

import type { Box } from '../volumes/scale.js'
import type { Volume } from '../volumes/volumes.js'

/** How much room is left between what is drawn, in pixels. */
export interface Spacing {
  /** Between two columns of branches, and between their rows. */
  readonly column: number
  readonly row: number
  /** Between two pieces of the chain, and between its rows. */
  readonly gap: number
  readonly rowGap: number
  /** How large volumes are drawn, 1 for their full size. */
  readonly scale: number
}

/** For pictures of one screen. */
export const roomy: Spacing = { column: 36, row: 12, gap: 26, rowGap: 34, scale: 1 }

/** For larger ones. */
export const compact: Spacing = { column: 22, row: 8, gap: 20, rowGap: 20, scale: 0.68 }

/** For flat blocks, which are wider. */
export const compactFlat: Spacing = { column: 16, row: 8, gap: 18, rowGap: 20, scale: 1 }

/** What pieces are laid out with. */
export interface Measures {
  readonly boxOf: (volume: Volume) => Box
  readonly spacing: Spacing
  /** Whether values have names: then a row goes on at the level where its last piece ends. */
  readonly hasNames: boolean
}

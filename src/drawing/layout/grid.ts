import type { Frame } from '../volumes/fold.js'
import type { Box } from '../volumes/scale.js'
import type { Volume } from '../volumes/volumes.js'
import type { Piece } from './piece.js'

export const grid = (_stretch: readonly Volume[], _boxOf: (volume: Volume) => Box, _options: { readonly goesOn: boolean; readonly frames: readonly Frame[] }): Piece | undefined => undefined

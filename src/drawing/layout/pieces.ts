import type { Folded, Frame } from '../volumes/fold.js'
import type { Box } from '../volumes/scale.js'
import { isInput, stretchesOf, type Volume } from '../volumes/volumes.js'
import { branched } from './branched.js'
import { grid } from './grid.js'
import { type Piece, single } from './piece.js'
import { framed, inSeries } from './series.js'

/**
 * The pieces of a picture, from its input to its output: a volume, a stretch with branches, or a frame with what is in it.
 *
 * @param hasNames whether values have names
 */
export const piecesOf = (folded: Folded, boxOf: (volume: Volume) => Box, hasNames: boolean): Piece[] => {
  const stretches = stretchesOf(inputsFirst(folded.volumes))
  const pieces: Piece[] = []
  let open: { readonly frame: Frame; readonly pieces: Piece[] } | undefined
  for (const [index, stretch] of stretches.entries()) {
    const frame = folded.frames.find(({ members }) => stretch.every(({ name }) => members.includes(name)))
    const piece = pieceOf(stretch, index < stretches.length - 1)
    if (frame === undefined) {
      pieces.push(piece)
      continue
    }
    if (open?.frame !== frame) open = { frame, pieces: [] }
    open.pieces.push(piece)
    if (frame.members.at(-1) === stretch.at(-1)?.name) pieces.push(framed(inSeries(open.pieces, hasNames), frame))
  }
  return pieces

  function pieceOf(stretch: readonly Volume[], goesOn: boolean): Piece {
    if (stretch.length === 1) return single(stretch[0] as Volume, boxOf)
    return grid(stretch, boxOf, { goesOn, frames: folded.frames }) ?? branched(stretch, boxOf, { goesOn, hasNames })
  }
}

/** Volumes with all inputs before the others: all of them stand at the beginning, also those that nothing reads. */
const inputsFirst = (volumes: readonly Volume[]): readonly Volume[] => [
  ...volumes.filter(isInput),
  ...volumes.filter((volume) => !isInput(volume)),
]

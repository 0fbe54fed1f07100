import type { Folded, Frame } from '../volumes/fold.js'
import { regionsOf } from '../volumes/regions.js'
import { isInput, stretchesOf, type Volume } from '../volumes/volumes.js'
import { branched } from './branched.js'
import { grid } from './grid.js'
import { type Piece, single } from './piece.js'
import { framed, inSeries } from './series.js'
import type { Measures } from './spacing.js'

/** The pieces of a picture, from its input to its output: a volume, a stretch with branches, or a frame with what is in it. */
export const piecesOf = (folded: Folded, measures: Measures): Piece[] => {
  const regions = regionsOf(folded.volumes)
  const stretches = withWholeFrames(stretchesOf(inputsFirst(folded.volumes)), folded.frames)
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
    if (frame.members.at(-1) === stretch.at(-1)?.name)
      pieces.push(framed(inSeries(open.pieces, measures.hasNames, measures.spacing.gap), frame))
  }
  return pieces

  function pieceOf(stretch: readonly Volume[], goesOn: boolean): Piece {
    if (stretch.length === 1) return single(stretch[0] as Volume, measures.boxOf)
    return grid(stretch, measures, { goesOn, frames: folded.frames, regions }) ?? branched(stretch, measures, { goesOn })
  }
}

/** Stretches, joined where a frame begins or ends within one that has more in it. */
const withWholeFrames = (stretches: readonly Volume[][], frames: readonly Frame[]): Volume[][] => {
  const homes = new Map(stretches.flatMap((stretch, index) => stretch.map(({ name }): [string, number] => [name, index])))
  /** For each stretch the last one that it has to be joined with. */
  const lasts = stretches.map((_, index) => index)
  for (const { members } of frames) {
    const touched = [...new Set(members.map((name) => homes.get(name) as number))].sort((one, other) => one - other)
    const [first] = touched as [number]
    const last = touched.at(-1) as number
    const size = touched.reduce((sum, index) => sum + (stretches[index] as Volume[]).length, 0)
    if (first < last && size > members.length) lasts[first] = Math.max(lasts[first] as number, last)
  }
  const joined: Volume[][] = []
  for (let index = 0; index < stretches.length; index += 1) {
    const stretch = [...(stretches[index] as Volume[])]
    for (let last = lasts[index] as number; index < last; last = Math.max(last, lasts[index] as number)) {
      index += 1
      stretch.push(...(stretches[index] as Volume[]))
    }
    joined.push(stretch)
  }
  return joined
}

/** Volumes with all inputs before the others: all of them stand at the beginning, also those that nothing reads. */
const inputsFirst = (volumes: readonly Volume[]): readonly Volume[] => [
  ...volumes.filter(isInput),
  ...volumes.filter((volume) => !isInput(volume)),
]

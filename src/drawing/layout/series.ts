import type { Frame } from '../volumes/fold.js'
import type { Point } from './geometry.js'
import { arrowRoom, type Line, type Piece } from './piece.js'

/* Pieces beside one another, and frames around them. */

/** Pixels between a frame and what is in it, at the top with its label. */
const framePadding = { side: 10, top: 20, bottom: 2 }

/** A piece further to the right and lower. */
export const movedBy = (piece: Piece, right: number, down: number): Piece => {
  const moved = <Place extends Point>(place: Place): Place => ({ ...place, x: place.x + right, y: place.y + down })
  return {
    ...piece,
    top: piece.top + down,
    bottom: piece.bottom + down,
    placed: piece.placed.map(moved),
    lines: piece.lines.map((line) => ({ ...line, points: line.points.map(moved) })),
    frames: piece.frames.map(moved),
    entry: moved(piece.entry),
    exit: moved(piece.exit),
  }
}

/** Pieces beside one another as one. */
export const inSeries = (pieces: readonly Piece[], isLevel: boolean, gap: number): Piece => {
  const [first] = pieces as [Piece]
  if (pieces.length === 1) return first
  let left = 0
  let before: { readonly piece: Piece; readonly right: number } | undefined
  const all: Piece[] = []
  const between: Line[] = []
  for (const piece of pieces) {
    const level = isLevel && before ? before.piece.exit.y - piece.entry.y : 0
    const at = movedBy(piece, left, level)
    if (before) between.push({ points: levelled(before.piece.exit, at.entry, before.right, left), turn: false, arrow: at.entry.arrow })
    all.push(at)
    before = { piece: at, right: left + piece.width }
    left += piece.width + gap
  }
  return {
    width: left - gap,
    top: Math.min(...all.map(({ top }) => top)),
    bottom: Math.max(...all.map(({ bottom }) => bottom)),
    placed: all.flatMap(({ placed }) => placed),
    lines: [...all.flatMap(({ lines }) => lines), ...between],
    frames: all.flatMap(({ frames }) => frames),
    entry: first.entry,
    exit: (all.at(-1) as Piece).exit,
  }
}

/** A piece in a frame. */
export const framed = (piece: Piece, frame: Frame): Piece => {
  const { side, top, bottom } = framePadding
  const inside = movedBy(piece, side, 0)
  const drawn = { x: 0, y: piece.top - top, width: piece.width + 2 * side, height: piece.bottom - piece.top + top + bottom, frame }
  return {
    ...inside,
    width: drawn.width,
    top: drawn.y,
    bottom: piece.bottom + bottom,
    frames: [drawn, ...inside.frames],
    exit: inside.exit,
  }
}

/** From one piece to the next: level in both, and a curve between them where the levels differ. */
export const levelled = (from: Point, to: Point, right: number, left: number): Point[] => [
  from,
  { x: right, y: from.y },
  { x: Math.min(left, to.x - arrowRoom), y: to.y },
  to,
]

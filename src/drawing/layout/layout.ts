import { drawnOf, type Folded, unfolded } from '../volumes/fold.js'
import { type Box, scaleOf } from '../volumes/scale.js'
import type { Volume } from '../volumes/volumes.js'
import { flatBox } from './flat-box.js'
import type { Point } from './geometry.js'
import { hasTextInside, type Line, type Piece, type PositionedBox, type PositionedFrame } from './piece.js'
import { piecesOf } from './pieces.js'
import { levelled, movedBy } from './series.js'
import { roomy, type Spacing } from './spacing.js'

/*
 * Where everything stands. The chain runs from left to right, and goes on in a new row where the paper ends.
 */

/** A picture before it is drawn, in pixels. */
export interface Layout {
  readonly width: number
  readonly height: number
  readonly placed: readonly PositionedBox[]
  readonly lines: readonly Line[]
  readonly frames: readonly PositionedFrame[]
  /** For each volume that is not drawn, the name of the one that is drawn for it. */
  readonly standsFor: ReadonlyMap<string, string>
  /** Texts beside lines, each from its left end, at its middle. */
  readonly texts?: readonly (Point & { readonly text: string })[]
}

export const margin = 24
/** A picture of one row is at most as wide as this, or somewhat wider than its longest stretch. */
const oneRow = 1400
/** How wide the paper of several rows can be, where no stretch is longer: with its margins as wide as the screen of a laptop. */
const narrowest = 900
const widest = 1440 - 2 * margin

/**
 * Lays out volumes.
 *
 * @param hasNames whether values have names: then a row goes on at the level where its last piece ends
 */
export const layoutOf = (given: readonly Volume[] | Folded, hasNames = false, spacing: Spacing = roomy): Layout => {
  const folded = 'volumes' in given ? given : unfolded(given)
  const { volumes } = folded
  const scale = scaleOf(volumes, spacing.scale)
  const boxOf = (volume: Volume): Box => (hasTextInside(volume) ? flatBox(volume) : scale(volume.node.output))
  const pieces = piecesOf(folded, { boxOf, hasNames, spacing })
  const { gap, rowGap } = spacing

  const positioned: PositionedBox[] = []
  const lines: Line[] = []
  const frames: PositionedFrame[] = []
  let top = margin
  let right = 0
  /** The exit of the piece before, and where that piece ends. */
  let before: { readonly exit: Point; readonly right: number } | undefined
  for (const given of rowsFor(pieces, spacing)) {
    const row = hasNames ? inLine(given) : given
    const baseline = top + topOf(row)
    let left = margin
    for (const [index, piece] of row.entries()) {
      const at = movedBy(piece, left, baseline)
      if (before) {
        const points =
          index > 0
            ? levelled(before.exit, at.entry, before.right, left)
            : turned(before.exit, at.entry, before.right + margin / 2, top - rowGap / 2)
        lines.push({ points, turn: index === 0, arrow: at.entry.arrow })
      }
      // One by one: a spread of very many would be too many arguments.
      for (const each of at.placed) positioned.push(each)
      for (const each of at.lines) lines.push(each)
      for (const each of at.frames) frames.push(each)
      before = { exit: at.exit, right: left + piece.width }
      right = Math.max(right, left + piece.width)
      left += piece.width + gap
    }
    top = baseline + bottomOf(row) + rowGap
  }
  return { width: right + margin, height: top - rowGap + margin, placed: positioned, lines, frames, standsFor: drawnFor(folded) }
}

/** For each volume that a picture leaves out, the one that is drawn in its place at last. */
const drawnFor = ({ standsFor }: Folded): Map<string, string> =>
  new Map([...standsFor.keys()].map((name) => [name, drawnOf(name, standsFor)]))

/** Pieces of a row, each raised or lowered so that it begins at the level where the one before ends. */
const inLine = (row: readonly Piece[]): Piece[] => {
  let level = 0
  return row.map((piece) => {
    const moved = movedBy(piece, 0, level - piece.entry.y)
    level = moved.exit.y
    return moved
  })
}

const topOf = (row: readonly Piece[]): number => row.reduce((most, piece) => Math.max(most, -piece.top), Number.NEGATIVE_INFINITY)
const bottomOf = (row: readonly Piece[]): number => row.reduce((most, piece) => Math.max(most, piece.bottom), Number.NEGATIVE_INFINITY)

/** Pieces in rows: one row if that is not too long, else rows that fill a slide of 16:9 best. */
const rowsFor = (pieces: readonly Piece[], { gap, rowGap }: Spacing): Piece[][] => {
  const longest = pieces.reduce((most, piece) => Math.max(most, piece.width), 0)
  if (lengthOf(pieces, gap) <= Math.max(oneRow, longest * 1.3)) return [[...pieces]]
  let best: { readonly rows: Piece[][]; readonly size: number } | undefined
  for (let width = narrowest; width <= widest; width += 50) {
    const rows = rowsOf(pieces, Math.max(width, longest), gap)
    const height = rows.reduce((sum, row) => sum + topOf(row) + bottomOf(row) + rowGap, 0)
    const size = rows.reduce((most, row) => Math.max(most, lengthOf(row, gap) / 16), height / 9)
    if (!best || size < best.size) best = { rows, size }
  }
  return best?.rows ?? []
}

const lengthOf = (row: readonly Piece[], gap: number): number => row.reduce((sum, { width }) => sum + width + gap, -gap)

/** Pieces in rows, as many in each as the paper is wide. */
const rowsOf = (pieces: readonly Piece[], width: number, gap: number): Piece[][] => {
  const rows: Piece[][] = []
  let used = Number.POSITIVE_INFINITY
  for (const piece of pieces) {
    if (used + piece.width > width) {
      rows.push([])
      used = 0
    }
    rows.at(-1)?.push(piece)
    used += piece.width + gap
  }
  return rows
}

/** From the end of a row back to the beginning of the next, through the room between them. */
const turned = (from: Point, to: Point, right: number, between: number): Point[] => [
  from,
  { x: right, y: from.y },
  { x: right, y: between },
  { x: margin / 2, y: between },
  { x: margin / 2, y: to.y },
  to,
]

import type { Volume } from '../volumes/volumes.js'
import type { Point } from './geometry.js'
import { arrowRoom, captionHeight, halfHeight, type Line, type Piece, type PositionedBox, sideOf, widthOf } from './piece.js'
import type { Measures } from './spacing.js'
import { type Passing, tracksOf } from './tracks.js'

/* Volumes in one line, for networks of so many shortcuts that columns would take too long. */

/** Pixels between two volumes, where lines leave to their tracks and come back from them. */
const leastGap = 34

/** Pixels behind a volume where its lines turn to their track, and before one where they turn to it. */
const turn = { leave: 9, arrive: arrowRoom + 5 }

/** Pixels between two tracks, and between the lowest and the volumes. */
const trackGap = 7
const trackRoom = 12

/**
 * A stretch in one line. What a layer takes from the one before it comes straight, all else on a track above. All lines from one layer
 * share a track.
 */
export const lined = (stretch: readonly Volume[], { boxOf, spacing }: Measures): Piece => {
  const gap = Math.max(spacing.column, leastGap)
  const places = new Map(stretch.map(({ name }, index) => [name, index + 1]))
  // The place before all volumes is where the line from the piece before ends.
  const lines = stretch.flatMap(({ inputs }, index) => {
    const sources = new Set(inputs.map((name) => places.get(name) ?? 0))
    return [...sources].map((from): Passing => ({ from, to: index + 1 }))
  })
  const { tracks, count } = tracksOf(
    lines.filter(({ from, to }) => to > from + 1),
    stretch.length + 1,
  )
  let right = lines.some(({ from }) => from === 0) ? gap : 0
  let half = 0
  let bottom = 0
  const lefts = [0]
  const rights = [0]
  const placed = stretch.map((volume): PositionedBox => {
    const box = boxOf(volume)
    const width = widthOf(volume, box)
    half = Math.max(half, halfHeight(volume, box))
    bottom = Math.max(bottom, halfHeight(volume, box) + captionHeight(volume))
    lefts.push(right)
    rights.push(right + width)
    right += width + gap
    return { volume, box, x: right - gap - width / 2, y: 0 }
  })
  const start: Point = { x: 0, y: 0 }
  const exitOf = (place: number): Point => (place === 0 ? start : sideOf(placed[place - 1] as PositionedBox, 1))
  const lineOf = ({ from, to }: Passing): Line => {
    const [begin, end] = [exitOf(from), sideOf(placed[to - 1] as PositionedBox, -1)]
    const track = to > from + 1 ? tracks.get(from) : undefined
    if (track === undefined) return { points: [begin, end], turn: false, arrow: true }
    const y = -half - trackRoom - track * trackGap
    const leave = (rights[from] as number) + turn.leave
    const arrive = (lefts[to] as number) - turn.arrive
    const points = [begin, { x: leave, y: 0 }, { x: leave, y }, { x: arrive, y }, { x: arrive, y: 0 }, end]
    return { points, turn: true, arrow: true }
  }
  return {
    width: right - gap,
    top: count === 0 ? -half : -half - trackRoom - count * trackGap,
    bottom,
    placed,
    lines: lines.map(lineOf),
    frames: [],
    entry: { ...start, arrow: false },
    exit: exitOf(stretch.length),
  }
}

import type { Volume } from '../volumes/volumes.js'
import type { Point } from './geometry.js'
import { linesBetween } from './large.js'
import { arrowRoom, captionHeight, halfHeight, type Line, type Piece, type PositionedBox, sideOf, widthOf } from './piece.js'
import type { Measures } from './spacing.js'
import { type OnTrack, tracksOf } from './tracks.js'

/* Volumes in one line, for networks of so many shortcuts that columns would take too long. */

/** Pixels between two volumes, where lines leave to their tracks and come back from them. */
const leastGap = 34

/** Pixels behind a volume where its lines turn to their track, and before one where they turn to it. */
const turns = { leave: 9, arrive: arrowRoom + 5 }

/** Pixels between two tracks, and between the lowest and the volumes. */
const trackGap = 7
const trackRoom = 12

/** Pixels of the curve with which a line leaves its track, or joins another. */
const curve = 12

/**
 * A stretch in one line. What a layer takes from the one before it comes straight, all else on a track above.
 */
export const lined = (stretch: readonly Volume[], { boxOf, spacing }: Measures): Piece => {
  const gap = Math.max(spacing.column, leastGap)
  // The place before all volumes is where the line from the piece before ends.
  const all = linesBetween(stretch)
  const straight = all.filter(({ from, to }) => to === from + 1)
  const { onTracks, count } = tracksOf(all.filter(({ from, to }) => to > from + 1))
  let right = all.some(({ from }) => from === 0) ? gap : 0
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
  const entryOf = (place: number): Point => sideOf(placed[place - 1] as PositionedBox, -1)
  const onTrack = ({ from, to, track, begins, ends }: OnTrack): Line => {
    const y = -half - trackRoom - track * trackGap
    const leave = (rights[from] as number) + turns.leave
    const arrive = (lefts[to] as number) - turns.arrive
    const first = begins ? [exitOf(from), { x: leave, y: 0 }, { x: leave, y }] : [{ x: arrive - curve, y }]
    const last = ends ? [{ x: arrive, y: 0 }, entryOf(to)] : [{ x: arrive, y: y + curve }]
    return { points: [...first, { x: arrive, y }, ...last], turn: true, arrow: ends }
  }
  return {
    width: right - gap,
    top: count === 0 ? -half : -half - trackRoom - count * trackGap,
    bottom,
    placed,
    lines: [
      ...straight.map(({ from, to }): Line => ({ points: [exitOf(from), entryOf(to)], turn: false, arrow: true })),
      ...onTracks.map(onTrack),
    ],
    frames: [],
    entry: { ...start, arrow: false },
    exit: exitOf(stretch.length),
  }
}

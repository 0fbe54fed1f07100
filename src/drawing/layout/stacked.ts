import { lineHeight, widthOfText } from '../captions/text.js'
import type { Box } from '../volumes/scale.js'
import type { Volume } from '../volumes/volumes.js'
import type { Downwards } from './downwards.js'
import type { Point } from './geometry.js'
import { linesBetween } from './large.js'
import { captionHeight, halfHeight, type Line, type PositionedBox, widthOf } from './piece.js'
import { type OnTrack, tracksOf } from './tracks.js'

/* Layers one under another, for networks of so many shortcuts that dagre would take too long. */

/** Pixels between two layers: room for a shape at the left, and at the right for lines that leave to their tracks and come back. */
const gap = 32

/** Pixels under a layer where its lines turn to their track, and above one where they turn to it. */
const turns = { leave: 6, arrive: 14 }

/** Pixels between two tracks, and between the first and the layers. */
const trackGap = 7
const trackRoom = 12

/** Pixels of the curve with which a line leaves its track, or joins another. */
const curve = 12

/** Layers one under another. What a layer takes from the one above it comes straight, all else on a track beside them. */
export const stacked = (volumes: readonly Volume[], boxOf: (volume: Volume) => Box): Downwards => {
  const all = linesBetween(volumes)
  const { onTracks, count } = tracksOf(all.filter(({ from, to }) => to > from + 1))
  const boxes = volumes.map(boxOf)
  const labels = volumes.map((volume) => widthOfText(shapeOf(volume)))
  const widest = volumes.reduce((most, volume, index) => Math.max(most, widthOf(volume, boxes[index] as Box)), 0)
  /** Half the width of the layers, and the room for the shapes at the left of the lines between them. */
  const half = Math.max(widest / 2, 8 + labels.reduce((most, each) => Math.max(most, each), 0))
  let bottom = 0
  const placed = volumes.map((volume, index): PositionedBox => {
    const box = boxes[index] as Box
    const y = bottom + halfHeight(volume, box)
    bottom = y + halfHeight(volume, box) + captionHeight(volume) + gap
    return { volume, box, x: half, y }
  })
  const placeOf = (place: number): PositionedBox => placed[place - 1] as PositionedBox
  const onTrack = ({ from, to, track, begins, ends }: OnTrack): Line => {
    const x = 2 * half + trackRoom + track * trackGap
    const [begin, end] = [underOf(placeOf(from)), overOf(placeOf(to))]
    const [leave, arrive] = [begin.y + turns.leave, end.y - turns.arrive]
    const first = begins ? [begin, { x: half, y: leave }, { x, y: leave }] : [{ x, y: arrive - curve }]
    const last = ends ? [{ x: half, y: arrive }, end] : [{ x: x - curve, y: arrive }]
    return { points: [...first, { x, y: arrive }, ...last], turn: true, down: true, arrow: ends }
  }
  const lines = all.flatMap(({ from, to }): Line[] =>
    to === from + 1 ? [{ points: [underOf(placeOf(from)), overOf(placeOf(to))], turn: false, down: true, arrow: true }] : [],
  )
  const read = new Set(all.map(({ from }) => from))
  const texts = placed.flatMap((each, index) => {
    const { x, y } = underOf(each)
    return read.has(index + 1) ? [{ text: shapeOf(each.volume), x: x - 6 - (labels[index] as number), y: y + lineHeight }] : []
  })
  return {
    width: 2 * half + (count === 0 ? 0 : trackRoom + count * trackGap),
    height: bottom - gap,
    placed,
    lines: [...lines, ...onTracks.map(onTrack)],
    texts,
  }
}

/** Where lines from a layer begin, under it. */
export const underOf = ({ volume, box, x, y }: PositionedBox): Point => ({ x, y: y + halfHeight(volume, box) + captionHeight(volume) })

/** Where lines to a layer end, above it. */
export const overOf = ({ volume, box, x, y }: PositionedBox): Point => ({ x, y: y - halfHeight(volume, box) - 1 })

/** The shape that a layer gives. */
export const shapeOf = ({ node }: Volume): string => node.output.join('x')

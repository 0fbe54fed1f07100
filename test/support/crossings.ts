import type { Point } from '../../src/drawing/layout/geometry.js'
import type { Layout } from '../../src/drawing/layout/layout.js'
import { captionHeight, halfHeight, type Line, widthOf } from '../../src/drawing/layout/piece.js'

/* What must not be in a picture. */

/** Points of a line as it is drawn: level, or a curve with level ends. */
export const pointsOf = ({ points, turn }: Line): Point[] =>
  points.slice(1).flatMap((to, index) => {
    const from = points[index] as Point
    return Array.from({ length: 21 }, (_, step) => {
      const t = step / 20
      if (turn || from.y === to.y) return { x: from.x + t * (to.x - from.x), y: from.y + t * (to.y - from.y) }
      // The cubic curve whose middle points are half way across.
      const ease = 3 * t * t - 2 * t * t * t
      const across = 1.5 * t * (1 - t) + t * t * t
      return { x: from.x + across * (to.x - from.x), y: from.y + ease * (to.y - from.y) }
    })
  })

/** Lines that run through a box or its caption, but for those that begin or end there. */
export const crossings = ({ placed, lines }: Layout): string[] =>
  lines.flatMap((line) => {
    const all = pointsOf(line)
    const [first, last] = [line.points[0] as Point, line.points.at(-1) as Point]
    return placed.flatMap((each) => {
      const { volume, box, x, y } = each
      const [half, wide] = [halfHeight(volume, box), widthOf(volume, box) / 2]
      const within = (point: Point, by: number): boolean =>
        Math.abs(point.x - x) < wide + by && point.y > y - half - by && point.y < y + half + captionHeight(volume) + by
      if (within(first, 2) || within(last, 2)) return []
      return all.some((point) => within(point, -1)) ? [`${volume.name}: ${first.x},${first.y} -> ${last.x},${last.y}`] : []
    })
  })

/** Volumes that lie over one another, captions included. */
export const overlaps = ({ placed }: Layout): string[] =>
  placed.flatMap((one, index) =>
    placed.slice(index + 1).flatMap((other) => {
      const rooms = [one, other].map(({ volume, box, x, y }) => ({
        left: x - widthOf(volume, box) / 2,
        right: x + widthOf(volume, box) / 2,
        top: y - halfHeight(volume, box),
        bottom: y + halfHeight(volume, box) + captionHeight(volume),
      })) as [Record<'left' | 'right' | 'top' | 'bottom', number>, Record<'left' | 'right' | 'top' | 'bottom', number>]
      const [a, b] = rooms
      const apart = a.right <= b.left + 1 || b.right <= a.left + 1 || a.bottom <= b.top + 1 || b.bottom <= a.top + 1
      return apart ? [] : [`${one.volume.name} and ${other.volume.name}`]
    }),
  )

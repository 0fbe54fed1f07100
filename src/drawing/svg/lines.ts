import { at, number, type Point } from '../layout/geometry.js'
import type { Line } from '../layout/piece.js'

/** The head of an arrow: how long it is, and how far it reaches to each side. */
const head = { length: 7, half: 3 }

/** A line as the data of a path; before an arrow's head it ends inside of it. */
export const lineOf = ({ points, turn, arrow }: Line): string => {
  const end = points.at(-1) as Point
  const all = [...points.slice(0, -1), arrow ? { x: end.x - head.length + 1, y: end.y } : end]
  return turn ? rounded(all) : smooth(all)
}

/** The head of an arrow as the data of a path: a shape of its own rather than an SVG marker, which many tools leave out. */
export const headOf = ({ points }: Line): string => {
  const { x, y } = points.at(-1) as Point
  return `M${number(x - head.length)} ${number(y - head.half)} ${at({ x, y })} ${number(x - head.length)} ${number(y + head.half)}z`
}

/** A line that is level, or a curve with level ends, from each point to the next. */
const smooth = (points: readonly Point[]): string => {
  const [first, ...rest] = points as [Point, ...Point[]]
  let data = `M${at(first)}`
  let before = first
  for (const [index, point] of rest.entries()) {
    const next = rest[index + 1]
    const isLevel = number(point.y) === number(before.y)
    // One line through all points of a level.
    if (isLevel && next && number(next.y) === number(point.y)) continue
    if (isLevel && number(point.x) === number(before.x)) continue
    const middle = (before.x + point.x) / 2
    data += isLevel ? ` L${at(point)}` : ` C${at({ x: middle, y: before.y })} ${at({ x: middle, y: point.y })} ${at(point)}`
    before = point
  }
  return data
}

/** Straight lines with round corners. */
const rounded = (points: readonly Point[]): string => {
  const radius = 8
  const towards = (from: Point, to: Point): Point => {
    const length = Math.hypot(to.x - from.x, to.y - from.y) || 1
    const step = Math.min(radius, length / 2)
    return { x: from.x + ((to.x - from.x) / length) * step, y: from.y + ((to.y - from.y) / length) * step }
  }
  const corners = points.slice(1, -1).map((corner, index) => {
    const [before, after] = [points[index], points[index + 2]] as [Point, Point]
    return `L${at(towards(corner, before))} Q${at(corner)} ${at(towards(corner, after))}`
  })
  return `M${at(points[0] as Point)} ${corners.join(' ')} L${at(points.at(-1) as Point)}`
}

import { at, number, type Point } from '../layout/geometry.js'
import type { Line } from '../layout/piece.js'

/** The head of an arrow: how long it is, and how far it reaches to each side. */
const head = { length: 7, half: 3 }

/** A line as the data of a path; before an arrow's head it ends inside of it. */
export const lineOf = (line: Line): string => {
  const { points, turn, arrow } = line
  const end = points.at(-1) as Point
  const { x, y } = directionOf(line)
  const back = head.length - 1
  const all = [...points.slice(0, -1), arrow ? { x: end.x - x * back, y: end.y - y * back } : end]
  const path = turn ? rounded : smooth
  return line.down ? turned(path(all.map(swapped))) : path(all)
}

/** The head of an arrow as the data of a path: a shape of its own rather than an SVG marker, which many tools leave out. */
export const headOf = (line: Line): string => {
  const end = line.points.at(-1) as Point
  const { x, y } = directionOf(line)
  const back = { x: end.x - x * head.length, y: end.y - y * head.length }
  const across = { x: y * head.half, y: x * head.half }
  return `M${at({ x: back.x - across.x, y: back.y - across.y })} ${at(end)} ${at({ x: back.x + across.x, y: back.y + across.y })}z`
}

/** A point with its coordinates exchanged: a line from top to bottom is one from left to right, turned. */
const swapped = ({ x, y }: Point): Point => ({ x: y, y: x })

/** The data of a path with the coordinates of each point exchanged. */
const turned = (data: string): string => data.replace(/(-?[\d.]+) (-?[\d.]+)/g, '$2 $1')

/** The way in which a line ends: to the right, down or up. */
const directionOf = ({ points, down }: Line): Point => {
  if (down) return { x: 0, y: 1 }
  const [before, end] = points.slice(-2) as [Point, Point]
  if (before.x !== end.x) return { x: 1, y: 0 }
  return { x: 0, y: Math.sign(end.y - before.y) || 1 }
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
const rounded = (all: readonly Point[]): string => {
  const points = all.filter(
    (point, index) => index === 0 || index === all.length - 1 || isCorner(all[index - 1] as Point, point, all[index + 1] as Point),
  )
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

/** Whether a line turns at a point. */
const isCorner = (before: Point, point: Point, after: Point): boolean =>
  !(before.x === point.x && point.x === after.x) && !(before.y === point.y && point.y === after.y)

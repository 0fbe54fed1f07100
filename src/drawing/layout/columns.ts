import type { Point } from './geometry.js'
import { captionHeight, halfHeight, type PositionedBox, widthOf } from './piece.js'

/** Volumes over one another, from the left of the widest to its right. */
export interface Column {
  readonly middle: number
  readonly left: number
  readonly right: number
  readonly placed: readonly PositionedBox[]
}

export const columnsOf = (boxes: readonly PositionedBox[]): Column[] => {
  const byMiddle = new Map<number, PositionedBox[]>()
  for (const each of boxes) {
    const middle = Math.round(each.x * 10) / 10
    byMiddle.set(middle, [...(byMiddle.get(middle) ?? []), each])
  }
  return [...byMiddle].map(([middle, inColumn]) => {
    const half = Math.max(...inColumn.map(({ volume, box }) => widthOf(volume, box))) / 2
    return { middle, left: middle - half, right: middle + half, placed: inColumn }
  })
}

export const isIn = ({ middle }: Column, x: number): boolean => Math.abs(middle - x) < 0.2

export const columnOf = (columns: readonly Column[], x: number): Column => columns.find((column) => isIn(column, x)) as Column

/** A line before it is drawn: what it leads from and to, and at which level it goes through the columns between. */
export interface Edge {
  readonly from: PositionedBox | Point
  readonly to: PositionedBox | Point
  readonly through: readonly { readonly column: Column; readonly y: number }[]
}

/** Lines that go on at the level of their end or of their beginning, where nothing is in their way, rather than at dagre's. */
export const straightened = (edges: readonly Edge[]): Edge[] => {
  const levels = new Map<Column, number[]>()
  for (const { through } of edges) for (const { column, y } of through) levels.set(column, [...(levels.get(column) ?? []), y])
  return edges.map((edge) => {
    const { from, to, through } = edge
    for (const { column, y } of through) levels.get(column)?.splice(levels.get(column)?.indexOf(y) as number, 1)
    const level = [to.y, from.y].find((y) => through.every(({ column }) => isFree(column, y, levels.get(column) ?? [])))
    const leveled = level === undefined ? through : through.map(({ column }) => ({ column, y: level }))
    for (const { column, y } of leveled) levels.get(column)?.push(y)
    return { ...edge, through: leveled }
  })
}

/** Pixels between a line and what it passes. */
const clearance = 9

/** Whether a line can go through a column at a level: past its volumes, their captions and its other lines. */
const isFree = ({ placed: boxes }: Column, level: number, others: readonly number[]): boolean =>
  others.every((other) => Math.abs(other - level) >= clearance) &&
  boxes.every(({ volume, box, y }) => {
    const half = halfHeight(volume, box)
    return level < y - half - clearance || level > y + half + captionHeight(volume) + clearance
  })

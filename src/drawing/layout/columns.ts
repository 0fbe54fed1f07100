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

/**
 * Lines that go on at the level of their end or of their beginning, where nothing is in their way, rather than at dagre's.
 *
 * @param isLong whether lines can be long: then also at the level that they have in one of the columns, the nearest to the others
 */
export const straightened = (edges: readonly Edge[], isLong = false): Edge[] => {
  const levels = new Map<Column, number[]>()
  for (const { through } of edges) for (const { column, y } of through) levels.set(column, [...(levels.get(column) ?? []), y])
  return edges.map((edge) => {
    const { from, to, through } = edge
    for (const { column, y } of through) levels.get(column)?.splice(levels.get(column)?.indexOf(y) as number, 1)
    const own = isLong ? levelsOf(through.map(({ y }) => y)) : []
    const level = [to.y, from.y, ...own].find((y) => through.every(({ column }) => isFree(column, y, levels.get(column) ?? [])))
    const leveled = level === undefined ? through : through.map(({ column }) => ({ column, y: level }))
    for (const { column, y } of leveled) levels.get(column)?.push(y)
    return { ...edge, through: leveled }
  })
}

/** The levels of a line, the nearest to their mean first; none where there is but one. */
const levelsOf = (levels: readonly number[]): number[] => {
  const mean = levels.reduce((sum, y) => sum + y, 0) / levels.length
  const all = [...new Set(levels)].sort((one, other) => Math.abs(one - mean) - Math.abs(other - mean))
  return all.length < 2 ? [] : all.slice(0, mostTried)
}

/** Levels of a line that are tried. */
const mostTried = 50

/** Pixels between a line and what it passes. */
const clearance = 9

/** Whether a line can go through a column at a level: past its volumes, their captions and its other lines. */
const isFree = ({ placed: boxes }: Column, level: number, others: readonly number[]): boolean =>
  others.every((other) => Math.abs(other - level) >= clearance) &&
  boxes.every(({ volume, box, y }) => {
    const half = halfHeight(volume, box)
    return level < y - half - clearance || level > y + half + captionHeight(volume) + clearance
  })

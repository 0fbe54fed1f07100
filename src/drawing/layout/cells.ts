import { enlarges } from '../volumes/regions.js'
import { isInput, type Volume } from '../volumes/volumes.js'
import type { GridItem } from './grid.js'

/** An item in its cell. */
export interface Cell {
  readonly item: GridItem
  readonly column: number
  readonly row: number
  readonly sources: readonly { readonly cell: Cell; readonly beside: Volume | undefined }[]
}

/** An item while cells are chosen: the size of its maps as a level, and its lane among those of that level. */
interface Placing {
  readonly item: GridItem
  /** How often the maps were halved up to where it stands. */
  readonly level: number
  readonly sources: Placing[]
  readonly readers: Placing[]
  column: number
  lane: number
}

/**
 * A cell for each item. Columns go from inputs to outputs, rows from large maps to small ones; a level has as many rows as it needs. A
 * layer that changes the size stands right under what it takes, or above it.
 */
export const cellsOf = (items: readonly GridItem[]): Cell[] => {
  const placed = placedIn(items)
  const rows = [...new Set(placed.map(({ level, lane }) => level * 1000 + lane))].sort((one, other) => one - other)
  const cells = new Map<Placing, Cell>()
  for (const each of placed) {
    const { item, column, level, lane, sources } = each
    const row = rows.indexOf(level * 1000 + lane)
    cells.set(each, {
      item,
      column,
      row,
      sources: sources.map((source, place) => ({ cell: cells.get(source) as Cell, beside: item.sources[place]?.beside })),
    })
  }
  return [...cells.values()]
}

const placedIn = (items: readonly GridItem[]): Placing[] => {
  const levels = levelsOf(items)
  const byExit = new Map<string, Placing>()
  const taken = new Map<string, Placing>()
  const all: Placing[] = []
  for (const item of items) {
    const sources = item.sources.flatMap(({ name }) => byExit.get(name) ?? [])
    const level = levels.get(item) ?? sources[0]?.level ?? 0
    const placing: Placing = { item, level, sources, readers: [], column: 0, lane: 0 }
    const isEnd = item.volumes.length === 0 && sources.length > 0
    const least = isEnd
      ? Math.max(...all.map(({ column }) => column)) + 1
      : Math.max(0, ...sources.map((from) => nextColumn(from, placing)))
    const wish = sources.find((source) => source.level === level)?.lane ?? 0
    Object.assign(placing, freeCell(taken, level, least, wish))
    for (const source of sources) source.readers.push(placing)
    taken.set(keyOf(placing), placing)
    byExit.set(item.exit, placing)
    all.push(placing)
  }
  for (const each of [...all].reverse()) moveToReader(each, taken)
  return all
}

const keyOf = ({ level, lane, column }: { readonly level: number; readonly lane: number; readonly column: number }): string =>
  `${level} ${lane} ${column}`

/** The first column that an item can stand in behind another one. */
const nextColumn = (from: Placing, to: Placing): number => (canStack(from, to) ? from.column : from.column + 1)

/** Whether two items can stand one above the other with a line between them: single volumes on neighbouring levels. */
const canStack = (from: Placing, to: Placing): boolean =>
  from.item.volumes.length === 1 && to.item.volumes.length === 1 && Math.abs(from.level - to.level) === 1 && from.lane === 0

/** More lanes than these are not tried before the next column. */
const mostLanes = 64

const freeCell = (taken: ReadonlyMap<string, Placing>, level: number, least: number, wish: number): { column: number; lane: number } => {
  for (let column = least; ; column += 1) {
    for (let lane = wish; lane < mostLanes; lane += 1) if (!taken.has(keyOf({ level, lane, column }))) return { column, lane }
    for (let lane = 0; lane < wish; lane += 1) if (!taken.has(keyOf({ level, lane, column }))) return { column, lane }
  }
}

/** Moves an item that stands beside the main way, such as the crop of a skip, to the join that reads it. */
const moveToReader = (placing: Placing, taken: Map<string, Placing>): void => {
  const { item, readers, sources, level, lane } = placing
  const [reader, ...others] = readers
  const [volume] = item.volumes
  if (reader === undefined || others.length > 0 || sources.length !== 1 || (volume && isInput(volume))) return
  const column = reader.column - 1
  const hasOtherSource = reader.sources.some((source) => source !== placing && source.column >= column)
  if (column <= placing.column || (!hasOtherSource && reader.sources.length > 1) || reader.level !== level) return
  const cell = { level, lane: reader.lane, column }
  const moved = taken.has(keyOf(cell)) ? { level, lane, column } : cell
  if (taken.has(keyOf(moved))) return
  taken.delete(keyOf(placing))
  Object.assign(placing, moved)
  taken.set(keyOf(placing), placing)
}

/**
 * The level of each item: how often its maps were halved before it. A layer that enlarges maps stands where it takes them. Only
 * strides count, so that convolutions without padding and crops stay on a level.
 */
const levelsOf = (items: readonly GridItem[]): Map<GridItem, number> => {
  const after = new Map<string, number>()
  const levels = new Map<GridItem, number>()
  for (const item of items) {
    for (const volume of item.volumes) {
      const known = volume.inputs.flatMap((name) => after.get(name) ?? [])
      const before = known.length === 0 ? 0 : Math.min(...known)
      const level = before + halvingsOf(volume)
      after.set(volume.name, level)
      if (volume === item.volumes.at(-1)) levels.set(item, enlarges(volume) ? Math.max(before, level) : level)
    }
  }
  return levels
}

const halvingsOf = (volume: Volume): number => {
  const { inputShapes, output, window } = volume.node
  if (enlarges(volume)) return -Math.max(1, Math.round(Math.log2((output[0] as number) / (inputShapes[0]?.[0] as number))))
  return Math.round(Math.log2(Math.max(1, ...(window?.axes ?? []).map(({ stride }) => stride))))
}

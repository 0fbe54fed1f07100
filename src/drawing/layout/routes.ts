import type { Volume } from '../volumes/volumes.js'
import type { Cell } from './cells.js'
import type { Point } from './geometry.js'
import { halfHeight, type Line, type Piece, type PositionedBox, widthOf } from './piece.js'
import { movedBy } from './series.js'
import type { Spacing } from './spacing.js'

/*
 * Lines of a grid. They run in the channels between columns and between rows, where no volume stands, each source in a track of its own; or
 * straight from cell to cell where nothing is between.
 */

/** Pixels that each track of a channel adds. */
const track = 9

/** How a line goes from cell to cell. */
type Way =
  | { readonly kind: 'straight' }
  | { readonly kind: 'down' }
  | { readonly kind: 'up' }
  /** To a volume within an item, from the channel above its row. */
  | { readonly kind: 'above'; readonly volume: Volume; readonly leave: Track; readonly across: Track }
  /** By a channel behind the column of its source, then perhaps one above a row, then one before the column of its target. */
  | { readonly kind: 'around'; readonly leave: Track; readonly across?: Track; readonly arrive?: Track }

/** A place in a channel: how far along it is used, and which of its tracks it has. */
interface Track {
  readonly channel: number
  readonly from: number
  readonly to: number
  readonly source: Cell
  place: number
}

interface Edge {
  readonly from: Cell
  readonly to: Cell
  readonly way: Way
}

/** A grid with its lines. Its entry and its exit are the cells without anything in them. */
export const routed = (cells: readonly Cell[], spacing: Spacing): Piece => {
  const room = { column: spacing.gap, row: Math.max(24, spacing.rowGap - 8) }
  const taken = new Map(cells.map((cell) => [`${cell.row} ${cell.column}`, cell]))
  const edges = cells.flatMap((to) => to.sources.map(({ cell, beside }): Edge => ({ from: cell, to, way: wayOf(cell, to, beside, taken) })))
  const columns = channelsOf(
    edges.flatMap(({ way }) => ('leave' in way ? [way.leave, ...('arrive' in way && way.arrive ? [way.arrive] : [])] : [])),
  )
  const rows = channelsOf(edges.flatMap(({ way }) => ('across' in way && way.across ? [way.across] : [])))
  const counts = { columns: 1 + max(cells.map(({ column }) => column)), rows: 1 + max(cells.map(({ row }) => row)) }

  const lefts: number[] = []
  const widths: number[] = []
  let x = 0
  for (let column = 0; column < counts.columns; column += 1) {
    lefts.push(x)
    widths.push(max(cells.filter((cell) => cell.column === column).map(({ item }) => item.piece.width)))
    x += (widths[column] as number) + (column + 1 < counts.columns ? room.column + track * (columns.get(column) ?? 0) : 0)
  }
  const baselines: number[] = []
  const tops: number[] = []
  let y = 0
  for (let row = 0; row < counts.rows; row += 1) {
    const inRow = cells.filter((cell) => cell.row === row).map(({ item }) => item.piece)
    const space = (row > 0 ? room.row : 0) + track * (rows.get(row) ?? 0)
    tops.push(y + space)
    baselines.push(y + space + max(inRow.map(({ top }) => -top)))
    y = (baselines[row] as number) + max(inRow.map(({ bottom }) => bottom))
  }

  const pieces = new Map(
    cells.map((cell): [Cell, Piece] => {
      const { piece } = cell.item
      const left = (lefts[cell.column] as number) + ((widths[cell.column] as number) - piece.width) / 2
      return [cell, movedBy(piece, left, baselines[cell.row] as number)]
    }),
  )
  const trackX = ({ channel, place }: Track): number => (lefts[channel] as number) + (widths[channel] as number) + 10 + place * track
  const trackY = ({ channel, place }: Track): number => (tops[channel] as number) - 8 - place * track
  const pointsOf = ({ from, to, way }: Edge): Point[] => {
    const [start, end] = [pieces.get(from) as Piece, pieces.get(to) as Piece]
    if (way.kind === 'straight') return [start.exit, end.entry]
    if (way.kind === 'down' || way.kind === 'up') {
      const middle = (lefts[from.column] as number) + (widths[from.column] as number) / 2
      const isDown = way.kind === 'down'
      return [
        { x: middle, y: isDown ? start.bottom : start.top - 2 },
        { x: middle, y: isDown ? end.top - 1 : end.bottom },
      ]
    }
    const leave = trackX(way.leave)
    if (way.kind === 'above') {
      const { x, top } = topOf(way.volume, end)
      const across = trackY(way.across)
      return [start.exit, { x: leave, y: start.exit.y }, { x: leave, y: across }, { x, y: across }, { x, y: top }]
    }
    if (!way.across || !way.arrive) return [start.exit, { x: leave, y: start.exit.y }, { x: leave, y: end.entry.y }, end.entry]
    const [across, arrive] = [trackY(way.across), trackX(way.arrive)]
    return [
      start.exit,
      { x: leave, y: start.exit.y },
      { x: leave, y: across },
      { x: arrive, y: across },
      { x: arrive, y: end.entry.y },
      end.entry,
    ]
  }
  const lines = edges.map((edge): Line => {
    const arrow = edge.way.kind === 'above' || (pieces.get(edge.to) as Piece).entry.arrow
    return { points: pointsOf(edge), turn: edge.way.kind !== 'straight', arrow }
  })
  const placed = [...pieces.values()]
  const [first, last] = [placed[0] as Piece, placed.at(-1) as Piece]
  const heights = lines.flatMap(({ points }) => points.map((point) => point.y))
  const level = first.entry.y
  return movedBy(
    {
      width: x,
      top: Math.min(...placed.map(({ top }) => top), ...heights),
      bottom: Math.max(...placed.map(({ bottom }) => bottom), ...heights),
      placed: placed.flatMap((piece) => piece.placed),
      lines: [...placed.flatMap((piece) => piece.lines), ...lines],
      frames: placed.flatMap(({ frames }) => frames),
      entry: first.entry,
      exit: last.exit,
    },
    0,
    -level,
  )
}

const max = (values: readonly number[]): number => values.reduce((most, value) => Math.max(most, value), 0)

/** How a line can go, the simplest way first. */
const wayOf = (from: Cell, to: Cell, beside: Volume | undefined, taken: ReadonlyMap<string, Cell>): Way => {
  const isFree = (row: number, column: number): boolean => !taken.has(`${row} ${column}`)
  if (beside && isOpenAbove(beside, to.item.piece))
    return {
      kind: 'above',
      volume: beside,
      leave: trackIn(from.column, 2 * from.row + 1, 2 * to.row, from),
      across: trackIn(to.row, 2 * from.column + 2, 2 * to.column + 1, from),
    }
  if (from.row === to.row && from.column < to.column && from.item.piece.exit.y === to.item.piece.entry.y) {
    let column = from.column + 1
    while (column < to.column && isFree(from.row, column)) column += 1
    if (column === to.column) return { kind: 'straight' }
  }
  const areSingle = from.item.volumes.length === 1 && to.item.volumes.length === 1
  const between = Array.from({ length: Math.abs(from.row - to.row) - 1 }, (_, index) => Math.min(from.row, to.row) + 1 + index)
  if (areSingle && from.column === to.column && between.every((row) => isFree(row, from.column)))
    return { kind: from.row < to.row ? 'down' : 'up' }
  // Rows have odd numbers here, and the channels above them even ones; so have columns, and the channels behind them.
  const [start, end] = [2 * from.row + 1, 2 * to.row + 1]
  if (to.column === from.column + 1) return { kind: 'around', leave: trackIn(from.column, start, end, from) }
  const across = trackIn(to.row, 2 * from.column + 2, 2 * to.column, from)
  return {
    kind: 'around',
    leave: trackIn(from.column, start, 2 * to.row, from),
    across,
    arrive: trackIn(to.column - 1, 2 * to.row, end, from),
  }
}

/** Where a line from above meets a volume of a piece. */
const topOf = (volume: Volume, { placed }: Piece): { readonly x: number; readonly top: number } => {
  const found = placed.find((each) => each.volume === volume) as PositionedBox
  return { x: found.x, top: found.y - halfHeight(volume, found.box) - 1 }
}

/** Whether nothing of a piece is above one of its volumes. */
const isOpenAbove = (volume: Volume, piece: Piece): boolean => {
  const { x, top } = topOf(volume, piece)
  return piece.placed.every((each) => each.y > top || Math.abs(each.x - x) > widthOf(each.volume, each.box) / 2 + 4)
}

const trackIn = (channel: number, from: number, to: number, source: Cell): Track => ({
  channel,
  from: Math.min(from, to),
  to: Math.max(from, to),
  source,
  place: 0,
})

/** Gives each line the first track that is free along its way, and tells how many each channel needs. */
const channelsOf = (tracks: readonly Track[]): Map<number, number> => {
  const used = new Map<number, Track[]>()
  for (const each of tracks) {
    const others = used.get(each.channel) ?? []
    const isFree = (place: number): boolean =>
      others.every((other) => other.place !== place || other.source === each.source || other.to < each.from || other.from > each.to)
    while (!isFree(each.place)) each.place += 1
    used.set(each.channel, [...others, each])
  }
  return new Map([...used].map(([channel, inChannel]) => [channel, 1 + max(inChannel.map(({ place }) => place))]))
}

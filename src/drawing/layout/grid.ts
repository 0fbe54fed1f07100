import type { Frame } from '../volumes/fold.js'
import { enlarges, itemsOf, mainInputs, type Region } from '../volumes/regions.js'
import type { Volume } from '../volumes/volumes.js'
import { branched } from './branched.js'
import { cellsOf } from './cells.js'
import { type Piece, single } from './piece.js'
import { routed } from './routes.js'
import { framed, inSeries } from './series.js'
import type { Measures } from './spacing.js'

/*
 * A network that goes down to small maps and up again, such as a U-Net or a feature pyramid: each size of map is a row, and the values that
 * are kept go straight across.
 */

/** A piece in a grid, with what it takes. */
export interface GridItem {
  readonly piece: Piece
  readonly volumes: readonly Volume[]
  /** The name of the volume whose value it gives; none for the places where the grid begins and ends. */
  readonly exit: string
  readonly sources: readonly Source[]
}

/** A value that an item takes. */
export interface Source {
  readonly name: string
  /** The volume in the item that takes it beside its main input: attention, whose keys come from a network beside it. */
  readonly beside: Volume | undefined
}

/** The way into a grid, and the way out of it to what follows. No layer has these names, since they are empty or blank. */
const entryName = ''
const exitName = ' '

/** What a stretch is laid out with. */
export interface GridOptions {
  /** Whether something follows. */
  readonly goesOn: boolean
  readonly frames: readonly Frame[]
  readonly regions: readonly Region[]
}

/** A stretch as a grid; nothing where it neither enlarges maps nor has frames of its own. */
export const grid = (stretch: readonly Volume[], measures: Measures, options: GridOptions): Piece | undefined => {
  const { goesOn, frames } = options
  const names = new Set(stretch.map(({ name }) => name))
  const inside = frames.filter(({ members }) => members.length < stretch.length && members.every((name) => names.has(name)))
  if (inside.length === 0 && !stretch.some(enlarges)) return undefined
  const items = itemsIn(stretch, measures, { ...options, frames: inside })
  if (items.length < 2) return undefined
  const takes = items.map((item) => ({
    ...item,
    sources: item.sources.map((source) => (names.has(source.name) ? source : { ...source, name: entryName })),
  }))
  const all = [
    ...(takes.some(({ sources }) => sources.some(({ name }) => name === entryName)) ? [placeholder(entryName, [])] : []),
    ...takes,
    ...(goesOn ? [placeholder(exitName, [{ name: (stretch.at(-1) as Volume).name, beside: undefined }])] : []),
  ]
  return routed(cellsOf(all), measures.spacing)
}

/** The items of a stretch: volumes, regions and frames. */
const itemsIn = (stretch: readonly Volume[], measures: Measures, options: GridOptions): GridItem[] => {
  const pieceOf = (volumes: readonly Volume[]): Piece =>
    volumes.length === 1
      ? single(volumes[0] as Volume, measures.boxOf)
      : (grid(volumes, measures, { ...options, goesOn: false }) ?? branched(volumes, measures, { goesOn: false }))
  const items: GridItem[] = []
  let open: { readonly frame: Frame; readonly pieces: Piece[]; readonly volumes: Volume[] } | undefined
  for (const { volumes, exit } of itemsOf(stretch, options.regions)) {
    const piece = pieceOf(volumes)
    const frame = options.frames.find(({ members }) => volumes.every(({ name }) => members.includes(name)))
    if (frame === undefined) {
      items.push(itemOf(piece, volumes, exit.name))
      continue
    }
    if (open?.frame !== frame) open = { frame, pieces: [], volumes: [] }
    open.pieces.push(piece)
    open.volumes.push(...volumes)
    if (frame.members.at(-1) === exit.name)
      items.push(itemOf(framed(inSeries(open.pieces, true, measures.spacing.gap), frame), open.volumes, exit.name))
  }
  return items
}

const itemOf = (piece: Piece, volumes: readonly Volume[], exit: string): GridItem => {
  const own = new Set(volumes.map(({ name }) => name))
  const sources = new Map<string, Source>()
  for (const volume of volumes) {
    const main = mainInputs(volume).length
    for (const [place, name] of volume.inputs.entries()) {
      const beside = place < main || volumes.length === 1 ? undefined : volume
      if (!own.has(name) && (!beside || !sources.has(name))) sources.set(name, { name, beside })
    }
  }
  return { piece, volumes, exit, sources: [...sources.values()] }
}

/** A place without anything in it. */
const placeholder = (exit: string, sources: readonly Source[]): GridItem => {
  const point = { x: 0, y: 0 }
  const piece = { width: 0, top: 0, bottom: 0, placed: [], lines: [], frames: [], entry: { ...point, arrow: false }, exit: point }
  return { piece, volumes: [], exit, sources }
}

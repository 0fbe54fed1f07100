import { graphlib, layout as layOut } from '@dagrejs/dagre'
import { captionOf, widthOfText } from './caption.js'
import { type Box, roomOf, scaleOf } from './scale.js'
import { stretchesOf, type Volume } from './volumes.js'

/*
 * Where everything stands. The chain runs from left to right, and goes on in a new row where the paper ends. Stretches with
 * branches are laid out by dagre.
 */

export interface Point {
  readonly x: number
  readonly y: number
}

/** A volume at its place: the middle of the room that its box takes. */
export interface Placed extends Point {
  readonly volume: Volume
  readonly box: Box
}

/** A picture before it is drawn, in pixels. */
export interface Layout {
  readonly width: number
  readonly height: number
  readonly placed: readonly Placed[]
  /** Lines from volume to volume, each through its points; a `turn` goes from the end of a row to the beginning of the next. */
  readonly lines: readonly { readonly points: readonly Point[]; readonly turn: boolean }[]
}

/** The paper's width, where no stretch is longer. */
const paper = 1400
const margin = 24
const gap = 26
const rowGap = 34

/** Height of the captions under a box. */
export const captionHeight = 46

/** A join is a circle of this radius. */
export const joinRadius = 10

/** More volumes than this are no picture. */
const most = 2000

/** Part of a chain, laid out for itself: its entry is at the left, at a height of 0. */
interface Piece {
  readonly width: number
  readonly top: number
  readonly bottom: number
  readonly placed: readonly Placed[]
  readonly lines: Layout['lines']
  /** Where lines to the volumes that begin it come in. */
  readonly exit: Point
}

/**
 * Lays out volumes.
 *
 * @throws {RangeError} when there are more than 2000
 */
export const layoutOf = (volumes: readonly Volume[]): Layout => {
  if (volumes.length > most) throw new RangeError(`A network of ${volumes.length} volumes is too large for a picture: at most ${most}.`)
  const scale = scaleOf(volumes)
  const boxOf = (volume: Volume): Box => scale(volume.node.output)
  const pieces = stretchesOf(volumes).map((stretch) =>
    stretch.length === 1 ? single(stretch[0] as Volume, boxOf) : branched(stretch, boxOf),
  )

  const placed: Placed[] = []
  const lines: Layout['lines'][number][] = []
  const width = widthFor(pieces) + 2 * margin
  let top = margin
  let before: Point | undefined
  for (const row of rowsOf(pieces, width - 2 * margin)) {
    const baseline = top + Math.max(...row.map((piece) => -piece.top))
    const bottom = baseline + Math.max(...row.map((piece) => piece.bottom))
    let left = margin
    for (const [index, piece] of row.entries()) {
      const at = (point: Point): Point => ({ x: point.x + left, y: point.y + baseline })
      const entry = { x: left, y: baseline }
      placed.push(...piece.placed.map((each) => ({ ...each, ...at(each) })))
      if (before) {
        const lead = index > 0 ? [before, entry] : turn(before, entry, top - rowGap / 2, width - margin / 2)
        lines.push({ points: lead, turn: index === 0 }, ...piece.lines.map(({ points }) => ({ points: points.map(at), turn: false })))
      }
      before = at(piece.exit)
      left += piece.width + gap
    }
    top = bottom + rowGap
  }
  const right = Math.max(...placed.map(({ x, volume, box }) => x + widthOf(volume, box) / 2), 0)
  return {
    width: Math.min(width, Math.max(right, ...lines.flatMap(({ points }) => points.map(({ x }) => x))) + margin),
    height: top - rowGap + margin,
    placed,
    lines,
  }
}

/** The paper's width: that of the widest piece if need be, and somewhat more where everything then fits in one row. */
const widthFor = (pieces: readonly Piece[]): number => {
  const widest = pieces.reduce((most, piece) => Math.max(most, piece.width), paper)
  const all = pieces.reduce((sum, piece) => sum + piece.width + gap, -gap)
  return all <= widest * 1.3 ? Math.max(all + 1, widest) : widest
}

/** Pieces in rows, as many in each as the paper is wide. */
const rowsOf = (pieces: readonly Piece[], width: number): Piece[][] => {
  const rows: Piece[][] = []
  let used = Number.POSITIVE_INFINITY
  for (const piece of pieces) {
    if (used + piece.width > width) {
      rows.push([])
      used = 0
    }
    rows.at(-1)?.push(piece)
    used += piece.width + gap
  }
  return rows
}

/** From the end of a row back to the beginning of the next, through the room between them. */
const turn = (from: Point, to: Point, between: number, right: number): Point[] => [
  from,
  { x: right, y: from.y },
  { x: right, y: between },
  { x: margin / 2, y: between },
  { x: margin / 2, y: to.y },
  to,
]

/** The width that a volume needs: its box or its captions. */
const widthOf = (volume: Volume, box: Box): number => {
  const { width } = roomOf(box)
  return Math.max(isJoin(volume) ? 2 * joinRadius : width, ...captionOf(volume).map((line, index) => widthOfText(line, index)))
}

/** Half the height that its box needs. */
const halfHeight = (volume: Volume, box: Box): number => (isJoin(volume) ? joinRadius : roomOf(box).height / 2)

/** Whether a volume is drawn as a circle: a sum or a product, which has the shape of what goes in. */
export const isJoin = ({ node }: Volume): boolean => node.kind === 'add' || node.kind === 'multiply'

const single = (volume: Volume, boxOf: (volume: Volume) => Box): Piece => {
  const box = boxOf(volume)
  const width = widthOf(volume, box)
  const half = halfHeight(volume, box)
  const room = isJoin(volume) ? 2 * joinRadius : roomOf(box).width
  const x = width / 2
  // The line goes on to the box itself, past the room of the captions.
  const lines = [
    {
      points: [
        { x: 0, y: 0 },
        { x: x - room / 2, y: 0 },
      ],
      turn: false,
    },
  ]
  return {
    width,
    top: -half,
    bottom: half + captionHeight,
    placed: [{ volume, box, x, y: 0 }],
    lines,
    exit: { x: x + room / 2, y: 0 },
  }
}

const entryName = '\u0000entry'

const branched = (stretch: readonly Volume[], boxOf: (volume: Volume) => Box): Piece => {
  const graph = new graphlib.Graph()
  graph.setGraph({ rankdir: 'LR', nodesep: 14, ranksep: 30, edgesep: 14 })
  graph.setDefaultEdgeLabel(() => ({}))
  graph.setNode(entryName, { width: 1, height: 1 })
  const boxes = new Map(stretch.map((volume) => [volume.name, boxOf(volume)]))
  for (const volume of stretch) {
    const box = boxes.get(volume.name) as Box
    // The captions' room is half above and half below, so that lines meet the middle of the box; of two neighbours each has what it needs.
    graph.setNode(volume.name, { width: widthOf(volume, box), height: 2 * halfHeight(volume, box) + captionHeight })
  }
  for (const { name, inputs } of stretch) for (const input of inputs) graph.setEdge(boxes.has(input) ? input : entryName, name)
  layOut(graph)

  const start = graph.node(entryName) as unknown as Point
  const middles = stretch.map(({ name }) => (graph.node(name) as unknown as Point).y - start.y)
  // Layers hang under the line and shortcuts pass above, whichever way dagre has put them.
  const flip = middles.reduce((sum, y) => sum + y, 0) < 0 ? -1 : 1
  const moved = ({ x, y }: Point): Point => ({ x: x - start.x, y: flip * (y - start.y) })
  const placed = stretch.map((volume) => ({
    volume,
    box: boxes.get(volume.name) as Box,
    ...moved(graph.node(volume.name) as unknown as Point),
  }))
  const byName = new Map(placed.map((each) => [each.volume.name, each]))
  const sideOf = ({ volume, box, x, y }: Placed, side: -1 | 1): Point => ({
    x: x + side * (isJoin(volume) ? joinRadius : roomOf(box).width / 2),
    y,
  })
  const lines = graph.edges().map(({ v, w }: { v: string; w: string }) => {
    const inner = (graph.edge(v, w) as unknown as { points: Point[] }).points.slice(1, -1).map(moved)
    const from = byName.get(v)
    return { points: [from ? sideOf(from, 1) : { x: 0, y: 0 }, ...inner, sideOf(byName.get(w) as Placed, -1)], turn: false }
  })
  const last = placed.at(-1) as Placed
  const points: Point[] = lines.flatMap((line: Layout['lines'][number]) => line.points)
  return {
    width: Math.max(...placed.map((each) => each.x + widthOf(each.volume, each.box) / 2)),
    top: Math.min(...placed.map(({ volume, box, y }) => y - halfHeight(volume, box)), ...points.map(({ y }) => y)),
    bottom: Math.max(...placed.map(({ volume, box, y }) => y + halfHeight(volume, box) + captionHeight), ...points.map(({ y }) => y)),
    placed,
    lines,
    exit: sideOf(last, 1),
  }
}

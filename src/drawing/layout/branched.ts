import { graphlib, layout as layOut } from '@dagrejs/dagre'
import { isInput, type Volume } from '../volumes/volumes.js'
import { columnOf, columnsOf, type Edge, isIn, straightened } from './columns.js'
import { compacted } from './compact.js'
import type { Point } from './geometry.js'
import { isLarge } from './large.js'
import { lined } from './lined.js'
import { arrowRoom, captionHeight, halfHeight, type Line, type Piece, type PositionedBox, sideOf, widthOf } from './piece.js'
import type { Measures } from './spacing.js'

const entryName = 'entry'
const exitName = 'exit'

/** Dagre takes seconds for more volumes. */
const most = 2000

/**
 * A stretch with branches, laid out by dagre: volumes in columns. Lines rise and fall between columns only, and go level through
 * them, so that none crosses a caption. Where the chain goes on after its last volume, and heads end beside it, a line leads past
 * those. Inputs are in the first column. A stretch that dagre would take long for is drawn in one line.
 */
export const branched = (stretch: readonly Volume[], measures: Measures, { goesOn }: { readonly goesOn: boolean }): Piece => {
  if (isLarge(stretch, most)) return lined(stretch, measures)
  const { boxOf, spacing, hasNames } = measures
  const inputs = stretch.filter(isInput)
  const graph = new graphlib.Graph()
  graph.setGraph({ rankdir: 'LR', nodesep: spacing.row, ranksep: spacing.column, edgesep: 16 })
  graph.setDefaultEdgeLabel(() => ({}))
  // Names of layers can be anything, also what dagre gives its own nodes.
  const ids = new Map(stretch.map(({ name }, index) => [name, `${index}`]))
  const idOf = (volume: Volume) => ids.get(volume.name) as string
  const boxes = new Map(stretch.map((volume) => [volume, boxOf(volume)]))
  // One height for all captions: boxes that dagre puts on one level then are on one level.
  const caption = Math.max(...stretch.map(captionHeight))
  graph.setNode(entryName, { width: 1, height: caption })
  for (const [volume, box] of boxes) {
    graph.setNode(idOf(volume), { width: widthOf(volume, box), height: 2 * halfHeight(volume, box) + caption })
  }
  for (const volume of stretch) for (const input of volume.inputs) graph.setEdge(ids.get(input) ?? entryName, idOf(volume))
  // Heavier than all that could pull an input to the right.
  for (const input of inputs) graph.setEdge(entryName, idOf(input), { weight: stretch.length + 1 })
  const last = stretch.at(-1) as Volume
  const read = new Set(stretch.flatMap(({ inputs }) => inputs))
  const heads = stretch.filter((volume) => volume !== last && !read.has(volume.name) && !isInput(volume))
  const passesHeads = goesOn && heads.length > 0
  if (passesHeads) {
    graph.setNode(exitName, { width: 1, height: caption })
    for (const volume of [...heads, last]) graph.setEdge(idOf(volume), exitName)
  }
  layOut(graph)
  // What lies inside one another cannot drift apart.
  if (hasNames) compacted(graph, caption)

  const middleOf = (id: string) => graph.node(id) as unknown as Point
  const isRead = (volume: Volume): boolean => read.has(volume.name)
  const start =
    inputs.length === 0 ? middleOf(entryName) : cornerOf(graph, idOf(inputs.find(isRead) ?? (inputs[0] as Volume)), inputs.map(idOf))
  // Layers hang under the line and shortcuts pass above, whichever way dagre has put them.
  const flip = stretch.reduce((sum, volume) => sum + middleOf(idOf(volume)).y - start.y, 0) < 0 ? -1 : 1
  const moved = ({ x, y }: Point): Point => ({ x: x - start.x, y: flip * (y - start.y) })
  const positionedByName = new Map(
    [...boxes].map(([volume, box]): [string, PositionedBox] => [idOf(volume), { volume, box, ...moved(middleOf(idOf(volume))) }]),
  )
  const columns = columnsOf([...positionedByName.values()])
  const end: Point = passesHeads ? moved(middleOf(exitName)) : sideOf(positionedByName.get(idOf(last)) as PositionedBox, 1)
  const edges = graph
    .edges()
    .filter(({ v, w }: { v: string; w: string }) => (w !== exitName || v === idOf(last)) && (v !== entryName || inputs.length === 0))
    .map(({ v, w }: { v: string; w: string }): Edge => {
      const bends = (graph.edge(v, w) as unknown as { points: Point[] }).points.slice(1, -1).map(moved)
      const through = bends.flatMap(({ x, y }) => {
        const column = columns.find((each) => isIn(each, x))
        // Dagre's middles are those of a box with its caption; lines are level with boxes.
        return column ? [{ column, y: y + caption / 2 }] : []
      })
      return { from: positionedByName.get(v) ?? { x: 0, y: 0 }, to: positionedByName.get(w) ?? end, through }
    })
  const lines = straightened(edges, hasNames).map(({ from, to, through }): Line => {
    const points: Point[] = 'volume' in from ? [sideOf(from, 1), { x: columnOf(columns, from.x).right, y: from.y }] : [from]
    for (const { column, y } of through) points.push({ x: column.left, y }, { x: column.right, y })
    if (!('volume' in to)) return { points: [...points, to], turn: false, arrow: false }
    const tip = sideOf(to, -1)
    points.push({ x: Math.min(columnOf(columns, to.x).left, tip.x - arrowRoom), y: to.y }, tip)
    return { points, turn: false, arrow: true }
  })
  const all = [...positionedByName.values()]
  const heights = lines.flatMap((line: Line) => line.points.map(({ y }) => y))
  return {
    width: Math.max(end.x, ...columns.map(({ right }) => right)),
    top: Math.min(...all.map(({ volume, box, y }) => y - halfHeight(volume, box)), ...heights),
    bottom: Math.max(...all.map(({ volume, box, y }) => y + halfHeight(volume, box) + captionHeight(volume)), ...heights),
    placed: all,
    lines,
    frames: [],
    entry: { x: 0, y: 0, arrow: false },
    exit: end,
  }
}

/** Where a picture that begins with inputs begins: at the left of the widest of them, level with one. */
const cornerOf = (graph: graphlib.Graph, level: string, inputs: readonly string[]): Point => {
  const placed = (id: string) => graph.node(id) as unknown as Point & { readonly width: number }
  return { x: Math.min(...inputs.map((id) => placed(id).x - placed(id).width / 2)), y: placed(level).y }
}

import { graphlib, layout as layOut } from '@dagrejs/dagre'
import { lineHeight, widthOfText } from '../captions/text.js'
import type { Folded } from '../volumes/fold.js'
import type { Box } from '../volumes/scale.js'
import type { Volume } from '../volumes/volumes.js'
import type { Point } from './geometry.js'
import { isLarge } from './large.js'
import { type Layout, margin } from './layout.js'
import { captionHeight, halfHeight, type Line, type PositionedBox, type PositionedFrame, widthOf } from './piece.js'
import { overOf, shapeOf, stacked, underOf } from './stacked.js'

/* A graph of layers from top to bottom, with shapes beside its lines. */

/** Dagre takes minutes for many more. */
const most = 800

/** Pixels between a frame and what is in it; at the left there is room for its label. */
const padding = { left: 44, right: 14, top: 6, bottom: 6 }

/** Layers and lines from top to bottom, with the shapes beside the lines, in a picture of this size. */
export interface Downwards {
  readonly width: number
  readonly height: number
  readonly placed: readonly PositionedBox[]
  readonly lines: readonly Line[]
  readonly texts: readonly (Point & { readonly text: string })[]
}

/** Lays out layers from top to bottom: by dagre, or one under another where it would take long. */
export const downwards = ({ volumes, frames }: Folded, boxOf: (volume: Volume) => Box): Layout => {
  const { width, height, placed, lines, texts } = movedBy(
    isLarge(volumes, most) ? stacked(volumes, boxOf) : byDagre(volumes, boxOf),
    margin + padding.left,
    margin + padding.top,
  )
  const drawnFrames = frames.flatMap((frame): PositionedFrame[] => {
    const members = new Set(frame.members)
    const inside = placed.filter(({ volume }) => members.has(volume.name))
    const label = Math.max(padding.left, widthOfText(frame.label, true) * 1.2 + 20)
    const left = Math.min(...inside.map(({ volume, box, x }) => x - widthOf(volume, box) / 2)) - label
    const right = Math.max(...inside.map(({ volume, box, x }) => x + widthOf(volume, box) / 2)) + padding.right
    const top = Math.min(...inside.map(({ volume, box, y }) => y - halfHeight(volume, box))) - padding.top
    const bottom = Math.max(...inside.map(({ volume, box, y }) => y + halfHeight(volume, box) + captionHeight(volume))) + padding.bottom
    return [{ x: left, y: top, width: right - left, height: bottom - top, frame }]
  })
  const right = [...drawnFrames.map(({ x, width }) => x + width), ...texts.map(({ text, x }) => x + widthOfText(text))]
  return {
    width: right.reduce((most, each) => Math.max(most, each), width) + margin,
    height: height + margin + padding.bottom,
    placed,
    lines,
    frames: drawnFrames,
    texts,
    standsFor: new Map(),
  }
}

const movedBy = ({ width, height, placed, lines, texts }: Downwards, right: number, down: number): Downwards => {
  const moved = <Place extends Point>(place: Place): Place => ({ ...place, x: place.x + right, y: place.y + down })
  return {
    width: width + right,
    height: height + down,
    placed: placed.map(moved),
    lines: lines.map((line) => ({ ...line, points: line.points.map(moved) })),
    texts: texts.map(moved),
  }
}

const byDagre = (volumes: readonly Volume[], boxOf: (volume: Volume) => Box): Downwards => {
  const graph = new graphlib.Graph()
  graph.setGraph({ rankdir: 'TB', nodesep: 28, ranksep: 20, edgesep: 16 })
  const ids = new Map(volumes.map(({ name }, index) => [name, `${index}`]))
  const idOf = (name: string): string => ids.get(name) as string
  for (const volume of volumes) {
    const box = boxOf(volume)
    graph.setNode(idOf(volume.name), { width: widthOf(volume, box), height: 2 * halfHeight(volume, box) + captionHeight(volume) })
  }
  const byName = new Map(volumes.map((volume) => [volume.name, volume]))
  for (const { name, inputs } of volumes) {
    for (const input of inputs) {
      const shape = shapeOf(byName.get(input) as Volume)
      graph.setEdge(idOf(input), idOf(name), { width: widthOfText(shape) + 8, height: lineHeight, labelpos: 'r', labeloffset: 4 })
    }
  }
  layOut(graph)
  const { width, height } = graph.graph() as { readonly width: number; readonly height: number }
  const placed = volumes.map((volume): PositionedBox => {
    const { x, y } = graph.node(idOf(volume.name)) as unknown as Point
    return { volume, box: boxOf(volume), x, y: y - captionHeight(volume) / 2 }
  })
  const places = new Map(placed.map((each) => [each.volume.name, each]))
  const texts: { text: string; x: number; y: number }[] = []
  const lines = volumes.flatMap(({ name, inputs }) =>
    inputs.map((input): Line => {
      const edge = graph.edge(idOf(input), idOf(name)) as unknown as Point & { readonly points: readonly Point[]; readonly width: number }
      const [from, to] = [places.get(input) as PositionedBox, places.get(name) as PositionedBox]
      texts.push({ text: shapeOf(from.volume), x: edge.x - edge.width / 2 + 4, y: edge.y })
      return { points: [underOf(from), ...edge.points.slice(1, -1), overOf(to)], turn: false, down: true, arrow: true }
    }),
  )
  return { width, height, placed, lines, texts }
}

import { graphlib, layout as layOut } from '@dagrejs/dagre'
import { lineHeight, widthOfText } from '../captions/text.js'
import type { Folded } from '../volumes/fold.js'
import type { Box } from '../volumes/scale.js'
import type { Volume } from '../volumes/volumes.js'
import type { Point } from './geometry.js'
import { type Layout, margin } from './layout.js'
import { captionHeight, halfHeight, type Line, type PositionedBox, type PositionedFrame, widthOf } from './piece.js'

/* A graph of layers from top to bottom, with shapes beside its lines. */

/** Dagre takes minutes for many more. */
const most = 800

/** Pixels between a frame and what is in it; at the left there is room for its label. */
const padding = { left: 44, right: 14, top: 6, bottom: 6 }

/**
 * Lays out layers from top to bottom.
 *
 * @throws {RangeError} when there are more than 800
 */
export const downwards = ({ volumes, frames }: Folded, boxOf: (volume: Volume) => Box): Layout => {
  if (volumes.length > most)
    throw new RangeError(`A network of ${volumes.length} layers is too large for a graph: at most ${most}. Use another style.`)
  const graph = new graphlib.Graph()
  graph.setGraph({ rankdir: 'TB', nodesep: 28, ranksep: 20, edgesep: 16 })
  const ids = new Map(volumes.map(({ name }, index) => [name, `${index}`]))
  const idOf = (name: string): string => ids.get(name) as string
  const caption = (volume: Volume): number => captionHeight(volume)
  for (const volume of volumes) {
    const box = boxOf(volume)
    graph.setNode(idOf(volume.name), { width: widthOf(volume, box), height: 2 * halfHeight(volume, box) + caption(volume) })
  }
  const byName = new Map(volumes.map((volume) => [volume.name, volume]))
  for (const { name, inputs } of volumes) {
    for (const input of inputs) {
      const shape = shapeOf(byName.get(input) as Volume)
      graph.setEdge(idOf(input), idOf(name), { width: widthOfText(shape) + 8, height: lineHeight, labelpos: 'r', labeloffset: 4 })
    }
  }
  layOut(graph)
  const size = graph.graph() as { readonly width: number; readonly height: number }
  const move = { x: margin + padding.left, y: margin + padding.top }
  const moved = ({ x, y }: Point): Point => ({ x: x + move.x, y: y + move.y })
  const placed = volumes.map((volume): PositionedBox => {
    const box = boxOf(volume)
    const { x, y } = moved(graph.node(idOf(volume.name)) as unknown as Point)
    return { volume, box, x, y: y - caption(volume) / 2 }
  })
  const places = new Map(placed.map((each) => [each.volume.name, each]))
  const texts: { text: string; x: number; y: number }[] = []
  const lines = volumes.flatMap(({ name, inputs }) =>
    inputs.map((input): Line => {
      const edge = graph.edge(idOf(input), idOf(name)) as unknown as Point & { readonly points: readonly Point[]; readonly width: number }
      const [from, to] = [places.get(input) as PositionedBox, places.get(name) as PositionedBox]
      const at = moved(edge)
      texts.push({ text: shapeOf(from.volume), x: at.x - edge.width / 2 + 4, y: at.y })
      const start = { x: from.x, y: from.y + halfHeight(from.volume, from.box) + caption(from.volume) }
      const end = { x: to.x, y: to.y - halfHeight(to.volume, to.box) - 1 }
      return { points: [start, ...edge.points.slice(1, -1).map(moved), end], turn: false, down: true, arrow: true }
    }),
  )
  const drawnFrames = frames.flatMap((frame): PositionedFrame[] => {
    const members = new Set(frame.members)
    const inside = placed.filter(({ volume }) => members.has(volume.name))
    const label = Math.max(padding.left, widthOfText(frame.label, true) * 1.2 + 20)
    const left = Math.min(...inside.map(({ volume, box, x }) => x - widthOf(volume, box) / 2)) - label
    const right = Math.max(...inside.map(({ volume, box, x }) => x + widthOf(volume, box) / 2)) + padding.right
    const top = Math.min(...inside.map(({ volume, box, y }) => y - halfHeight(volume, box))) - padding.top
    const bottom = Math.max(...inside.map(({ volume, box, y }) => y + halfHeight(volume, box) + caption(volume))) + padding.bottom
    return [{ x: left, y: top, width: right - left, height: bottom - top, frame }]
  })
  const right = Math.max(
    size.width + move.x,
    ...drawnFrames.map(({ x, width }) => x + width),
    ...texts.map(({ text, x }) => x + widthOfText(text)),
  )
  return {
    width: right + margin,
    height: size.height + move.y + margin + padding.bottom,
    placed,
    lines,
    frames: drawnFrames,
    texts,
    standsFor: new Map(),
  }
}

const shapeOf = ({ node }: Volume): string => node.output.join('x')

import type { AnyNetwork } from '../network/network.js'
import { requireNetwork } from '../report/given.js'
import { grouped } from '../report/units.js'
import { captionOf, titleOf } from './caption.js'
import type { Category } from './category.js'
import { escaped } from './escape.js'
import { isJoin, joinRadius, type Layout, layoutOf, type Placed, type Point } from './layout.js'
import { style } from './palette.js'
import { roomOf, slant } from './scale.js'
import { type Volume, volumesOf } from './volumes.js'

/** How a picture is made. */
export interface SvgOptions {
  /** What it shows, for those who cannot see it; by default the shapes. */
  readonly title?: string
  /** Whether it brings its colours along, default `true`; in a page that has them already it need not. */
  readonly styled?: boolean
  /** Whether each volume has a tooltip, default `true`. */
  readonly tooltips?: boolean
}

/**
 * A network as a picture: an SVG file, light or dark as the reader's screen is.
 *
 * Each layer is a box, along the chain as thick as it has channels; its height and its depth are those of the maps. Every side is
 * drawn as the square root of its size. Normalizations and activations are named under the layer that they follow.
 *
 * @throws {TypeError} when it is given no network
 * @throws {RangeError} when the network has more than 2000 boxes
 * @example
 * writeFileSync('lenet.svg', svg(lenet5()))
 */
export const svg = (network: AnyNetwork, { title, styled = true, tooltips = true }: SvgOptions = {}): string => {
  requireNetwork('svg', network)
  const layout = layoutOf(volumesOf(network.graph))
  const label = title ?? `A network from ${network.input.join('x')} to ${network.output.join('x')}`
  const key = keyOf(categoriesOf(network), layout.height)
  const width = Math.ceil(Math.max(layout.width, styled ? key.width : 0))
  const height = Math.ceil(layout.height + (styled ? keyHeight : 0))
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="stridewise" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"${styled ? '' : ` style="min-width:${Math.round(width * 0.72)}px"`} role="img">`,
    `<title>${escaped(label)}</title>`,
    styled ? `<style>${style('svg.stridewise')}</style><rect class="paper" width="${width}" height="${height}"/>` : '',
    '<defs><marker id="stridewise-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6" markerHeight="6" orient="auto"><path class="head" d="M0 0.8 7.4 4 0 7.2z"/></marker></defs>',
    ...linesOf(layout),
    ...layout.placed.map((each) => drawn(each, tooltips)),
    styled ? key.text : '',
    '</svg>',
    '',
  ]
    .filter((line, index, all) => line !== '' || index === all.length - 1)
    .join('\n')
}

const keyHeight = 24

/** What the colours mean, and the scale. */
const keyOf = (categories: readonly Category[], top: number): { text: string; width: number } => {
  let left = 24
  const marks = categories.map((category) => {
    const mark = `<g class="${category}"><rect class="front" x="${number(left)}" y="${number(top - 1)}" width="9" height="9"/><text class="key" x="${number(left + 14)}" y="${number(top + 7)}">${category}</text></g>`
    left += 30 + 6 * category.length
    return mark
  })
  const scale = `<text class="key" x="${number(left)}" y="${number(top + 7)}">${scaleNote}</text>`
  return { text: [...marks, scale].join(''), width: left + 5.6 * scaleNote.length + 24 }
}

/** The scale of a picture, in words. */
export const scaleNote = 'Sides are drawn as the square roots of their sizes.'

const number = (value: number): string => `${Math.round(value * 10) / 10}`
const at = ({ x, y }: Point): string => `${number(x)} ${number(y)}`

/** Lines with arrows where they meet a box; a line that only leads on to the next piece has none. */
const linesOf = ({ lines, placed }: Layout): string[] => {
  const ends = new Set(placed.map((each) => at({ x: each.x - halfWidth(each), y: each.y })))
  return lines.map(({ points, turn }) => {
    const arrow = ends.has(at(points.at(-1) as Point)) ? ' marker-end="url(#stridewise-arrow)"' : ''
    return `<path class="line" d="${turn ? rounded(points) : smooth(points)}"${arrow}/>`
  })
}

const halfWidth = ({ volume, box }: Placed): number => (isJoin(volume) ? joinRadius : roomOf(box).width / 2)

/** A soft line through points: to the middle of each two, with the point itself as the control. */
const smooth = (points: readonly Point[]): string => {
  const [first, ...rest] = points as [Point, ...Point[]]
  if (rest.length === 1) {
    const end = rest[0] as Point
    const middle = (first.x + end.x) / 2
    return first.y === end.y
      ? `M${at(first)} L${at(end)}`
      : `M${at(first)} C${at({ x: middle, y: first.y })} ${at({ x: middle, y: end.y })} ${at(end)}`
  }
  const steps = rest.slice(0, -1).map((point, index) => {
    const next = rest[index + 1] as Point
    const end = index === rest.length - 2 ? next : { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 }
    return `Q${at(point)} ${at(end)}`
  })
  return `M${at(first)} ${steps.join(' ')}`
}

/** Straight lines with round corners. */
const rounded = (points: readonly Point[]): string => {
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

const drawn = (placed: Placed, tooltips: boolean): string => {
  const { volume, x, y } = placed
  const [own = '', dressing = '', shape = ''] = captionOf(volume)
  const half = isJoin(volume) ? joinRadius : roomOf(placed.box).height / 2
  const line = (text: string, kind: string, offset: number) =>
    text === '' ? '' : `<text class="${kind}" x="${number(x)}" y="${number(y + half + offset)}">${escaped(text)}</text>`
  return [
    `<g class="volume ${volume.category}" data-layer="${escaped(volume.name)}">`,
    tooltips ? `<title>${escaped(tooltipOf(volume))}</title>` : '',
    isJoin(volume) ? circle(placed) : boxOf(placed),
    line(own, 'own', 13),
    line(shape, 'shape', 25),
    line(dressing, 'dressing', 36),
    '</g>',
  ].join('')
}

const signs: Readonly<Record<string, string>> = { add: '+', multiply: '×' }

const circle = ({ volume, x, y }: Placed): string =>
  `<circle class="front" cx="${number(x)}" cy="${number(y)}" r="${joinRadius}"/><text class="sign" x="${number(x)}" y="${number(y + 5)}">${signs[volume.node.kind]}</text>`

/** A box seen from the front, from above and from the right. */
const boxOf = ({ box, x, y }: Placed): string => {
  const room = roomOf(box)
  const [right, up] = [box.depth * slant.right, box.depth * slant.up]
  const left = x - room.width / 2
  const bottom = y + room.height / 2
  const corner = (across: number, height: number, back: 0 | 1) => at({ x: left + across + back * right, y: bottom - height - back * up })
  const { thickness, height } = box
  const face = (kind: string, corners: readonly string[]) => `<path class="${kind}" d="M${corners.join(' ')}z"/>`
  const front = face('front', [corner(0, 0, 0), corner(thickness, 0, 0), corner(thickness, height, 0), corner(0, height, 0)])
  if (box.depth === 0) return front
  const top = face('top', [corner(0, height, 0), corner(thickness, height, 0), corner(thickness, height, 1), corner(0, height, 1)])
  const side = face('side', [corner(thickness, 0, 0), corner(thickness, 0, 1), corner(thickness, height, 1), corner(thickness, height, 0)])
  return front + top + side
}

const tooltipOf = ({ node, dressing }: Volume): string => {
  const params = (each: typeof node) =>
    each.weights.reduce((sum, { shape, trainable }) => sum + (trainable ? shape.reduce((a, b) => a * b, 1) : 0), 0)
  return [
    `${node.name}: ${titleOf(node)}`,
    `${node.inputShapes.map((shape) => shape.join('x')).join(', ') || 'input'} -> ${node.output.join('x')}`,
    `${grouped(params(node))} parameters, ${grouped(node.macs)} MACs`,
    ...dressing.map((each) => `then ${each.name}: ${grouped(params(each))} parameters`),
  ].join('\n')
}

/** Every category that a picture shows, in the order of their first volumes. */
export const categoriesOf = (network: AnyNetwork): Category[] => [...new Set(volumesOf(network.graph).map(({ category }) => category))]

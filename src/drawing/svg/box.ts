import { type Face, hatchOf } from '../colours/hatch.js'
import type { BoxColours } from '../colours/palette.js'
import { at, number, type Point } from '../layout/geometry.js'
import { isJoin, joinRadius, type PositionedBox } from '../layout/piece.js'
import { roomOf, slant } from '../volumes/scale.js'
import type { Marks } from './marks.js'

/** A volume without its caption: a box, or for a sum or a product a circle with its sign. */
export const shapeOf = (positioned: PositionedBox, colours: BoxColours, marks: Marks): string => {
  const drawn = isJoin(positioned.volume) ? circleOf(positioned, colours, marks) : boxOf(positioned, colours, marks)
  return `<g${marks('box')} stroke="${colours.edge}" stroke-width="0.8" stroke-linejoin="round">${drawn}</g>`
}

/** A box seen from the front, from above and from the right. */
const boxOf = ({ volume, box, x, y }: PositionedBox, colours: BoxColours, marks: Marks): string => {
  const { thickness, height, depth } = box
  const room = roomOf(box)
  const back = { x: depth * slant.right, y: -depth * slant.up }
  const corner = { x: x - room.width / 2, y: y + room.height / 2 }
  const across = { x: thickness, y: 0 }
  const up = { x: 0, y: -height }
  const front = { corner, across, up }
  if (volume.flat) return flatOf(front, colours, marks)
  const faces: { readonly kind: 'front' | 'top' | 'side'; readonly face: Face }[] = [{ kind: 'front', face: front }]
  if (depth > 0) {
    faces.push({ kind: 'top', face: { corner: sum(corner, up), across, up: back } })
    faces.push({ kind: 'side', face: { corner: sum(corner, across), across: back, up } })
  }
  return faces.map(({ kind, face }) => faceOf(face, kind, colours, marks)).join('')
}

/** A face of a box, or a rectangle of the key, in its colour and with its hatch. */
export const faceOf = (face: Face, kind: 'front' | 'top' | 'side', colours: BoxColours, marks: Marks): string => {
  const { corner, across, up } = face
  const corners = [corner, sum(corner, across), sum(corner, across, up), sum(corner, up)]
  const plain = `<path${marks(kind)} fill="${colours[kind]}" d="M${corners.map(at).join(' ')}z"/>`
  if (!colours.hatch || kind === 'top') return plain
  return `${plain}<path fill="none" d="${hatchOf(face, colours.hatch)}"/>`
}

/** How wide the hatch of a flat box is, at its left: the rest is for its text. */
const stripe = 5

/** A box that is drawn flat, or a rectangle of the key beside such boxes: in its colour, with its hatch as a stripe. */
export const flatOf = (face: Face, colours: BoxColours, marks: Marks): string => {
  const plain = faceOf(face, 'top', { ...colours, top: colours.flat }, marks)
  if (!colours.hatch) return plain
  const across = { x: stripe, y: 0 }
  const foot = sum(face.corner, across)
  const edge = `M${at(foot)} L${at(sum(foot, face.up))}`
  return `${plain}<path fill="none" d="${hatchOf({ ...face, across }, colours.hatch)}${edge}"/>`
}

const circleOf = ({ volume, x, y }: PositionedBox, colours: BoxColours, marks: Marks): string => {
  const strokes = (signs[volume.node.kind] ?? []).map(([from, to]) => {
    const [begin, end] = [sum({ x, y }, from), sum({ x, y }, to)]
    return `M${at(begin)} L${at(end)}`
  })
  return [
    `<circle${marks('front')} fill="${colours.front}" cx="${number(x)}" cy="${number(y)}" r="${joinRadius}"/>`,
    `<path${marks('sign')} fill="none" stroke="${colours.sign}" stroke-width="1.6" d="${strokes.join('')}"/>`,
  ].join('')
}

/** A stroke through the middle, from its end at the right or below back to the other. */
const through = (x: number, y: number): readonly [Point, Point] => [
  { x: -x, y: -y },
  { x, y },
]

/** The strokes of signs, from the middle of a circle: plus, minus, times, a mean as an x with a bar, a maximum and a minimum as in logic. */
const signs: Readonly<Record<string, readonly (readonly [Point, Point])[]>> = {
  add: [through(5, 0), through(0, 5)],
  subtract: [through(5, 0)],
  multiply: [through(3.5, 3.5), through(-3.5, 3.5)],
  average: [
    [
      { x: -3, y: -1.5 },
      { x: 3, y: 4.5 },
    ],
    [
      { x: 3, y: -1.5 },
      { x: -3, y: 4.5 },
    ],
    [
      { x: -3.5, y: -5 },
      { x: 3.5, y: -5 },
    ],
  ],
  maximum: [
    [
      { x: -4, y: -3.5 },
      { x: 0, y: 4 },
    ],
    [
      { x: 4, y: -3.5 },
      { x: 0, y: 4 },
    ],
  ],
  minimum: [
    [
      { x: -4, y: 3.5 },
      { x: 0, y: -4 },
    ],
    [
      { x: 4, y: 3.5 },
      { x: 0, y: -4 },
    ],
  ],
}

const sum = (...points: readonly Point[]): Point => points.reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }))

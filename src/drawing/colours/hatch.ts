import { number, type Point } from '../layout/geometry.js'

/** Lines over a face: `/`, `\`, both, `|` or `-`. */
export type Hatch = 'rising' | 'falling' | 'crossed' | 'upright' | 'level'

/** A face of a box: a corner, and the ways along its two sides. */
export interface Face {
  readonly corner: Point
  readonly across: Point
  readonly up: Point
}

/** Pixels between two lines. */
const spacing = 5

/**
 * A hatch as the data of a path. Its lines are lines of the file rather than an SVG pattern, which many tools leave out.
 */
export const hatchOf = ({ corner, across, up }: Face, hatch: Hatch): string => {
  const width = Math.hypot(across.x, across.y)
  const height = Math.hypot(up.x, up.y)
  const at = ([u, v]: readonly [number, number]) =>
    `${number(corner.x + (u * across.x) / width + (v * up.x) / height)} ${number(corner.y + (u * across.y) / width + (v * up.y) / height)}`
  return linesOf(hatch, width, height)
    .map(([from, to]) => `M${at(from)} L${at(to)}`)
    .join('')
}

type Line = readonly [readonly [number, number], readonly [number, number]]

const linesOf = (hatch: Hatch, width: number, height: number): Line[] => {
  switch (hatch) {
    case 'upright':
      return steps(width).map((u) => [
        [u, 0],
        [u, height],
      ])
    case 'level':
      return steps(height).map((v) => [
        [0, v],
        [width, v],
      ])
    case 'rising':
      return rising(width, height)
    case 'falling':
      return rising(width, height).map(([[u, v], [u2, v2]]) => [
        [u, height - v],
        [u2, height - v2],
      ])
    case 'crossed':
      return [...linesOf('rising', width, height), ...linesOf('falling', width, height)]
  }
}

/** Lines v = u + c, where they are in the face. */
const rising = (width: number, height: number): Line[] =>
  steps(width + height, spacing * Math.SQRT2).map((step) => {
    const c = step - width
    const from = Math.max(0, -c)
    const to = Math.min(width, height - c)
    return [
      [from, from + c],
      [to, to + c],
    ]
  })

/** Places inside a length, evenly apart, as far from one end as from the other; at least one. */
const steps = (length: number, apart = spacing): number[] => {
  const count = Math.max(1, Math.floor(length / apart))
  const first = (length - (count - 1) * apart) / 2
  return Array.from({ length: count }, (_, index) => first + index * apart)
}

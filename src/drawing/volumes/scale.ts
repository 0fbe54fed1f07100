import type { Shape } from '../../shape/shape.js'
import type { Volume } from './volumes.js'

/*
 * The size of a volume on paper. Every side is drawn as the square root of its size: a 7x7 map beside one of 224x224 is then
 * small, and still to be seen. Height and width have one scale, channels have another, vectors a third.
 */

/** The sides of a box, in pixels. */
export interface Box {
  /** Along the chain: channels. */
  readonly thickness: number
  readonly height: number
  /** Away from the reader: width of the maps. */
  readonly depth: number
}

/** How boxes are drawn for the shapes of one network. */
export type Scale = (shape: Shape) => Box

/** The longest sides, in pixels. */
const longest = { map: 104, channels: 46, vector: 110 }

/**
 * The scale at which the largest volume of each kind has the longest sides.
 *
 * @param by how large everything is drawn, 1 for its full size
 */
export const scaleOf = (volumes: readonly Volume[], by = 1): Scale => {
  const shapes = volumes.map(({ node }) => node.output)
  const maps = shapes.filter((shape) => shape.length > 1)
  const most = (sizes: readonly number[], least: number) => sizes.reduce((largest, size) => Math.max(largest, size), least)
  const map =
    longest.map /
    Math.sqrt(
      most(
        maps.flatMap((shape) => shape.slice(0, -1)),
        16,
      ),
    )
  const channels =
    longest.channels /
    Math.sqrt(
      most(
        maps.map((shape) => shape.at(-1) as number),
        64,
      ),
    )
  const vector =
    longest.vector /
    Math.sqrt(
      most(
        shapes.filter((shape) => shape.length === 1).map(([features = 1]) => features),
        256,
      ),
    )
  const side = (size: number, scale: number) => Math.max(2, Math.sqrt(size) * scale * by)
  return (shape) => {
    if (shape.length === 1) return { thickness: 7, height: side(shape[0] as number, vector), depth: 7 }
    const [height = 1, width] = shape.length === 4 ? shape.slice(1) : shape
    const isMap = shape.length > 2
    return { thickness: side(shape.at(-1) as number, channels), height: side(height, map), depth: isMap ? side(width as number, map) : 0 }
  }
}

/** How far a depth goes to the right and up on paper. */
export const slant = { right: 0.34, up: 0.3 }

/** The room that a box takes on paper. */
export const roomOf = ({ thickness, height, depth }: Box): { width: number; height: number } => ({
  width: thickness + depth * slant.right,
  height: height + depth * slant.up,
})

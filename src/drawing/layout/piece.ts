import { captionOf } from '../captions/caption.js'
import { lineHeight, widthOfText } from '../captions/text.js'
import type { Frame } from '../volumes/fold.js'
import { type Box, roomOf, slant } from '../volumes/scale.js'
import type { Volume } from '../volumes/volumes.js'
import type { Point } from './geometry.js'

/** A volume at its place: the middle of the room that its box takes. */
export interface PositionedBox extends Point {
  readonly volume: Volume
  readonly box: Box
}

/** A line from volume to volume. */
export interface Line {
  /** Two neighbours are on one level, or a curve with level ends goes from one to the other. */
  readonly points: readonly Point[]
  /** Whether it goes from the end of a row to the beginning of the next, with round corners. */
  readonly turn: boolean
  /** Whether it goes from top to bottom, with curves that begin and end upright. */
  readonly down?: true
  /** Whether it ends at a volume, and not where others begin. */
  readonly arrow: boolean
}

/** A frame around volumes, with its label at the top left. */
export interface PositionedFrame extends Point {
  readonly width: number
  readonly height: number
  readonly frame: Frame
}

/** Part of a chain, laid out for itself: its entry is at the left, at a height of 0. */
export interface Piece {
  readonly width: number
  readonly top: number
  readonly bottom: number
  readonly placed: readonly PositionedBox[]
  readonly lines: readonly Line[]
  readonly frames: readonly PositionedFrame[]
  /** Where the line from the piece before ends: at the volume, or where the branches begin. */
  readonly entry: Point & { readonly arrow: boolean }
  /** Where lines to the volumes after it come from. */
  readonly exit: Point
}

/** A join is a circle of this radius. */
export const joinRadius = 10

/** Pixels before a box for the head of an arrow. */
export const arrowRoom = 9

/** Pixels beside a caption for fonts that are wider than Arial. */
const fontRoom = 6

/** From a box to the first line of its caption. */
export const captionGap = 2

/** Kinds that are drawn as a circle: joins value by value, which have the shape of what goes in. */
const circles: ReadonlySet<string> = new Set(['add', 'subtract', 'average', 'maximum', 'minimum', 'multiply'])

/** Whether a volume is drawn as a circle. */
export const isJoin = ({ node }: Volume): boolean => circles.has(node.kind)

/** The width that a volume needs: its box or its caption. */
export const widthOf = (volume: Volume, box: Box): number => {
  if (hasTextInside(volume)) return box.thickness
  const { width } = roomOf(box)
  return Math.max(
    isJoin(volume) ? 2 * joinRadius : width,
    ...captionOf(volume).map(({ text, look }) => widthOfText(text, look === 'strong') + fontRoom),
  )
}

/** Half the height that its box needs. */
export const halfHeight = (volume: Volume, box: Box): number => (isJoin(volume) ? joinRadius : roomOf(box).height / 2)

/** Whether its text is in it and not under it: a join is a circle in every style. */
export const hasTextInside = (volume: Volume): boolean => volume.flat !== undefined && !isJoin(volume)

/** The height of the caption under it. */
export const captionHeight = (volume: Volume): number =>
  hasTextInside(volume) ? 4 : captionGap + captionOf(volume).length * lineHeight + 4

/** Where lines meet a volume, on the left or on the right, at half its height: in a flat deep box that is a slanted edge. */
export const sideOf = ({ volume, box, x, y }: PositionedBox, side: -1 | 1): Point => {
  if (isJoin(volume)) return { x: x + side * joinRadius, y }
  const room = roomOf(box)
  const inset = Math.max(0, room.height / 2 - box.height) * (slant.right / slant.up)
  return { x: x + side * (room.width / 2 - inset), y }
}

/** A volume that the chain goes through. */
export const single = (volume: Volume, boxOf: (volume: Volume) => Box): Piece => {
  const box = boxOf(volume)
  const width = widthOf(volume, box)
  const half = halfHeight(volume, box)
  const positioned = { volume, box, x: width / 2, y: 0 }
  return {
    width,
    top: -half,
    bottom: half + captionHeight(volume),
    placed: [positioned],
    lines: [],
    frames: [],
    entry: { ...sideOf(positioned, -1), arrow: true },
    exit: sideOf(positioned, 1),
  }
}

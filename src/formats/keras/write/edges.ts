import type { Chain } from '../layer.js'
import { alongEach, type Ends, none } from './cells.js'

/*
 * Cuts and seams along an axis, which is the width of an image here, as `alongEach` makes it.
 */

/** The cells of the width from one on, up to another. */
export const cutWidth = (image: Chain, role: string, from: number, to: number): Chain => {
  const [rows, size, rest] = image.shape as [number, number, number]
  if (from === 0 && to === size) return image
  const cropping = [
    [0, 0],
    [from, size - to],
  ]
  return image.add(role, 'Cropping2D', { cropping }, [rows, to - from, rest])
}

/** Images beside each other, from left to right. */
export const sideBySide = (image: Chain, role: string, parts: readonly Chain[]): Chain => {
  const [first] = parts as [Chain]
  if (parts.length === 1) {
    image.last = first.last
    return image
  }
  const width = parts.reduce((sum, { shape }) => sum + (shape[1] as number), 0)
  return image.join(role, 'Concatenate', { axis: 2 }, parts, [first.shape[0] as number, width, first.shape[2] as number])
}

/** Copies of the first and of the last column of an image beside it. */
export const widened = (image: Chain, role: string, [before, after]: readonly [number, number]): Chain => {
  const [rows, size, rest] = image.shape as [number, number, number]
  const copies = (at: number, times: number, side: string): Chain[] => {
    if (times === 0) return []
    const edge = cutWidth(image.branch(), `${role}_${side}`, at, at + 1)
    return [
      times === 1
        ? edge
        : edge.add(`${role}_${side}_copies`, 'UpSampling2D', { size: [1, times], interpolation: 'nearest' }, [rows, times, rest]),
    ]
  }
  return sideBySide(image, role, [...copies(0, before, 'first'), image.branch(), ...copies(size - 1, after, 'last')])
}

/** Around a map copies of its outermost cells: in a window that sees a copy they change no maximum, as it sees the cell too. */
export const edgesRepeated = (chain: Chain, ends: Ends): Chain =>
  alongEach(
    chain,
    'edge',
    ends.map((end) => (none([end]) ? undefined : end)),
    (axis, end) => widened(chain, `edge_${axis}`, end),
  )

/** Around a map the cells of its other end. */
export const wrapped = (chain: Chain, ends: Ends): Chain =>
  alongEach(
    chain,
    'wrap',
    ends.map((end) => (none([end]) ? undefined : end)),
    (axis, [before, after], [, size]) => {
      const front = before === 0 ? [] : [cutWidth(chain.branch(), `wrap_${axis}_first`, size - before, size)]
      const back = after === 0 ? [] : [cutWidth(chain.branch(), `wrap_${axis}_last`, 0, after)]
      sideBySide(chain, `wrap_${axis}`, [...front, chain.branch(), ...back])
    },
  )

/** Around a map its cells mirrored, from the one that is `from` places behind the outermost one on. */
export const mirrored = (chain: Chain, ends: Ends, from: 0 | 1): Chain =>
  alongEach(
    chain,
    'mirror',
    ends.map((end) => (none([end]) ? undefined : end)),
    (axis, [before, after], [, size]) => {
      const cell = (at: number, side: string): Chain => cutWidth(chain.branch(), `mirror_${axis}_${side}_${at}`, at, at + 1)
      const front = Array.from({ length: before }, (_, place) => cell(from + before - 1 - place, 'first'))
      const back = Array.from({ length: after }, (_, place) => cell(size - 1 - from - place, 'last'))
      sideBySide(chain, `mirror_${axis}`, [...front, chain.branch(), ...back])
    },
  )

/** Columns of an image that are multiplied by the same factor. */
export interface Factor {
  readonly from: number
  readonly to: number
  readonly factor: number
}

/** The positions on each axis times their factors. */
export const scaledAlong = (chain: Chain, factors: readonly (readonly Factor[])[]): Chain =>
  alongEach(
    chain,
    'count',
    factors.map((runs) => (runs.every(({ factor }) => factor === 1) ? undefined : runs)),
    (axis, runs) => {
      const parts = runs.map(({ from, to, factor }, index) => {
        const part = cutWidth(chain.branch(), `count_${axis}_part_${index + 1}`, from, to)
        return factor === 1 ? part : part.add(`count_${axis}_scale_${index + 1}`, 'Rescaling', { scale: factor, offset: 0 }, part.shape)
      })
      sideBySide(chain, `count_${axis}`, parts)
    },
  )

import type { SlidingWindow } from '../layers/kind/layer.js'
import { FormatError } from '../network/format-error.js'
import type { GraphNode } from '../network/graph.js'
import type { Axis } from '../shape/window.js'

/**
 * The number of a window's cells within a range of an axis: the divisor of an average.
 *
 * @param start the position of the window's first cell
 * @param range the first position of the range, and the position after its last
 */
export const cellsWithin = (
  { kernel, dilation }: Pick<Axis, 'kernel' | 'dilation'>,
  start: number,
  [first, end]: readonly [first: number, end: number],
): number => Math.min(kernel, Math.ceil((end - start) / dilation)) - Math.max(0, Math.ceil((first - start) / dilation))

/**
 * Refuses a pool with a window that sees no cell of its input: a kernel whose dilation is larger than its input may step over it. Then a
 * maximum, and a mean that does not count padding, has no value, and each framework gives another.
 *
 * @throws {FormatError} for such a pool
 */
export const requireCells = ({ kind, name, output, window }: GraphNode, format: 'onnx' | 'pytorch'): void => {
  const { axes, fits } = window as SlidingWindow
  for (const [index, { size, stride, kernel, dilation }] of axes.entries()) {
    // Only windows that begin in the padding may miss an input that is smaller than the dilation.
    if (size >= dilation) continue
    let start = -(fits[index] as SlidingWindow['fits'][number]).before
    for (let position = 0; position < (output[index] as number) && start < 0; position += 1, start += stride) {
      if (cellsWithin({ kernel, dilation }, start, [0, size]) <= 0)
        throw new FormatError(`${kind}: a window sees no cell of its input. Use less dilation.`, format, name)
    }
  }
}

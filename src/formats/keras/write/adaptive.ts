import { requireFew, type Writer } from '../layer.js'
import { alongEach } from './cells.js'
import { cutWidth, sideBySide } from './edges.js'

/*
 * Pools to a size, with the windows of PyTorch: the one at i of M positions goes from floor(i * N / M) up to ceil((i + 1) * N / M).
 */

const commonDivisor = (one: number, other: number): number => (other === 0 ? one : commonDivisor(other, one % other))

export const adaptivePool =
  (stem: 'Average' | 'Max'): Writer =>
  (chain, node) => {
    const sizes = node.output.slice(0, -1)
    const rank = sizes.length
    const factors = sizes.map((size, axis) => (chain.shape[axis] as number) / size)
    if (rank <= 3 && factors.every(Number.isInteger))
      return chain.add('pool', `${stem}Pooling${rank}D`, { pool_size: factors, strides: factors, padding: 'valid' }, node.output)
    // Where the windows differ in size each is a pool of its own. They repeat as often as the greatest common divisor says.
    return alongEach(
      chain,
      'parts',
      sizes.map((size, axis) => (size === chain.shape[axis] ? undefined : size)),
      (axis, size, [rows, cells, rest]) => {
        const times = commonDivisor(cells, size)
        const [ofCells, ofSize] = [cells / times, size / times]
        requireFew(node, ofSize, 'windows that differ in size', 'Use a size that divides the input.')
        chain.reshape(`parts_${axis}_repeated`, [rows * times, ofCells, rest])
        const parts = Array.from({ length: ofSize }, (_, part) => {
          const [from, to] = [Math.floor((part * ofCells) / ofSize), Math.ceil(((part + 1) * ofCells) / ofSize)]
          const role = `parts_${axis}_${part + 1}`
          const cut = cutWidth(chain.branch(), `${role}_cells`, from, to)
          const config = { pool_size: [1, to - from], strides: [1, to - from], padding: 'valid' }
          return cut.add(role, `${stem}Pooling2D`, config, [rows * times, 1, rest])
        })
        sideBySide(chain, `parts_${axis}`, parts).reshape(`parts_${axis}_whole`, [rows, size, rest])
      },
    )
  }

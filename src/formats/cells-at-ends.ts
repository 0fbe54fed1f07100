import type { GraphNode } from '../network/graph.js'

/** The cells that a padding adds, or a crop removes, before and after each spatial axis. */
export const cellsAtEnds = ({ settings, output }: GraphNode): [before: number, after: number][] => {
  const amount = settings['amount'] as number | readonly (number | readonly [number, number])[]
  return output.slice(0, -1).map((_, axis) => {
    const cells = typeof amount === 'number' ? amount : (amount[axis] as number | readonly [number, number])
    return typeof cells === 'number' ? [cells, cells] : [cells[0], cells[1]]
  })
}

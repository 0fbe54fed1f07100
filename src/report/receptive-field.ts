import type { Graph, GraphNode } from '../network/graph.js'

/**
 * Receptive fields: how far a value sees into the network's input, on each spatial axis.
 *
 * A window of span F on a map whose neighbours are j input cells apart adds (F - 1) * j, and multiplies j by its stride
 * (Araujo, Norris and Sim, "Computing Receptive Fields of Convolutional Neural Networks", Distill 2019). Not cut off at the
 * input's size: with padding, a field may be larger than the image. A layer that enlarges its map has a step below 1, and
 * what is then seen in part is counted whole.
 */
interface View {
  /** Input cells that a value sees, per axis. */
  readonly field: readonly number[]
  /** Input cells between neighbouring values, per axis. */
  readonly jump: readonly number[]
}

/** The receptive field of each node, by name; an empty list where the input has no spatial axes. */
export const receptiveFields = ({ nodes, input }: Graph): Map<string, readonly number[]> => {
  const whole = nodes.find(({ name }) => name === input)?.output.slice(0, -1) ?? []
  const views = new Map<string, View>()
  for (const node of nodes) {
    const before = node.inputs.map((name) => views.get(name) as View)
    views.set(node.name, viewFrom(node, before, whole))
  }
  return new Map([...views].map(([name, { field }]) => [name, field.map((cells) => Math.ceil(cells))]))
}

const viewFrom = ({ window, reach, seesAll }: GraphNode, before: readonly View[], whole: readonly number[]): View => {
  const one = whole.map(() => 1)
  if (before.length === 0) return { field: one, jump: one }
  const field = one.map((_, axis) => Math.max(...before.map((view) => view.field[axis] ?? 1)))
  const jump = one.map((_, axis) => Math.max(...before.map((view) => view.jump[axis] ?? 1)))
  if (seesAll) return { field: field.map((cells, axis) => Math.max(cells, whole[axis] ?? 1)), jump }
  const steps = reach ?? window?.fits.map(({ span }, axis) => ({ span, step: window.axes[axis]?.stride ?? 1 })) ?? []
  return {
    field: field.map((cells, axis) => cells + ((steps[axis]?.span ?? 1) - 1) * (jump[axis] ?? 1)),
    jump: jump.map((cells, axis) => cells * (steps[axis]?.step ?? 1)),
  }
}

import { valuesIn } from '../../../layers/kind/layer.js'
import { Chain, type KerasLayer, requireFew, type Writer, weight } from '../layer.js'

/*
 * Products: with a matrix of weights, and of two matrices. `Dot` multiplies one matrix of each example by another: where there are more, each has a layer of its own.
 */

const dense: Writer = (chain, node) => {
  const { units, bias } = node.settings as { units: number; bias: boolean }
  const weights = [weight('kernel', 'kernel', [chain.shape.at(-1) as number, units]), ...(bias ? [weight('bias', 'bias', [units])] : [])]
  return chain.add('dense', 'Dense', { units, use_bias: bias }, node.output, weights)
}

/** One of the matrices along the axes before the last two. */
const matrixAt = (chain: Chain, index: number, count: number, role: string): Chain => {
  const [rows, columns] = chain.shape.slice(-2) as [number, number]
  const cropping = [
    [index, count - 1 - index],
    [0, 0],
  ]
  return chain
    .reshape(`${role}_rows`, [count, rows * columns, 1])
    .add(role, 'Cropping2D', { cropping }, [1, rows * columns, 1])
    .reshape(`${role}_matrix`, [rows, columns])
}

const matmul: Writer = (_, node, inputs) => {
  const [first, second] = inputs as [KerasLayer, KerasLayer]
  const { output } = node
  const [rows, columns] = output.slice(-2) as [number, number]
  if (output.length === 2)
    return new Chain(node, first).join('product', 'Dot', { axes: [2, 1] }, [new Chain(node, first), new Chain(node, second)], output)
  const count = valuesIn(output.slice(0, -2))
  requireFew(node, count, 'products', 'Use smaller axes before the last two.')
  const each = Array.from({ length: count }, (_, index) => {
    const role = (what: string): string => (count === 1 ? what : `${what}_${index + 1}`)
    const matrices = [
      matrixAt(new Chain(node, first), index, count, role('first')),
      matrixAt(new Chain(node, second), index, count, role('second')),
    ]
    return new Chain(node, first)
      .join(role('product'), 'Dot', { axes: [2, 1] }, matrices, [rows, columns])
      .reshape(role('place'), [1, rows * columns])
  })
  const all =
    count === 1 ? (each[0] as Chain) : new Chain(node, first).join('products', 'Concatenate', { axis: 1 }, each, [count, rows * columns])
  return all.reshape('out', output)
}

export const matrixWriters = { dense, matmul } satisfies Readonly<Record<string, Writer>>

import { type Chain, requireFew, type Writer } from '../layer.js'
import { alongEach, enlarged } from './cells.js'
import { cutWidth, widened } from './edges.js'

export const upsample: Writer = (chain, node) => {
  const { scale, method } = node.settings as { scale: number | readonly number[]; method: string }
  const factors = chain.shape.slice(0, -1).map((_, axis) => (typeof scale === 'number' ? scale : (scale[axis] as number)))
  if (method === 'nearest') return enlarged(chain, factors)
  for (const factor of factors) requireFew(node, factor, 'new cells for each', "Use a smaller scale, or method 'nearest'.")
  return interpolated(chain, factors)
}

/**
 * Bilinear, with the centres of new cells where PyTorch has them, as Keras and TensorFlow.js have them elsewhere: of each cell and its
 * neighbours come as many mixes as the axis grows, which lie beside each other as channels and then as cells.
 */
const interpolated = (chain: Chain, factors: readonly number[]): Chain =>
  alongEach(
    chain,
    'mix',
    factors.map((factor) => (factor === 1 ? undefined : factor)),
    (axis, factor, [rows, size, rest]) => {
      const image = [rows, size, rest]
      const cells = chain.branch()
      widened(chain, `mix_${axis}_edge`, [1, 1])
      const before = cutWidth(chain.branch(), `mix_${axis}_before`, 0, size)
      const after = cutWidth(chain.branch(), `mix_${axis}_after`, 2, size + 2)
      const mixes = Array.from({ length: factor }, (_, index) => {
        const role = (what: string): string => `mix_${axis}_${index + 1}_${what}`
        const away = (index + 0.5) / factor - 0.5
        if (away === 0) return cells
        const share = (of: Chain, scale: number, what: string): Chain =>
          of.branch().add(role(what), 'Rescaling', { scale, offset: 0 }, image)
        const neighbour = share(away < 0 ? before : after, Math.abs(away), 'neighbour')
        return chain.branch().join(role('sum'), 'Add', {}, [share(cells, 1 - Math.abs(away), 'own'), neighbour], image)
      })
      chain
        .join(`mix_${axis}_channels`, 'Concatenate', { axis: -1 }, mixes, [rows, size, factor * rest])
        .reshape(`mix_${axis}_cells`, [rows, size * factor, rest])
    },
  )

import { isWhole, positionOf, type Resampling, resamplingsOf, sharesAt } from '../../../layers/kind/resampling.js'
import { type Chain, requireFew, type Writer } from '../layer.js'
import { alongEach, enlarged } from './cells.js'
import { cutWidth, sideBySide, widened } from './edges.js'

export const upsample: Writer = (chain, node) => {
  const axes = resamplingsOf(node)
  const { method } = axes[0] as Resampling
  const factors = axes.map(({ cells, size }) => size / cells)
  if (method === 'bicubic' || !axes.every(isWhole)) {
    for (const { size } of axes) requireFew(node, size, 'positions', "Use a whole factor and method 'nearest' or 'bilinear'.")
    return resampled(chain, axes)
  }
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

/** Each position along an axis by itself: a copy of one cell, or a mix of several. Neighbours that copy the same cell are one copy. */
const resampled = (chain: Chain, axes: readonly Resampling[]): Chain =>
  alongEach(
    chain,
    'resample',
    axes.map((each) => (isUnchanged(each) ? undefined : each)),
    (axis, resampling, [rows, , rest]) => {
      const role = (what: string): string => `resample_${axis}_${what}`
      const column = (cell: number, what: string): Chain => cutWidth(chain.branch(), role(what), cell, cell + 1)
      const mixAt = (place: number): Chain => {
        const shares = sharesAt(resampling, place)
        const parts = shares.map(({ cell, weight }) => {
          const what = `${place + 1}_cell_${cell + 1}`
          const part = column(cell, what)
          return weight === 1 ? part : part.add(role(`${what}_share`), 'Rescaling', { scale: weight, offset: 0 }, part.shape)
        })
        return parts.length === 1 ? (parts[0] as Chain) : chain.branch().join(role(`${place + 1}`), 'Add', {}, parts, [rows, 1, rest])
      }
      const copies = ({ cell, times }: { readonly cell: number; readonly times: number }): Chain => {
        const one = column(cell, `cell_${cell + 1}`)
        if (times === 1) return one
        return one.add(role(`copies_${cell + 1}`), 'UpSampling2D', { size: [1, times], interpolation: 'nearest' }, [rows, times, rest])
      }
      const places = Array.from({ length: resampling.size }, (_, place) => place)
      const parts = resampling.method === 'nearest' ? runsOf(resampling, places).map(copies) : places.map(mixAt)
      sideBySide(chain, role('all'), parts)
    },
  )

/** Whether an axis keeps its cells. */
const isUnchanged = (axis: Resampling): boolean => axis.size === axis.cells && (axis.alignCorners || isWhole(axis))

/** How often each cell is copied, one after the other. */
const runsOf = (resampling: Resampling, places: readonly number[]): { cell: number; times: number }[] => {
  const runs: { cell: number; times: number }[] = []
  for (const place of places) {
    const { cell } = positionOf(resampling, place)
    const last = runs.at(-1)
    if (last?.cell === cell) last.times += 1
    else runs.push({ cell, times: 1 })
  }
  return runs
}

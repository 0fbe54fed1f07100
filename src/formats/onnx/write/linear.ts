import type { GraphNode } from '../../../network/graph.js'
import type { Emitter } from './emitter.js'

/** Products with a matrix of weights, on features that are the last axis. */

/** The input of a layer with its features last. */
export const input = (emit: Emitter, node: GraphNode): string => emit.take(node.inputs[0] as string, 'last')

/** A product with PyTorch's matrix of `[outputs, inputs]`, and a bias if there is one, on `[tokens, features]`. */
export const linear = (
  emit: Emitter,
  wish: string,
  from: string,
  matrix: string,
  bias: string | undefined,
  sizes: readonly number[],
): string => {
  const [tokens, features, units] = sizes as [number, number, number]
  const kernel = emit.once(`${matrix} turned`, () =>
    emit.add('Transpose', `${wish}/kernel`, {
      inputs: [matrix],
      shape: [features, units],
      attributes: { perm: { ints: [1, 0] } },
      batched: false,
    }),
  )
  if (bias === undefined) return emit.add('MatMul', wish, { inputs: [from, kernel], shape: [tokens, units] })
  const product = emit.add('MatMul', `${wish}/product`, { inputs: [from, kernel], shape: [tokens, units] })
  return emit.add('Add', wish, { inputs: [product, bias], shape: [tokens, units] })
}

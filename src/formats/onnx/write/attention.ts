import type { GraphNode } from '../../../network/graph.js'
import type { Emitter } from './emitter.js'
import { input, linear } from './linear.js'
import type { Operators } from './operators.js'

/** Attention, to the input itself and across to another value. */

type Projected = readonly [queries: string, keys: string, values: string]

const roles = ['queries', 'keys', 'values'] as const

/** Queries, keys and values of one input: one product, cut in three. */
const ofOne = (emit: Emitter, node: GraphNode): Projected => {
  const { name, settings } = node
  const [tokens, features] = node.output as [number, number]
  const bias = settings['bias'] ? emit.weight(node, 'in_proj_bias') : undefined
  const sizes = [tokens, features, 3 * features]
  const projected = linear(emit, `${name}/projected`, input(emit, node), emit.weight(node, 'in_proj_weight'), bias, sizes)
  return emit.addSeveral(
    'Split',
    roles.map((what) => `${name}/${what}`),
    {
      inputs: [projected, emit.whole(`${name}/thirds`, [features, features, features])],
      shape: [tokens, features],
      attributes: { axis: { int: 2 } },
    },
  ) as never
}

/** Queries of the input, keys and values of the other value: a product for each. */
const ofTwo = (emit: Emitter, node: GraphNode): Projected => {
  const { name, settings, inputShapes } = node
  const [tokens, features] = node.output as [number, number]
  const [keyTokens, keyFeatures] = inputShapes[1] as [number, number]
  /** The thirds of a weight: once, however many layers have it. */
  const thirds = (weight: string, columns: readonly number[]): string[] => {
    const whole = emit.weight(node, weight)
    let parts: readonly string[] | undefined
    const made = (): readonly string[] => {
      const sizes = emit.whole(`${name}/${weight}_thirds`, [features, features, features])
      return emit.addSeveral(
        'Split',
        roles.map((what) => `${name}/${weight}_${what}`),
        { inputs: [whole, sizes], shape: [features, ...columns], attributes: { axis: { int: 0 } }, batched: false },
      )
    }
    return roles.map((what, index) =>
      emit.once(`${what} of ${whole}`, () => {
        parts ??= made()
        return parts[index] as string
      }),
    )
  }
  const matrices =
    keyFeatures === features
      ? thirds('in_proj_weight', [features])
      : ['q_proj_weight', 'k_proj_weight', 'v_proj_weight'].map((weight) => emit.weight(node, weight))
  const biases = settings['bias'] ? thirds('in_proj_bias', []) : []
  const memory = emit.take(node.inputs[1] as string, 'last')
  return roles.map((what, index) => {
    const [from, sizes] = index === 0 ? [input(emit, node), [tokens, features, features]] : [memory, [keyTokens, keyFeatures, features]]
    return linear(emit, `${name}/${what}`, from, matrices[index] as string, biases[index], sizes)
  }) as never
}

/** softmax(Q K^T / sqrt d) V for each head (Vaswani et al. 2017), between two projections. */
export const multiHeadAttention: Operators[string] = (emit, node) => {
  const { name, settings, inputShapes } = node
  const [tokens, features] = node.output as [number, number]
  const [keyTokens] = (inputShapes[1] ?? node.output) as [number, number]
  const heads = settings['heads'] as number
  const size = features / heads

  const [queries, keys, values] = inputShapes.length === 2 ? ofTwo(emit, node) : ofOne(emit, node)
  const inHeads = (from: string, count: number, perm: number[], shape: number[]): string =>
    emit.add('Transpose', `${from}_in_heads`, {
      inputs: [emit.reshape(`${from}_by_head`, from, [count, heads, size])],
      shape,
      attributes: { perm: { ints: perm } },
    })
  const q = inHeads(queries, tokens, [0, 2, 1, 3], [heads, tokens, size])
  const v = inHeads(values, keyTokens, [0, 2, 1, 3], [heads, keyTokens, size])
  const k = inHeads(keys, keyTokens, [0, 2, 3, 1], [heads, size, keyTokens])
  const scale = emit.floats(`${name}/scale`, [1 / Math.sqrt(size)], [])
  const square = [heads, tokens, keyTokens]
  const scores = emit.add('MatMul', `${name}/scores`, { inputs: [q, k], shape: square })
  const scaled = emit.add('Mul', `${name}/scaled`, { inputs: [scores, scale], shape: square })
  const shares = emit.add('Softmax', `${name}/shares`, { inputs: [scaled], shape: square, attributes: { axis: { int: 3 } } })
  const mixed = emit.add('MatMul', `${name}/mixed`, { inputs: [shares, v], shape: [heads, tokens, size] })
  const turned = emit.add('Transpose', `${name}/turned`, {
    inputs: [mixed],
    shape: [tokens, heads, size],
    attributes: { perm: { ints: [0, 2, 1, 3] } },
  })
  const joined = emit.reshape(`${name}/joined`, turned, [tokens, features])
  const bias = settings['bias'] ? emit.weight(node, 'out_proj.bias') : undefined
  emit.hold(name, 'last', linear(emit, name, joined, emit.weight(node, 'out_proj.weight'), bias, [tokens, features, features]))
}

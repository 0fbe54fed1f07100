import type { GraphNode } from '../../../network/graph.js'
import { elementTypes } from '../model.js'
import type { Emitter } from './emitter.js'
import { input, linear } from './linear.js'
import type { Operators } from './operators.js'

/** Attention, to the input itself and across to another value. */

interface HeadSizes {
  readonly heads: number
  readonly keyValueHeads: number
  readonly headWidth: number
}

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

/** Queries of the input, keys and values of the other value, or of the input with other sizes: a product for each. */
const apart = (emit: Emitter, node: GraphNode): Projected => {
  const { name, settings, inputShapes } = node
  const { heads, keyValueHeads, headWidth } = settings as unknown as HeadSizes
  const [tokens, features] = node.output as [number, number]
  const [keyTokens, keyFeatures] = (inputShapes[1] ?? node.output) as [number, number]
  const widths = [heads, keyValueHeads, keyValueHeads].map((count) => count * headWidth)
  const isOne = widths.every((width) => width === widths[0])
  /** The parts of a weight: once, however many layers have it. */
  const parts = (weight: string, columns: readonly number[]): string[] => {
    const whole = emit.weight(node, weight)
    const wishes = roles.map((what) => `${name}/${weight}_${what}`)
    const split = { attributes: { axis: { int: 0 } }, batched: false }
    let made: readonly string[] | undefined
    const cut = (): readonly string[] => {
      const inputs = [whole, emit.whole(`${name}/${weight}_thirds`, widths)]
      return emit.addSeveral('Split', wishes, {
        inputs,
        shape: [features, ...columns],
        shapes: widths.map((width) => [width, ...columns]),
        ...split,
      })
    }
    return roles.map((what, index) =>
      emit.once(`${what} of ${whole}`, () => {
        made ??= cut()
        return made[index] as string
      }),
    )
  }
  const matrices =
    keyFeatures === features && isOne && widths[0] === features
      ? parts('in_proj_weight', [features])
      : ['q_proj_weight', 'k_proj_weight', 'v_proj_weight'].map((weight) => emit.weight(node, weight))
  const biases = settings['bias'] ? parts('in_proj_bias', []) : []
  const memory = node.inputs[1] === undefined ? input(emit, node) : emit.take(node.inputs[1], 'last')
  return roles.map((what, index) => {
    const width = widths[index] as number
    const [from, sizes] = index === 0 ? [input(emit, node), [tokens, features, width]] : [memory, [keyTokens, keyFeatures, width]]
    return linear(emit, `${name}/${what}`, from, matrices[index] as string, biases[index], sizes)
  }) as never
}

/** Scores without those of tokens that come later: minus infinity, which softmax makes 0. */
const causal = (emit: Emitter, name: string, scores: string, [tokens, keyTokens]: readonly [number, number], shape: readonly number[]) => {
  const places = (what: string, count: number, dims: readonly number[]): string =>
    emit.floats(
      `${name}/${what}`,
      Array.from({ length: count }, (_, place) => place),
      dims,
    )
  const later = emit.add('Greater', `${name}/later`, {
    inputs: [places('places_of_keys', keyTokens, [1, keyTokens]), places('places', tokens, [tokens, 1])],
    shape: [tokens, keyTokens],
    batched: false,
    type: elementTypes.bool,
  })
  const never = emit.floats(`${name}/never`, [Number.NEGATIVE_INFINITY], [])
  return emit.add('Where', `${name}/causal`, { inputs: [later, never, scores], shape })
}

/** softmax(Q K^T / sqrt d) V for each head (Vaswani et al. 2017), between two projections. Heads that share keys and values are a group. */
export const multiHeadAttention: Operators[string] = (emit, node) => {
  const { name, settings, inputShapes } = node
  const [tokens, features] = node.output as [number, number]
  const [keyTokens] = (inputShapes[1] ?? node.output) as [number, number]
  const { heads, keyValueHeads, headWidth: size } = settings as unknown as HeadSizes
  const inner = heads * size
  const isPacked = inputShapes.length < 2 && inner === features && keyValueHeads === heads
  const [queries, keys, values] = isPacked ? ofOne(emit, node) : apart(emit, node)
  const inHeads = (from: string, count: number, sizes: readonly number[], perm: number[], shape: readonly number[]): string =>
    emit.add('Transpose', `${from}_in_heads`, {
      inputs: [emit.reshape(`${from}_by_head`, from, [count, ...sizes, size])],
      shape,
      attributes: { perm: { ints: perm } },
    })
  // Of groups of several heads each has its keys and values once, which the product repeats for each of its heads.
  const each = heads / keyValueHeads
  const [byHead, once] =
    each === 1
      ? [[heads], [heads]]
      : [
          [keyValueHeads, each],
          [keyValueHeads, 1],
        ]
  const [forward, turned] =
    each === 1
      ? [
          [0, 2, 1, 3],
          [0, 2, 3, 1],
        ]
      : [
          [0, 2, 3, 1, 4],
          [0, 2, 3, 4, 1],
        ]
  const q = inHeads(queries, tokens, byHead, forward, [...byHead, tokens, size])
  const v = inHeads(values, keyTokens, once, forward, [...once, keyTokens, size])
  const k = inHeads(keys, keyTokens, once, turned, [...once, size, keyTokens])
  const scale = emit.floats(`${name}/scale`, [1 / Math.sqrt(size)], [])
  const square = [...byHead, tokens, keyTokens]
  const scores = emit.add('MatMul', `${name}/scores`, { inputs: [q, k], shape: square })
  const scaled = emit.add('Mul', `${name}/scaled`, { inputs: [scores, scale], shape: square })
  const seen = settings['causal'] ? causal(emit, name, scaled, [tokens, keyTokens], square) : scaled
  const attributes = { axis: { int: square.length } }
  const shares = emit.add('Softmax', `${name}/shares`, { inputs: [seen], shape: square, attributes })
  const mixed = emit.add('MatMul', `${name}/mixed`, { inputs: [shares, v], shape: [...byHead, tokens, size] })
  const back = emit.add('Transpose', `${name}/turned`, {
    inputs: [mixed],
    shape: [tokens, ...byHead, size],
    attributes: { perm: { ints: each === 1 ? [0, 2, 1, 3] : [0, 3, 1, 2, 4] } },
  })
  const joined = emit.reshape(`${name}/joined`, back, [tokens, inner])
  const bias = settings['bias'] ? emit.weight(node, 'out_proj.bias') : undefined
  emit.hold(name, 'last', linear(emit, name, joined, emit.weight(node, 'out_proj.weight'), bias, [tokens, inner, features]))
}

/** Attention and products of matrices from their definitions, for the oracle of graphs. */

type Values = ArrayLike<number>

/** A product of matrices by rows: `[rows, inner]` by `[inner, columns]`. */
export const product = (one: Values, other: Values, rows: number, inner: number, columns: number): Float64Array =>
  Float64Array.from({ length: rows * columns }, (_, at) => {
    const [row, column] = [Math.floor(at / columns), at % columns]
    let sum = 0
    for (let each = 0; each < inner; each += 1) sum += (one[row * inner + each] as number) * (other[each * columns + column] as number)
    return sum
  })

/** Products of matrices, one for each place along the axes before the last two. */
export const products = (one: Values, other: Values, shape: readonly number[], columns: number): Float64Array => {
  const [rows, inner] = shape.slice(-2) as [number, number]
  const count = one.length / (rows * inner)
  const result = new Float64Array(count * rows * columns)
  for (let at = 0; at < count; at += 1) {
    const first = Array.prototype.slice.call(one, at * rows * inner, (at + 1) * rows * inner) as number[]
    const second = Array.prototype.slice.call(other, at * inner * columns, (at + 1) * inner * columns) as number[]
    result.set(product(first, second, rows, inner, columns), at * rows * columns)
  }
  return result
}

/** What attention takes: tokens and features of the queries and of the keys, and its heads. */
export interface AttentionSizes {
  readonly tokens: number
  readonly features: number
  readonly keyTokens: number
  readonly keyFeatures: number
  readonly heads: number
}

/** softmax(Q K^T / sqrt(d)) V in each head, token by token. */
export const attention = (
  queries: Values,
  memory: Values,
  { tokens, features, keyTokens, keyFeatures, heads }: AttentionSizes,
  weight: (name: string) => Float32Array,
): Float64Array => {
  const [joint, bias] = [weight('inProjectionKernel'), weight('inProjectionBias')]
  const projected = (from: Values, count: number, inner: number, third: number, own: string): Float64Array => {
    const kernel =
      joint.length > 0
        ? Float32Array.from({ length: features * features }, (_, at) => {
            const [row, column] = [Math.floor(at / features), at % features]
            return joint[row * 3 * features + third * features + column] as number
          })
        : weight(own)
    return product(from, kernel, count, inner, features).map((value, at) => value + (bias[third * features + (at % features)] ?? 0))
  }
  const q = projected(queries, tokens, features, 0, 'queryKernel')
  const k = projected(memory, keyTokens, keyFeatures, 1, 'keyKernel')
  const v = projected(memory, keyTokens, keyFeatures, 2, 'valueKernel')
  const size = features / heads
  const mixed = new Float64Array(tokens * features)
  for (let head = 0; head < heads; head += 1) {
    for (let token = 0; token < tokens; token += 1) {
      const scores = Array.from({ length: keyTokens }, (_, key) => {
        let sum = 0
        for (let at = head * size; at < (head + 1) * size; at += 1)
          sum += (q[token * features + at] as number) * (k[key * features + at] as number)
        return sum / Math.sqrt(size)
      })
      const largest = Math.max(...scores)
      const shares = scores.map((score) => Math.exp(score - largest))
      const total = shares.reduce((sum, each) => sum + each, 0)
      for (let at = head * size; at < (head + 1) * size; at += 1)
        mixed[token * features + at] = shares.reduce((sum, share, key) => sum + (share / total) * (v[key * features + at] as number), 0)
    }
  }
  const outBias = weight('outProjectionBias')
  const out = product(mixed, weight('outProjectionKernel'), tokens, features, features)
  return out.map((value, at) => value + (outBias[at % features] ?? 0))
}

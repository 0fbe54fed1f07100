/** The words for layers of one family; the first that fits a kind counts. */
const families: readonly (readonly [RegExp, string])[] = [
  [/conv/i, 'convolutions'],
  [/^(dense|patchMerging)$/, 'dense layers'],
  [/attention/i, 'attention'],
  [/^(lstm|gru)$/, 'recurrent layers'],
  [/^(embedding|classToken|positionEmbedding)$/, 'embeddings'],
  [/pool/i, 'pools'],
  [/norm/i, 'normalizations'],
  [/^(add|subtract|average|maximum|minimum|concat|multiply|matmul)$/, 'sums and other joints'],
]

/** The family of a kind of layer, such as `'convolutions'`; `undefined` for a kind that has none. */
export const familyOf = (kind: string): string | undefined => families.find(([pattern]) => pattern.test(kind))?.[1]

/** Whether a kind of layer applies a function to each value, or leaves some out in training, and has no parameters. */
export const isActivation = (kind: string): boolean =>
  /(relu|elu|gelu|silu|mish|sigmoid|swish|tanh|softplus|softmax|dropout|stochasticDepth)/i.test(kind)

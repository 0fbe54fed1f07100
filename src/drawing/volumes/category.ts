/** What a kind of layer is, for its colour and for what is drawn of it. */
export type Category =
  | 'input'
  | 'convolution'
  | 'pooling'
  | 'dense'
  | 'recurrent'
  | 'attention'
  | 'embedding'
  | 'join'
  | 'normalization'
  | 'activation'
  | 'reshape'
  | 'other'

/** The categories by what the names of their kinds have in common; the first that fits counts. */
const patterns: readonly (readonly [RegExp, Category])[] = [
  [/^input$/, 'input'],
  [/conv/i, 'convolution'],
  [/pool/i, 'pooling'],
  [/^(dense|patchMerging)$/, 'dense'],
  [/^(lstm|gru)$/, 'recurrent'],
  [/attention/i, 'attention'],
  [/^(embedding|classToken|positionEmbedding)$/, 'embedding'],
  [/^(add|subtract|average|maximum|minimum|concat|multiply|matmul)$/, 'join'],
  [/norm|^(affine|rescale)$/i, 'normalization'],
  [/(relu|elu|gelu|silu|mish|sigmoid|swish|tanh|softplus|softmax|dropout|stochasticDepth|layerScale)/i, 'activation'],
  [
    /^(flatten|unflatten|reshape|permute|slice|squeeze|unsqueeze|toTokens|selectToken|meanTokens|crop|zeroPad|pad|upsample|pixelShuffle|pixelUnshuffle)$/,
    'reshape',
  ],
]

/** The category of a kind of layer; `'other'` for kinds from outside. */
export const categoryOf = (kind: string): Category => patterns.find(([pattern]) => pattern.test(kind))?.[1] ?? 'other'

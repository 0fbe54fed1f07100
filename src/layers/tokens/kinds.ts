import { attentionKinds } from './attention.js'
import { embeddingKinds } from './embedding.js'
import { tokenEmbeddingKinds } from './token-embedding.js'
import { tokenKinds as own } from './tokens.js'

/** The layers on sequences of tokens at run time. */
export const tokenKinds = { ...attentionKinds, ...embeddingKinds, ...tokenEmbeddingKinds, ...own }

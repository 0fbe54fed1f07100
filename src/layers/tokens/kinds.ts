import { attentionKinds } from './attention.js'
import { embeddingKinds } from './embedding.js'
import { patchMergingKinds } from './patch-merging.js'
import { tokenEmbeddingKinds } from './token-embedding.js'
import { tokenKinds as own } from './tokens.js'
import { windowAttentionKinds } from './window-attention.js'

/** The kinds of layers on token sequences at run time. */
export const tokenKinds = {
  ...attentionKinds,
  ...embeddingKinds,
  ...patchMergingKinds,
  ...tokenEmbeddingKinds,
  ...windowAttentionKinds,
  ...own,
}

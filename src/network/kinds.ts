import { activationKinds } from '../layers/activation.js'
import { attentionKinds } from '../layers/attention.js'
import { blockKinds } from '../layers/block.js'
import { branchOutKinds } from '../layers/branch-out.js'
import { joinKinds } from '../layers/concat.js'
import { convTransposeKinds } from '../layers/conv-transpose.js'
import { convolutionKinds } from '../layers/convolution.js'
import { denseKinds } from '../layers/dense.js'
import { depthwiseKinds } from '../layers/depthwise.js'
import { embeddingKinds } from '../layers/embedding.js'
import { gateKinds } from '../layers/gate.js'
import type { LayerKind, LinkKind } from '../layers/layer.js'
import { normalizationKinds } from '../layers/normalization.js'
import { poolingKinds } from '../layers/pooling.js'
import { recurrentKinds } from '../layers/recurrent.js'
import { reshapeKinds } from '../layers/reshape.js'
import { residualKinds } from '../layers/residual.js'
import { separableKinds } from '../layers/separable.js'
import { tokenEmbeddingKinds } from '../layers/token-embedding.js'
import { tokenKinds } from '../layers/tokens.js'

/** Every kind of layer at run time, by the name of its method: the table of contents of `layers/`. */
export const kinds: Map<string, LayerKind | LinkKind> = new Map(
  Object.entries({
    ...activationKinds,
    ...branchOutKinds,
    ...embeddingKinds,
    ...recurrentKinds,
    ...attentionKinds,
    ...tokenEmbeddingKinds,
    ...tokenKinds,
    ...convTransposeKinds,
    ...separableKinds,
    ...depthwiseKinds,
    ...blockKinds,
    ...convolutionKinds,
    ...denseKinds,
    ...gateKinds,
    ...joinKinds,
    ...normalizationKinds,
    ...poolingKinds,
    ...reshapeKinds,
    ...residualKinds,
  } as Record<string, LayerKind | LinkKind>),
)

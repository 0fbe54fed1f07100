import { activationKinds } from '../layers/activation/activation.js'
import { gatedActivationKinds } from '../layers/activation/gated.js'
import { preluKinds } from '../layers/activation/prelu.js'
import { rectifierKinds } from '../layers/activation/rectifiers.js'
import { sigmoidKinds } from '../layers/activation/sigmoids.js'
import { blockKinds } from '../layers/blocks/block.js'
import { repeatKinds } from '../layers/blocks/repeat.js'
import { convolutionKinds } from '../layers/convolution/convolution.js'
import { depthwiseKinds } from '../layers/convolution/depthwise.js'
import { separableKinds } from '../layers/convolution/separable.js'
import { convTransposeKinds } from '../layers/convolution/transposed.js'
import { denseKinds } from '../layers/dense/dense.js'
import { branchOutKinds } from '../layers/joins/branch-out.js'
import { joinKinds } from '../layers/joins/concat.js'
import { gateKinds } from '../layers/joins/multiply.js'
import { residualKinds } from '../layers/joins/residual.js'
import type { LayerKind, LinkKind } from '../layers/kind/layer.js'
import { groupNormKinds } from '../layers/normalization/group-norm.js'
import { layerNormKinds } from '../layers/normalization/layer-norm.js'
import { layerScaleKinds } from '../layers/normalization/layer-scale.js'
import { normalizationKinds } from '../layers/normalization/normalization.js'
import { adaptivePoolingKinds } from '../layers/pooling/adaptive.js'
import { globalPoolingKinds } from '../layers/pooling/global.js'
import { poolingKinds } from '../layers/pooling/pooling.js'
import { recurrentKinds } from '../layers/recurrent/recurrent.js'
import { stochasticDepthKinds } from '../layers/regularization/stochastic-depth.js'
import { flattenKinds } from '../layers/reshaping/flatten.js'
import { permuteKinds } from '../layers/reshaping/permute.js'
import { reshapeKinds } from '../layers/reshaping/reshape.js'
import { unflattenKinds } from '../layers/reshaping/unflatten.js'
import { paddingKinds } from '../layers/resizing/padding.js'
import { pixelShuffleKinds } from '../layers/resizing/pixel-shuffle.js'
import { resizeKinds } from '../layers/resizing/upsample.js'
import { attentionKinds } from '../layers/tokens/attention.js'
import { embeddingKinds } from '../layers/tokens/embedding.js'
import { tokenEmbeddingKinds } from '../layers/tokens/token-embedding.js'
import { tokenKinds } from '../layers/tokens/tokens.js'
import { sharedAcrossBuilds } from '../shape/across-builds.js'

type AnyKind = LayerKind | LinkKind

/** Every kind of layer of the package at run time, by the name of its method: the table of contents of `layers/`. */
export const kinds: ReadonlyMap<string, AnyKind> = new Map(
  Object.entries({
    ...activationKinds,
    ...adaptivePoolingKinds,
    ...attentionKinds,
    ...blockKinds,
    ...branchOutKinds,
    ...convTransposeKinds,
    ...convolutionKinds,
    ...denseKinds,
    ...depthwiseKinds,
    ...embeddingKinds,
    ...flattenKinds,
    ...gateKinds,
    ...gatedActivationKinds,
    ...globalPoolingKinds,
    ...groupNormKinds,
    ...joinKinds,
    ...layerNormKinds,
    ...layerScaleKinds,
    ...normalizationKinds,
    ...paddingKinds,
    ...permuteKinds,
    ...pixelShuffleKinds,
    ...poolingKinds,
    ...preluKinds,
    ...rectifierKinds,
    ...recurrentKinds,
    ...repeatKinds,
    ...reshapeKinds,
    ...residualKinds,
    ...resizeKinds,
    ...separableKinds,
    ...sigmoidKinds,
    ...stochasticDepthKinds,
    ...tokenEmbeddingKinds,
    ...tokenKinds,
    ...unflattenKinds,
  } as Record<string, AnyKind>),
)

/** The kinds that were defined by hand in this build. */
const defined = new Map<string, AnyKind>()

/** Those of both builds: a layer value that one build made can be applied in the other. */
const definedAnywhere = (): Map<string, AnyKind> => sharedAcrossBuilds('kinds', () => new Map<string, AnyKind>())

/** The kind of that name, of the package or defined by hand; `undefined` when there is none. */
export const kindOf = (name: string): AnyKind | undefined => kinds.get(name) ?? defined.get(name) ?? definedAnywhere().get(name)

/**
 * Adds a kind that is defined by hand.
 *
 * @throws {TypeError} when this build has one of that name
 */
export const defineKind = (kind: LayerKind<never[]>): void => {
  const name = kind.kind
  if (kinds.has(name) || defined.has(name)) throw new TypeError(`There is a layer of the kind '${name}' already.`)
  defined.set(name, kind)
  definedAnywhere().set(name, kind)
}

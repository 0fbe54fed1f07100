import { activationKinds } from '../layers/activation.js'
import { adaptivePoolingKinds } from '../layers/adaptive-pooling.js'
import { attentionKinds } from '../layers/attention.js'
import { blockKinds } from '../layers/block.js'
import { branchOutKinds } from '../layers/branch-out.js'
import { joinKinds } from '../layers/concat.js'
import { convTransposeKinds } from '../layers/conv-transpose.js'
import { convolutionKinds } from '../layers/convolution.js'
import { denseKinds } from '../layers/dense.js'
import { depthwiseKinds } from '../layers/depthwise.js'
import { embeddingKinds } from '../layers/embedding.js'
import { flattenKinds } from '../layers/flatten.js'
import { gateKinds } from '../layers/gate.js'
import { gatedActivationKinds } from '../layers/gated-activations.js'
import { globalPoolingKinds } from '../layers/global-pooling.js'
import { groupNormKinds } from '../layers/group-norm.js'
import type { LayerKind, LinkKind } from '../layers/layer.js'
import { layerNormKinds } from '../layers/layer-norm.js'
import { layerScaleKinds } from '../layers/layer-scale.js'
import { normalizationKinds } from '../layers/normalization.js'
import { paddingKinds } from '../layers/padding.js'
import { permuteKinds } from '../layers/permute.js'
import { pixelShuffleKinds } from '../layers/pixel-shuffle.js'
import { poolingKinds } from '../layers/pooling.js'
import { preluKinds } from '../layers/prelu.js'
import { rectifierKinds } from '../layers/rectifiers.js'
import { recurrentKinds } from '../layers/recurrent.js'
import { repeatKinds } from '../layers/repeat.js'
import { reshapeKinds } from '../layers/reshape.js'
import { residualKinds } from '../layers/residual.js'
import { resizeKinds } from '../layers/resize.js'
import { separableKinds } from '../layers/separable.js'
import { sigmoidKinds } from '../layers/sigmoids.js'
import { stochasticDepthKinds } from '../layers/stochastic-depth.js'
import { tokenEmbeddingKinds } from '../layers/token-embedding.js'
import { tokenKinds } from '../layers/tokens.js'
import { unflattenKinds } from '../layers/unflatten.js'
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

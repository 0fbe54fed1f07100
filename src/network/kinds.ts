import { activationKinds } from '../layers/activation.js'
import { blockKinds } from '../layers/block.js'
import { joinKinds } from '../layers/concat.js'
import { convolutionKinds } from '../layers/convolution.js'
import { denseKinds } from '../layers/dense.js'
import { gateKinds } from '../layers/gate.js'
import type { LayerKind, LinkKind } from '../layers/layer.js'
import { normalizationKinds } from '../layers/normalization.js'
import { poolingKinds } from '../layers/pooling.js'
import { reshapeKinds } from '../layers/reshape.js'
import { residualKinds } from '../layers/residual.js'

/** Every kind of layer at run time, by the name of its method: the table of contents of `layers/`. */
export const kinds: Map<string, LayerKind | LinkKind> = new Map(
  Object.entries({
    ...activationKinds,
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

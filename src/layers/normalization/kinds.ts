import { batchNormKinds } from './batch-norm.js'
import { channelAffineKinds } from './channel-affine.js'
import { groupNormKinds } from './group-norm.js'
import { layerNormKinds } from './layer-norm.js'
import { layerScaleKinds } from './layer-scale.js'
import { localResponseNormKinds } from './local-response-norm.js'
import { normalizeKinds } from './normalize.js'
import { rescaleKinds } from './rescale.js'
import { rmsNormKinds } from './rms-norm.js'

/** The normalizations and scales at run time. */
export const normalizationKinds = {
  ...batchNormKinds,
  ...channelAffineKinds,
  ...groupNormKinds,
  ...layerNormKinds,
  ...layerScaleKinds,
  ...localResponseNormKinds,
  ...normalizeKinds,
  ...rescaleKinds,
  ...rmsNormKinds,
}

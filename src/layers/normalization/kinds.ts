import { groupNormKinds } from './group-norm.js'
import { layerNormKinds } from './layer-norm.js'
import { layerScaleKinds } from './layer-scale.js'
import { normalizationKinds as own } from './normalization.js'
import { rmsNormKinds } from './rms-norm.js'

/** The normalizations and scales at run time. */
export const normalizationKinds = { ...groupNormKinds, ...layerNormKinds, ...layerScaleKinds, ...rmsNormKinds, ...own }

import { flattenKinds } from './flatten.js'
import { permuteKinds } from './permute.js'
import { reshapeKinds } from './reshape.js'
import { sliceKinds } from './slice.js'
import { squeezeKinds } from './squeeze.js'
import { unflattenKinds } from './unflatten.js'

/** The layers that rearrange values at run time. */
export const reshapingKinds = { ...flattenKinds, ...permuteKinds, ...reshapeKinds, ...sliceKinds, ...squeezeKinds, ...unflattenKinds }

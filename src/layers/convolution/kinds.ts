import { convolutionKinds as own } from './convolution.js'
import { depthwiseKinds } from './depthwise.js'
import { separableKinds } from './separable.js'
import { convTransposeKinds } from './transposed.js'

/** The kinds of convolutions at run time. */
export const convolutionKinds = { ...own, ...depthwiseKinds, ...separableKinds, ...convTransposeKinds }

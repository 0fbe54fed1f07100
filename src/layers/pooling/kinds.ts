import { adaptivePoolingKinds } from './adaptive.js'
import { globalPoolingKinds } from './global.js'
import { poolingKinds as own } from './pooling.js'

/** The kinds of pools at run time. */
export const poolingKinds = { ...adaptivePoolingKinds, ...globalPoolingKinds, ...own }

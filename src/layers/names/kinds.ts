import { branchKinds } from './branch.js'
import { fromKinds } from './from.js'
import { keepKinds } from './keep.js'
import { sharedKinds } from './shared.js'

/** Names of values and of weights at run time. */
export const nameKinds = { ...branchKinds, ...fromKinds, ...keepKinds, ...sharedKinds }

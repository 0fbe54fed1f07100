import { branchKinds } from './branch.js'
import { chunkKinds } from './chunk.js'
import { fromKinds } from './from.js'
import { keepKinds } from './keep.js'
import { sharedKinds } from './shared.js'
import { splitKinds } from './split.js'

/** The kinds that name values and weights, at run time. */
export const nameKinds = { ...branchKinds, ...chunkKinds, ...fromKinds, ...keepKinds, ...sharedKinds, ...splitKinds }

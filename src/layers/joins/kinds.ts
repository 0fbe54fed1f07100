import { branchOutKinds } from './branch-out.js'
import { concatKinds } from './concat.js'
import { elementwiseJoinKinds } from './elementwise.js'
import { matmulKinds } from './matmul.js'
import { gateKinds } from './multiply.js'
import { residualKinds } from './residual.js'

/** The kinds of joins at run time. */
export const joinKinds = { ...branchOutKinds, ...concatKinds, ...elementwiseJoinKinds, ...gateKinds, ...matmulKinds, ...residualKinds }

import { branchOutKinds } from './branch-out.js'
import { joinKinds as own } from './concat.js'
import { gateKinds } from './multiply.js'
import { residualKinds } from './residual.js'

/** The joins of branches at run time. */
export const joinKinds = { ...branchOutKinds, ...own, ...gateKinds, ...residualKinds }

export { branchOut } from './branch-out.js'
export { add, concat } from './concat.js'
export { multiply } from './multiply.js'
export { residual } from './residual.js'

export { branch } from './branch.js'
export { from } from './from.js'
export { keep } from './keep.js'
export { shared } from './shared.js'

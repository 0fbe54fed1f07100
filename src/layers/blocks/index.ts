export { block, identity } from './block.js'
export { repeat } from './repeat.js'

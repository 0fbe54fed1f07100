export type { DenseOptions, NoDenseOptions } from './dense.js'
export { dense } from './dense.js'

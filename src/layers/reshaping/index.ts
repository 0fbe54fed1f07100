export { flatten } from './flatten.js'
export { permute } from './permute.js'
export { reshape } from './reshape.js'
export { unflatten } from './unflatten.js'

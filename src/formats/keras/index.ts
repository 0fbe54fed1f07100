export { FormatError } from '../../network/format-error.js'
export { type FromKeras, type FromKerasOptions, fromKeras } from './read/read.js'
export type { KerasLayerFile, KerasModel } from './write/model.js'
export { type KerasOptions, toKeras } from './write/write.js'

export { FormatError } from '../../network/format-error.js'
export { type FromKeras, fromKeras } from './read/read.js'
export { type KerasLayerFile, type KerasModel, type KerasOptions, toKeras } from './write/write.js'

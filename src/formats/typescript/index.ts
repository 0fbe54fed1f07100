export { FormatError } from '../../network/format-error.js'
export { type TypeScriptOptions, toTypeScript } from './write.js'

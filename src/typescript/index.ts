export { FormatError } from '../formats/error.js'
export { type TypeScriptOptions, toTypeScript } from './write.js'

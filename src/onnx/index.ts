export { FormatError } from '../formats/error.js'
export type { Tensor, Weights } from '../weights/weights.js'
export { type OnnxDataOptions, onnxData, type Progress } from './data.js'
export { type OnnxOptions, toOnnx } from './write.js'

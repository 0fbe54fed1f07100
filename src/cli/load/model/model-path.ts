import { extname } from 'node:path'

/** Whether a path is that of a model, by its name. */
export const isModelPath = (path: string): boolean => ['.onnx', '.json', '.keras'].includes(extname(path))

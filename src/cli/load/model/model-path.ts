import { extname } from 'node:path'
import { formsRead } from './content.js'

/** Whether a path is that of a model, by its name. */
export const isModelPath = (path: string): boolean => Object.hasOwn(formsRead, extname(path))

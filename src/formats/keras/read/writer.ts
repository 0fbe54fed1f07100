import { isObject } from '../../../shape/objects.js'

/** What wrote a file, as far as it says so. */
export type Writer = 'Keras 2' | 'Keras 3' | 'TensorFlow.js' | undefined

/** Files of Keras before 2.3, and those without a version, say nothing that can be relied on. */
export const writerOf = (file: Readonly<Record<string, unknown>>): Writer => {
  const version = file['keras_version']
  if (typeof version === 'string') {
    if (version.startsWith('tfjs')) return 'TensorFlow.js'
    if (/^2\.(?![0-2]\.)/.test(version)) return 'Keras 2'
    if (version.startsWith('3.')) return 'Keras 3'
    return undefined
  }
  return hasPolicy(file) ? 'Keras 3' : undefined
}

/** Only Keras 3 writes the element type of each layer as an object. */
const hasPolicy = ({ config }: Readonly<Record<string, unknown>>): boolean => {
  const layers = isObject(config) && Array.isArray(config['layers']) ? config['layers'] : []
  return layers.some((layer) => {
    const dtype = isObject(layer) && isObject(layer['config']) ? layer['config']['dtype'] : undefined
    return isObject(dtype) && dtype['class_name'] === 'DTypePolicy'
  })
}

/** Names of layers as Keras and TensorFlow take them. */

/**
 * A name with letters, digits, `_` and `-` only, which begins with a letter or a digit. TensorFlow.js looks layers up in plain objects, where
 * `constructor` is a property already.
 */
export const layerName = (name: string): string => {
  const plain = name.replace(/[^A-Za-z0-9_-]/g, '_')
  if (plain in Object.prototype) return `layer_${plain}`
  return /^[A-Za-z0-9]/.test(plain) ? plain : `layer${plain}`
}

/** The name, or with the first number that makes it another than those that are taken; it is taken then. */
export const untaken = (wish: string, taken: Set<string>): string => {
  let count = 1
  let name = wish
  while (taken.has(name)) name = `${wish}_${++count}`
  taken.add(name)
  return name
}

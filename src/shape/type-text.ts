import type { AnyInput, AnyShape, Shape } from './shape.js'

/*
 * Shapes as types, as an editor shows them.
 */

const identifier = /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u

/** A name as a key of an object type: without quotes where it is an identifier or a number. */
export const keyText = (name: string): string => (identifier.test(name) || /^(?:0|[1-9]\d{0,14})$/.test(name) ? name : JSON.stringify(name))

/** `[28, 28, 1]`, or `{ left: [28, 28, 1]; right: [28, 28, 1] }`. */
export const shapeTypeText = (shape: AnyInput): string => {
  if (Array.isArray(shape)) return `[${shape.join(', ')}]`
  const members = Object.entries(shape as Readonly<Record<string, Shape>>).map(([name, each]) => `${keyText(name)}: [${each.join(', ')}]`)
  return `{ ${members.join('; ')} }`
}

/** What a network's first type parameter says of a kept value. */
export const keptTypeText = (name: string, shape: Shape): string => `{ kept: { ${keyText(name)}: ${shapeTypeText(shape)} } }`

/** A shared layer in the type: what it was applied to first, its output and its parameters. */
export const sharedTypeText = (name: string, input: Shape, output: AnyShape, params: number): string =>
  `{ ${keyText(name)}: { input: ${shapeTypeText(input)}; output: ${shapeTypeText(output)}; params: ${paramsText(params)} } }`

/**
 * What a branch adds of shared layers: each for itself where none was known before it, and in one object where some were.
 *
 * @param layers what {@link sharedTypeText} says of each
 */
export const sharedBehindText = (layers: readonly string[], isFirst: boolean): string =>
  `{ shared: ${isFirst ? layers.join(' & ') : `{ ${layers.map((each) => each.slice(2, -2)).join('; ')} }`} }`

/** The number of parameters as a type: `number` where it is no longer exact. */
export const paramsText = (params: number): string => (Number.isSafeInteger(params) ? `${params}` : 'number')

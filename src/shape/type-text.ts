import type { AnyInput, AnyShape, Shape } from './shape.js'

/* Shapes in TypeScript syntax, as an editor shows them. */

const identifier = /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u

/** A name as a key of an object type, in quotes unless it is an identifier or a number. */
export const keyText = (name: string): string =>
  identifier.test(name) || `${Math.abs(Number(name))}` === name ? name : JSON.stringify(name)

/** `[28, 28, 1]`, or `{ left: [28, 28, 1]; right: [28, 28, 1] }`. */
export const shapeTypeText = (shape: AnyInput): string => {
  if (Array.isArray(shape)) return `[${shape.join(', ')}]`
  const members = Object.entries(shape as Readonly<Record<string, Shape>>).map(([name, size]) => `${keyText(name)}: [${size.join(', ')}]`)
  return `{ ${members.join('; ')} }`
}

/** The part of a network's first type parameter for a kept value. */
export const keptTypeText = (name: string, shape: Shape): string => `{ kept: { ${keyText(name)}: ${shapeTypeText(shape)} } }`

/** A shared layer in the type: the shape that it was first applied to, its checksum and its parameters. */
export const sharedTypeText = (name: string, input: AnyShape, digest: number | undefined, params: number): string =>
  `{ ${keyText(name)}: { input: ${shapeTypeText(input)}; layer: ${countText(digest)}; params: ${countText(params)} } }`

/**
 * The shared layers that a branch adds to the type: an intersection if there were none before the branch, otherwise one object.
 *
 * @param layers the texts from {@link sharedTypeText}
 */
export const sharedBehindText = (layers: readonly string[], isFirst: boolean): string =>
  `{ shared: ${isFirst ? layers.join(' & ') : `{ ${layers.map((layer) => layer.slice(2, -2)).join('; ')} }`} }`

/** A count, such as that of parameters, as a type; `number` where it is unknown, or beyond 2^53 - 1. */
export const countText = (count: number | undefined): string => (Number.isSafeInteger(count) ? `${count}` : 'number')

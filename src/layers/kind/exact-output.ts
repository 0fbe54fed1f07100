import { fill, ShapeError } from '../../shape/message.js'
import type { Link } from './layer.js'

const inexact = '{operation}: a size of its output is more than 9007199254740991 (2^53 - 1): JavaScript has no exact number for it.'

/**
 * Refuses sizes above 2^53 - 1, where numbers are no longer exact. In the type such a size is `number`.
 *
 * @throws {ShapeError} when one is that large
 */
export const requireExact = (operation: string, sizes: readonly number[]): void => {
  if (sizes.every((size) => size <= Number.MAX_SAFE_INTEGER)) return
  throw new ShapeError(fill(inexact, { operation }), operation, '')
}

/**
 * Returns the link, unless a size of its output is above 2^53 - 1.
 *
 * @throws {ShapeError} when a size is that large
 */
export const withExactOutput = (link: Link): Link => {
  requireExact(link.kind, link.applied.output)
  return link
}

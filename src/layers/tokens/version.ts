import { type Fill, fill, ShapeError, shown } from '../../shape/message.js'

/*
 * Of which Swin Transformer a layer is: the first, or the second.
 */

const wrongVersion = '{operation}: version must be 1 or 2, not {value}.'

/** The sentence for a version that there is not; `never` for one that there is, or that is not known. */
export type VersionMessage<Operation extends string, Version extends number> = number extends Version
  ? never
  : Version extends 1 | 2
    ? never
    : Fill<typeof wrongVersion, { operation: Operation; value: `${Version}` }>

/**
 * Refuses a version that there is not: {@link VersionMessage} at run time.
 *
 * @throws {ShapeError} blaming the option
 */
export const requireVersion = (operation: string, version: unknown): void => {
  if (version === 1 || version === 2) return
  throw new ShapeError(fill(wrongVersion, { operation, value: shown(version) }), operation, 'options.version')
}

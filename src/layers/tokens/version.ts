import { type Fill, fill, ShapeError, shown } from '../../shape/message.js'

/* The version of the Swin Transformer that a layer belongs to. */

const wrongVersion = '{operation}: version must be 1 or 2, not {value}.'

/** The message for a version that does not exist; `never` if it exists, or is unknown. */
export type VersionMessage<Operation extends string, Version extends number> = number extends Version
  ? never
  : Version extends 1 | 2
    ? never
    : Fill<typeof wrongVersion, { operation: Operation; value: `${Version}` }>

/**
 * {@link VersionMessage} at run time.
 *
 * @throws {ShapeError} for the option, if the version does not exist
 */
export const requireVersion = (operation: string, version: unknown): void => {
  if (version === 1 || version === 2) return
  throw new ShapeError(fill(wrongVersion, { operation, value: shown(version) }), operation, 'options.version')
}

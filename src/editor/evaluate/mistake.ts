import type { AnyNetwork } from '../../network/network.js'
import type { Span } from '../source/source.js'
import type { Origin } from './origins.js'

/** A call that the package refuses. */
export class MistakeError extends Error {
  override readonly name = 'MistakeError'

  constructor(
    message: string,
    readonly span: Span,
    /** The network on which the call was made, and where its layers come from; undefined for a function. */
    readonly before: { readonly network: AnyNetwork; readonly origins: readonly Origin[] } | undefined,
  ) {
    super(message)
  }
}

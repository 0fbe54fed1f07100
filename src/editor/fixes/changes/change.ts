import type { Call } from '../../source/calls.js'
import type { Edit } from '../../source/edits.js'
import type { Source } from '../../source/source.js'
import type { Diagnostic } from '../sentence.js'
import type { Suggestion } from '../suggestion.js'

/** A change with its title. */
export interface Change {
  readonly title: string
  readonly kind: string
  readonly allTitle: string
  readonly edits: readonly Edit[]
}

/** Where a suggestion is made. */
export interface Place {
  readonly source: Source
  readonly diagnostic: Diagnostic
  /** The call that refused; undefined where it is not in this text. */
  readonly target: Call | undefined
  readonly operation: string
}

/** What makes the change of one kind of suggestions, at a call. */
export type MakerOf<Kind> = (
  place: Place & { readonly target: Call },
  suggestion: Extract<Suggestion, { kind: Kind }>,
) => Change | undefined

/** What makes the changes of some kinds of suggestions. */
export type Makers = { readonly [Kind in Suggestion['kind']]?: MakerOf<Kind> }

import type { Edit } from '../source/edits.js'
import type { Source } from '../source/source.js'
import { fixesFor, fixesOfKind, innermostFirst } from './fixes.js'
import type { Diagnostic } from './sentence.js'

/*
 * What an editor lists at a place: the fixes of each mistake there, then one for all mistakes of a kind.
 */

/** An entry of the list. */
export interface Action<Mistake> {
  readonly title: string
  readonly edits: readonly Edit[]
  /** Whether it is the likeliest wish; one of the list is at most. */
  readonly isPreferred: boolean
  /** The mistake that it mends; undefined where it mends all of a kind. */
  readonly mistake?: Mistake
}

/** The fixes at a place. `all` are the mistakes of the file, of which those at the place are chosen. */
export const actionsAt = <Mistake extends Diagnostic>(
  source: Source,
  all: readonly Mistake[],
  isHere: (mistake: Mistake) => boolean,
): readonly Action<Mistake>[] => {
  const fixes = innermostFirst(all).map((mistake) => ({ mistake, own: fixesFor(source, mistake) }))
  const count = new Map<string, number>()
  for (const { own } of fixes) for (const kind of new Set(own.map((fix) => fix.kind))) count.set(kind, (count.get(kind) ?? 0) + 1)
  const here = fixes.filter(({ mistake }) => isHere(mistake))
  const single = here.flatMap(({ mistake, own }) =>
    own.map(({ title, edits, isPreferred }) => ({ title, edits, isPreferred: isPreferred && mistake === here[0]?.mistake, mistake })),
  )
  const several = new Map(
    here.flatMap(({ own }) => own.filter(({ kind }) => (count.get(kind) ?? 0) > 1).map((fix) => [fix.kind, fix.allTitle])),
  )
  return [...once(single), ...[...several].map(([kind, title]) => ({ title, edits: fixesOfKind(source, all, kind), isPreferred: false }))]
}

/** Without those that do the same: a mistake in a block may be reported twice. */
const once = <Mistake>(actions: readonly Action<Mistake>[]): readonly Action<Mistake>[] =>
  [...new Map(actions.map((action) => [JSON.stringify(action.edits), action] as const).reverse()).values()].reverse()

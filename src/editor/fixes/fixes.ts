import { keepingComments } from '../source/comments.js'
import type { Edit } from '../source/edits.js'
import { callAround, type Source } from '../source/source.js'
import type { Change } from './changes/change.js'
import { changeFor } from './changes/changes.js'
import { misspellingFix } from './misspelling.js'
import { refusedOptionChanges } from './refused-option.js'
import { type Diagnostic, locate, sentenceIn } from './sentence.js'
import { suggestionsIn } from './suggestion.js'
import { targetOf } from './target.js'

/*
 * What a message suggests, as changes to the text.
 */

/** A change that an editor offers at a mistake. */
export interface Fix {
  /** `Set stride to 2`. */
  readonly title: string
  /** Fixes of one kind can be done together: `'stride'`. */
  readonly kind: string
  /** What is done to all mistakes that have this kind of fix, as a title. */
  readonly allTitle: string
  readonly edits: readonly Edit[]
  /** Whether it is the likeliest wish. */
  readonly isPreferred: boolean
}

/** The fixes for a mistake, the likeliest wish first; none for what is not this package's. */
export const fixesFor = (source: Source, diagnostic: Diagnostic): readonly Fix[] => {
  if (!source.imports.any) return []
  return fixesIn(source, diagnostic).map((fix) => ({ ...fix, edits: fix.edits.flatMap((edit) => keepingComments(source, edit)) }))
}

const fixesIn = (source: Source, diagnostic: Diagnostic): readonly Fix[] => {
  const sentence = sentenceIn(diagnostic)
  if (sentence === undefined) {
    const spelt = misspellingFix(source, diagnostic)
    return spelt.length > 0 ? spelt : preferringFirst(refusedOptionChanges(source, diagnostic))
  }
  const located = locate(sentence)
  const suggestions = suggestionsIn(located.rest, located.operation)
  if (suggestions.length === 0) return []
  // A ready architecture's layers are not in the text: its own call is.
  const isOfInput = suggestions.some(({ kind }) => kind === 'size')
  const target = isOfInput ? callAround(source, diagnostic.start) : targetOf(source, diagnostic, located)
  const changes = suggestions.flatMap((suggestion) => changeFor({ source, diagnostic, target, operation: located.operation }, suggestion))
  return preferringFirst(changes)
}

/** Changes as fixes, each once, of which the first is the likeliest wish. */
const preferringFirst = (changes: readonly Change[]): readonly Fix[] => {
  const seen = new Set<string>()
  return changes
    .filter(({ title }) => !seen.has(title) && seen.add(title))
    .map((change, index): Fix => ({ ...change, isPreferred: index === 0 }))
}

/** The first fix of one kind at every mistake that has one; those that would overlap are left out. */
export const fixesOfKind = (source: Source, diagnostics: readonly Diagnostic[], kind: string): readonly Edit[] => {
  const taken: Edit[] = []
  for (const diagnostic of diagnostics) {
    const fix = fixesFor(source, diagnostic).find((each) => each.kind === kind)
    const edits = fix?.edits.filter((edit) => !taken.some((other) => isSame(edit, other))) ?? []
    if (edits.length > 0 && !edits.some((edit) => taken.some((other) => overlap(edit, other)))) taken.push(...edits)
  }
  return mergedImports(taken)
}

const isSame = (a: Edit, b: Edit): boolean => a.start === b.start && a.end === b.end && a.text === b.text

const overlap = (a: Edit, b: Edit): boolean =>
  (a.start < b.end && b.start < a.end) || (a.start === b.start && a.end === b.end && !isImport(a))

/** Names that are added to an import. */
const isImport = ({ text }: Edit): boolean => /^, [a-z]\w*(?:(?:, |: | as )[a-z]\w*)*$/.test(text)

/** One edit for all names that are added at the same place. */
const mergedImports = (edits: readonly Edit[]): readonly Edit[] => {
  const merged: Edit[] = []
  for (const edit of edits) {
    const at = merged.findIndex(({ start, end }) => start === edit.start && end === edit.end)
    const before = merged[at]
    if (!before || !isImport(edit)) merged.push(edit)
    else merged[at] = { ...before, text: `, ${[...new Set(`${before.text}${edit.text}`.slice(2).split(', '))].join(', ')}` }
  }
  return merged
}

/** Mistakes at a place, the innermost first: the one around it often comes of it. */
export const innermostFirst = <Range extends { readonly start: number; readonly end: number }>(mistakes: readonly Range[]): Range[] =>
  [...mistakes].sort((one, other) => one.end - one.start - (other.end - other.start))

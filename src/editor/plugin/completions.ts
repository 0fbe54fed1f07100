import type ts from 'typescript'
import { type Completion, type Completions, completionQuestion, completionsAt } from '../completions/completions.js'
import type { OpenFile } from './open-file.js'

/*
 * Completions as the language service gives them: the package's own first, and methods that cannot stand on the shape last.
 */

/** What the package offers at a position; undefined where it has nothing to say. */
export const offeredAt = (file: OpenFile, position: number): Completions | undefined => {
  const asked = completionQuestion(file.source, position)
  return asked && completionsAt(asked, file.ask([asked.question]).get(asked.question.position))
}

/** The entries of the language service with the package's. */
export const withOffered = (
  compiler: typeof ts,
  found: ts.WithMetadata<ts.CompletionInfo> | undefined,
  { items, unfit, isLeftOut }: Completions,
): ts.WithMetadata<ts.CompletionInfo> | undefined => {
  const others = (found?.entries ?? [])
    .filter(({ name }) => !isLeftOut(name))
    .map((entry) => (unfit.has(entry.name) ? { ...entry, sortText: `~${entry.sortText}` } : entry))
  if (!found && items.length === 0) return found
  const entries = [...items.map((item, index) => entryOf(compiler, item, index)), ...others]
  return { isGlobalCompletion: false, isMemberCompletion: false, isNewIdentifierLocation: false, ...found, entries }
}

const entryOf = (compiler: typeof ts, { label, detail, kind, replaced }: Completion, index: number): ts.CompletionEntry => ({
  name: label,
  kind: kind === 'name' ? compiler.ScriptElementKind.string : compiler.ScriptElementKind.constElement,
  kindModifiers: '',
  sortText: `0${`${index}`.padStart(2, '0')}`,
  labelDetails: { description: detail },
  replacementSpan: { start: replaced.start, length: replaced.end - replaced.start },
})

/** What is shown beside one of the package's entries. */
export const detailsOf = (compiler: typeof ts, { label, detail, kind }: Completion): ts.CompletionEntryDetails => ({
  name: label,
  kind: kind === 'name' ? compiler.ScriptElementKind.string : compiler.ScriptElementKind.constElement,
  kindModifiers: '',
  displayParts: [{ text: kind === 'name' ? `${label}: ${detail}` : `${label} gives ${detail}`, kind: 'text' }],
})

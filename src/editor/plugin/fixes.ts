import type ts from 'typescript'
import { type Fix, fixesFor, fixesOfKind, innermostFirst } from '../fixes/fixes.js'
import type { Edit } from '../source/edits.js'
import type { OpenFile } from './open-file.js'

/*
 * Fixes as the language service gives them.
 */

/** The codes of the errors in which the package's sentences stand, and of TypeScript's own that it mends. */
export const fixedCodes = ['2322', '2345', '2349', '2353', '2551', '2559', '2561', '2769', '2820']

const prefix = 'stridewise:'

const changesOf = (fileName: string, edits: readonly Edit[]): ts.FileTextChanges[] => [
  { fileName, textChanges: edits.map(({ start, end, text }) => ({ span: { start, length: end - start }, newText: text })) },
]

/** The fixes for the errors of some codes that stand in a range. */
export const fixActions = (
  fileName: string,
  file: OpenFile,
  range: { readonly start: number; readonly end: number },
  codes: readonly number[],
): readonly ts.CodeFixAction[] => {
  const all = file.diagnostics()
  const here = innermostFirst(all.filter((each) => codes.includes(each.code) && each.start <= range.end && range.start <= each.end))
  // A mistake in a block may be reported twice.
  const seen = new Set<string>()
  const isNew = ({ edits }: Fix): boolean => !seen.has(JSON.stringify(edits)) && seen.add(JSON.stringify(edits)) !== undefined
  const fixes = here.flatMap((diagnostic) => fixesFor(file.source, diagnostic)).filter(isNew)
  if (fixes.length === 0) return []
  const count = new Map<string, number>()
  for (const diagnostic of all) {
    for (const kind of new Set(fixesFor(file.source, diagnostic).map((fix) => fix.kind))) count.set(kind, (count.get(kind) ?? 0) + 1)
  }
  return fixes.map((fix) => actionOf(fileName, fix, (count.get(fix.kind) ?? 0) > 1))
}

const actionOf = (fileName: string, { title, kind, allTitle, edits }: Fix, isOfSeveral: boolean): ts.CodeFixAction => ({
  fixName: 'stridewise',
  description: title,
  changes: changesOf(fileName, edits),
  ...(isOfSeveral ? { fixId: `${prefix}${kind}`, fixAllDescription: allTitle } : {}),
})

/** All fixes of one kind in a file; undefined for a kind that is not this package's. */
export const combinedFix = (fileName: string, file: OpenFile, id: unknown): ts.CombinedCodeActions | undefined => {
  if (typeof id !== 'string' || !id.startsWith(prefix)) return undefined
  return { changes: changesOf(fileName, fixesOfKind(file.source, file.diagnostics(), id.slice(prefix.length))) }
}

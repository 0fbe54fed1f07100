import * as vscode from 'vscode'
import { fixesFor, fixesOfKind, innermostFirst } from '../../../src/editor/fixes/fixes.js'
import type { Edit } from '../../../src/editor/source/edits.js'
import { mistakesIn } from './answers.js'
import { rangeOf, sourceIn } from './documents.js'

/** Quick fixes: one for each suggestion of a message, and one for all mistakes of a kind. */
export class Fixes implements vscode.CodeActionProvider {
  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    const source = sourceIn(document)
    if (!source) return []
    const all = mistakesIn(document)
    const fixes = innermostFirst(all).map((mistake) => ({ mistake, own: fixesFor(source, mistake) }))
    const count = new Map<string, number>()
    for (const { own } of fixes) for (const kind of new Set(own.map((fix) => fix.kind))) count.set(kind, (count.get(kind) ?? 0) + 1)
    const here = fixes.filter(({ mistake }) => mistake.shown.range.intersection(range) !== undefined)
    const single = here.flatMap(({ mistake, own }) =>
      own.map(({ title, edits, isPreferred }) =>
        actionOf(document, title, edits, isPreferred && mistake === here[0]?.mistake, [mistake.shown]),
      ),
    )
    const several = new Map(
      here.flatMap(({ own }) => own.filter(({ kind }) => (count.get(kind) ?? 0) > 1).map((fix) => [fix.kind, fix.allTitle])),
    )
    const every = [...several].map(([kind, title]) => actionOf(document, title, fixesOfKind(source, all, kind), false, []))
    return [...single, ...every]
  }
}

const actionOf = (
  document: vscode.TextDocument,
  title: string,
  edits: readonly Edit[],
  isPreferred: boolean,
  mends: vscode.Diagnostic[],
): vscode.CodeAction => {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix)
  action.isPreferred = isPreferred
  if (mends.length > 0) action.diagnostics = mends
  action.edit = new vscode.WorkspaceEdit()
  for (const edit of edits) action.edit.replace(document.uri, rangeOf(document, edit), edit.text)
  return action
}

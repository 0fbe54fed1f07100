import * as vscode from 'vscode'
import { actionsAt } from '../../../src/editor/fixes/actions.js'
import { reachOf } from '../../../src/editor/fixes/reach.js'
import type { Edit } from '../../../src/editor/source/edits.js'
import type { Span } from '../../../src/editor/source/source.js'
import { mistakesIn } from './answers.js'
import { rangeOf, sourceIn } from './documents.js'

/** Quick fixes: one for each suggestion of a message, and one for all mistakes of a kind. */
export class Fixes implements vscode.CodeActionProvider {
  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    const source = sourceIn(document)
    if (!source) return []
    const isHere = (mistake: Span): boolean => rangeOf(document, reachOf(source, mistake)).intersection(range) !== undefined
    return actionsAt(source, mistakesIn(document), isHere).map(({ title, edits, isPreferred, mistake }) =>
      actionOf(document, title, edits, isPreferred, mistake ? [mistake.shown] : []),
    )
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

import * as vscode from 'vscode'
import { type Source, sourceOf } from '../../../src/editor/source/source.js'

/*
 * Documents as the library reads them.
 */

/** The documents for which the extension provides anything. */
export const selector: readonly vscode.DocumentFilter[] = ['typescript', 'typescriptreact', 'javascript', 'javascriptreact'].map(
  (language) => ({ language }),
)

const sources = new WeakMap<vscode.TextDocument, { readonly version: number; readonly source: Source }>()

/** What is in a document; undefined where it does not import the package. */
export const sourceIn = (document: vscode.TextDocument): Source | undefined => {
  if (!selector.some(({ language }) => language === document.languageId)) return undefined
  const known = sources.get(document)
  const source = known?.version === document.version ? known.source : sourceOf(document.getText())
  sources.set(document, { version: document.version, source })
  return source.imports.any ? source : undefined
}

/** A range of a document. */
export const rangeOf = (document: vscode.TextDocument, { start, end }: { readonly start: number; readonly end: number }): vscode.Range =>
  new vscode.Range(document.positionAt(start), document.positionAt(end))

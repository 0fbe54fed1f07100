import type * as vscode from 'vscode'
import { evaluate, type Found } from '../../../src/editor/evaluate/evaluate.js'
import * as stridewise from '../../../src/index.js'
import * as zoo from '../../../src/zoo/index.js'
import * as kerasZoo from '../../../src/zoo/keras/index.js'
import { sourceIn } from './documents.js'

/*
 * The networks of a document, worked out from its text. The file does not run.
 */

const packages = { stridewise, 'stridewise/zoo': zoo, 'stridewise/zoo/keras': kerasZoo }

const known = new WeakMap<vscode.TextDocument, { readonly version: number; readonly found: readonly Found[] }>()

/** The networks of a document, in their order; none where it does not import the package. */
export const networksIn = (document: vscode.TextDocument): readonly Found[] => {
  const before = known.get(document)
  if (before?.version === document.version) return before.found
  const source = sourceIn(document)
  const found = source ? evaluate(source, packages) : []
  known.set(document, { version: document.version, found })
  return found
}

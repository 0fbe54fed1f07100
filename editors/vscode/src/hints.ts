import * as vscode from 'vscode'
import { hintAt, hintPlaces } from '../../../src/editor/hints/hints.js'
import { ask } from './answers.js'
import { sourceIn } from './documents.js'
import { settingsOf } from './settings.js'

/** Shapes between the characters of a document. */
export class Hints implements vscode.InlayHintsProvider {
  readonly #changed = new vscode.EventEmitter<void>()
  readonly onDidChangeInlayHints = this.#changed.event

  refresh(): void {
    this.#changed.fire()
  }

  async provideInlayHints(
    document: vscode.TextDocument,
    range: vscode.Range,
    token: vscode.CancellationToken,
  ): Promise<vscode.InlayHint[]> {
    const source = sourceIn(document)
    if (!source) return []
    const { hints } = settingsOf(document)
    const span = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) }
    const places = hintPlaces(source, span, hints)
    const answers = await ask(document, source, places, token)
    return places.flatMap((place) => {
      const hint = hintAt(place, answers.get(place.position), hints)
      if (!hint) return []
      const shown = new vscode.InlayHint(document.positionAt(hint.position), hint.label, vscode.InlayHintKind.Type)
      shown.paddingLeft = true
      shown.tooltip = hint.tooltip
      return [shown]
    })
  }
}

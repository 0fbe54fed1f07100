import * as vscode from 'vscode'
import { lensAt } from '../../../src/editor/lens/lens.js'
import { exportsOf } from '../../../src/editor/source/exports.js'
import { runTotals } from '../../../src/report/run-totals.js'
import type { Budget } from '../../../src/report/within.js'
import { ask } from './answers.js'
import { budgetOf } from './budgets.js'
import { rangeOf, sourceIn } from './documents.js'
import { networksIn } from './networks.js'
import { isOn } from './settings.js'

/** The totals of each exported network, above its line. A click shows the network. */
export class Lenses implements vscode.CodeLensProvider {
  readonly #changed = new vscode.EventEmitter<void>()
  readonly onDidChangeCodeLenses = this.#changed.event

  refresh(): void {
    this.#changed.fire()
  }

  async provideCodeLenses(document: vscode.TextDocument, token: vscode.CancellationToken): Promise<vscode.CodeLens[]> {
    const source = sourceIn(document)
    if (!source || !isOn('codeLens', document)) return []
    const places = exportsOf(source)
    const [answers, budget] = await Promise.all([ask(document, source, places, token), budgetOf(document)])
    return places.flatMap((place) => {
      const own = place.local ?? place.name
      const title = lensAt(answers.get(place.position), totalsOf(document, own, budget(place.name)))
      if (title === undefined) return []
      const range = rangeOf(document, place.shown)
      // A member of an object has no picture of its own.
      const isDrawn = networksIn(document).some(({ name }) => name === own)
      const command = isDrawn ? { title, command: 'stridewise.showNetwork', arguments: [`${document.uri}`, own] } : { title, command: '' }
      return [new vscode.CodeLens(range, command)]
    })
  }
}

const totalsOf = (document: vscode.TextDocument, name: string, budget: Budget): readonly string[] => {
  const found = networksIn(document).find((each) => each.name === name)
  return found && 'network' in found ? runTotals(found.network, budget) : []
}

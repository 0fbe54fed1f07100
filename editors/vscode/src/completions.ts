import * as vscode from 'vscode'
import { completionQuestion, completionsAt, plainLabel } from '../../../src/editor/completions/completions.js'
import { ask } from './answers.js'
import { rangeOf, sourceIn } from './documents.js'

/** The characters after which values are offered. */
export const triggers = [':', '(', '[', ',', ' ', "'", '"'] as const

/** Values that fit, each with the shape that it gives, above what TypeScript offers. */
export class Completions implements vscode.CompletionItemProvider {
  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.CompletionItem[]> {
    const source = sourceIn(document)
    const asked = source && completionQuestion(source, document.offsetAt(position))
    if (!source || !asked || asked.place.kind === 'method') return []
    const answers = await ask(document, source, [asked.question], token)
    const { items } = completionsAt(asked, answers.get(asked.question.position))
    return items.map(({ label, detail, kind, replaced }, index) => {
      const item = new vscode.CompletionItem(
        { label, description: detail },
        kind === 'name' ? vscode.CompletionItemKind.Reference : vscode.CompletionItemKind.Value,
      )
      item.detail = detail
      item.sortText = `\0${`${index}`.padStart(2, '0')}`
      item.filterText = kind === 'name' ? plainLabel(label) : label
      item.preselect = index === 0
      item.range = rangeOf(document, replaced)
      item.insertText = label
      return item
    })
  }
}

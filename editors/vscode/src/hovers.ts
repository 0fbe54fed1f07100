import * as vscode from 'vscode'
import { asMarkdown, hoveredCall, hoverLines, hoverQuestions } from '../../../src/editor/hover/section.js'
import { ask, isAsking } from './answers.js'
import { rangeOf, sourceIn } from './documents.js'

/** The formula of a layer with its numbers, below TypeScript's hover. */
export class Hovers implements vscode.HoverProvider {
  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Hover | undefined> {
    if (isAsking(document, position)) return undefined
    const source = sourceIn(document)
    const call = source && hoveredCall(source, document.offsetAt(position))
    if (!source || !call) return undefined
    const lines = hoverLines(source, call, await ask(document, source, hoverQuestions(source, call), token))
    if (lines.length === 0) return undefined
    return new vscode.Hover(new vscode.MarkdownString(asMarkdown(lines)), rangeOf(document, { start: call.nameStart, end: call.nameEnd }))
  }
}

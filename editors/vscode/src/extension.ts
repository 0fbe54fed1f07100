import * as vscode from 'vscode'
import { forget } from './answers.js'
import { configurationFiles, forgetBudgets } from './budgets.js'
import { Completions, triggers } from './completions.js'
import { selector, sourceIn } from './documents.js'
import { Fixes } from './fixes.js'
import { Hints } from './hints.js'
import { Hovers } from './hovers.js'
import { openAsArchitecture } from './import.js'
import { Lenses } from './lenses.js'
import { Panel } from './panel/panel.js'
import { hasPlayground, openInPlayground } from './playground.js'

/** VS Code calls this when the first document of TypeScript or JavaScript opens. */
export const activate = (context: vscode.ExtensionContext): void => {
  const hints = new Hints()
  const lenses = new Lenses()
  const panel = new Panel()
  const { languages, commands, window, workspace } = vscode
  const refresh = (): void => {
    hints.refresh()
    lenses.refresh()
  }
  const refreshBudgets = (): void => {
    forgetBudgets()
    lenses.refresh()
  }
  const configurations = workspace.createFileSystemWatcher(configurationFiles)
  const noted = (editor: vscode.TextEditor | undefined): void => {
    void commands.executeCommand('setContext', 'stridewise.isArchitecture', editor !== undefined && sourceIn(editor.document) !== undefined)
    panel.moved(editor)
  }
  context.subscriptions.push(
    languages.registerInlayHintsProvider(selector, hints),
    languages.registerCodeLensProvider(selector, lenses),
    languages.registerHoverProvider(selector, new Hovers()),
    languages.registerCompletionItemProvider(selector, new Completions(), ...triggers),
    languages.registerCodeActionsProvider(selector, new Fixes(), { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] }),
    commands.registerCommand('stridewise.showNetwork', (address?: unknown, name?: unknown) =>
      panel.show(typeof address === 'string' ? address : undefined, typeof name === 'string' ? name : undefined),
    ),
    commands.registerCommand('stridewise.openInPlayground', () => openInPlayground(window.activeTextEditor?.document)),
    commands.registerCommand('stridewise.openAsArchitecture', openAsArchitecture),
    window.onDidChangeActiveTextEditor(noted),
    window.onDidChangeTextEditorSelection(({ textEditor }) => panel.moved(textEditor)),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (document === window.activeTextEditor?.document) noted(window.activeTextEditor)
    }),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('stridewise')) refresh()
    }),
    configurations,
    configurations.onDidChange(refreshBudgets),
    configurations.onDidCreate(refreshBudgets),
    configurations.onDidDelete(refreshBudgets),
    // TypeScript has checked a file: its project is loaded, or another file has changed what this one imports.
    languages.onDidChangeDiagnostics(({ uris }) => {
      const addresses = new Set(uris.map((uri) => `${uri}`))
      const checked = workspace.textDocuments.filter((document) => addresses.has(`${document.uri}`) && sourceIn(document) !== undefined)
      for (const document of checked) forget(document)
      if (checked.length > 0) refresh()
    }),
    panel,
  )
  void commands.executeCommand('setContext', 'stridewise.hasPlayground', hasPlayground())
  noted(window.activeTextEditor)
}

import * as vscode from 'vscode'
import { type Settings, settingsFrom } from '../../../src/editor/settings.js'

/** The settings of hints, for a document. */
export const settingsOf = (document: vscode.TextDocument): Settings =>
  settingsFrom({ hints: vscode.workspace.getConfiguration('stridewise', document.uri).get('hints') })

/** Whether something is on. */
export const isOn = (name: 'codeLens' | 'panel.followsCursor', document?: vscode.TextDocument): boolean =>
  vscode.workspace.getConfiguration('stridewise', document?.uri).get(name) !== false

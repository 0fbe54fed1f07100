import * as vscode from 'vscode'
import { toHash } from '../../../docs/.vitepress/playground/share.js'

/** The address of the playground, which scripts/extension.mjs puts in; empty as long as the package has no address. */
declare const playgroundAddress: string

/** Whether there is a playground that can be opened. */
export const hasPlayground = (): boolean => playgroundAddress !== ''

/** Opens the text of a document in the playground. It stands behind the # of the address, which is sent to no server. */
export const openInPlayground = async (document: vscode.TextDocument | undefined): Promise<void> => {
  if (!document || !hasPlayground()) return
  try {
    await vscode.env.openExternal(vscode.Uri.parse(`${playgroundAddress}${await toHash(document.getText())}`, true))
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    await vscode.window.showErrorMessage('This file is too long for a link to the playground.')
  }
}

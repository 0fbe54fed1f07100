import * as vscode from 'vscode'
import { type Budgets, budgetsFrom } from '../../../src/cli/check/budgets.js'
import type { Budget } from '../../../src/report/within.js'
import { isObject } from '../../../src/shape/objects.js'

/*
 * The budgets that `stridewise check` holds networks to: of the nearest `stridewise.config.json`, or of the field `stridewise` in a
 * `package.json`.
 */

/** Files that are larger are no configuration. */
const mostBytes = 1_000_000

/** What was found for a folder, by its address; changes of a configuration forget it. */
const known = new Map<string, Promise<Budgets | undefined>>()

export const forgetBudgets = (): void => known.clear()

/** Where configurations stand, as a pattern. */
export const configurationFiles = '**/{stridewise.config.json,package.json}'

/** The budget of an exported network of a document; an empty one where there is no configuration, or a wrong one, which the command says. */
export const budgetOf = async (document: vscode.TextDocument): Promise<(name: string) => Budget> => {
  const found = await nearest(parentOf(document.uri), vscode.workspace.getWorkspaceFolder(document.uri)?.uri)
  return (name) => ({ ...found?.budget, ...(found && Object.hasOwn(found.networks, name) ? found.networks[name] : {}) })
}

const parentOf = (uri: vscode.Uri): vscode.Uri => vscode.Uri.joinPath(uri, '..')

/** The configuration of a folder or of the nearest above it, up to the folder that is open. */
const nearest = (folder: vscode.Uri, top: vscode.Uri | undefined): Promise<Budgets | undefined> => {
  const address = `${folder}`
  const before = known.get(address)
  if (before) return before
  const found = configurationIn(folder).then((own) => {
    const isTop = own !== undefined || address === `${top}` || parentOf(folder).path === folder.path
    return isTop || !top ? own : nearest(parentOf(folder), top)
  })
  known.set(address, found)
  return found
}

const configurationIn = async (folder: vscode.Uri): Promise<Budgets | undefined> => {
  const own = await jsonIn(vscode.Uri.joinPath(folder, 'stridewise.config.json'))
  const manifest = own === undefined ? await jsonIn(vscode.Uri.joinPath(folder, 'package.json')) : undefined
  const value = own ?? (isObject(manifest) ? manifest['stridewise'] : undefined)
  if (value === undefined) return undefined
  try {
    return budgetsFrom('', value)
  } catch {
    return undefined
  }
}

const jsonIn = async (uri: vscode.Uri): Promise<unknown> => {
  try {
    const { size } = await vscode.workspace.fs.stat(uri)
    if (size > mostBytes) return undefined
    return JSON.parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)))
  } catch {
    // There is no such file, or it is no JSON.
    return undefined
  }
}

import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const script = fileURLToPath(new URL('../../../scripts/extension.mjs', import.meta.url))

/** Packs the extension into a folder, in a process of its own: what draws its icon can start once in a process. Gives the path of the .vsix. */
export const packExtension = (folder: string): string => execFileSync(process.execPath, [script, folder], { encoding: 'utf8' }).trim()

import { existsSync } from 'node:fs'
import { endProcesses, startEarly } from './load/run/file-process.js'

/* The command line begins here. This file loads little, so that the process for the user's file starts at once. */

/** Whether arguments seem to ask for a file that runs. If they do not in the end, the process was started in vain. */
const runsFile = ([command = '', ...args]: readonly string[]): boolean =>
  ['report', 'check', 'diff', 'export'].includes(command) && args.some((arg) => /\.[mc]?[jt]sx?$/.test(arg) && existsSync(arg))

/**
 * Runs the command line.
 *
 * @param args the arguments, without those of Node
 */
export const run = async (args: readonly string[]): Promise<void> => {
  if (runsFile(args)) startEarly()
  const { main } = await import('./main.js')
  await main(args)
  endProcesses()
}

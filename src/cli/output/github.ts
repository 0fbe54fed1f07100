import { appendFileSync, existsSync, realpathSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { printable } from '../../shape/printable.js'
import { type Problem, pathFrom } from './problem.js'

/*
 * What GitHub reads of a step: workflow commands, which it shows beside the lines of a diff, and the step's summary.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */

/** Whether this runs in a GitHub workflow. */
export const inGitHub = (): boolean => process.env['GITHUB_ACTIONS'] === 'true'

/** A problem as a workflow command: `::error file=vgg.ts,line=5,col=12::conv2d: ...`. */
export const annotation = ({ file, line, column, message }: Problem): string => {
  const place = [
    `file=${property(printable(pathInRepository(file)))}`,
    ...(line === undefined ? [] : [`line=${line}`]),
    ...(line === undefined || column === undefined ? [] : [`col=${column}`]),
  ]
  return `::error ${place.join(',')}::${data(printable(message))}`
}

/** A path as GitHub finds it: from the folder of the repository, wherever in it the command runs. */
const pathInRepository = (file: string): string => {
  const workspace = process.env['GITHUB_WORKSPACE'] || process.cwd()
  // One of the two may go through a link.
  const real = existsSync(workspace) && existsSync(file) ? pathFrom(realpathSync(workspace), realpathSync(file)) : file
  return isAbsolute(real) ? pathFrom(process.cwd(), file) : real
}

/** Adds Markdown to the summary of the step, where GitHub has a file for it. */
export const addToSummary = (markdown: string): void => {
  const path = process.env['GITHUB_STEP_SUMMARY']
  if (path) appendFileSync(path, `${markdown}\n`)
}

const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')

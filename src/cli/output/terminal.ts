import pico from 'picocolors'

/*
 * What is printed where: results go to standard output, everything else to standard error, so that results can be piped.
 */

/** Whether a stream shows colours: a terminal that can, unless NO_COLOR says otherwise (https://no-color.org). */
const inColour = (stream: NodeJS.WriteStream): boolean =>
  stream.isTTY === true && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb'

/** Colours for standard output; none where it is no terminal. */
export const colours = pico.createColors(inColour(process.stdout))

const errorColours = pico.createColors(inColour(process.stderr))

/** Columns of the terminal; undefined where standard output is none. */
export const columns = (): number | undefined => (process.stdout.isTTY ? process.stdout.columns : undefined)

/** Prints a result. */
export const print = (text: string): void => {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
}

/** Tells what went wrong; each line is an error of its own. */
export const printErrors = (text: string): void => {
  for (const line of text.split('\n')) printError(line)
}

/** Tells what went wrong. */
export const printError = (text: string): void => {
  process.stderr.write(`${errorColours.red('error')} ${text}\n`)
}

/** Tells something beside the results. */
export const printNote = (text: string): void => {
  process.stderr.write(`${errorColours.dim('note')}  ${text}\n`)
}

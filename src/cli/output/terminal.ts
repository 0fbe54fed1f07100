import pico from 'picocolors'
import { printable } from '../../shape/printable.js'
import { wrapped } from './wrapped.js'

/*
 * What is printed where: results go to standard output, everything else to standard error, so that results can be piped. Whatever is
 * in a name, it is text: nothing reaches the terminal or a log that either would take for a command.
 */

/** Whether a stream shows colours: a terminal that can, unless NO_COLOR says otherwise (https://no-color.org). */
const inColour = (stream: NodeJS.WriteStream): boolean =>
  stream.isTTY === true && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb'

/** Colours for standard output; none where it is no terminal. */
export const colours = pico.createColors(inColour(process.stdout))

const errorColours = pico.createColors(inColour(process.stderr))

/** Columns of a terminal; undefined where a stream is none, or one of no known width, which has 0. */
const columnsOf = (stream: NodeJS.WriteStream): number | undefined => (stream.isTTY && stream.columns) || undefined

/** Columns of the terminal; undefined where standard output is none. */
export const columns = (): number | undefined => columnsOf(process.stdout)

/** What colours are made of, which only a terminal is sent. */
const colour = new RegExp(`(${String.fromCharCode(27)}\\[\\d+m)`)

/** Lines as they are printed. Names in them are in one line already; this is for what else may stand there. */
const safe = (text: string): string =>
  text
    .split('\n')
    .map((line) => {
      if (!inColour(process.stdout)) return printable(line)
      const [first = '', ...others] = line.split(colour)
      // Behind a colour is not the start of a line.
      return [printable(first), ...others.map((part) => (colour.test(part) ? part : printable(part)))].join('')
    })
    .join('\n')

/** Prints a result. */
export const print = (text: string): void => {
  process.stdout.write(safe(text.endsWith('\n') ? text : `${text}\n`))
}

/** Prints a result as it is: what goes into files, and has escapes of its own for names. */
export const printAsIs = (text: string | Uint8Array): void => {
  process.stdout.write(typeof text === 'string' && !text.endsWith('\n') ? `${text}\n` : text)
}

/** More letters than these of a message are cut. */
const mostLetters = 4000

/** A message, in lines of a terminal's width behind so many columns. */
const sentence = (text: string, indent: number): string => {
  const line = printable(text.length > mostLetters ? `${text.slice(0, mostLetters)}…` : text)
  return wrapped(line, columnsOf(process.stderr), indent)
}

/** Tells what went wrong: in a line, or where there is a terminal, in lines of its width. */
export const printError = (text: string): void => {
  process.stderr.write(`${errorColours.red('error')} ${sentence(text, 6)}\n`)
}

/** Tells what a user may have meant, under an error. */
export const printHint = (text: string): void => {
  process.stderr.write(`${sentence(text, 0)}\n`)
}

/** Tells something beside the results, as an error is told. */
export const printNote = (text: string): void => {
  process.stderr.write(`${errorColours.dim('note')}  ${sentence(text, 6)}\n`)
}

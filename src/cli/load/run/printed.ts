import { StringDecoder } from 'node:string_decoder'
import { printable } from '../../../shape/printable.js'

/*
 * What a user's file prints, as the command prints it: line by line, without anything that a terminal or a log takes for a command, and
 * only so much of it.
 */

/** The longest line that is printed in full. */
const longestLine = 2000

/** The letters of one file that are printed. */
const mostLetters = 1_000_000

/** A line that is safe to print. Tabs stay. */
const safe = (line: string): string => line.replace(/\r$/, '').split('\t').map(printable).join('\t')

/** The streams of a file: what they print comes in pieces, and lines of the two do not mix. */
export interface Printed {
  readonly stdout: (bytes: Uint8Array) => void
  readonly stderr: (bytes: Uint8Array) => void
  /** Prints what no line end follows, and says how much was left out. */
  readonly end: () => void
}

/**
 * Takes what a file prints.
 *
 * @param file as it is shown
 * @param print receives whole lines
 */
export const printedBy = (file: string, print: (text: string) => void): Printed => {
  let left = mostLetters
  let leftOut = 0
  const ends: (() => void)[] = []
  const stream = (): ((bytes: Uint8Array) => void) => {
    const decoder = new StringDecoder('utf8')
    let line = ''
    let cut = 0
    const add = (text: string): void => {
      const taken = text.slice(0, longestLine - line.length)
      line += taken
      cut += text.length - taken.length
    }
    const endLine = (lineEnd = 1): void => {
      const shown = safe(line)
      if (shown.length < left) {
        left -= shown.length + lineEnd
        print(`${shown}${cut > 0 ? ` … (${cut.toLocaleString('en-US')} more characters)` : ''}\n`)
      } else {
        left = 0
        leftOut += line.length + cut + lineEnd
      }
      line = ''
      cut = 0
    }
    ends.push(() => {
      add(decoder.end())
      if (line !== '') endLine(0)
    })
    return (bytes) => {
      if (left === 0) {
        leftOut += bytes.length
        return
      }
      const [first = '', ...others] = decoder.write(Buffer.from(bytes)).split('\n')
      add(first)
      for (const other of others) {
        endLine()
        add(other)
      }
    }
  }
  return {
    stdout: stream(),
    stderr: stream(),
    end: () => {
      for (const end of ends) end()
      if (leftOut > 0) print(`... ${leftOut.toLocaleString('en-US')} more characters that ${file} printed are left out.\n`)
    },
  }
}

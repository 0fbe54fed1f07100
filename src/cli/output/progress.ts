import { percent } from '../../report/units.js'
import { bar } from './bars.js'
import { printNote } from './terminal.js'

/*
 * How far long work has come, on standard error: a bar in a terminal, which goes away at the end, and a few lines elsewhere.
 */

/** Takes how much is done. */
export type Show = (done: number) => void

/** Work below this many bytes is done before anybody asks. */
const quickBytes = 2 ** 26

/** Milliseconds between two drawings of a bar. */
const pause = 100

const barWidth = 30

/** Shows how far a work of so many bytes has come. */
export const progress = (what: string, total: number): Show => {
  if (total < quickBytes) return () => {}
  return process.stderr.isTTY && process.env['TERM'] !== 'dumb' ? drawn(what, total) : told(what, total)
}

/** Whether there is a bar on the line of the cursor. */
let isDrawn = false

/** Takes a bar away, also one of work that went wrong. */
export const endProgress = (): void => {
  if (isDrawn) process.stderr.write('\r\u001b[K')
  isDrawn = false
}

const drawn = (what: string, total: number): Show => {
  let last = Number.NEGATIVE_INFINITY
  return (done) => {
    if (done >= total) {
      endProgress()
      return
    }
    const now = performance.now()
    if (now - last < pause) return
    last = now
    isDrawn = true
    const drawing = bar(done / total, barWidth).padEnd(barWidth, '·')
    process.stderr.write(`\r${what} ${drawing} ${percent(done / total).padStart(7)} of ${megabytes(total)}\u001b[K`)
  }
}

/** A line for each quarter. */
const told = (what: string, total: number): Show => {
  let quarters = 0
  return (done) => {
    const now = Math.floor((4 * done) / total)
    if (now > quarters) printNote(`${what}: ${25 * now} % of ${megabytes(total)}`)
    quarters = Math.max(quarters, now)
  }
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6).toLocaleString('en-US')} MB`

/** The bytes of parts in pieces of 4 MiB at most, each shown when it is done. */
export function* inPieces(parts: Iterable<Uint8Array>, show: Show): Generator<Uint8Array, void> {
  let done = 0
  for (const part of parts) {
    for (let start = 0; start < part.length; start += 2 ** 22) {
      const piece = part.subarray(start, start + 2 ** 22)
      yield piece
      done += piece.length
      show(done)
    }
  }
}

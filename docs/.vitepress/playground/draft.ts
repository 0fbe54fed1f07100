/* What is being written in the playground, kept in the reader's own browser from one visit to the next. */

const key = 'stridewise-playground'

/** Before a text that came with a link: in one entry with it, as other tabs write at the same time. */
const strangersMark = '\0from a link\n'

/** What was being written. */
export interface Draft {
  readonly text: string
  /** Whether it came with a link, and its reader has not started it. */
  readonly isStrangers: boolean
}

/** Keeps what is being written, for the next visit; where the browser keeps nothing, nothing is lost but that. */
export const keep = ({ text, isStrangers }: Draft): void => {
  try {
    localStorage.setItem(key, isStrangers ? strangersMark + text : text)
  } catch {
    // Storage can be full, or not allowed.
  }
}

/** What was being written at the last visit. */
export const kept = (): Draft | undefined => {
  try {
    const entry = localStorage.getItem(key)
    if (entry === null) return undefined
    const isStrangers = entry.startsWith(strangersMark)
    return { text: isStrangers ? entry.slice(strangersMark.length) : entry, isStrangers }
  } catch {
    return undefined
  }
}

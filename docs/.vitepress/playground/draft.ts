/* What is being written in the playground, kept in the reader's own browser from one visit to the next. */

const key = 'stridewise-playground'
const strangersKey = 'stridewise-playground-from-a-link'

/** What was being written. */
export interface Draft {
  readonly text: string
  /** Whether it came with a link, and its reader has not started it. */
  readonly isStrangers: boolean
}

/** Keeps what is being written, for the next visit; where the browser keeps nothing, nothing is lost but that. */
export const keep = ({ text, isStrangers }: Draft): void => {
  try {
    // First, so that a text without its mark is never kept.
    if (isStrangers) localStorage.setItem(strangersKey, 'yes')
    localStorage.setItem(key, text)
    if (!isStrangers) localStorage.removeItem(strangersKey)
  } catch {
    // Storage can be full, or not allowed.
  }
}

/** What was being written at the last visit. */
export const kept = (): Draft | undefined => {
  try {
    const text = localStorage.getItem(key)
    return text === null ? undefined : { text, isStrangers: localStorage.getItem(strangersKey) !== null }
  } catch {
    return undefined
  }
}

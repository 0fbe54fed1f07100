/* What is being written in the playground, kept in the reader's own browser from one visit to the next. */

const key = 'stridewise-playground'

/** Keeps what is being written, for the next visit; where the browser keeps nothing, nothing is lost but that. */
export const keep = (text: string): void => {
  try {
    localStorage.setItem(key, text)
  } catch {
    // Storage can be full, or not allowed.
  }
}

/** What was being written at the last visit. */
export const kept = (): string | undefined => {
  try {
    return localStorage.getItem(key) ?? undefined
  } catch {
    return undefined
  }
}

/** Texts with cursor positions, each marked with `|>`. */

export interface Marked {
  /** The text without the marks. */
  readonly text: string
  readonly positions: readonly number[]
}

export const marked = (text: string): Marked => {
  const parts = text.split('|>')
  const positions = parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).join('').length)
  return { text: parts.join(''), positions }
}

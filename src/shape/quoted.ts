import { named, unprintable } from './printable.js'

/* Untrusted text in a file or a list: in quotes, with escapes for the characters that printable.ts escapes. */

/** How many names a list shows. */
const defaultLimit = 20

/** The names of a list for display. A long list shows the first names and how many more there are. */
export const namedFew = (names: readonly string[], limit = defaultLimit): string[] =>
  names.length <= limit ? names.map(named) : [...names.slice(0, limit - 1).map(named), `${names.length - limit + 1} more`]

/** Escapes each UTF-16 code unit of an unprintable character, as JSON and JavaScript write it. */
const escapedHalves = (text: string): string =>
  text.replace(unprintable, (letter) =>
    Array.from({ length: letter.length }, (_, index) => `\\u${letter.charCodeAt(index).toString(16).padStart(4, '0')}`).join(''),
  )

/** Data as JSON, equal to `JSON.stringify` when parsed, but with all characters escaped that {@link printable} escapes. */
export const jsonText = (value: unknown, indent?: number): string =>
  JSON.stringify(value, null, indent)
    .split('\n')
    .map(escapedHalves)
    .join('\n')
    .replace(/#(?=#(?:vso)?\[)/g, '\\u0023')

/** A Python string literal in double quotes. Python writes a character beyond U+FFFF as one escape, not as two surrogates. */
export const pythonText = (text: string): string => {
  const inner = JSON.stringify(text)
    .replace(/[\u{10000}-\u{10ffff}]/gu, (letter) =>
      letter.search(unprintable) < 0 ? letter : `\\U${(letter.codePointAt(0) as number).toString(16).padStart(8, '0')}`,
    )
    .replace(/#(?=#(?:vso)?\[)/g, '\\x23')
  return escapedHalves(inner)
}

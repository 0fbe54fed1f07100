import { named, unprintable } from './printable.js'

/*
 * Text from outside where it stands in a file or a list: the same in quotes, with escapes for what printable.ts does not print.
 */

/** Items of a list that are shown. */
const mostItems = 20

/** Names of a list as they are shown, of a long one the first, and how many more there are. */
export const namedFew = (names: readonly string[], most = mostItems): string[] =>
  names.length <= most ? names.map(named) : [...names.slice(0, most - 1).map(named), `${names.length - most + 1} more`]

/** Each half of a character that is not printed as it is, as JSON and JavaScript write it. */
const escapedHalves = (text: string): string =>
  text.replace(unprintable, (letter) =>
    Array.from({ length: letter.length }, (_, index) => `\\u${letter.charCodeAt(index).toString(16).padStart(4, '0')}`).join(''),
  )

/** Data as JSON, whose texts hold nothing that {@link printable} would not print, and that says the same. */
export const jsonText = (value: unknown, indent?: number): string =>
  JSON.stringify(value, null, indent)
    .split('\n')
    .map(escapedHalves)
    .join('\n')
    .replace(/#(?=#(?:vso)?\[)/g, '\\u0023')

/** A text in double quotes, as Python reads it: there a character beyond U+FFFF is one escape, not two halves. */
export const pythonText = (text: string): string => {
  const inner = JSON.stringify(text)
    .replace(/[\u{10000}-\u{10ffff}]/gu, (letter) =>
      letter.search(unprintable) < 0 ? letter : `\\U${(letter.codePointAt(0) as number).toString(16).padStart(8, '0')}`,
    )
    .replace(/#(?=#(?:vso)?\[)/g, '\\x23')
  return escapedHalves(inner)
}

/*
 * Text from outside, such as names in models and files, as messages and tables show it: in one line, of nothing that a terminal, an
 * editor or a log would take for more than text.
 */

/** Letters of a name that are shown. */
const mostLetters = 200

/**
 * What is not printed as it is: control characters, line breaks of all kinds, marks that turn the direction of the text around them or
 * are not seen at all, and halves of characters. What joins and parts the letters of some scripts is printed.
 */
export const unprintable = /(?![\u200C\u200D])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u3164\uFFA0]/gu

const shortEscapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** What the logs of GitHub and Azure read as commands: at the start of a line, and anywhere in one. */
const commands = /^(\s*):(?=:)|#(?=#(?:vso)?\[)/g

/** Text in one line, with escapes for what is not printed as it is: `\n`, `\u{1b}`. Text that has been through it stays as it is. */
export const printable = (text: string): string =>
  text
    .replace(unprintable, (letter) => shortEscapes[letter] ?? `\\u{${(letter.codePointAt(0) as number).toString(16)}}`)
    .replace(commands, (found, blanks = '') => `${blanks}\\u{${found.trim() === '#' ? '23' : '3a'}}`)

/** A name as it is shown: {@link printable}, and cut where it is long. */
export const named = (name: string): string => printable(cut(name))

/** The beginning of a text that is too long; never half a character. */
const cut = (text: string): string =>
  text.length > mostLetters ? `${text.slice(0, mostLetters - 1).replace(/[\uD800-\uDBFF]$/, '')}…` : text

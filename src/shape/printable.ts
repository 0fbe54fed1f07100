/*
 * Untrusted text, such as names in models and files, made safe to show in messages and tables: on one line, without anything that a
 * terminal, an editor or a log would interpret.
 */

/** The longest name that is shown in full. */
const maxNameLength = 200

/**
 * Characters to escape: control characters, line breaks of any kind, characters that change the text direction or are invisible, and
 * lone surrogates. Zero-width joiners and non-joiners and the two variation selectors of emoji, which texts need, are printed.
 */
export const unprintable = /(?!\u200C|\u200D|\uFE0E|\uFE0F)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}\u2800]/gu

const shortEscapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** What GitHub and Azure logs interpret as commands: `::` at the start of a line, and `##[` or `##vso[` anywhere. */
export const logCommands = /^(\s*):(?=:)|#(?=#(?:vso)?\[)/g

/** Text on one line, with unprintable characters escaped: `\n`, `\u{1b}`. Applying it twice changes nothing more. */
export const printable = (text: string): string =>
  text
    .replace(unprintable, (letter) => shortEscapes[letter] ?? `\\u{${(letter.codePointAt(0) as number).toString(16)}}`)
    .replace(logCommands, (found, blanks = '') => `${blanks}\\u{${found.trim() === '#' ? '23' : '3a'}}`)

/** A name for display: {@link printable}, and truncated if it is long. */
export const named = (name: string): string => printable(truncate(name))

/** Truncates text that is too long, without splitting a surrogate pair. */
const truncate = (text: string): string =>
  text.length > maxNameLength ? `${text.slice(0, maxNameLength - 1).replace(/[\uD800-\uDBFF]$/, '')}…` : text

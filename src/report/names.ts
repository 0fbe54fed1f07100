import { named } from '../shape/printable.js'

/** Names of layers as text: they can hold anything, and a table has a line for each. */

/** A name in one line, cut where it is long, with escapes for line breaks and control characters. */
export const oneLine = (name: string): string => named(name)

/** A name in Markdown, where it shows as it was given: in one line, and what Markdown, HTML or GitHub's formulas would read as marks escaped. */
export const markdownText = (name: string): string => oneLine(name).replace(/[\\|`*~<>&$[\]]|^_|_$/g, '\\$&')

/** Names of layers as text: they can hold anything, and a table has a line for each. */

/** A name in one line: line breaks and control characters give way to blanks. */
export const oneLine = (name: string): string => name.replace(/[\s\p{Cc}]+/gu, ' ')

/** A name in Markdown, where it shows as it was given: in one line, and what Markdown or HTML would read as marks escaped. */
export const markdownText = (name: string): string => oneLine(name).replace(/[\\|`*~<>&[\]]|^_|_$/g, '\\$&')

import { logCommands, unprintable } from '../../shape/printable.js'

/** Escapes a text for a comment: it cannot end the comment, and unprintable characters are escaped. */
export const commentText = (text: string): string =>
  text
    .replaceAll('*/', '*\\/')
    .replace(logCommands, (found, blanks = '') => `${blanks}\\u00${found.trim() === '#' ? '23' : '3a'}`)
    .replace(unprintable, (letter) =>
      Array.from({ length: letter.length }, (_, at) => `\\u${letter.charCodeAt(at).toString(16).padStart(4, '0')}`).join(''),
    )

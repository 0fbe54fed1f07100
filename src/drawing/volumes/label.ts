/** Letters of a name that a picture holds. */
const most = 200

/**
 * A name in a picture: in one line, with blanks for line breaks, control characters and marks that turn the direction of text. Halves
 * of characters are left to what writes XML.
 */
export const label = (name: string): string => name.slice(0, most).replace(/(?:(?![\u200C\u200D])[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}])+/gu, ' ')

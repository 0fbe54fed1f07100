/**
 * Text as XML and HTML take it. XML has no control characters but tabs and line breaks, no halves of surrogate pairs, and neither
 * U+FFFE nor U+FFFF, not even as references: blanks stand for the former, U+FFFD for the others.
 */
export const escaped = (text: string): string =>
  text
    .replace(/[^\P{Cc}\n\t]/gu, ' ')
    .replace(/[\p{Cs}\uFFFE\uFFFF]/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    // Nor is a line of a page that is printed in a workflow a command to it.
    .replaceAll('##', '#&#35;')
    // Marks that turn the direction of text, or are not seen, which names that are shown do not have: see printable.ts.
    .replace(/(?!\u200C|\u200D|\uFE0E|\uFE0F)[\p{Cf}\p{Zl}\p{Zp}\p{DI}\u2800]/gu, (mark) => `&#${mark.codePointAt(0)};`)

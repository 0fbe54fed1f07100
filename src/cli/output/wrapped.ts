/**
 * Prose in lines of at most so many columns. Lines end between words; a word that is longer stays whole, so that a path is still a link.
 *
 * @param width columns of the terminal; without end where there is none
 * @param indent blanks before all lines but the first, which begins behind as many columns
 */
export const wrapped = (text: string, width = Number.POSITIVE_INFINITY, indent = 0): string => {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`
    if (lines.length > 0 && longer.length <= width - indent) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines.join(`\n${' '.repeat(indent)}`)
}

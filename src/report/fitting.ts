/* Tables and lines that fit a terminal of some width. */

/** Rows of text, and for each column whether it is set to the left or to the right. */
export interface Columns {
  readonly rows: readonly string[][]
  readonly alignments: readonly string[]
}

/** Blanks between two columns. */
const gap = 3

/** Characters that a cut word keeps. */
const fewest = 8

/** The width of each column. */
export const widthsOf = ({ rows, alignments }: Columns): number[] =>
  alignments.map((_, column) => rows.reduce((most, row) => Math.max(most, row[column]?.length ?? 0), 0))

/** The width of a table. */
export const widthOf = (columns: Columns): number => widthsOf(columns).reduce((sum, width) => sum + width + gap, -gap)

/** A table without the column of a heading, if it has one. */
export const without = ({ rows, alignments }: Columns, heading: string): Columns => {
  const at = rows[0]?.indexOf(heading) ?? -1
  const kept = <Item>(items: readonly Item[]) => items.filter((_, index) => index !== at)
  return { rows: rows.map(kept), alignments: kept(alignments) }
}

/** Text of at most so many characters. */
export const shortened = (text: string, width: number): string => (text.length > width ? `${text.slice(0, width - 1)}…` : text)

/** A table without as many of `headings`, from the first on, as it takes to fit; without all of them if that is not enough. */
export const fittedBy = (columns: Columns, headings: readonly string[], width: number): Columns => {
  let fitted = columns
  for (const heading of headings) {
    if (widthOf(fitted) <= width) break
    fitted = without(fitted, heading)
  }
  return fitted
}

/** Breaks long lines between words, and cuts long words. What follows a name and blanks stays under itself. */
export const wrapped = (text: string, width: number): string =>
  text
    .split('\n')
    .flatMap((line) => {
      if (line.length <= width) return [line]
      const indent = /^\S+(?: \S+)*? {2,}/.exec(line)?.[0].length ?? 0
      const lines: string[] = []
      let current = line.slice(0, indent)
      for (const part of line.slice(indent).split(' ')) {
        const word = shortened(part, Math.max(fewest, width - indent))
        const isFirst = current.trim() === '' || current.length === indent
        if (!isFirst && current.length + 1 + word.length > width) {
          lines.push(current)
          current = ' '.repeat(indent) + word
        } else {
          current += isFirst ? word : ` ${word}`
        }
      }
      return [...lines, current]
    })
    .join('\n')

/** {@link wrapped} for everything but tables, which have a rule among their rows. */
export const wrappedAroundTables = (text: string, width: number): string =>
  text
    .split('\n\n')
    .map((part) => (/^-+$/m.test(part) ? part : wrapped(part, width)))
    .join('\n\n')

import type { MarkdownRenderer } from 'vitepress'

/*
 * Prepares tables for phones. Each cell of a wide table of words gets the heading of its column: the style sheet then shows
 * each row as a card. A table of numbers is compared column by column, so it scrolls.
 */

/** How many characters a phone has room for in a row. */
const roomOnPhones = 44

type Token = ReturnType<MarkdownRenderer['parse']>[number]

/** The text of a cell, from the token after the one that opens it. */
const textOf = (token: Token | undefined): string => token?.children?.map(({ content }) => content).join('') ?? ''

const isNumber = (text: string): boolean => /^[\d,.]+( ?[%a-zA-Z]{1,3})?$/.test(text)

/** Marks the tables of every page. */
export const tables = (md: MarkdownRenderer): void => {
  md.core.ruler.push('tables', ({ tokens }) => {
    let start = 0
    for (const [index, { type }] of tokens.entries()) {
      if (type === 'table_open') start = index
      if (type === 'table_close') prepare(tokens.slice(start, index))
    }
  })
}

const prepare = (tokens: readonly Token[]): void => {
  const textsOf = (opening: string): string[] => tokens.flatMap(({ type }, index) => (type === opening ? [textOf(tokens[index + 1])] : []))
  const headings = textsOf('th_open')
  const cells = textsOf('td_open')
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...cells.filter((_, index) => index % headings.length === column).map(({ length }) => Math.min(length, 24))),
  )
  const isWide = headings.length >= 3 && widths.reduce((sum, width) => sum + width, 0) > roomOnPhones
  const numbers = cells.filter(isNumber).length
  if (!isWide || numbers * 3 > cells.length) return
  for (const [index, token] of tokens.filter(({ type }) => type === 'td_open').entries()) {
    const heading = headings[index % headings.length]
    if (heading) token.attrSet('data-column', heading)
  }
}

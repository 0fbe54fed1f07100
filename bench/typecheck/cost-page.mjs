import { readFileSync, writeFileSync } from 'node:fs'
import { markdownTable } from 'markdown-table'

/** The tables of docs/cost.md: counts only, which every machine gets alike. They are written by `--update` and compared otherwise. */

const page = new URL('../../docs/cost.md', import.meta.url)
const parts = /(<!-- counts: (\w+) -->\n)([\s\S]*?)(\n<!-- end -->)/g

const shown = (count) => count?.toLocaleString('en-US') ?? ''

/** The rows of a table on the page: the name and the number of each compiler. */
const rowsOf = (text) =>
  text
    .split('\n')
    .slice(2)
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, name, ...cells]) => [name, cells.slice(0, -1).map((cell) => (cell === '' ? undefined : Number(cell.replaceAll(',', ''))))])

/** The page with the numbers that were counted; a row that was not measured this time stays. */
const written = (text, tables, compilers, titles) =>
  text.replace(parts, (_, begin, name, before, end) => {
    const fresh = tables[name].map(([row, by]) => [row, compilers.map((compiler) => by[compiler])])
    const kept = rowsOf(before).filter(([row]) => !fresh.some(([one]) => one === row))
    const rows = [...fresh, ...kept].map(([row, numbers]) => [row, ...numbers.map(shown)])
    return `${begin}${markdownTable([['instantiations', ...titles], ...rows], { align: ['l', ...titles.map(() => 'r')] })}${end}`
  })

/** The numbers of the page that are more than 2 % off. */
const wrong = (text, tables, compilers) =>
  [...text.matchAll(parts)].flatMap(([, , name, table]) => {
    const stated = new Map(rowsOf(table))
    return tables[name].flatMap(([row, by]) =>
      compilers
        .map((compiler, column) => ({ compiler, found: by[compiler], stated: stated.get(row)?.[column] }))
        .filter(({ found, stated }) => found !== undefined && !(Math.abs(stated - found) <= 0.02 * found))
        .map(({ compiler, found, stated }) => `docs/cost.md, ${row}, ${compiler}: ${stated} is written, ${found} counted`),
    )
  })

/**
 * Writes the tables of the page, or says what is wrong in them.
 *
 * @param {Record<string, [string, Record<string, number>][]>} tables the rows by the name of the table: a name, and the count of each compiler
 */
export const costPage = (tables, compilers, titles, update) => {
  const text = readFileSync(page, 'utf8')
  if (!update) return wrong(text, tables, compilers)
  writeFileSync(page, written(text, tables, compilers, titles))
  return []
}

import { readFileSync, writeFileSync } from 'node:fs'
import { markdownTable } from 'markdown-table'

/**
 * The tables of docs/cost.md. They contain only counts, which are the same on every machine. `--update` writes them; otherwise they are
 * compared.
 */

const page = new URL('../../docs/cost.md', import.meta.url)
const parts = /(<!-- counts: (\w+) -->\n)([\s\S]*?)(\n<!-- end -->)/g

const shown = (count) => count?.toLocaleString('en-US') ?? ''

/** The rows of a table on the page: each has a name, and a number per compiler. */
const rowsOf = (text) =>
  text
    .split('\n')
    .slice(2)
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, name, ...cells]) => [name, cells.slice(0, -1).map((cell) => (cell === '' ? undefined : Number(cell.replaceAll(',', ''))))])

/** The page with the new counts. Rows that were not measured stay unchanged. */
const written = (text, tables, compilers, titles) =>
  text.replace(parts, (_, begin, name, before, end) => {
    const fresh = tables[name].map(([row, by]) => [row, compilers.map((compiler) => by[compiler])])
    const kept = rowsOf(before).filter(([row]) => !fresh.some(([one]) => one === row))
    const rows = [...fresh, ...kept].map(([row, numbers]) => [row, ...numbers.map(shown)])
    return `${begin}${markdownTable([['instantiations', ...titles], ...rows], { align: ['l', ...titles.map(() => 'r')] })}${end}`
  })

/** The numbers on the page that are off by more than 2 %. */
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
 * Writes the tables of the page, or reports wrong numbers in them.
 *
 * @param {Record<string, [string, Record<string, number>][]>} tables the rows of each table: a name, and the count of each compiler
 */
export const costPage = (tables, compilers, titles, update) => {
  const text = readFileSync(page, 'utf8')
  if (!update) return wrong(text, tables, compilers)
  writeFileSync(page, written(text, tables, compilers, titles))
  return []
}

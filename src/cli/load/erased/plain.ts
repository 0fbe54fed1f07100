import type { Erased, Imported } from './runnable.js'

/*
 * Files with nothing of TypeScript in them but their names: imports of names at the top, and constants and functions that are exported where
 * they are declared. Most networks are written so, since their types are inferred. They are read line by line, without a parser to load.
 * Whatever is not plain to see is left to erased.ts.
 */

/** What may be of TypeScript alone, or makes it hard to see what a line is. Other syntax of TypeScript is none for Node. */
const notPlain = /[`<]|\/\*|\b(?:class|import|export)\b|^return\b/

/** A second variable after a comma, or several at once. */
const severalVariables = /(?:,\s*[\w$]+|[}\]])\s*=(?![=>])/

const importLine = /^import \{ ([\w$ ,]+?),? \} from (['"])([^'"\\]+)\2;?$/
const exportWord = /^export (?=(?:const|function|async function) ([\w$]+)[ (])/

/** A file as the body of the function that jiti puts it into; undefined if it is not that plain. */
export const plain = (source: string): Erased | undefined => {
  const imports: Imported[] = []
  const names: string[] = []
  const locals: string[] = []
  const lines: string[] = []
  const body: string[] = []
  let isComment = false
  for (const line of source.split(/\r?\n/)) {
    const start = line.trimStart()
    isComment ||= start.startsWith('/*')
    if (isComment || start.startsWith('//') || start === '') {
      if (isComment && line.includes('*/')) {
        if (!line.trimEnd().endsWith('*/')) return undefined
        isComment = false
      }
      lines.push(line)
      continue
    }
    const [, members = '', , path = ''] = body.length > 0 ? [] : (importLine.exec(line) ?? [])
    if (members !== '') {
      const found = members.split(',').map((member) => member.trim().split(' as '))
      if (!found.every((parts) => parts.length <= 2 && parts.every((part) => /^[\w$]+$/.test(part)))) return undefined
      locals.push(...found.map((parts) => parts.at(-1) as string))
      imports.push({ path, names: found.map(([name = '']) => name), hasDefault: false })
      lines.push(`const { ${found.map((parts) => parts.join(': ')).join(', ')} } = await jitiImport("${path}");`)
      continue
    }
    const [word = '', name = ''] = exportWord.exec(line) ?? []
    if (name !== '') names.push(name)
    // The columns stay as they are.
    const code = ' '.repeat(word.length) + line.slice(word.length)
    if (notPlain.test(code)) return undefined
    body.push(code)
    lines.push(code)
  }
  // TypeScript leaves out imports that nothing uses.
  const used = new Set(body.join('\n').match(/[\w$]+/g))
  if (!locals.every((local) => used.has(local))) return undefined
  if (isComment || severalVariables.test(body.join('\n')) || new Set(names).size < names.length) return undefined
  const properties = [...names].sort().map((name) => `["${name}"]: { enumerable: true, get: () => ${name} }`)
  const head = `"use strict";Object.defineProperties(exports, { __esModule: { value: true }, ${properties.join(', ')} });`
  const code = head + lines.join('\n')
  return { code, imports, offsetOf: (offset) => offsetIn(source, code.slice(0, offset), head.length) }
}

/** The offset in the source of the line and the column that a text ends with. */
const offsetIn = (source: string, before: string, head: number): number => {
  const rows = before.split('\n')
  const column = (rows.at(-1) as string).length - (rows.length === 1 ? head : 0)
  const above = source.split('\n').slice(0, rows.length - 1)
  return above.reduce((sum, row) => sum + row.length + 1, column)
}

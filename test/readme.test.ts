import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { check, root } from './support/compiler.js'
import { type Block, blocksOf, printed, typed } from './support/markdown.js'
import { bare, discrepancies } from './support/stated.js'

/* The README and the documentation, held against the compiler and the package. What a comment may state: support/stated.ts. */

const pages = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'examples/README.md',
  ...readdirSync(`${root}docs`, { recursive: true, encoding: 'utf8' })
    .filter((name) => /^((guide|course)\/)?[^./]*\.md$/.test(name))
    .map((name) => `docs/${name}`),
].map((path) => {
  const text = readFileSync(root + path, 'utf8')
  return { path, text, blocks: blocksOf(text) }
})

/** Where a snippet lies: in the package's folder; or where its first line says, and what imports that beside it. */
const snippetOf = (path: string, { line, text }: Block): [path: string, text: string] => {
  const place = /^\/\/ (src\/\S+\.ts)$/m.exec(text)?.[1]
  if (place !== undefined) return [place, `${bare(text)}\nimport '../../network/network.js'\n`]
  if (text.includes("from './border.js'")) return [`src/layers/resizing/${path}.${line}.ts`, bare(text)]
  return [`${path}.${line}.ts`, `${bare(text)}\nexport {}\n`]
}

const snippets = new Map(pages.flatMap(({ path, blocks }) => typed(blocks).map((block) => snippetOf(path, block))))

describe('every TypeScript block compiles, and has the hovers and the errors that it states', () => {
  test.each([...check(snippets)])('%s', (_, checked) => {
    expect(discrepancies(checked)).toEqual([])
  })
})

describe('a block with output under it prints that output', () => {
  const shown = pages.flatMap(({ path, blocks }) =>
    [...typed(blocks), ...blocks.filter(({ language }) => language === 'js')]
      .filter(({ prints }) => prints !== undefined)
      .map((block) => [`${path}, line ${block.line}`, block] as const),
  )
  const outputs = printed(shown.map(([, block]) => block))
  test.each(shown.map((each, index) => [...each, outputs[index] as string] as const))('%s', (_, block, output) => {
    const [begin = '', ...rest] = (block.prints ?? '').split(/^\.\.\.\n/m)
    expect(output.slice(0, begin.length)).toBe(begin)
    for (const part of rest) expect(output).toContain(part)
    if (rest.length === 0) expect(output).toBe(begin)
  })
})

describe('links inside the package lead somewhere', () => {
  const links = pages.flatMap(({ path, text }) =>
    [...text.matchAll(/(?:\]\(|<\w[^>]* (?:src|srcset)=")(?!https?:|#)([^)"#\s]+)/g)].map(
      ([, to = '']) => [path, join(dirname(path), to)] as const,
    ),
  )
  test.each(links)('%s: %s', (_, target) => {
    expect(existsSync(root + target)).toBe(true)
  })
})

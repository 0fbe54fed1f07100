import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { MarkdownRenderer } from 'vitepress'
import type { CompileBlocks, CompiledBlock, LiveBlock } from './live-compiler.js'

/**
 * Makes every TypeScript block of a page a live one: the compiler's own hovers and errors are drawn into it when the site is built.
 *
 * The pages are also read as plain Markdown, so their blocks carry no directives: what the compiler needs is added here, out of
 * sight; `errors-only` leaves the hovers of each word out. That the errors are those that the comments of a page state is what `test/readme.test.ts` checks.
 */
export const liveBlocks = (compile: CompileBlocks) => {
  const answers = new Map<string, CompiledBlock>()
  const compileNew = (blocks: readonly LiveBlock[]): void => {
    const fresh = new Map(blocks.map((block) => [JSON.stringify(block), block]).filter(([key]) => !answers.has(key as string)) as Entry[])
    const compiled = compile([...fresh.values()])
    for (const [index, key] of [...fresh.keys()].entries()) answers.set(key, compiled[index] as CompiledBlock)
  }

  const rule = (md: MarkdownRenderer): void => {
    md.core.ruler.push('live-blocks', ({ tokens, env }) => {
      // The index of the search has the words of a block, and neither colours nor hovers.
      if (env?.isForSearch) {
        for (const token of tokens) if (token.type === 'fence') token.info = 'txt'
        return
      }
      const found = blocksIn(tokens)
      if (env?.collected) {
        env.collected.push(...found.map(({ block }) => block))
        return
      }
      if (answers.size === 0) compileNew(blocksOfAllPages(md))
      compileNew(found.map(({ block }) => block))
      for (const { token, block } of found) {
        token.info = 'ts twoslash'
        token.content = JSON.stringify(block)
      }
    })
  }

  /** What the compiler says of a block, which {@link rule} put in the place of its code. */
  const answerTo = (block: string): CompiledBlock => {
    const answer = answers.get(block)
    if (!answer) throw new Error(`Nothing was compiled for this block:\n${block}`)
    return answer
  }
  return { rule, answerTo }
}

type Entry = [string, LiveBlock]
type Token = ReturnType<MarkdownRenderer['parse']>[number]

/** The TypeScript blocks of a page. One without imports has those of the block before it. */
const blocksIn = (tokens: readonly Token[]): { token: Token; block: LiveBlock }[] => {
  let imports = ''
  return tokens.flatMap((token) => {
    const [language, only] = token.info.trim().split(' ')
    if (token.type !== 'fence' || language !== 'ts' || (only !== undefined && only !== 'errors-only')) return []
    const own = token.content.split('\n').filter((line) => line.startsWith('import '))
    if (own.length > 0) imports = own.join('\n')
    const code = withoutErrors(token.content).replace(/(\/\/ +\^\?).*/g, '$1')
    return [{ token, block: { code, hidden: own.length > 0 ? '' : `${imports}\n`, hovers: only === undefined } }]
  })
}

/** The blocks of all pages, so that one program does for the whole site. */
const blocksOfAllPages = (md: MarkdownRenderer): LiveBlock[] => {
  const folder = fileURLToPath(new URL('..', import.meta.url))
  const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /^[^.].*\.md$/.test(name) && name !== 'README.md',
  )
  return pages.flatMap((page) => {
    const collected: LiveBlock[] = []
    md.parse(readFileSync(folder + page, 'utf8'), { path: folder + page, relativePath: page, collected })
    return collected
  })
}

/** A block without the comments that state its errors: the errors themselves stand there. */
const withoutErrors = (block: string): string => {
  const lines = block.split('\n')
  let inError = false
  return lines
    .filter((line) => {
      inError = line.trimStart().startsWith('// error TS') || (inError && /^\s*\/\/ {3}\S/.test(line))
      return !inError
    })
    .join('\n')
}

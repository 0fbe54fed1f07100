import { spawnSync } from 'node:child_process'
import ts from 'typescript'
import { root } from './compiler.js'

/** The code in a page of Markdown. */

/** A fenced block of a page. */
export interface Block {
  /** Line of its first line in the page, from 1. */
  readonly line: number
  readonly language: string
  readonly text: string
  /** What it prints, when a `text` block stands right after it. */
  readonly prints: string | undefined
}

/** The fenced blocks of a page, in order. */
export const blocksOf = (page: string): Block[] => {
  const fences = [...page.matchAll(/^```(?<language>\w+)\n(?<text>.*?\n)```$/gms)]
  return fences.map((fence, index) => {
    const next = fences[index + 1]
    const between = next && page.slice(fence.index + fence[0].length, next.index).trim()
    return {
      line: page.slice(0, fence.index).split('\n').length + 1,
      language: fence.groups?.['language'] ?? '',
      text: fence.groups?.['text'] ?? '',
      prints: between === '' && next?.groups?.['language'] === 'text' ? next.groups['text'] : undefined,
    }
  })
}

/** The TypeScript blocks of a page; one that imports nothing has the imports of the one before it, at its end. */
export const typed = (blocks: readonly Block[]): Block[] => {
  let imports = ''
  return blocks
    .filter(({ language }) => language === 'ts')
    .map((block) => {
      const own = block.text.split('\n').filter((line) => line.startsWith('import '))
      if (own.length === 0) return { ...block, text: `${block.text}${imports}` }
      imports = `${own.join('\n')}\n`
      return block
    })
}

/** What a block prints when it runs, as a module in the package's folder. */
export const printed = ({ language, text }: Block): string => {
  const target = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 }
  const code = language === 'ts' ? ts.transpileModule(text, { compilerOptions: target }).outputText : text
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module'], { cwd: root, input: code, encoding: 'utf8' })
  return stdout + stderr
}

import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
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

const codeOf = ({ language, text }: Block): string => {
  const target = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 }
  return language === 'ts' ? ts.transpileModule(text, { compilerOptions: target }).outputText : text
}

const printedAlone = (code: string): string => {
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module'], { cwd: root, input: code, encoding: 'utf8' })
  return stdout + stderr
}

/** What blocks print when they run, as modules in the package's folder: in one process, and alone if they ask for it or throw. */
export const printed = (blocks: readonly Block[]): string[] => {
  mkdirSync(join(root, 'logs'), { recursive: true })
  const folder = mkdtempSync(join(root, 'logs/blocks-'))
  try {
    const codes = blocks.map(codeOf)
    const paths = codes.map((code, index) => {
      const path = join(folder, `${index}.mjs`)
      if (!/\bprocess\b|\bset(Timeout|Interval|Immediate)\b/.test(code)) writeFileSync(path, code)
      return path
    })
    const script = fileURLToPath(new URL('./blocks.mjs', import.meta.url))
    const lines = execFileSync(process.execPath, [script], { cwd: root, input: paths.filter(existsSync).join('\n'), encoding: 'utf8' })
    const texts = new Map(
      lines
        .split('\n')
        .filter(Boolean)
        .map((line) => [JSON.parse(line).path as string, JSON.parse(line).text]),
    )
    return paths.map((path, index) => texts.get(path) ?? printedAlone(codes[index] as string))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { preamble, sentenceOf } from '../support/call.js'
import { root } from '../support/compiler.js'
import { runCompiler } from '../support/tsc.js'

/** Lines of source, type-checked by the native compiler, which has no API that prints types: it is asked whether they are the expected ones. */

export const nativeCompiler = 'typescript-7.1'

/** An expression, and the type that it has to have; `undefined` where it has to be refused. */
export interface Expected {
  readonly line: string
  readonly type: string | undefined
}

/** What the native compiler says of a line. */
export interface NativeVerdict {
  /** The sentences that it refuses the line with, and the columns where they stand. */
  readonly refusals: readonly { readonly sentence: string; readonly column: number }[]
  /** Whether the type is exactly the one that is expected. */
  readonly same: boolean
}

const same = `type Same<One, Other> = (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : false\n`

/** Type-checks expressions in a folder of the package, where the source is written. */
export const checkNative = (expected: readonly Expected[], declarations: string, folder: string): Map<string, NativeVerdict> => {
  mkdirSync(folder, { recursive: true })
  const before = `${preamble}${declarations.trim()}\nimport type { Network, Shape } from 'stridewise'\n${same}`
  const first = before.split('\n').length
  // Two lines for each: the expression, and whether its type is the expected one.
  const body = expected.flatMap(({ line, type }, index) => [
    `const n${index} = ${line}`,
    type === undefined ? `void n${index}` : `const t${index}: Same<typeof n${index}, ${type}> = true; void t${index}`,
  ])
  const paths = { stridewise: [join(root, 'src/index.ts')] }
  writeFileSync(join(folder, 'lines.ts'), `${before}${body.join('\n')}\n`)
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ extends: join(root, 'tsconfig.json'), compilerOptions: { types: [], paths }, include: [], files: ['lines.ts'] }),
  )
  const { stdout, stderr, status, signal } = runCompiler(nativeCompiler, folder, ['--pretty', 'false', '-p', 'tsconfig.json'])
  if (signal || stderr || (status !== 0 && !stdout.includes('error TS')))
    throw new Error(`${nativeCompiler}: ${signal ?? ''} ${stderr}${stdout}`)

  const found = diagnosticsIn(stdout)
  return new Map(
    expected.map(({ line }, index) => {
      const at = first + 2 * index
      const refusals = (found.get(at) ?? []).map(({ text, column }) => ({ sentence: sentenceOf({ text }), column }))
      return [line, { refusals, same: !found.has(at + 1) }]
    }),
  )
}

interface Printed {
  readonly column: number
  text: string
}

/** The diagnostics of lines.ts in what a compiler prints, by their lines; further lines of a message are indented. */
const diagnosticsIn = (printed: string): Map<number, Printed[]> => {
  const all = new Map<number, Printed[]>()
  let last: Printed | undefined
  for (const line of printed.split('\n').filter((each) => each !== '')) {
    const begin = /^lines\.ts\((\d+),(\d+)\): error TS\d+: (.*)$/.exec(line)
    if (begin) {
      last = { column: Number(begin[2]), text: begin[3] as string }
      all.set(Number(begin[1]), [...(all.get(Number(begin[1])) ?? []), last])
    } else if (last && line.startsWith(' ')) last.text += `\n${line}`
    else throw new Error(`${nativeCompiler}: ${line}`)
  }
  return all
}

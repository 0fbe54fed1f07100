import { expect, test } from 'vitest'
import { compilers, main } from './compilers.js'
import type { Compiler } from './editor.js'
import { diagnosticsByLine, type Found, fileOf } from './lines.js'
import { mistakes, preamble } from './mistakes.js'
import { suggested } from './suggestions.js'
import { discard, workspaceOf } from './workspace.js'

/** Applying a message's suggestion to the line makes it compile, on every compiler. */

const diagnosticsOf = async ({ open }: Compiler, lines: readonly string[]): Promise<readonly (readonly Found[])[]> => {
  const text = fileOf(preamble, lines)
  const workspace = workspaceOf({ 'lines.ts': text })
  const editor = await open(workspace)
  const found = await diagnosticsByLine(editor, 'lines.ts', text, lines.length)
  await editor.close()
  discard(workspace)
  return found
}

/** The change is in another function, which is not on the line. */
const elsewhere = 'input(7, 7, 3).apply(basic(8))'

/** These lines have another mistake, which remains. */
const several = [
  'the first of several mistakes in one call',
  'a mistake, and what follows from it',
  'two mistakes, two diagnostics',
].flatMap((title) => mistakes[title] ?? [])

/** Once a branch accepts its input, its output may still differ from its neighbour's. */
const isOfBranches = ({ text }: Found): boolean => /a sum needs equal shapes|only the channels may differ/.test(text)

test('every suggestion is right', async () => {
  const lines = Object.values(mistakes)
    .flat()
    .filter((line) => line !== elsewhere)
  const found = await diagnosticsOf(main, lines)
  const silent: string[] = []
  const tried = lines.flatMap((line, index) =>
    (found[index] ?? []).flatMap((diagnostic) => {
      const changes = suggested(line, diagnostic)
      if (!changes && /\b(Use|Did you mean|Flatten|The options are|nearest that fit|at most \d+ of)\b/.test(diagnostic.text))
        silent.push(diagnostic.text)
      return (changes ?? []).map((changed) => ({ line, diagnostic, changed }))
    }),
  )
  expect(tried.length).toBeGreaterThan(250)
  expect(silent).toEqual([])
  for (const compiler of compilers) {
    const after = await diagnosticsOf(
      compiler,
      tried.map(({ changed }) => changed),
    )
    const wrong = tried.flatMap(({ line, diagnostic, changed }, index) => {
      const left = (after[index] ?? []).filter((each) =>
        several.includes(line) ? each.text === diagnostic.text : !isOfBranches(each) || each.text === diagnostic.text,
      )
      return left.map(({ text }) => ({ line, changed, text }))
    })
    expect(wrong, compiler.version).toEqual([])
  }
})

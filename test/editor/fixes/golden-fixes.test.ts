import { expect, test } from 'vitest'
import { type Fix, fixesFor } from '../../../src/editor/fixes/fixes.js'
import { sentenceIn } from '../../../src/editor/fixes/sentence.js'
import { applied } from '../../../src/editor/source/edits.js'
import { sourceOf } from '../../../src/editor/source/source.js'
import { sampled } from '../../support/effort.js'
import { expectGolden } from '../../support/golden.js'
import { compilers, main } from '../compilers.js'
import type { Compiler } from '../editor.js'
import { diagnosticsByLine, type Found, fileOf } from '../lines.js'
import { mistakes, preamble } from '../mistakes.js'
import { discard, workspaceOf } from '../workspace.js'

/** Every fix for every message of `test/golden/messages.txt` is done to its line, which then compiles, on every compiler. */

const diagnosticsOf = async ({ open }: Compiler, head: string, lines: readonly string[]): Promise<readonly (readonly Found[])[]> => {
  const text = fileOf(head, lines)
  const workspace = workspaceOf({ 'lines.ts': text })
  const editor = await open(workspace)
  const found = await diagnosticsByLine(editor, 'lines.ts', text, lines.length)
  await editor.close()
  discard(workspace)
  return found
}

/** A line with one of its fixes done. */
interface Tried {
  readonly line: string
  readonly text: string
  readonly fix: Fix
  readonly changed: string
  /** What the fix imports. */
  readonly imported: readonly string[]
}

const begin = `${preamble};(`.length

const triedFor = (line: string, { column, underlined, text }: Found): readonly Tried[] => {
  const whole = fileOf(preamble, [line])
  const start = begin + column
  return fixesFor(sourceOf(whole), { start, end: start + underlined.length, text }).map((fix) => {
    const inLine = fix.edits.filter((edit) => edit.start >= begin)
    const changed = applied(whole, inLine).slice(begin, -2)
    const imported = fix.edits.filter((edit) => edit.start < begin).flatMap((edit) => edit.text.slice(2).split(', '))
    return { line, text, fix, changed, imported }
  })
}

/** These lines have a mistake more, which is left. */
const several = [
  'the first of several mistakes in one call',
  'a mistake, and what follows from it',
  'two mistakes, two diagnostics',
].flatMap((title) => mistakes[title] ?? [])

/** Once a branch fits its input, it may still give something else than its neighbour. */
const isOfBranches = ({ text }: Found): boolean => /a sum needs equal shapes|only the channels may differ/.test(text)

/** The fixes that take a comment out, where one stands before every word and sign of a line. */
const losingComments = (line: string, { column, underlined, text }: Found): readonly string[] => {
  const places = sourceOf(fileOf(preamble, [line])).tokens.flatMap(({ start }) => (start > begin ? [start - begin] : []))
  const before = (index: number): number => places.filter((place) => place < index && place <= line.length).length
  const comment = '/* why */ '
  const commented = [...places]
    .filter((place) => place < line.length)
    .reduceRight((so, at) => so.slice(0, at) + comment + so.slice(at), line)
  // A comment before the first word of what is marked stands outside of it.
  const isMarked = (place: number): boolean => places.includes(place)
  const start = column + comment.length * (before(column) + (isMarked(column) ? 1 : 0))
  const end = column + underlined.length + comment.length * before(column + underlined.length)
  const whole = fileOf(preamble, [commented])
  const count = (code: string): number => code.split('/* why */').length
  return fixesFor(sourceOf(whole), { start: begin + start, end: begin + end, text }).flatMap(({ title, edits }) =>
    count(applied(whole, edits)) < count(whole) ? [`${title}: ${commented}\n  ${applied(whole, edits).slice(begin)}`] : [],
  )
}

const suggests =
  /\b(Use|Did you mean|Flatten|The options are|nearest that fit|at most \d+ of|leave it out|call it|one by one|Note:|the shape here is)\b/

test('every fix of every message', async () => {
  const lines = Object.values(mistakes).flat()
  const found = await diagnosticsOf(main, preamble, lines)
  const silent: string[] = []
  const tried = lines.flatMap((line, index) =>
    (found[index] ?? []).flatMap((diagnostic) => {
      const all = triedFor(line, diagnostic)
      if (all.length === 0 && suggests.test(diagnostic.text)) silent.push(`${line}\n  ${sentenceIn(diagnostic) ?? diagnostic.text}`)
      return all
    }),
  )
  const losing = lines.flatMap((line, index) => (found[index] ?? []).flatMap((diagnostic) => losingComments(line, diagnostic)))
  expect(losing).toEqual([])
  const shown = tried.map(({ line, fix, changed, imported }, index) => {
    const isFirst = tried[index - 1]?.line !== line
    return `${isFirst ? `\n${line}\n` : ''}  ${fix.title}${imported.length > 0 ? ` (imports ${imported.join(', ')})` : ''}\n    ${changed}\n`
  })
  expectGolden('fixes.txt', `${shown.join('').trimStart()}\n# messages without a fix\n\n${silent.join('\n')}\n`)
  const names = [...new Set(tried.flatMap(({ imported }) => imported))]
  const head = preamble.replace(" } from 'stridewise'\n", `${names.map((name) => `, ${name}`).join('')} } from 'stridewise'\n`)
  // The golden file has them all; a short run compiles a tenth.
  const compiled = sampled(tried)
  for (const compiler of compilers) {
    const after = await diagnosticsOf(
      compiler,
      head,
      compiled.map(({ changed }) => changed),
    )
    const wrong = compiled.flatMap(({ line, text, changed, fix }, index) => {
      const left = (after[index] ?? []).filter((each) =>
        several.includes(line) ? each.text === text : !isOfBranches(each) || each.text === text,
      )
      return left.map((each) => `${fix.title}: ${line}\n  ${changed}\n  ${each.text}`)
    })
    expect(wrong, compiler.version).toEqual([])
  }
})

import { afterAll, beforeAll, expect } from 'vitest'
import { isLong } from '../support/effort.js'
import { expectGolden, goldenText } from '../support/golden.js'
import { compilers, main } from './compilers.js'
import type { Editor } from './editor.js'
import { discard, type Workspace, workspaceOf } from './workspace.js'

/** Opens files on every compiler before the tests of a file, and closes them afterwards; the editors by version. */
export const openEverywhere = (files: Readonly<Record<string, string>>): ReadonlyMap<string, Editor> => {
  const editors = new Map<string, Editor>()
  let workspace: Workspace | undefined
  beforeAll(async () => {
    workspace = workspaceOf(files)
    for (const { version, open } of compilers) editors.set(version, await open(workspace))
  })
  afterAll(async () => {
    await Promise.all([...editors.values()].map((editor) => editor.close()))
    if (workspace) discard(workspace)
  })
  return editors
}

/** The versions, for `test.each`. */
export const versions: readonly string[] = compilers.map(({ version }) => version)

/** The result of every compiler: a single one if all agree, otherwise each result with its versions. */
export const agreed = async (editors: ReadonlyMap<string, Editor>, ask: (editor: Editor) => Promise<string>): Promise<string> => {
  const answers = new Map<string, string[]>()
  for (const [version, editor] of editors) {
    const answer = await ask(editor)
    answers.set(answer, [...(answers.get(answer) ?? []), version])
  }
  if (answers.size === 1) return [...answers.keys()].join('')
  return [...answers].map(([answer, from]) => `${from.join(', ')}: ${answer}`).join('\n')
}

/**
 * Compares {@link agreed} results with a file in `test/golden`. A short run, which asks one compiler, compares that one's results.
 *
 * @param isAsked whether a short run checks a line of the file
 */
export const expectAgreedGolden = (name: string, found: string, isAsked: (line: string) => boolean = () => true): void => {
  if (isLong) expectGolden(name, found)
  else if (process.env['UPDATE_GOLDEN']) throw new Error(`Every compiler's answers are in ${name}: set EFFORT=long too.`)
  else {
    const lines = answersOf(goldenText(name), main.version).split('\n')
    expect(found).toBe(lines.filter((line) => line === '' || isAsked(line)).join('\n'))
  }
}

/** The text that one compiler alone would have given: of answers that differ only its own, and that without a version before it. */
export const answersOf = (text: string, version: string): string => {
  let isOther = false
  return text
    .split('\n')
    .flatMap((line) => {
      const [, name = '', versions, answer = ''] = /^(\/\/ {2}\w+: )?(\d+\.\d+(?:, \d+\.\d+)*): (.*)$/.exec(line) ?? []
      if (versions !== undefined) {
        const isOwn = versions.split(', ').includes(version)
        // An answer with a name before it is one line; another goes on to the next blank line.
        isOther = !isOwn && name === ''
        return isOwn ? [name + answer] : []
      }
      if (line === '') isOther = false
      return isOther ? [] : [line]
    })
    .join('\n')
}

import { afterAll, beforeAll } from 'vitest'
import { compilers } from './compilers.js'
import type { Editor } from './editor.js'
import { discard, type Workspace, workspaceOf } from './workspace.js'

/** Opens files on every compiler before the tests of a file, and closes them after; the editors by their versions. */
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

/**
 * What every compiler answers: the answer itself where all agree, else each answer behind the versions that give it.
 */
export const agreed = async (editors: ReadonlyMap<string, Editor>, ask: (editor: Editor) => Promise<string>): Promise<string> => {
  const answers = new Map<string, string[]>()
  for (const [version, editor] of editors) {
    const answer = await ask(editor)
    answers.set(answer, [...(answers.get(answer) ?? []), version])
  }
  if (answers.size === 1) return [...answers.keys()].join('')
  return [...answers].map(([answer, from]) => `${from.join(', ')}: ${answer}`).join('\n')
}

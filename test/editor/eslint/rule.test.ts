import { createRequire } from 'node:module'
import { join } from 'node:path'
import * as parser from '@typescript-eslint/parser'
import { ESLint } from 'eslint'
import type ts from 'typescript'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mistakesIn } from '../../../src/editor/eslint/mistakes.js'
import { isLong } from '../../support/effort.js'
import { discard, type Workspace, workspaceOf } from '../workspace.js'

/** The plugin in ESLint itself, as the package has it, on files of a user. */

const stem = `import { conv2d, input } from 'stridewise'

export const stem = input(7, 7, 3).conv2d(8, 3, { stride: 3 })
`

const files = {
  'stem.ts': stem,
  'crlf.ts': stem.replaceAll('\n', '\r\n'),
  'mark.ts': `\uFEFF${stem}`,
  'misspelt.ts': "import { input } from 'stridewise'\nexport const net = input(8, 8, 3).conv2d(8, 3, { strid: 1 })\n",
  'unflattened.ts': "import { input } from 'stridewise'\nexport const head = input(4, 4, 8).relu().dense(10)\n",
  'right.ts': "import { input } from 'stridewise'\nexport const right = input(8, 8, 3).conv2d(8, 3)\n",
  // What is TypeScript's alone is left to the compiler, and a file without the package is not looked at.
  'other.ts': "import { input } from 'stridewise'\nexport const other: string = input(8).params\n",
  'without.ts': 'export const size: string = 3\n',
  'plain.js': 'export const size = 3\n',
  'plain-network.js': "import { input } from 'stridewise'\nexport const net = input(8)\n",
}

let workspace: Workspace
beforeAll(() => {
  workspace = workspaceOf(files)
})
afterAll(() => discard(workspace))

const plugin = () => createRequire(join(workspace.folder, 'index.js'))('stridewise/eslint-plugin')

const linted = async (name: string, options: ESLint.Options = {}) => {
  const eslint = new ESLint({
    cwd: workspace.folder,
    overrideConfigFile: true,
    baseConfig: [
      { files: ['**/*.ts'], languageOptions: { parser, parserOptions: { projectService: true, tsconfigRootDir: workspace.folder } } },
      plugin().configs.recommended,
      { files: ['**/*.js'], plugins: { stridewise: plugin() }, rules: { 'stridewise/shapes': 'error' } },
    ],
    ...options,
  })
  const [result] = await eslint.lintFiles([name])
  return result as ESLint.LintResult
}

type Problem = ESLint.LintResult['messages'][number]

/** A text with the first suggestion of a problem. */
const withFirst = (text: string, { suggestions: [first] = [] }: Problem): string => {
  if (!first) throw new Error('There is no suggestion.')
  const [start, end] = first.fix.range
  return text.slice(0, start) + first.fix.text + text.slice(end)
}

describe('stridewise/shapes', () => {
  test('says the sentence at its place, with the fixes of the editor as suggestions', async () => {
    const { messages } = await linted('stem.ts')
    expect(messages).toHaveLength(1)
    const [problem] = messages as [Problem]
    expect(problem).toMatchObject({ ruleId: 'stridewise/shapes', severity: 2, line: 3, column: 51, endLine: 3, endColumn: 57 })
    expect(problem.message).toBe(
      "conv2d: a 3x3 filter with stride 3 does not fit a 7x7 input: (7 - 3 + 2*0)/3 + 1 = 2.33. Use stride 1, 2 or 4, padding 1, or rounding: 'floor'.",
    )
    expect(problem.suggestions?.map(({ desc }) => desc)).toEqual([
      'Set stride to 1',
      'Set stride to 2',
      'Set stride to 4',
      'Add padding: 1',
      "Add rounding: 'floor'",
    ])
    expect(withFirst(stem, problem)).toBe(stem.replace('stride: 3', 'stride: 1'))
  })

  test.each(['crlf.ts', 'mark.ts'] as const)('%s: the same, at the same place of the text', async (name) => {
    const { messages } = await linted(name)
    const [problem] = messages as [Problem]
    expect(messages).toHaveLength(1)
    expect([problem.line, problem.column]).toEqual([3, 51])
    const text = files[name].replace('\uFEFF', '')
    expect(withFirst(text, problem)).toBe(text.replace('stride: 3', 'stride: 1'))
  })

  test('a layer that is missing, and a misspelt option', async () => {
    const { messages } = await linted('unflattened.ts')
    expect(messages.map(({ message }) => message)).toEqual([
      'dense: needs a vector, not 4x4x8. Flatten first: flatten() gives 128 features.',
    ])
    expect(withFirst(files['unflattened.ts'], messages[0] as Problem)).toContain('.relu().flatten().dense(10)')
    const misspelt = await linted('misspelt.ts')
    expect(misspelt.messages).toHaveLength(1)
    expect(withFirst(files['misspelt.ts'], misspelt.messages[0] as Problem)).toContain('{ stride: 1 }')
  })

  test.each(['right.ts', 'other.ts', 'without.ts', 'plain.js'])('%s: nothing to say', async (name) => {
    expect((await linted(name)).messages).toEqual([])
  })

  test('without types it says how to get them', async () => {
    await expect(linted('plain-network.js')).rejects.toThrow(
      'stridewise/shapes needs the types of your code. Use the parser of typescript-eslint with parserOptions: { projectService: true }.',
    )
  })
})

/** The compilers that typescript-eslint takes. */
const compilers = isLong ? ['typescript-5.4', 'typescript-5.9', 'typescript'] : ['typescript']

test.each(compilers)('%s: the same mistakes and fixes', (name) => {
  const compiler = createRequire(import.meta.url)(name) as typeof ts
  const names = Object.keys(files).filter((file) => file.endsWith('.ts'))
  const { options } = compiler.convertCompilerOptionsFromJson(
    { strict: true, target: 'ES2022', lib: ['ES2022'], module: 'NodeNext', moduleResolution: 'NodeNext', types: [], skipLibCheck: true },
    workspace.folder,
  )
  const program = compiler.createProgram(
    names.map((file) => join(workspace.folder, file)),
    options,
  )
  const found = names.map((file) => [
    file,
    mistakesIn(program, program.getSourceFile(join(workspace.folder, file)) as ts.SourceFile).map(({ start, fixes }) => [
      start,
      fixes.map(({ title }) => title),
    ]),
  ])
  const strides = ['Set stride to 1', 'Set stride to 2', 'Set stride to 4', 'Add padding: 1', "Add rounding: 'floor'"]
  const at = stem.indexOf('stride: 3')
  expect(Object.fromEntries(found)).toEqual({
    'stem.ts': [[at, strides]],
    'crlf.ts': [[at + 2, strides]],
    'mark.ts': [[at, strides]],
    'misspelt.ts': [[files['misspelt.ts'].indexOf('strid:'), ['Change to stride']]],
    'unflattened.ts': [[files['unflattened.ts'].indexOf('10)'), ['Insert .flatten()']]],
    'right.ts': [],
    'other.ts': [],
    'without.ts': [],
  })
})

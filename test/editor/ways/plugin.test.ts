import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { applied } from '../../../src/editor/source/edits.js'
import { discard, type Workspace, workspaceOf } from '../workspace.js'
import { TsServer } from './tsserver.js'

/** The plugin as users write it into tsconfig.json, in a tsserver of TypeScript 6.0. */

const text = `import { input } from 'stridewise'
export const small = input(9, 9, 3).maxPool2d(2).relu()
export const other = input(7, 7, 3).residual((x) => x.maxPool2d(2)).conv2d(8, 3, { padding: 1 })
export const good = input(7, 7, 3).conv2d(8, 3).flatten().dense(10)
`
const plain = 'export const three = [1, 2, 3].map((x) => x.toFixed(1))\nexport const wrong: string = 3\n'

let workspace: Workspace
let server: TsServer
const pathOf = (name: string): string => join(workspace.folder, name)

beforeAll(() => {
  workspace = workspaceOf({ 'net.ts': text, 'plain.ts': plain })
  const plugins = [{ name: 'stridewise/ts-plugin', hints: { calls: 'changes', parameters: 'both', names: false } }]
  const compilerOptions = { module: 'NodeNext', moduleResolution: 'NodeNext', strict: true, types: [], lib: ['ES2022'], plugins }
  writeFileSync(pathOf('tsconfig.json'), JSON.stringify({ compilerOptions, files: ['net.ts', 'plain.ts'] }))
  server = new TsServer('typescript', ['--allowLocalPluginLoads', '--pluginProbeLocations', workspace.folder], workspace.folder)
  for (const name of ['net.ts', 'plain.ts']) server.tell('open', { file: pathOf(name) })
})
afterAll(async () => {
  await server.close()
  discard(workspace)
})

test('hints as the settings say', async () => {
  const hints = await server.ask<{ text: string; position: { line: number } }[]>('provideInlayHints', {
    file: pathOf('net.ts'),
    start: 0,
    length: text.length,
  })
  expect(hints.filter(({ position }) => position.line === 4).map((hint) => hint.text)).toEqual([
    '7×7×3',
    '5×5×8  +224 = 224',
    '200',
    '10  +2,010 = 2,234',
  ])
})

test('fixes for the codes that editors ask about, one mistake at a time and all of a kind', async () => {
  const codes = await server.ask<string[]>('getSupportedCodeFixes', { file: pathOf('net.ts') })
  expect(codes).toEqual(expect.arrayContaining(['2322', '2345', '2349']))
  const range = { startLine: 2, startOffset: 47, endLine: 2, endOffset: 48 }
  type Action = { fixName: string; description: string; fixId?: string; fixAllDescription?: string }
  const actions = await server.ask<Action[]>('getCodeFixes', { file: pathOf('net.ts'), ...range, errorCodes: [2345] })
  expect(actions[0]).toMatchObject({
    fixName: 'stridewise',
    description: "Add rounding: 'floor'",
    fixAllDescription: "Add rounding: 'floor' to all that it makes fit",
  })
  const scope = { type: 'file', args: { file: pathOf('net.ts') } }
  type Place = { line: number; offset: number }
  type Combined = { changes: { textChanges: { start: Place; end: Place; newText: string }[] }[] }
  const combined = await server.ask<Combined>('getCombinedCodeFix', { scope, fixId: actions[0]?.fixId })
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)]
  const at = ({ line, offset }: Place): number => (starts[line - 1] as number) + offset - 1
  const edits = combined.changes.flatMap(({ textChanges }) =>
    textChanges.map((change) => ({ start: at(change.start), end: at(change.end), text: change.newText })),
  )
  expect(applied(text, edits)).toBe(text.replaceAll('maxPool2d(2)', "maxPool2d(2, { rounding: 'floor' })"))
})

test('nothing in a file that does not import the package', async () => {
  const file = pathOf('plain.ts')
  expect(await server.ask('provideInlayHints', { file, start: 0, length: plain.length })).toEqual([])
  const range = { startLine: 2, startOffset: 14, endLine: 2, endOffset: 19 }
  const actions = await server.ask<{ fixName: string }[]>('getCodeFixes', { file, ...range, errorCodes: [2322] })
  expect(actions.filter(({ fixName }) => fixName === 'stridewise')).toEqual([])
})

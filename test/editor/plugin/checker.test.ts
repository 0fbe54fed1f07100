import ts from 'typescript'
import { expect, test } from 'vitest'
import { hintPlaces } from '../../../src/editor/hints/hints.js'
import { openFile } from '../../../src/editor/plugin/open-file.js'

/** How often hints have the checker print a type, which is most of their time, and how. */

const declared = `declare module 'stridewise' {
  type Same = Network<[7, 7, 3], [7, 7, 3], 0>
  export interface Network<Input, Output, Params> {
    readonly types?: [Input, Output, Params]
    conv2d(filters: number, kernel: number, options?: object): Same
    relu(): Same
    residual(body: (x: Same) => Same): Same
  }
  export const input: (...sizes: number[]) => Same
}
`

/** The types that are printed for all hints of a text, and for how many of them the checker looks for where their names come from. */
const printedFor = (code: string): { readonly asked: number; readonly printed: number; readonly withPlace: number } => {
  const texts = new Map([
    ['/net.ts', `import { input } from 'stridewise'\n${code}`],
    ['/stridewise.d.ts', declared],
  ])
  const service = ts.createLanguageService({
    getCompilationSettings: () => ({ noLib: true, types: [] }),
    getScriptFileNames: () => [...texts.keys()],
    getScriptVersion: () => '1',
    getScriptSnapshot: (name) => (texts.has(name) ? ts.ScriptSnapshot.fromString(texts.get(name) as string) : undefined),
    getCurrentDirectory: () => '/',
    getDefaultLibFileName: () => '/lib.d.ts',
    fileExists: (name) => texts.has(name),
    readFile: (name) => texts.get(name),
  })
  const checker = service.getProgram()?.getTypeChecker() as ts.TypeChecker
  const own = checker.typeToString
  let [printed, withPlace] = [0, 0]
  checker.typeToString = (type, place, flags) => {
    printed += 1
    withPlace += place ? 1 : 0
    return own(type, place, flags)
  }
  const file = openFile(ts, service, '/net.ts')
  if (!file) throw new Error('The file imports nothing.')
  const places = hintPlaces(file.source, { start: 0, end: file.source.text.length })
  const answers = file.ask(places)
  expect(places.every(({ position }) => answers.get(position)?.type !== undefined)).toBe(true)
  return { asked: places.length, printed, withPlace }
}

const chain = (count: number): string => `export const net = input(7, 7, 3)${'.conv2d(3, 3, { padding: 1 }).relu()'.repeat(count)}\n`

test('a hint of a chain takes one printed type, and none of them is looked up', () => {
  const { asked, printed, withPlace } = printedFor(chain(200))
  expect(asked).toBe(402)
  expect(printed).toBeLessThan(asked * 1.05)
  expect(withPlace).toBe(0)
})

test('functions are not printed', () => {
  const { asked, printed } = printedFor(`export const net = input(7, 7, 3)${'.residual((x) => x.relu())'.repeat(100)}\n`)
  expect(printed).toBeLessThan(asked * 1.4)
})

test('arguments are printed where they are not written out', () => {
  const code = `const filters = 3\n${chain(100).replaceAll('(3, 3', '(filters, 3')}`
  expect(printedFor(code).printed - printedFor(`const filters = 3\n${chain(100)}`).printed).toBeGreaterThan(100)
})

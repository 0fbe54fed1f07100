import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Project, projectOf } from '../support/command.js'

/* Errors at run time in TypeScript files have the line and the column of the source. */

/** Sources with a mark where the error is; a line before the mark has types that are removed when it runs. */
const sources: Readonly<Record<string, string>> = {
  'after types': "const size: number = 3\nconst other: number = 4, text = ((): string => { throw ^new Error('no') })()\n",
  'in the first line': "const size: number = 3; throw ^new Error('no')\n",
  'in a generic function':
    'export const of = <T extends { a: number }>(value: T): number => value.^a\nexport const x = of<never>(null as never)\n',
  'after an import':
    "import { input } from 'stridewise'\nexport const net = input(7, 7, 1 as number).^conv2d(8, 3, { stride: 3 as number })\n",
  'after a satisfies': "const options = { a: 1 } satisfies { a: number }; if (options.a === 1) throw ^new TypeError('no')\n",
}

describe.each(Object.entries(sources))('%s', (_, marked) => {
  let project: Project
  beforeAll(() => {
    project = projectOf({ 'file.ts': marked.replace('^', ''), 'importer.ts': "import './file.ts'\n" })
  })
  afterAll(() => project.remove())

  const lines = marked.split('\n')
  const line = lines.findIndex((each) => each.includes('^'))
  const column = (lines[line] as string).indexOf('^') + 1

  test.each(['file.ts', 'importer.ts'])('run as %s', async (file) => {
    const { code, stderr } = await project.run(['report', file])
    expect(code).toBe(1)
    expect(stderr).toContain(`error file.ts:${line + 1}:${column}: `)
  })
})

test('a file that is gone leaves the line', async () => {
  const project = projectOf({
    'gone.ts': "import { rmSync } from 'node:fs'\nrmSync(new URL(import.meta.url))\nthrow new Error('no')\n",
  })
  const { code, stderr } = await project.run(['report', 'gone.ts'])
  expect([code, stderr]).toEqual([1, 'error gone.ts:3: it threw Error: no\n'])
  project.remove()
})

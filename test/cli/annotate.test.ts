import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { mainCompiler } from '../../scripts/compilers.mjs'
import { faulty, type Project, projectOf } from '../support/command.js'
import { isLong } from '../support/effort.js'
import { expectGolden } from '../support/golden.js'
import { inBoth, inShort as test } from '../support/runs.js'
import { compilerNames } from '../support/tsc.js'

/** `stridewise annotate`: shapes as comments. */

const source = `import { block, conv2d, input, maxPool2d, relu, repeat } from 'stridewise'
import { vgg16 } from 'stridewise/zoo'

const stage = block(repeat(2, block(conv2d(64, 3, { padding: 1 }), relu())), maxPool2d(2)) // 2 convolutions
const size: number = Number('28')

export const net = input(224, 224, 3)
  .conv2d(64, 3, { padding: 1 }).relu() // 1x1x1
  .apply(stage) // the stage
  .maxPool2d(2) // 56x56x64
  .residual((x) =>
    x
      .conv2d(64, 3, { padding: 1 })
      .relu(), // 7
  ) /* a block */
  .apply(block(conv2d(8, 3, { padding: 1 }), relu(), conv2d(8, 3, { padding: 1 }), relu(), conv2d(8, 3, { padding: 1 }), relu(), conv2d(8, 3, { padding: 1 }), relu(), conv2d(8, 3, { padding: 1 }), relu(), conv2d(8, 3, { padding: 1 }), relu()))
  .flatten() //25088
  .dense(10)

export const open = input(size, size, 1).conv2d(4, 5)
export const big = vgg16({ classes: 10 })
export const wide = input(4).dense(size); export const count = Math.max(1, 2) // 1
const numbers = [1, 2].map((each) => each + 1) // 2x3
export const text = \`\${input(3).relu()}
// 3x3
\${numbers} \${input(4).dense(5)}\`
/* \${input(3).relu()} */ export const last = input(7) /* begins
and ends */
const url = 'https://example.org' + input(3).params
void [url, text]
`

const left = 'note  nets.ts:23: no call that ends here returns a network. annotate keeps the comment // 2x3. Delete it if it is a shape.\n'

/** Without the DOM library, which the compiler would parse for each file. */
const compilerOptions = { module: 'nodenext', target: 'es2022', lib: ['es2022'], types: [], strict: true, skipLibCheck: true }
const settings = { 'tsconfig.json': JSON.stringify({ compilerOptions }) }

describe.each(compilerNames)('%s', (compiler) => {
  let project: Project
  beforeAll(() => {
    project = projectOf({ ...settings, 'nets.ts': source }, compiler)
  })
  afterAll(() => project.remove())

  inBoth('comments are written, and are then true', async () => {
    const path = `${project.folder}/nets.ts`
    const before = await project.run(['annotate', '--check', 'nets.ts'])
    expect(before.code).toBe(1)
    expectGolden('cli/annotate-check.txt', `${before.stdout}${before.stderr}`)
    expect(readFileSync(path, 'utf8')).toBe(source)

    const { code, stdout, stderr } = await project.run(['annotate', 'nets.ts'])
    expect([code, stdout, stderr]).toEqual([0, 'annotated nets.ts: 11 of 13 comments\n', left])
    expectGolden('cli/annotated.ts.txt', readFileSync(path, 'utf8'))

    expect(await project.run(['annotate', '--check', 'nets.ts'])).toEqual({
      code: 0,
      stdout: 'ok        nets.ts: 13 comments\n',
      stderr: left,
    })
  })

  inBoth('mistakes in calls: each file is left as it is', async () => {
    const calls = [
      ['input(3).dense()', 'TS2554: Expected 1-2 arguments, but got 0.'],
      ['input(7, 7, 3)\n  .conv2d(8)\n  .relu()', 'TS2554: Expected 2-3 arguments, but got 1.'],
      ['input(7, 7, 3).apply(block(conv2d(8), relu()))', 'TS2554: Expected 2-3 arguments, but got 1.'],
      ['conv2d(8)', 'TS2554: Expected 2-3 arguments, but got 1.'],
      ["input(7, 7, 3).conv2d('a', 3)", "TS2345: Argument of type 'string' is not assignable to parameter of type 'number'."],
      ['input(7, 7, 3).relu().conv4d(3).relu()', "TS2551: Property 'conv4d' does not exist on type"],
      ['input(7, 7, 3).conv2d(8, 3, { stid: 3 })', "'stid' does not exist in type"],
    ] as const
    const textOf = (call: string) =>
      `import { block, conv2d, input, relu } from 'stridewise'\nexport const net = ${call} // 3\nvoid [block, conv2d, input, relu]\n`
    const paths = calls.map(([call], index) => project.write(`call${index}.ts`, textOf(call)))
    const { code, stdout, stderr } = await project.run(['annotate', ...calls.map((_, index) => `call${index}.ts`)])
    expect([code, stdout]).toEqual([
      1,
      calls.map((_, index) => `failed    call${index}.ts: an error, so its shapes are unknown\n`).join(''),
    ])
    for (const [index, [call, message]] of calls.entries()) {
      const told = stderr.split('\n').filter((line) => line.startsWith(`error call${index}.ts:`))
      expect(told[0]).toMatch(/^error call\d\.ts:\d+:\d+: TS/)
      expect(told.join('\n')).toContain(message)
      expect(readFileSync(paths[index] as string, 'utf8')).toBe(textOf(call))
    }
  })
})

describe('a project', () => {
  let project: Project
  beforeAll(() => {
    project = projectOf({ ...faulty, 'plain.mjs': '', ...settings }, isLong ? 'typescript-7.0' : mainCompiler)
  })
  afterAll(() => project.remove())
  const annotate = (...args: string[]) => project.run(['annotate', ...args])

  inBoth('nothing but the comments changes: line breaks, the mark of Unicode, blanks, the rights of the file', async () => {
    const before =
      "\uFEFFimport { input } from 'stridewise'\r\nexport const net = input(4)\t\r\n  .dense(5)   // 4\r\n  .dense(6); // 6\r\nexport const é = 'ü'"
    const path = project.write('windows.ts', before)
    chmodSync(path, 0o640)
    const { stdout } = await annotate('windows.ts')
    expect(stdout).toBe('annotated windows.ts: 2 of 3 comments\n')
    expect(readFileSync(path, 'utf8')).toBe(
      before.replace('input(4)\t', 'input(4) // 4').replace('// 4\r\n  .dense(6)', '// 5\r\n  .dense(6)'),
    )
    expect(statSync(path).mode & 0o777).toBe(0o640)
  })

  test('a file that is true is not written again', async () => {
    const path = project.write('true.ts', "import { input } from 'stridewise'\nexport const net = input(4) // 4\n")
    const { mtimeMs, ino } = statSync(path)
    expect((await annotate('true.ts')).stdout).toBe('ok        true.ts: 1 comment\n')
    expect([statSync(path).mtimeMs, statSync(path).ino]).toEqual([mtimeMs, ino])
  })

  test('a shape with spaces is corrected like any other', async () => {
    const text = "import { input } from 'stridewise'\nexport const net = input(32, 32, 3).conv2d(8, 3) // 16 x 16 x 32\n"
    const path = project.write('spaces.ts', text)
    expect((await annotate('spaces.ts')).stdout).toBe('annotated spaces.ts: its comment\n')
    expect(readFileSync(path, 'utf8')).toContain('.conv2d(8, 3) // 30x30x8\n')
  })

  test('a shape on a line that gives none any more stays, and is told of', async () => {
    const text =
      "import { input } from 'stridewise'\nconst net = input(30, 30, 8) // 30x30x8\nexport const params = net.params // 30x30x8\nexport const count = 3 // 3\n"
    const path = project.write('left.ts', text)
    const { code, stdout, stderr } = await annotate('left.ts', '--check')
    expect([code, stdout]).toEqual([0, 'ok        left.ts: 1 comment\n'])
    expect(stderr).toBe(
      'note  left.ts:3: no call that ends here returns a network. annotate keeps the comment // 30x30x8. Delete it if it is a shape.\n',
    )
    expect(JSON.parse((await annotate('left.ts', '--json')).stdout)[0].left).toEqual([{ line: 3, shape: '30x30x8' }])
    expect(readFileSync(path, 'utf8')).toBe(text)
  })

  test('json', async () => {
    project.write('json.ts', "import { input } from 'stridewise'\nexport const net = input(4)\n  .dense(3) // 4\n")
    const { code, stdout } = await annotate('json.ts', '--check', '--json')
    const edits = [
      { line: 2, shape: '4' },
      { line: 3, shape: '3', stale: '4' },
    ]
    expect([code, JSON.parse(stdout)]).toEqual([1, [{ file: 'json.ts', comments: 2, edits, left: [], problems: [] }]])
  })

  test('a file with a mistake in it is left as it is, and the others are not', async () => {
    const mistake = "import { input } from 'stridewise'\nexport const net = input(7, 7, 1)\n  .conv2d(8, 3, { stride: 3 })\n"
    project.write('mistake.ts', mistake)
    project.write(
      'fine.ts',
      "import { input } from 'stridewise'\nexport const net = input(7)\nconst odd: string = 3\nconsole.log(odd.size, Math.max('a'))\n",
    )
    const { code, stdout, stderr } = await annotate('mistake.ts', 'syntax.ts', 'fine.ts')
    expect(code).toBe(1)
    expect(stdout.split('\n')).toEqual([
      'failed    mistake.ts: an error, so its shapes are unknown',
      'failed    syntax.ts: an error, so its shapes are unknown',
      'annotated fine.ts: its comment',
      '',
    ])
    expect(stderr).toContain('error mistake.ts:3:19: conv2d: a 3x3 filter with stride 3 does not fit a 7x7 input')
    expect(stderr).toContain('error syntax.ts:3:1: TS1135: Argument expression expected.')
    expect(readFileSync(`${project.folder}/mistake.ts`, 'utf8')).toBe(mistake)
  })

  test.each([
    ['no-network.ts', 0, 'nothing   no-network.ts: no line ends in a call that returns a network\n'],
    ['hangs.ts', 0, 'nothing   hangs.ts: no line ends in a call that returns a network\n'],
    ['misspelt.ts', 0, 'nothing   misspelt.ts: no line ends in a call that returns a network\n'],
  ])('%s: files are read and not run', async (file, code, text) => {
    expect(await annotate(file)).toEqual({ code, stdout: text, stderr: '' })
  })

  test.each([
    ['absent.ts', 'There is no file absent.ts.'],
    ['plain.mjs', 'plain.mjs is not a TypeScript file: annotate reads shapes from types.'],
  ])('usage error: %s', async (file, message) => {
    expect(await annotate(file)).toEqual({ code: 2, stdout: '', stderr: `error ${message}\n` })
  })

  test('a file that is no UTF-8 is refused', async () => {
    const path = project.write('latin.ts', '')
    writeFileSync(path, Buffer.from("const a = 'é'\n", 'latin1'))
    expect((await annotate('latin.ts')).stderr).toBe('error latin.ts is not UTF-8 text.\n')
    expect(readFileSync(path)).toEqual(Buffer.from("const a = 'é'\n", 'latin1'))
  })
})

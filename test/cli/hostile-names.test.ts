import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { toKeras } from '../../src/formats/keras/index.js'
import { toOnnx } from '../../src/formats/onnx/index.js'
import { input } from '../../src/index.js'
import { type Project, projectOf } from '../support/command.js'

/* Names that a terminal, a log of GitHub, a spreadsheet or a page would interpret, from any source and in any output. */

const hostile = [
  '::error::obeyed',
  '  ::stop-commands::obeyed',
  '##[error]obeyed',
  '##vso[task.setvariable variable=x]obeyed',
  'red \u001b[31m title \u001b]0;obeyed\u0007',
  'c1 \u009b31m \u0085',
  'first\n::error::obeyed\r\nlast\ttab\vvertical',
  'separators \u2028::error::obeyed \u2029',
  'bidi \u202eobeyed \u2066 \u200f \ufeff',
  'tag \u{e0001} half \ud800',
  'invisible \u115f \u1160 \u3164 \uffa0 \u034f \u180b \ufe00 \u{e0100} \u2800',
  '\u3164\u115f',
  '=HYPERLINK("http://obeyed")',
  '+1',
  '-1',
  '@SUM(1)',
  '\t=1',
  '\r=1',
  '\uff1d1',
  '<img src=x onerror=obeyed()>',
  '"]; evil -> graph [label="\\',
  '%%{init: {"securityLevel": "loose"}}%%',
  '`$$x$$` <br> #quot;',
]
const long = 'long'.repeat(500)

const chain = [...hostile, long].map((name) => `.dense(4, { name: ${JSON.stringify(name)} })`).join('\n  ')
const source = (exported: string) =>
  `import { input } from 'stridewise'\nconst net = input(4)\n  ${chain}\nexport { net as ${JSON.stringify(exported)} }\n`

const files = {
  'nets.mjs': `import { input } from 'stridewise'\nexport const net = input(4)\n  ${chain}\n`,
  'before.mjs': "import { input } from 'stridewise'\nexport const net = input(4).dense(4)\n",
  'exported.mjs': source(hostile.slice(0, 9).join(' ')),
  '::error::obeyed\n\u001b[31m.mjs': source('::error::obeyed'),
  'others.mjs': `export const text = ${JSON.stringify(hostile.join(' ') + long)}\nconst f = (a) => a\nexport { f as ${JSON.stringify(`\n::error::obeyed ${long}`)} }\n`,
  'named.mjs': `import { inputs } from 'stridewise'\nconst names = ${JSON.stringify(hostile)}
export const several = inputs(Object.fromEntries(names.map((name) => [name, [4]]))).add(...names).keep('::error::obeyed out')
  .dense(4).keep('##[error]obeyed out').outputs('::error::obeyed out', '##[error]obeyed out')
export const unused = inputs(Object.fromEntries(names.map((name) => [name, [4]]))).from(names[0]).dense(4, { name: '::error::obeyed' })
  .from(names[1]).dense(2)
`,
  'throws.mjs': `throw new Error(${JSON.stringify(`\u001b[31m ${long}`)})\n`,
  'throws-name.mjs': `throw Object.assign(new Error('x'), { name: ${JSON.stringify('\n::error::obeyed')} })\n`,
  'misfit.mjs': `import { input } from 'stridewise'\nexport const net = input(4).dense(4, { name: 'a', [${JSON.stringify('\n::error::obeyed\u202e')}]: 1 })\n`,
}

/** What is not printed, but for line breaks. */
const raw = /(?!\n|\u200c|\u200d|\ufe0e|\ufe0f)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}\u2800]/u

const expectInert = (text: string): void => {
  expect(text.match(raw)).toBe(null)
  expect(text).not.toMatch(/##(vso)?\[/)
  // The command's own annotations are the only ones.
  expect(text.split('\n').filter((line) => /^\s*::/.test(line) && !/^::error file=[^:]*::/.test(line))).toEqual([])
}

let project: Project
beforeAll(() => {
  project = projectOf(files)
  writeFileSync(join(project.folder, 'model.json'), JSON.stringify(toKeras(input(4).dense(4))))
})
afterAll(() => project.remove())

const run = async (args: readonly string[]) => {
  const ran = await project.run(args, { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: join(project.folder, 'summary.md') })
  expectInert(ran.stdout)
  expectInert(ran.stderr)
  return ran
}

describe('names of layers', () => {
  test.each(['table', 'markdown', 'csv', 'html', 'svg'])('report --format %s', async (format) => {
    const { code, stdout } = await run(['report', 'nets.mjs', '--format', format])
    expect(code).toBe(0)
    expect(stdout).not.toContain('long'.repeat(51))
    expect(stdout).toContain('obeyed')
  })

  test.each([
    ['report', 'nets.mjs', '--format', 'markdown'],
    ['diff', 'before.mjs', 'nets.mjs', '--format', 'markdown'],
  ])('%s: no name is a mark of Markdown, HTML or a formula', async (...args) => {
    const { stdout } = await run(args)
    expect(stdout).toContain('obeyed')
    expect(stdout.replace(/\\[\\|`*~<>&$[\]]/g, '')).not.toMatch(/[`<>&$[\]]/)
  })

  test('report --format html: the page permits its own script and no other', async () => {
    const { stdout } = await run(['report', 'nets.mjs', '--format', 'html'])
    const scripts = [...stdout.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, script = '']) => script)
    expect(scripts).toHaveLength(1)
    const own = createHash('sha256')
      .update(scripts[0] as string)
      .digest('base64')
    expect(stdout).toContain(
      `<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-${own}'; `,
    )
  })

  test('report --format csv: no cell is a formula', async () => {
    const { stdout } = await run(['report', 'nets.mjs', '--format', 'csv'])
    const lines = stdout.trimEnd().split('\n')
    expect(lines.length).toBe(hostile.length + 3)
    for (const line of lines) {
      for (const [, quoted, plain] of line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g))
        expect(quoted ?? plain).not.toMatch(/^[=+\-@\t\r\uff1d]/)
    }
    expect(stdout).toContain(`"'=HYPERLINK(""http://obeyed"")"`)
  })

  test.each([
    ['report', 'nets.mjs', '--json'],
    ['diff', 'before.mjs', 'nets.mjs', '--json'],
    ['export', 'nets.mjs', '--to', 'keras'],
  ])('%s: JSON has every name as it is', async (...args) => {
    const { stdout, code } = await run(args)
    expect(code).toBe(0)
    const names: unknown[] = []
    JSON.parse(stdout, (key, value) => key === 'name' && names.push(value))
    if (args[0] !== 'export') for (const name of [...hostile, long]) expect(names).toContain(name)
  })

  test.each([
    ['check', 'nets.mjs', '--no-types', '--max-params', '1'],
    ['check', 'nets.mjs', '--no-types', '--json'],
    ['diff', 'before.mjs', 'nets.mjs'],
    ['diff', 'before.mjs', 'nets.mjs', '--format', 'markdown'],
    ...['mermaid', 'dot', 'typescript', 'pytorch', 'svg'].map((form) => ['export', 'nets.mjs', '--to', form]),
  ])('%s %s %s %s', async (...args) => {
    const { stdout, code } = await run(args)
    expect([0, 1]).toContain(code)
    expect(stdout.length).toBeGreaterThan(0)
  })

  test('mermaid and dot hold no marks of their own', async () => {
    const { stdout: mermaid } = await run(['export', 'nets.mjs', '--to', 'mermaid'])
    expect(mermaid).not.toMatch(/%%|\$\$|<img|`/)
    const { stdout: dot } = await run(['export', 'nets.mjs', '--to', 'dot'])
    const ids = [...dot.matchAll(/^ {2}("(?:[^"\\]|\\.)*") \[label=/gm)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(hostile.length + 3)
    for (const line of dot.split('\n').slice(3, -2))
      expect(line).toMatch(
        /^ {2}"(?:[^"\\]|\\.)*"(?: -> "(?:[^"\\]|\\.)*")? \[label="(?:[^"\\]|\\.)*"(?:, fillcolor=\w+)?(?:, shape=ellipse)?\]$/,
      )
  })
})

describe('names of inputs, outputs and layers that no output needs', () => {
  test.each(
    ['several', 'unused'].flatMap((name) =>
      ['pytorch', 'typescript', 'mermaid', 'dot', 'svg', 'tikz', 'keras'].map((form) => [
        'export',
        'named.mjs',
        '--export',
        name,
        '--to',
        form,
      ]),
    ),
  )('%s %s %s %s %s %s', async (...args) => {
    const { stdout, code } = await run(args)
    expect(code).toBe(0)
    expect(stdout).toContain('obeyed')
  })

  test.each(['table', 'markdown', 'csv', 'html'])('report --format %s', async (format) => {
    expect((await run(['report', 'named.mjs', '--format', format])).code).toBe(0)
  })
})

describe('names of exports, files, and what is thrown', () => {
  test.each([
    ['report', 'exported.mjs'],
    ['report', 'exported.mjs', '--format', 'csv'],
    ['report', 'exported.mjs', '--format', 'html'],
    ['check', 'exported.mjs', '--no-types'],
    ['export', 'exported.mjs', '--to', 'pytorch'],
    ['export', 'exported.mjs', '--to', 'svg'],
    ['export', 'exported.mjs', '--to', 'typescript'],
    ['report', '::error::obeyed\n\u001b[31m.mjs'],
    ['report', '::error::obeyed\n\u001b[31m.mjs', '--format', 'csv'],
    ['report', '::error::obeyed\n\u001b[31m.mjs', 'nets.mjs', '--format', 'html'],
    ['check', '::error::obeyed\n\u001b[31m.mjs', '--no-types', '--max-params', '1'],
    ['report', 'others.mjs'],
    ['report', 'others.mjs', '--export', '\n::error::obeyed\u001b'],
    ['report', 'throws.mjs'],
    ['check', 'throws.mjs', '--no-types'],
    ['check', 'throws-name.mjs', '--no-types'],
    ['check', 'misfit.mjs', '--no-types'],
    ['report', '\n::error::missing\u001b.mjs'],
    ['report', `${long}.txt`],
    ['import', '\n::error::missing\u001b.onnx'],
    ['\n::error::obeyed\u001b'],
    ['report', '--\n::error::obeyed\u001b'],
    ['report', 'nets.mjs', '--format', '\n::error::obeyed'],
    ['check', 'nets.mjs', '--config', '\n::error::obeyed'],
    ['check', 'nets.mjs', '--max-params', '\n::error::obeyed'],
    ['diff', 'nets.mjs', '--base', '\n::error::obeyed'],
  ])('%j %j %j %j', async (...args) => {
    const { stderr, stdout, code } = await run(args.filter((each) => each !== undefined))
    expect([0, 1, 2]).toContain(code)
    expect(stdout + stderr).not.toBe('')
    for (const line of stderr.split('\n').filter((line) => /obeyed|missing/.test(line))) expect(line).toMatch(/^(error|note|::error file=)/)
    expect(`${stdout}${stderr}`).not.toContain('long'.repeat(1001))
  })
})

describe('names in models', () => {
  const names = hostile.filter((name) => name !== '')

  test.each(names)('a layer and a class of Keras: %j', async (name) => {
    const model = JSON.parse(JSON.stringify(toKeras(input(4).dense(4))))
    const spoilt = JSON.stringify(model).replaceAll('dense_1', 'NAME').replaceAll('"Dense"', '"CLASS"')
    project.write('hostile.json', spoilt.replaceAll('"NAME"', JSON.stringify(name)).replaceAll('"CLASS"', JSON.stringify(name + long)))
    const { code, stderr } = await run(['import', 'hostile.json'])
    expect(code).toBe(1)
    expect(stderr.trimEnd().split('\n').length).toBe(1)
    expect(stderr).not.toContain('long'.repeat(51))
  })

  test('operators and layers of ONNX', async () => {
    const bytes = Buffer.from(toOnnx(input(4).dense(4, { name: 'NAMENAMENAME' }).relu()))
    for (const [operator, name] of [
      ['Gem\u001b', '\n::error::ob'],
      ['\n::e', 'NAMENAMENAME'],
    ] as const) {
      const text = bytes.toString('latin1').replaceAll('Relu', operator).replaceAll('NAMENAMENAME', name)
      writeFileSync(join(project.folder, 'hostile.onnx'), Buffer.from(text, 'latin1'))
      const { code, stderr } = await run(['import', 'hostile.onnx'])
      expect(code).toBe(1)
      expect(stderr.trimEnd().split('\n').length).toBe(1)
    }
    writeFileSync(join(project.folder, 'named.onnx'), Buffer.from(toOnnx(input(4).dense(4, { name: '\n::error::\u202e' }))))
    const { code, stdout } = await run(['import', 'named.onnx'])
    expect([code, stdout.includes('obeyed')]).toEqual([0, false])
  })
})

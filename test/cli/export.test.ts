import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faulty, type Project, projectOf } from '../support/command.js'
import { expectGolden } from '../support/golden.js'

/** `stridewise export`, pictures and pages of `stridewise report`, and the help. */

let project: Project
beforeAll(() => {
  project = projectOf({
    ...faulty,
    'nets.ts': "import { lenet5, resnet18 } from 'stridewise/zoo'\nexport const lenet = lenet5()\nexport const resnet = resnet18()\n",
    'lenet.ts': "import { lenet5 } from 'stridewise/zoo'\nexport const lenet = lenet5()\n",
  })
})
afterAll(() => project.remove())

const exported = (...args: string[]) => project.run(['export', ...args])

describe('forms', () => {
  test.each([
    ['mermaid', 'mmd'],
    ['dot', 'dot'],
    ['svg', 'svg'],
  ])('%s', async (form, extension) => {
    const { code, stdout, stderr } = await exported('lenet.ts', '--to', form)
    expect([code, stderr]).toEqual([0, ''])
    expectGolden(`cli/lenet.${extension}`, stdout)
  })

  test('report makes the same picture, and a page of several networks', async () => {
    const svg = await project.run(['report', 'lenet.ts', '--format', 'svg'])
    expect(svg.stdout).toBe(readFileSync(new URL('../golden/cli/lenet.svg', import.meta.url), 'utf8'))
    const { code, stdout } = await project.run(['report', 'nets.ts', '--format', 'html', '--batch', '8'])
    expect(code).toBe(0)
    expect([...stdout.matchAll(/<h1>(.*?)<\/h1>/g)].map(([, name]) => name)).toEqual(['lenet', 'resnet'])
    expect(stdout).toContain('291.78 kB</b><small>284.94 KiB for batch 8</small>')
  })
})

describe('files', () => {
  test('are written whole, and replaced only with --force', async () => {
    const first = await exported('lenet.ts', '--to', 'dot', '--output', 'lenet.dot')
    expect([first.code, first.stdout]).toEqual([0, ''])
    expect(first.stderr).toMatch(/^note {2}lenet\.dot written, 1,\d{3} bytes\n$/)
    const text = readFileSync(`${project.folder}/lenet.dot`, 'utf8')
    expect(text).toBe(readFileSync(new URL('../golden/cli/lenet.dot', import.meta.url), 'utf8'))
    const second = await exported('nets.ts', '--export', 'resnet', '--to', 'dot', '--output', 'lenet.dot')
    expect([second.code, second.stderr]).toEqual([2, 'error lenet.dot exists already. Give --force to replace it.\n'])
    expect(readFileSync(`${project.folder}/lenet.dot`, 'utf8')).toBe(text)
    expect((await exported('nets.ts', '--export', 'resnet', '--to', 'dot', '--output', 'lenet.dot', '--force')).code).toBe(0)
    expect(readFileSync(`${project.folder}/lenet.dot`, 'utf8')).toContain('56x56x64')
    expect(readdirSync(project.folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })
})

test.each([
  [['nets.ts', '--to', 'dot'], 2, 'The file exports lenet and resnet. Say which one: --export lenet.'],
  [['lenet.ts', '--to', 'pdf'], 2, "argument 'pdf' is invalid. Allowed choices are mermaid, dot, svg"],
  [['lenet.ts'], 2, "required option '-t, --to <form>' not specified"],
  [['absent.ts', '--to', 'dot'], 2, 'There is no file absent.ts.'],
  [['no-network.ts', '--to', 'dot'], 2, 'no-network.ts exports no network'],
  [['shape.ts', '--to', 'dot'], 1, 'shape.ts:5: conv2d: a 3x3 filter with stride 3'],
  [['syntax.ts', '--to', 'dot'], 1, 'syntax.ts:3:1: syntax error: Unexpected token'],
  [['throws.ts', '--to', 'dot'], 1, 'throws.ts:2: it threw Error: no weights for 3'],
])('%j', async (args, code, message) => {
  const ran = await exported(...args)
  expect(ran.stderr).toContain(message)
  expect([ran.code, ran.stdout]).toEqual([code, ''])
})

describe('help', () => {
  test.each([[], ['report'], ['check'], ['diff'], ['annotate'], ['export']])('%s', async (...command) => {
    const { code, stdout } = await project.run([...command, '--help'])
    expect(code).toBe(0)
    expectGolden(`cli/help${command.map((name) => `-${name}`).join('')}.txt`, stdout)
  })

  test('help report, the version, and a command that there is not', async () => {
    expect((await project.run(['help', 'report'])).stdout).toContain('Usage: stridewise report')
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
    expect(await project.run(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
    const { code, stderr } = await project.run(['reprot'])
    expect([code, stderr]).toEqual([2, "error unknown command 'reprot'\n(Did you mean report?)\n"])
    expect((await project.run([])).code).toBe(2)
  })
})

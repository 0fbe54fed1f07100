import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { faulty, type Project, projectOf } from '../support/command.js'
import { sampled } from '../support/effort.js'
import { expectGolden } from '../support/golden.js'
import { inBoth, inShort as test } from '../support/runs.js'

/** `stridewise diff`: two files, or one at two revisions. */

const before = `import { input } from 'stridewise'
import { first } from './widths.js'

export const net = input(28, 28, 1)
  .conv2d(first, 3, { padding: 1 })
  .relu()
  .maxPool2d(2)
  .conv2d(32, 3, { padding: 1, name: 'middle' })
  .relu()
  .flatten()
  .dense(10)

export const gone = input(3).dense(3)
`
const after = `import { input } from 'stridewise'
import { first } from './widths.js'

export const net = input(28, 28, 1)
  .conv2d(first, 3, { padding: 1 })
  .batchNorm()
  .relu()
  .maxPool2d(2)
  .conv2d(48, 3, { padding: 1, name: 'middle' })
  .flatten()
  .dense(10)

export const added = input(4).dense(4)
`

let project: Project
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=user', '-c', 'user.email=user@example.org', ...args], { cwd: project.folder, encoding: 'utf8' })

beforeAll(() => {
  project = projectOf({
    ...faulty,
    '.gitignore': 'node_modules\n',
    'widths.ts': 'export const first: number = 64\n',
    'before.ts': before,
    'after.ts': after,
    'nets/net.ts': before.replace('./widths', '../widths'),
    'max.ts': "import { input } from 'stridewise'\nexport const net = input(4, 4, 4).maxPool2d(2)\n",
    'average.ts': "import { input } from 'stridewise'\nexport const net = input(4, 4, 4).avgPool2d(2)\n",
    'one.ts': "import { input } from 'stridewise'\nexport const one = input(4).dense(4)\n",
    'two.ts': "import { input } from 'stridewise'\nexport const two = input(4).dense(5)\n",
  })
  git('init', '--quiet')
  git('add', '--all')
  git('commit', '--quiet', '--message', 'before')
  git('commit', '--quiet', '--message', 'again', '--allow-empty')
  project.write('nets/net.ts', after.replace('./widths', '../widths'))
  project.write('nets/new.ts', "import { input } from 'stridewise'\nexport const fresh = input(4).dense(4)\n")
})
afterAll(() => project.remove())

const diff = (...args: string[]) => project.run(['diff', ...args])

describe('two files', () => {
  test.each([
    ['table', 'txt'],
    ['markdown', 'md'],
    ['json', 'json'],
  ])('%s', async (format, extension) => {
    const { code, stdout, stderr } = await diff('before.ts', 'after.ts', '--format', format)
    expect([code, stderr]).toEqual([0, ''])
    expectGolden(`cli/diff.${extension}`, stdout)
  })

  test('the only networks of both are compared, whatever their names are', async () => {
    const { stdout } = await diff('one.ts', 'two.ts')
    expect(stdout).toContain('one -> two: 1 changed\n\n~ dense_1  units: 4 -> 5; output 4 -> 5; params 20 -> 25; MACs 16 -> 20\n')
  })

  test('json has the names and the units of a report', async () => {
    const options = ['--json', '--batch', '4', '--dtype', 'bf16']
    const [{ report }] = JSON.parse((await project.run(['report', 'two.ts', ...options])).stdout)
    const [{ after, changes }] = JSON.parse((await diff('one.ts', 'two.ts', ...options)).stdout)
    const { params, macs, activations, bytes } = report.totals
    const { activations: ofActivations, inference, training } = bytes
    expect(after).toEqual({ layers: 2, params, macs, activations, bytes: { activations: ofActivations, inference, training } })
    expect([activations, ofActivations]).toEqual([9, 9 * 4 * 2])
    expect(changes[0].after.bytes).toBe(report.layers[1].bytes)
  })

  test('the same file twice is unchanged', async () => {
    const { code, stdout } = await diff('one.ts', 'one.ts', '--exit-code')
    expect([code, stdout.split('\n')[0]]).toEqual([0, 'one: unchanged'])
  })

  test('only costs that differ, or all of them; where none does, a line says so', async () => {
    const same = await diff('max.ts', 'average.ts')
    const lines = ['net: 1 added, 1 removed', '', '- maxPool2d_1  maxPool2d 2x2 /2, 2x2x4', '+ avgPool2d_1  avgPool2d 2x2 /2, 2x2x4', '']
    expect(same.stdout).toBe([...lines, 'The cost is the same.', ''].join('\n'))
    const all = (await diff('max.ts', 'average.ts', '--all')).stdout
    expect(all.startsWith(lines.join('\n'))).toBe(true)
    expect(all.match(/the same/g)).toHaveLength(6)
    expect((await diff('max.ts', 'average.ts', '--format', 'markdown')).stdout).toMatch(
      /^### net: 1 added, 1 removed\n\nThe cost is the same\.\n\n\| /,
    )
    expect((await diff('max.ts', 'max.ts')).stdout).toBe('net: unchanged\n')
    expect((await diff('one.ts', 'two.ts')).stdout).not.toContain('layers')
  })

  test('--output tells what is written', async () => {
    const { code, stdout, stderr } = await diff('one.ts', 'two.ts', '-o', 'out.txt')
    expect([code, stdout]).toEqual([0, ''])
    const text = readFileSync(`${project.folder}/out.txt`, 'utf8')
    expect(text).toBe((await diff('one.ts', 'two.ts')).stdout)
    expect(stderr).toBe(`note  out.txt written, ${Buffer.byteLength(text)} bytes\n`)
    rmSync(`${project.folder}/out.txt`)
  })

  test('--exit-code', async () => expect((await diff('one.ts', 'two.ts', '--exit-code')).code).toBe(1))
})

describe('a revision', () => {
  test('the file now and then, with what it imports; the repository stays as it is', async () => {
    const status = git('status', '--porcelain')
    project.write('widths.ts', 'export const first: number = 16\n')
    const { code, stdout, stderr } = await diff('nets/net.ts', 'nets/new.ts', '--base', 'HEAD')
    expect([code, stderr]).toEqual([0, ''])
    expectGolden('cli/diff-base.txt', stdout)
    project.write('widths.ts', 'export const first: number = 64\n')
    expect(git('status', '--porcelain')).toBe(status)
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('stridewise-base-'))).toEqual([])
  })

  test('a file that is gone: its networks are removed, also where a pattern named it', async () => {
    const lines = ({ stdout }: { stdout: string }) => stdout.split('\n').filter((line) => /^\w+( in .*)?: /.test(line))
    project.write('old/kept.ts', "import { input } from 'stridewise'\nexport const kept = input(4).relu()\n")
    project.write('old/left.ts', "import { input } from 'stridewise'\nexport const left = input(4).relu()\n")
    git('add', 'old')
    git('commit', '--quiet', '--message', 'old')
    rmSync(`${project.folder}/old/left.ts`)
    const both = await diff('old/*.ts', '--base', 'HEAD')
    expect([both.code, both.stderr, lines(both)]).toEqual([0, '', ['kept in old/kept.ts: unchanged', 'left in old/left.ts: removed']])
    const [, inJson] = JSON.parse((await diff('old/*.ts', '--base', 'HEAD', '--json')).stdout)
    expect([inJson.name, inJson.file, inJson.base, inJson.after]).toEqual(['left', 'old/left.ts', 'HEAD', undefined])
    expect(lines(await diff('old/left.ts', '--base', 'HEAD'))).toEqual(['left: removed'])
    rmSync(`${project.folder}/old`, { recursive: true })
    expect(lines(await diff('old/*.ts', '--base', 'HEAD'))).toEqual(['kept in old/kept.ts: removed', 'left in old/left.ts: removed'])
  })

  test('the same file twice is compared once', async () => {
    expect((await diff('one.ts', './one.ts', '--base', 'HEAD')).stdout).toBe('one: unchanged\n')
  })

  test('a revision by the text of its message, a tag, or a tree that is none', async () => {
    git('tag', '--annotate', 'first', '--message', 'a tag', 'HEAD')
    for (const base of [':/before', 'first', 'HEAD^{/before}'])
      expect([base, (await diff('one.ts', '--base', base)).stdout]).toEqual([base, 'one: unchanged\n'])
  })

  test('a workflow gets a summary', async () => {
    const summary = `${project.folder}/summary.md`
    const { stdout } = await project.run(['diff', 'nets/net.ts', '--base', 'HEAD', '--format', 'markdown'], {
      GITHUB_STEP_SUMMARY: summary,
    })
    expect(readFileSync(summary, 'utf8')).toBe(`${stdout}\n`)
  })

  test('files beside one without a network, one with a mistake or one that is missing are compared all the same', async () => {
    const beside = await diff('no-network.ts', 'nets/new.ts', '--base', 'HEAD')
    expect([beside.code, beside.stdout.split('\n')[0], beside.stderr]).toEqual([
      0,
      'fresh in nets/new.ts: added',
      'note  no-network.ts exports no network\n',
    ])
    const faulty = await diff('throws.ts', 'nets/new.ts', '--base', 'HEAD')
    expect([faulty.code, faulty.stdout]).toEqual([1, beside.stdout])
    expect(faulty.stderr).toContain('error throws.ts:2:7: it threw Error: no weights for 3\n')
    const missing = await diff('absent.ts', 'throws.ts', 'nets/new.ts', '--base', 'HEAD')
    expect([missing.code, missing.stdout]).toEqual([2, beside.stdout])
    expect(missing.stderr).toContain('error There is no file absent.ts.\n')
  })

  inBoth.each(
    sampled([
      [
        ['nets/net.ts', '--base', 'nowhere'],
        'There is no revision nowhere here. In CI, fetch it first: a checkout may hold one commit only.',
      ],
      [['nets/net.ts', '--base', '--all'], 'There is no revision --all here.'],
      [['nets/net.ts', '--base', 'HEAD..HEAD'], 'HEAD..HEAD is a range: name one revision, such as main.'],
      [['nets/net.ts', '--base', 'HEAD...HEAD'], 'HEAD...HEAD is a range: name one revision'],
      [['nets/net.ts', '--base', '^HEAD'], '^HEAD is a range: name one revision'],
      [['nets/net.ts', '--base', 'HEAD^!'], 'HEAD^! is a range: name one revision'],
      [['nets/net.ts', '--base', 'HEAD^{tree}'], 'There is no revision HEAD^{tree} here.'],
      [['nets/net.ts', '--base', 'HEAD:one.ts'], 'There is no revision HEAD:one.ts here.'],
      [['absent.ts', '--base', 'HEAD'], 'There is no file absent.ts.'],
      [['one.ts'], 'Name two files to compare, or give --base with a revision to compare files with.'],
      [['one.ts', 'two.ts', 'after.ts'], 'Name two files to compare, or give --base with a revision to compare files with.'],
      [['one.ts', 'two.ts', '--export', 'net'], 'There is no export net. The exports are one and two.'],
      [['no-network.ts', 'one.ts', '--export', 'size'], 'The export size is 3, no network.'],
      [['no-network.ts', 'no-network.ts'], 'no-network.ts exports no network: build is a function and size is 3.'],
    ]),
  )('usage error: %j', async (args, message) => {
    const { code, stdout, stderr } = await diff(...args)
    expect(stderr).toContain(message)
    expect([code, stdout]).toEqual([2, ''])
  })

  test('outside of a repository', async () => {
    const outside = projectOf({ 'one.ts': "import { input } from 'stridewise'\nexport const one = input(4).dense(4)\n" })
    const { code, stderr } = await outside.run(['diff', 'one.ts', '--base', 'HEAD'])
    expect([code, stderr]).toEqual([2, 'error one.ts is in no git repository, so there is no --base to compare it with.\n'])
    await outside.remove()
  })

  test('what was wrong then is told, and all of it counts as new', async () => {
    project.write('shape.ts', "import { input } from 'stridewise'\nexport const network = input(7, 7, 1).relu()\n")
    const { code, stdout, stderr } = await diff('shape.ts', '--base', 'HEAD')
    expect(code).toBe(0)
    expect(stderr).toContain('note  shape.ts at HEAD: conv2d: a 3x3 filter with stride 3 does not fit a 7x7 input')
    expect(stdout).toContain('network: added, as its file had a mistake in it at HEAD\n')
    const [inJson] = JSON.parse((await diff('shape.ts', '--base', 'HEAD', '--json')).stdout)
    expect([inJson.file, inJson.base, inJson.before]).toEqual(['shape.ts', 'HEAD', undefined])
    expect(inJson.baseProblem).toMatch(/^conv2d: a 3x3 filter with stride 3 does not fit/)
  })
})

test.each([
  ['throws.ts', 'throws.ts:2:7: it threw Error: no weights for 3'],
  ['syntax.ts', 'syntax.ts:3:1: syntax error: Unexpected token'],
])('%s', async (file, message) => {
  const { code, stderr } = await diff('one.ts', file)
  expect([code, stderr]).toEqual([1, `error ${message}\n`])
})

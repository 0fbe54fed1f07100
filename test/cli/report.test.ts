import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { faulty, type Project, projectOf } from '../support/command.js'
import { isLong, sampled } from '../support/effort.js'
import { expectGolden } from '../support/golden.js'
import { inBoth, inLong, inShort as test } from '../support/runs.js'

/** `stridewise report`: the built command on users' files. */

const nets = `
import { input } from 'stridewise'

const size: number = 28

export const small = input(28, 28, 1)
  .conv2d(8, 3, { padding: 1, name: 'first, "quoted"' })
  .relu()
  .maxPool2d(2)
  .flatten()
  .dense(10)

export const open = input(size, size, 1).conv2d(4, 5).globalAvgPool()

export const classifier = (classes = 10) => input(784).dense(classes)

console.log('a note of the file itself')
`

const esSyntax = "import { input } from 'stridewise'\nimport { width } from './width.js'\nexport const net = input(4).dense(width)\n"
const shapeError = "import { input } from 'stridewise'\n\nexport const net = input(7, 7, 1)\n  .conv2d(8, 3, { stride: 3 })\n"

let project: Project
beforeAll(() => {
  project = projectOf({
    ...faulty,
    'nets.ts': nets,
    'plain.mjs': "import { input } from 'stridewise'\nexport default input(4).dense(2)\n",
    'common.cjs': "const { input } = require('stridewise')\nmodule.exports = { net: input(4).dense(2), more: 3 }\n",
    'parts/stem.ts': "import { input } from 'stridewise'\nexport const stem = (size: number) => input(size, size, 3).conv2d(8, 3)\n",
    'typeless/package.json': '{}',
    'typeless/net.js': esSyntax,
    'typeless/width.js': 'export const width = 8\n',
    'typeless/common.js': "const { input } = require('stridewise')\nexports.net = input(4).dense(2)\n",
    'typeless/neighbour.mjs': esSyntax,
    'typeless/shape.js': shapeError,
    'typeless/syntax.js': "import { input } from 'stridewise'\nexport const net = input(\n",
    'commonjs/package.json': '{ "type": "commonjs" }',
    'commonjs/net.js': esSyntax,
    'commonjs/width.js': 'export const width = 8\n',
    'commonjs/common.js':
      "const { width } = require('./width.js')\nconst { input } = require('stridewise')\nexports.net = input(4).dense(width)\n",
    'commonjs/neighbour.mjs': esSyntax,
    'commonjs/shape.js': shapeError,
    'commonjs/warns.js': "process.emitWarning('of the file itself')\nexports.net = require('stridewise').input(4).dense(2)\n",
    'whole.ts': "import { stem } from './parts/stem.js'\nexport const whole = stem(8).globalAvgPool()\n",
    'vgg.ts': "import { vgg16 } from 'stridewise/zoo'\nexport const vgg = vgg16()\n",
    'deep.ts':
      "import { block, input, relu, repeat } from 'stridewise'\nexport const deep = input(4).apply(repeat(20_000, block(relu())))\n",
    'long.ts': `import { input } from 'stridewise'\nexport const long = input(4)${'\n  .dense(4)'.repeat(500)}\n`,
    'too-long.ts': `import { input } from 'stridewise'\nexport const long = input(4)${'.dense(4)'.repeat(5000)}\n`,
    'makers.ts': 'export const make = (a: number, b: number) => a * b\nexport const pick = (a: string) => a.length\n',
    'stem.ts': "import { conv2d } from 'stridewise'\nexport const stem = conv2d(8, 3)\n",
    'out.onnx': '',
    'nets/model.json': '{}',
    'order.ts': `import { input } from 'stridewise'
const zz = input(4).dense(2)
const aa = input(4).dense(3)
export const m = input(4).dense(4)
export default input(4).dense(5)
export const b = input(4).dense(6)
export { zz as third, aa as later }
export { aa as again }
`,
    'promise-beside.ts': `import { input } from 'stridewise'\nexport const net = input(4).dense(2)\nexport const later = Promise.resolve(net)\n`,
    'export-equals.cts': `import stridewise = require('stridewise')\nconst net = stridewise.input(4).dense(2)\nexport = net\n`,
    'named.ts': "import { input } from 'stridewise'\nexport const net = input(4).dense(2)\n",
    'default-beside.ts': `import { input } from 'stridewise'\nimport { net } from './named.ts'\nexport { net }\nexport const t = input(8).dense(3)\nexport default input(4).dense(2)\n`,
    'class-beside.ts': `import { input } from 'stridewise'\nexport class Kind {}\nexport const t = input(8).dense(3)\nexport default input(4).dense(2)\n`,
    'promise.ts': "import { input } from 'stridewise'\nexport const net = (async () => input(4).dense(2))()\n",
    'notes.txt': '',
    'empty.ts': '',
    'garbage.ts': '\u0000\u0001\u0002 %$#',
    'many.ts': Array.from({ length: 500 }, (_, index) => `export const size${100 + index}: number = ${index}\n`).join(''),
  })
})
afterAll(() => project.remove())

const report = (...args: string[]) => project.run(['report', ...args])

describe('forms', () => {
  test('a table for every exported network, with bars; nothing else on standard output', async () => {
    const { code, stdout, stderr } = await report('nets.ts')
    expect(code).toBe(0)
    expectGolden('cli/report.txt', stdout)
    expect(stderr).toBe('a note of the file itself\n')
  })

  test.each(['markdown', 'csv'])('%s', async (format) => {
    const { code, stdout } = await report('nets.ts', '--format', format)
    expect(code).toBe(0)
    expectGolden(`cli/report.${format === 'markdown' ? 'md' : 'csv'}`, stdout)
  })

  test('json', async () => {
    const { code, stdout } = await report('nets.ts', '--json')
    expect(code).toBe(0)
    const [small, open] = JSON.parse(stdout)
    expect([small.network, small.file, small.report.totals.params]).toEqual(['small', 'nets.ts', 15_770])
    expect([open.network, open.report.layers.length]).toEqual(['open', 3])
    expect((await report('nets.ts', '--format', 'json')).stdout).toBe(stdout)
  })

  test('networks in the order of their exports, then those of lists by their names, each once', async () => {
    const { stdout } = await report('order.ts', '--json')
    expect(JSON.parse(stdout).map(({ network }: { network: string }) => network)).toEqual(['m', 'default', 'b', 'again', 'third'])
  })

  test('of several files, each network with its file', async () => {
    const page = (await report('plain.mjs', 'common.cjs', '--format', 'html')).stdout
    for (const file of ['plain.mjs', 'common.cjs']) expect(page).toContain(`<p class="place">${file}</p>`)
    expect((await report('plain.mjs', '--format', 'html')).stdout).not.toContain('<p class="place">')
    const lines = (await report('plain.mjs', 'common.cjs', './plain.mjs', '--format', 'csv')).stdout.trimEnd().split('\n')
    expect(lines.map((line) => line.split(',').slice(0, 3).join(' '))).toEqual([
      'file network layer',
      ...['input', 'dense_1'].map((layer) => `plain.mjs default ${layer}`),
      ...['input', 'dense_1'].map((layer) => `common.cjs net ${layer}`),
    ])
  })

  test('no colours where there is no terminal, whatever the environment says of CI', async () => {
    const { stdout } = await project.run(['report', 'nets.ts'], { CI: 'true', TERM: 'xterm-256color' })
    expect(stdout).not.toContain('\u001b')
  })
})

describe('options', () => {
  test('batch, dtype, optimizer and biases', async () => {
    const { stdout } = await report('vgg.ts', '--json', '--batch', '4', '--dtype', 'bf16', '--optimizer', 'adam', '--no-biases')
    const [{ report: found }] = JSON.parse(stdout)
    expect(found).toMatchObject({ batch: 4, dtype: 'bf16', optimizer: 'adam', biases: false, totals: { params: 138_344_128 } })
    expect(found.totals.bytes.activations).toBe(15_237_608 * 4 * 2)
  })

  test('--export names a network, or a function that makes one', async () => {
    const { stdout } = await report('nets.ts', '--export', 'classifier', '-e', 'small', '--json')
    expect(JSON.parse(stdout).map(({ network }: { network: string }) => network)).toEqual(['classifier', 'small'])
  })

  test('--output writes a file, and replaces one only with --force', async () => {
    expect(await report('nets.ts', '--format', 'csv', '--output', 'out.csv')).toEqual({
      code: 0,
      stdout: '',
      stderr: expect.stringMatching(/^a note of the file itself\nnote {2}out\.csv written, [\d,]+ bytes\n$/),
    })
    const first = readFileSync(`${project.folder}/out.csv`, 'utf8')
    expectGolden('cli/report.csv', first)
    const again = await report('vgg.ts', '--format', 'csv', '--output', 'out.csv')
    expect([again.code, again.stderr]).toEqual([2, 'error out.csv already exists. Use --force to overwrite it.\n'])
    expect(readFileSync(`${project.folder}/out.csv`, 'utf8')).toBe(first)
    expect((await report('vgg.ts', '--format', 'csv', '--output', 'out.csv', '--force')).code).toBe(0)
    expect(readFileSync(`${project.folder}/out.csv`, 'utf8')).toMatch(/^file,network,layer,.*\nvgg\.ts,vgg,input,/)
    expect((await report('nets.ts', '--output', 'no/such/out.csv')).stderr).toContain(
      'no/such/out.csv cannot be written: there is no folder no/such.',
    )
  })
})

describe('files', () => {
  test.each([
    ['plain.mjs', 'default'],
    ['common.cjs', 'net'],
    ['whole.ts', 'whole'],
  ])('%s', async (file, network) => {
    const { code, stdout } = await report(file, '--json')
    expect([code, JSON.parse(stdout).map((each: { network: string }) => each.network)]).toEqual([0, [network]])
  })

  test.each([
    'typeless/net.js',
    'typeless/common.js',
    'typeless/neighbour.mjs',
    'commonjs/net.js',
    'commonjs/common.js',
    'commonjs/neighbour.mjs',
  ])('%s: either syntax, whatever package.json says, and not a word of Node', async (file) => {
    const { code, stdout, stderr } = await report(file, '--json')
    expect([code, stderr, JSON.parse(stdout)[0].network]).toEqual([0, '', 'net'])
  })

  test.each([
    ['typeless/shape.js', 'error typeless/shape.js:4:4: conv2d: a 3x3 filter with stride 3 does not fit'],
    ['commonjs/shape.js', 'error commonjs/shape.js:4: conv2d: a 3x3 filter with stride 3 does not fit'],
    ['typeless/syntax.js', 'error typeless/syntax.js:3:1: syntax error: Unexpected token\n'],
  ])('%s: the place, and not a word of Node', async (file, message) => {
    const { code, stderr } = await report(file)
    expect([code, stderr.slice(0, message.length), stderr.trimEnd().split('\n').length]).toEqual([1, message, 1])
  })

  test('a module that is a network: export =', async () => {
    const { code, stdout, stderr } = await report('export-equals.cts', '--json')
    const [found] = JSON.parse(stdout)
    expect([code, stderr, found.network, found.report.totals.params]).toEqual([0, '', 'default', 10])
  })

  test.each([
    ['default-beside.ts', ['net', 't', 'default']],
    ['class-beside.ts', ['t', 'default']],
  ])('%s: a default export that is a network hides no other', async (file, names) => {
    const { code, stdout } = await report(file, '--json')
    expect([
      code,
      JSON.parse(stdout)
        .map((each: { network: string }) => each.network)
        .sort(),
    ]).toEqual([0, [...names].sort()])
  })

  test('a promise beside a network is noted', async () => {
    const { code, stdout, stderr } = await report('promise-beside.ts', '--json')
    expect([code, JSON.parse(stdout).length]).toEqual([0, 1])
    expect(stderr).toBe('note  promise-beside.ts: later is a promise. Await it: export const network = await later.\n')
  })

  test('what a file warns of is shown', async () => {
    expect((await report('commonjs/warns.js')).stderr).toContain('Warning: of the file itself')
  })

  inLong.each([
    ['deep.ts', 20_001, 0],
    ['long.ts', 501, 10_000],
  ])('huge: %s', async (file, layers, params) => {
    const { code, stdout } = await report(file, '--json')
    const [{ report: found }] = JSON.parse(stdout)
    expect([code, found.layers.length, found.totals.params]).toEqual([0, layers, params])
  })

  const faults: readonly [file: string, code: number, message: string][] = [
    ['shape.ts', 1, 'shape.ts:5:4: conv2d: a 3x3 filter with stride 3 does not fit a 7x7 input: (7 - 3 + 2*0)/3 + 1 = 2.33.'],
    ['syntax.ts', 1, 'syntax.ts:3:1: syntax error: Unexpected token'],
    ['syntax.mjs', 1, 'syntax.mjs:3:1: syntax error: Unexpected token'],
    ['throws.ts', 1, 'throws.ts:2:7: it threw Error: no weights for 3'],
    ['throws-text.ts', 1, 'throws-text.ts: it threw no weights'],
    ['waits.ts', 1, 'waits.ts: it exited before its exports could be read: it calls process.exit, or awaits a promise that never settles.'],
    ['exits.ts', 1, 'exits.ts: it exited before its exports could be read: it calls process.exit'],
    ['fills-memory.ts', 1, 'fills-memory.ts: it needs more than 512 MB of memory.'],
    ['too-long.ts', 1, 'too-long.ts: stack overflow: a function calls itself without end, or one expression has too many chained calls.'],
    ['misspelt.ts', 1, "misspelt.ts:1:1: it imports 'stridewize', which is not installed here."],
    ['no-neighbour.ts', 1, "no-neighbour.ts:1:1: it imports './layers.js', which does not exist."],
    [
      'no-network.ts',
      2,
      'no-network.ts exports no network: build is a function and size is 3. A function is called when it is named: --export build.',
    ],
    [
      'makers.ts',
      2,
      'makers.ts exports no network: make is a function of 2 arguments and pick is a function of an argument. Export what the function gives: export const network = make(...).',
    ],
    [
      'stem.ts',
      2,
      'stem.ts exports no network: stem is a layer value. Put the layer on an input: export const network = input(28, 28, 1).apply(stem).',
    ],
    ['no-export.ts', 2, 'no-export.ts exports nothing. Export a network: export const network = input(28, 28, 1)...'],
    ['empty.ts', 2, 'empty.ts exports nothing.'],
    [
      'many.ts',
      2,
      'many.ts exports no network: size100 is 0, size101 is 1, size102 is 2, size103 is 3, size104 is 4, size105 is 5, size106 is 6 and 493 more. Export a network',
    ],
    ['garbage.ts', 1, 'garbage.ts:1:1: syntax error: Unexpected character'],
    ['promise.ts', 2, 'promise.ts exports no network: net is a promise. Await it: export const network = await net'],
    ['absent.ts', 2, 'There is no file absent.ts.'],
    ['parts', 2, 'parts is a folder. Name the files in it, such as parts/*.ts.'],
    ['notes.txt', 2, 'notes.txt is not a TypeScript or JavaScript file: its name must end in .ts, .mts, .cts, .tsx, .js, .mjs or .cjs.'],
  ]
  inBoth.each(sampled(faults))('%s', async (file, code, message) => {
    const ran = await report(file)
    expect(ran.stdout).toBe('')
    expect(ran.stderr).toContain(`error ${message}`)
    expect(ran.code).toBe(code)
  })

  test('one that never ends is stopped', async () => {
    const { code, stderr } = await report('hangs.ts', '--timeout', '0.5')
    expect(stderr).toBe(
      'error hangs.ts: it timed out after 0.5 s. A file should only build its networks. Use --timeout to raise the limit.\n',
    )
    expect(code).toBe(1)
  })

  test('good files beside one without a network, or one that is missing, are reported all the same', async () => {
    const beside = await report('no-network.ts', 'plain.mjs', 'empty.ts', '--json')
    expect([beside.code, JSON.parse(beside.stdout).length]).toEqual([0, 1])
    expect(beside.stderr).toBe('note  no-network.ts exports no network\nnote  empty.ts exports no network\n')
    const missing = await report('absent.ts', 'shape.ts', 'plain.mjs', '--json')
    expect([missing.code, JSON.parse(missing.stdout).length]).toEqual([2, 1])
    expect(missing.stderr).toMatch(/^error shape\.ts:5:4: conv2d: .*\nerror There is no file absent\.ts\.\n$/)
    const none = await report('no-network.ts', 'empty.ts')
    expect([none.code, none.stdout]).toEqual([2, ''])
    expect(none.stderr).toMatch(/^error no-network\.ts exports no network: .*\nerror empty\.ts exports nothing\. .*\n$/)
  })

  test('good files beside a faulty one are reported all the same', async () => {
    const { code, stdout, stderr } = await report('shape.ts', 'plain.mjs', '--json')
    expect([code, JSON.parse(stdout).length]).toEqual([1, 1])
    expect(stderr).toContain('error shape.ts:5:4: conv2d:')
  })
})

test('a function that cannot do without its arguments', async () => {
  const { code, stderr } = await report('makers.ts', '--export', 'pick')
  expect([code, stderr]).toEqual([
    1,
    expect.stringMatching(
      /^error makers\.ts:2:38: the export pick is a function of an argument, and is called without any: .* Export what it gives: export const network = pick\(\.\.\.\)\.\n$/,
    ),
  ])
})

describe('usage error', () => {
  test.each([
    [[], "missing required argument 'files'"],
    [['nets.ts', '--batch', '0'], "'-b, --batch <size>' argument '0' is invalid. It must be a whole number from 1."],
    [['nets.ts', '--timeout', '-1'], "'--timeout <seconds>' argument '-1' is invalid."],
    [['nets.ts', '--dtype', 'f8'], "argument 'f8' is invalid. Allowed choices are f32, f16, bf16, i8, i4."],
    [['nets.ts', '--formt', 'csv'], "unknown option '--formt'\n(Did you mean --format?)"],
    [['absent.ts', 'nets.ts', '--export', 'smal'], 'There is no file absent.ts.\nerror There is no export smal. The exports are '],
    [['nets.ts', '--export', 'smal'], 'There is no export smal. The exports are '],
    [['no-network.ts', '--export', 'size'], 'The export size is 3, no network.'],
    [['no-network.ts', '--export', 'build'], 'The export build is a function that gives 4, no network.'],
    [['makers.ts', '--export', 'make'], 'The export make is a function of 2 arguments that gives NaN, no network.'],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await report(...args)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
  })
})

inLong('a reader that goes away early is no mistake', async () => {
  const { spawnSync } = await import('node:child_process')
  const binary = `${project.folder}/node_modules/stridewise/dist/cli/stridewise.js`
  const { stderr, stdout } = spawnSync('sh', ['-c', `"${process.execPath}" "${binary}" report --timeout 3600 deep.ts | head -n 1`], {
    cwd: project.folder,
    encoding: 'utf8',
  })
  expect([stdout.split('\n').length, stderr]).toEqual([2, ''])
})

const isLinux = process.platform === 'linux'

inBoth.skipIf(isLong || !isLinux)('a full disk is reported as one error', async () => {
  const { spawnSync } = await import('node:child_process')
  const binary = `${project.folder}/node_modules/stridewise/dist/cli/stridewise.js`
  const { stderr, status } = spawnSync('sh', ['-c', `"${process.execPath}" "${binary}" report --timeout 3600 plain.mjs > /dev/full`], {
    cwd: project.folder,
    encoding: 'utf8',
  })
  expect([status, stderr]).toEqual([1, 'error standard output cannot be written: ENOSPC: no space left on device, write\n'])
})

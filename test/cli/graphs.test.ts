import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mainCompiler } from '../../scripts/compilers.mjs'
import { type Project, projectOf } from '../support/command.js'

/** The commands on networks with several inputs and outputs, kept values and shared layers. */

const nets = `import { block, branch, conv2d, dense, globalAvgPool, identity, input, inputs, relu, shared } from 'stridewise'

const encoder = shared('encoder', block(conv2d(8, 3), relu(), globalAvgPool()))

export const siamese = inputs({ left: [28, 28, 1], right: [28, 28, 1] })
  .from('left').apply(encoder).keep('a')
  .from('right').apply(encoder).keep('b')
  .subtract('a', 'b')
  .dense(1)

export const pyramid = input(32, 32, 3)
  .conv2d(8, 3, { padding: 1 }).keep('c3')
  .maxPool2d(2)
  .conv2d(8, 3, { padding: 1 }).keep('p4')
  .upsample(2)
  .add(branch('c3', conv2d(8, 1)), identity()).keep('p3')
  .outputs('p3', 'p4')

export const dead = inputs({ image: [16, 16, 3], 'ma\\nsk': [16, 16, 1] })
  .from('image').conv2d(4, 3).keep('stem')
  .conv2d(4, 3, { name: 'pro\\nbe' })
  .from('stem')
  .globalAvgPool()

export const chain = input(8).dense(4)
`

/** The same network with other connections: another skip, another output, and a separate encoder for each image. */
const rewired = nets
  .replace(".from('right').apply(encoder)", ".from('right').apply(block(conv2d(8, 3), relu(), globalAvgPool()))")
  .replace(".outputs('p3', 'p4')", ".outputs('p3')")
  .replace(".subtract('a', 'b')", ".subtract('b', 'a')")

const compilerOptions = { module: 'nodenext', target: 'es2022', lib: ['es2022'], types: [], strict: true, skipLibCheck: true }

let project: Project
const read = (): string => readFileSync(`${project.folder}/nets.ts`, 'utf8')
beforeAll(() => {
  project = projectOf(
    {
      'nets.ts': nets,
      'rewired.ts': rewired,
      'dead.mjs': `import { input } from 'stridewise'
export const dead = input(8).keep('here').dense(4, { name: 'probe' }).from('here').dense(2)
`,
      'chain.mjs': "import { input } from 'stridewise'\nexport const plain = input(8).dense(4)\n",
      'tsconfig.json': JSON.stringify({ compilerOptions }),
    },
    mainCompiler,
  )
})
afterAll(() => project.remove())

const note = 'note  nets.ts: in dead, no output depends on the layer pro\\nbe, nor on the input ma\\nsk\n'

describe('export', () => {
  const left = 'note  dead.mjs: in dead, no output depends on the layer probe\n'
  test.each([
    ['onnx', [left]],
    ['keras', [left]],
    ['typescript', []],
    ['pytorch', []],
  ])('%s: a note names what the file does not hold', async (form, notes) => {
    const { code, stderr } = await project.run(['export', 'dead.mjs', '--to', form, '--output', `dead-${form}`])
    expect(code).toBe(0)
    expect(stderr.split(/(?<=\n)/).filter((line) => !line.includes(' written, '))).toEqual(notes)
  })
})

describe('report', () => {
  test('names what no output depends on, once for each network, in one line', async () => {
    const { code, stdout, stderr } = await project.run(['report', 'nets.ts'])
    expect([code, stderr]).toEqual([0, note])
    expect(stdout).toContain('siamese in nets.ts: left 28x28x1, right 28x28x1 -> a vector of 1 feature\n')
    expect(stdout).toContain('pyramid in nets.ts: 32x32x3 -> p3 32x32x8, p4 16x16x8\n')
    expect(stdout).toContain('dead in nets.ts: image 16x16x3, ma\\nsk 16x16x1 -> a vector of 4 features\n')
    expect(stdout).toMatch(/^encoder_conv2d_2 .* <- right; weights of encoder_conv2d_1 /m)
    expect(stdout).toMatch(/^add_1 .* <- conv2d_3, upsample_1; output p3 /m)
  })

  test('a column of notes stands in the CSV of all networks or of none', async () => {
    const { stdout } = await project.run(['report', 'chain.mjs', 'nets.ts', '--format', 'csv'])
    const columns = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.replace(/"[^"]*"/g, '').split(',').length)
    expect(new Set(columns)).toEqual(new Set([18]))
    expect(stdout).toMatch(/^file,network,layer,.*,receptiveField,settings,from,bytesRead,bytesWritten,intensity,notes\n/)
    const alone = await project.run(['report', 'chain.mjs', '--format', 'csv'])
    expect(alone.stdout).toMatch(/^file,network,layer,.*,receptiveField,settings,from,bytesRead,bytesWritten,intensity\n/)
  })

  test.each(['json', 'markdown', 'html'])('%s', async (format) => {
    const { code, stdout, stderr } = await project.run(['report', 'nets.ts', '--format', format])
    expect([code, stderr]).toEqual([0, note])
    expect(stdout).toContain('encoder_conv2d_1')
    if (format !== 'json') return
    const [siamese, pyramid, dead] = JSON.parse(stdout)
    expect(siamese.report.layers[5]).toMatchObject({ from: ['right'], shared: 'encoder', sharedWith: 'encoder_conv2d_1', params: 0 })
    expect(pyramid.report.layers.at(-1)).toMatchObject({ kept: ['p3'], outputs: ['p3'] })
    expect(dead.report.unreached).toEqual({ layers: ['pro\nbe'], inputs: ['ma\nsk'] })
  })
})

test('check: notes, shapes by their names, and budgets on weights that count once', async () => {
  const { code, stdout, stderr } = await project.run(['check', '--no-types', 'nets.ts', '--json', '--max-params', '1000'])
  expect([code, stderr]).toEqual([0, note])
  const [siamese, pyramid, dead] = JSON.parse(stdout).files[0].networks
  expect(siamese).toMatchObject({
    input: { left: [28, 28, 1], right: [28, 28, 1] },
    output: [1],
    params: 80 + 9,
    unreached: { layers: [], inputs: [] },
  })
  expect(pyramid).toMatchObject({ output: { p3: [32, 32, 8], p4: [16, 16, 8] } })
  expect(dead.unreached).toEqual({ layers: ['pro\nbe'], inputs: ['ma\nsk'] })
  const over = await project.run(['check', '--no-types', 'nets.ts', '--max-params', '88'])
  expect(over.code).toBe(1)
  expect(over.stdout).toContain('siamese: parameters 89, more than the budget of 88.')
})

test('diff: what is wired anew, and nothing in a chain', async () => {
  const { code, stdout } = await project.run(['diff', 'nets.ts', 'rewired.ts'])
  expect(code).toBe(0)
  expect(stdout).toMatch(/^~ conv2d_1 +weights of: encoder_conv2d_1 -> none; params 0 -> 80$/m)
  expect(stdout).toMatch(/^~ subtract_1 +from: globalAvgPool_1, globalAvgPool_2 -> globalAvgPool_2, globalAvgPool_1$/m)
  expect(stdout).toMatch(/^~ conv2d_2 +output: p4 -> none$/m)
  expect(stdout).toMatch(/^chain: unchanged$/m)
  const same = await project.run(['diff', 'nets.ts', 'nets.ts', '--exit-code'])
  expect([same.code, same.stdout.match(/: unchanged$/gm)?.length]).toEqual([0, 4])
})

test('attention across and products of matrices: the report says where both values come from, diff what is wired anew', async () => {
  const source = (keys: string, first: string) => `import { identity, inputs, permute } from 'stridewise'
export const across = inputs({ early: [7, 8], late: [7, 8], asked: [5, 8] })
  .from('asked')
  .multiHeadAttention(2, { keys: '${keys}' }).keep('mixed')
  .matmul(${first}, permute(1, 0))
`
  project.write('across.ts', source('early', "'mixed'"))
  project.write('other.ts', source('late', 'identity()').replace('permute(1, 0)', '(x) => x.relu().permute(1, 0)'))
  const report = await project.run(['report', 'across.ts'])
  expect(report.stdout).toMatch(/multiHeadAttention_1.*<- asked, early/)
  expect(report.stdout).toMatch(/matmul_1.*<- mixed, permute_1/)
  const { stdout } = await project.run(['diff', 'across.ts', 'other.ts'])
  expect(stdout).toMatch(/^~ multiHeadAttention_1 +from: asked, early -> asked, late/m)
  const annotated = await project.run(['annotate', 'across.ts'])
  expect([annotated.code, annotated.stderr]).toEqual([0, ''])
  const text = readFileSync(`${project.folder}/across.ts`, 'utf8')
  expect(text).toContain(".multiHeadAttention(2, { keys: 'early' }).keep('mixed') // 5x8\n")
  expect(text).toContain(".matmul('mixed', permute(1, 0)) // 5x5\n")
  const exported = await project.run(['export', 'across.ts', '--to', 'pytorch'])
  expect(exported.stdout + exported.stderr).toContain('CrossAttention(8, 2')
})

test('annotate: outputs by their names in braces, and they are then true', async () => {
  const first = await project.run(['annotate', 'nets.ts'])
  expect([first.code, first.stderr]).toEqual([0, ''])
  const text = read()
  expect(text).toContain('export const siamese = inputs({ left: [28, 28, 1], right: [28, 28, 1] }) // { left: 28x28x1, right: 28x28x1 }\n')
  expect(text).toContain("  .from('left').apply(encoder).keep('a') // 8\n")
  expect(text).toContain("  .subtract('a', 'b') // 8\n")
  expect(text).toContain("  .outputs('p3', 'p4') // { p3: 32x32x8, p4: 16x16x8 }\n")
  project.write('nets.ts', text.replace('p4: 16x16x8 }', 'p4: 1x1x8 }'))
  const stale = await project.run(['annotate', '--check', 'nets.ts'])
  expect(stale.code).toBe(1)
  expect(stale.stderr).toContain('the comment says { p3: 32x32x8, p4: 1x1x8 }, the shape is { p3: 32x32x8, p4: 16x16x8 }.')
  await project.run(['annotate', 'nets.ts'])
  expect(read()).toBe(text)
})

test.each([
  ['svg', 'output p3'],
  ['mermaid', 'o1(["p4"])'],
  ['dot', '-> "output p4"'],
])('export --to %s', async (format, part) => {
  const { code, stdout, stderr } = await project.run(['export', 'nets.ts', '--export', 'pyramid', '--to', format])
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toContain(part)
})

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { toKeras } from '../../src/formats/keras/index.js'
import { toOnnx } from '../../src/formats/onnx/index.js'
import { encodeModel } from '../../src/formats/onnx/wire/encode.js'
import { onnxModel } from '../../src/formats/onnx/write/write.js'
import { input } from '../../src/index.js'
import { lenet5 } from '../../src/zoo/index.js'
import { type Project, projectOf } from '../support/command.js'
import { expectGolden } from '../support/golden.js'
import { floats, int, model, op } from '../support/onnx/models.js'

/** `stridewise report` of models that other tools wrote. */

let project: Project
beforeAll(() => {
  project = projectOf({
    'nets.ts': "import { lenet5 } from 'stridewise/zoo'\nexport const lenet = lenet5()\n",
    'package.json': '{ "type": "module" }',
    'lenet.json': JSON.stringify(toKeras(lenet5())),
    'data.json': JSON.stringify(lenet5()),
    'damaged.json': JSON.stringify({ ...lenet5().toJSON(), params: 7 }),
  })
  const at = (name: string): string => join(project.folder, name)
  writeFileSync(at('lenet.onnx'), toOnnx(lenet5()))
  writeFileSync(at('cut.onnx'), toOnnx(lenet5()).subarray(0, 100_000))
  const tanh = onnxModel(lenet5())
  const nodes = tanh.graph.nodes.map((node) => (node.operator === 'Tanh' ? { ...node, operator: 'Sinh' } : node))
  writeFileSync(at('sinh.onnx'), encodeModel({ ...tanh, graph: { ...tanh.graph, nodes } }))
  const others = model(
    [3, 8, 8],
    [op('Conv x w -> a'), { ...op('Swirl a -> b'), domain: 'others' }, op('NonZero b -> c'), op('Cast c -> y', { to: int(1) })],
    [floats('w', 4, 3, 1, 1)],
  )
  writeFileSync(
    at('others.onnx'),
    encodeModel({ ...others, graph: { ...others.graph, values: [{ name: 'b', type: 1, dims: ['N', 4, 8, 8] }] } }),
  )
  const open = onnxModel(input(4, 8).dense(3))
  const words = { name: 'words', type: 1, dims: ['N', 'H', 8] }
  const relu = [{ name: '', operator: 'Relu', domain: '', inputs: ['words'], outputs: ['y'], attributes: {} }]
  const graph = {
    ...open.graph,
    inputs: [words],
    initializers: [],
    nodes: relu,
    outputs: [{ name: 'y', type: 1, dims: undefined }],
    values: [],
  }
  writeFileSync(at('open.onnx'), encodeModel({ ...open, metadata: {}, graph }))
})
afterAll(() => project.remove())

const report = (...args: readonly string[]) => project.run(['report', ...args])

describe('a model whose operators are layers', () => {
  test.each(['lenet.onnx', 'lenet.json', 'data.json'])('%s has the report of its network', async (file) => {
    const rows = (text: string): string => text.slice(text.indexOf('\n'))
    const [own, model] = [await report('nets.ts'), await report(file)]
    expect([model.code, model.stderr]).toEqual([0, ''])
    expect(rows(model.stdout)).toBe(rows(own.stdout))
    expect(model.stdout).toContain(`${file.split('.')[0]} in ${file}: 32x32x1 -> a vector of 10 features\n`)
  })

  test('what JSON.stringify writes of a network is read with what is wrong in it', async () => {
    const { code, stderr } = await report('damaged.json')
    expect([code, stderr]).toEqual([1, 'error damaged.json: params: is 7 in the data, and the layers have 61706.\n'])
  })

  test('beside a source', async () => {
    const { code, stdout } = await report('nets.ts', 'lenet.onnx', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout).map(({ file, network }: { file: string; network: string }) => [file, network])).toEqual([
      ['nets.ts', 'lenet'],
      ['lenet.onnx', 'lenet'],
    ])
  })

  test('with sizes that it leaves open', async () => {
    expect(await report('open.onnx')).toMatchObject({ code: 1, stdout: '' })
    expect((await report('open.onnx', '--input', '20,8')).stdout).toContain('open in open.onnx: 20x8 -> 20x8')
  })
})

describe('a model with operators that are no layers', () => {
  test.each(['table', 'markdown', 'csv', 'json'])('as %s', async (format) => {
    const { code, stdout, stderr } = await report('others.onnx', '--format', format)
    expect([code, stderr]).toEqual([0, ''])
    expectGolden(`cli/operators-${format}.txt`, stdout)
  })

  test('counts what the layers would', async () => {
    const { stdout } = await report('sinh.onnx', '--json')
    const [{ operators }] = JSON.parse(stdout)
    // Weights are those of the network: it has no constants.
    expect(operators.totals).toMatchObject({ weights: 61706, macs: 416520, certainty: 'exact' })
  })

  test.each([
    [['others.onnx', '--format', 'html'], 'others.onnx has operators without a matching layer, so html cannot show it:'],
    [['others.onnx', '--sort', 'macs'], 'its rows are operators, which --sort, --top, --no-activations and --group-by do not arrange.'],
    [['others.onnx', 'nets.ts', '--json'], 'others.onnx has operators without a matching layer: report it alone'],
    [['lenet.onnx', '--export', 'lenet'], '--export chooses a network of a source.'],
    [['nets.ts', '--input', '32,32,1'], '--input is for sizes that a model leaves open.'],
    [['absent.onnx'], 'absent.onnx'],
  ])('%j is refused', async (args, message) => {
    const { code, stdout, stderr } = await report(...args)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr.replaceAll('\n', ' ')).toContain(message)
  })

  test('a damaged file is said to be so', async () => {
    const { code, stdout, stderr } = await report('cut.onnx')
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/^error cut\.onnx: /)
  })
})

import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { toKeras } from '../../src/formats/keras/index.js'
import { onnxData, toOnnx } from '../../src/formats/onnx/index.js'
import { encodeModel } from '../../src/formats/onnx/wire/encode.js'
import { onnxModel } from '../../src/formats/onnx/write/write.js'
import { initialize, readSafetensors, writeSafetensors } from '../../src/formats/safetensors/index.js'
import { input } from '../../src/index.js'
import { lenet5, resnet18 } from '../../src/zoo/index.js'
import { type Project, projectOf } from '../support/command.js'
import { isLong, sampled } from '../support/effort.js'
import { expectGolden } from '../support/golden.js'
import { inBoth, inLong, inShort as test } from '../support/runs.js'
import { tsc } from '../support/tsc.js'

/** `stridewise import`: models as sources. */

let project: Project
beforeAll(() => {
  project = projectOf({
    'nets.ts': "import { lenet5, resnet18 } from 'stridewise/zoo'\nexport const lenet = lenet5()\nexport const resnet = resnet18()\n",
    'package.json': '{ "type": "module" }',
    'lenet.json': JSON.stringify(toKeras(lenet5())),
    'cut.json': JSON.stringify(toKeras(lenet5())).slice(0, 500),
    'other.json': '{ "weights": [] }',
    'latin.json': '',
    'open.json': JSON.stringify({
      class_name: 'Sequential',
      config: {
        layers: [
          { class_name: 'InputLayer', config: { batch_input_shape: [null, null, null, 3], name: 'photo' } },
          { class_name: 'Conv2D', config: { name: 'conv', filters: 8, kernel_size: 3 } },
        ],
      },
    }),
    'model.h5': '',
    'model.bin': '',
    'empty.onnx': '',
    'text.onnx': 'This is no model.\n',
  })
  writeFileSync(at('lenet.onnx'), toOnnx(lenet5(), { seed: 3 }))
  writeFileSync(at('cut.onnx'), toOnnx(lenet5()).subarray(0, 100_000))
  writeFileSync(at('fed.onnx'), toOnnx(lenet5(), { weights: 'inputs' }))
  writeFileSync(at('latin.json'), Uint8Array.of(0x7b, 0xff, 0x7d))
  writeFileSync(at('onnx.json'), toOnnx(lenet5()))
  writeFileSync(at('lenet'), toOnnx(lenet5()))
  writeFileSync(at('json.onnx'), JSON.stringify(toKeras(lenet5())))
  for (const name of ['zipped.keras', 'zipped.json']) writeFileSync(at(name), zipOf('metadata.json'))
  writeFileSync(at('other.zip'), zipOf('readme.txt'))
  writeFileSync(at('zipped.pt'), zipOf('model/data.pkl'))
  for (const name of ['real.h5', 'hdf5.onnx']) writeFileSync(at(name), Buffer.from('\x89HDF\r\n\x1a\n\0\0', 'latin1'))
  writeFileSync(at('pickle.pt'), Buffer.from('\x80\x02}q\0.', 'latin1'))
  writeFileSync(at('model.safetensors'), writeSafetensors(initialize(lenet5())))
  writeFileSync(at('model.tflite'), Buffer.from('\x1c\0\0\0TFL3\0', 'latin1'))
  writeFileSync(at('saved_model.pb'), Buffer.from('\x08\x01\x12\x80\x20\x0a\x10\0', 'latin1'))
  writeFileSync(at('pointer.onnx'), 'version https://git-lfs.github.com/spec/v1\n')
  const model = onnxModel(lenet5())
  const nodes = model.graph.nodes.map((node) => (node.operator === 'Tanh' ? { ...node, operator: 'Sinh' } : node))
  writeFileSync(at('sinh.onnx'), encodeModel({ ...model, graph: { ...model.graph, nodes } }))
})
afterAll(() => project.remove())

/** The beginning of a zip whose first file has a name: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.7. */
const zipOf = (name: string): Buffer => {
  const head = Buffer.alloc(30)
  head.write('PK\x03\x04', 'latin1')
  head.writeUInt16LE(name.length, 26)
  return Buffer.concat([head, Buffer.from(name)])
}

const at = (name: string): string => join(project.folder, name)
const imported = (...args: string[]) => project.run(['import', ...args])
const left = (part: string) => readdirSync(project.folder).filter((name) => name.includes(part))

describe('a model comes back as the source of the same network', () => {
  test.each(['lenet.onnx', 'fed.onnx', 'lenet.json'])('%s', async (model) => {
    const { code, stdout, stderr } = await imported(model)
    expect([code, stderr]).toEqual([0, ''])
    expectGolden('cli/imported.ts.txt', stdout)
  })

  inLong('through the command alone, with the types of the compiler', async () => {
    const run = async (...args: string[]) => expect(await project.run(args)).toMatchObject({ code: 0, stdout: '' })
    for (const name of ['lenet', 'resnet']) {
      await run('export', 'nets.ts', '--export', name, '--to', 'onnx', '-o', `out-${name}.onnx`, '--external-data')
      await run('export', 'nets.ts', '--export', name, '--to', 'keras', '-o', `out-${name}.json`)
      await run('export', 'nets.ts', '--export', name, '--to', 'typescript', '-o', `${name}-typescript.ts`)
      await run('import', `out-${name}.onnx`, '--name', name, '-o', `${name}-onnx.ts`)
      await run('import', `out-${name}.json`, '--name', name, '-o', `${name}-keras.ts`)
    }
    const forms = ['onnx', 'keras', 'typescript']
    const said = { lenet: 'Network<[32, 32, 1], [10], 61706>', resnet: 'Network<[224, 224, 3], [1000], 11689512>' }
    const lines = [
      "import type { Network } from 'stridewise'",
      "import * as zoo from './nets.js'",
      'type Same<One, Other> = (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : false',
      ...Object.entries(said).flatMap(([name, type]) => [
        `const ${name}: Same<typeof zoo.${name}, ${type}> = true`,
        ...forms.flatMap((form) => [
          `import { ${name} as ${name}_${form} } from './${name}-${form}.js'`,
          `const same_${name}_${form}: Same<typeof ${name}_${form}, ${type}> = true`,
        ]),
      ]),
    ]
    const check = (name: string, text: string) => {
      project.write(name, text)
      return tsc('typescript', project.folder, ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', name])
    }
    expect(check('same.ts', lines.join('\n'))).toEqual([])
    const wrong = check('wrong.ts', lines.join('\n').replaceAll('61706', '61707'))
    expect(wrong.length).toBe(4)
    expect(wrong[0]).toContain("Type 'true' is not assignable to type 'false'.")
  })
})

describe('the inputs and outputs of a model as a declaration', () => {
  test.each([
    ['lenet.onnx', "readonly input: Tensor<'float32', readonly [number, 32, 32, 1], Float32Array>"],
    ['lenet.json', "readonly input: Tensor<'float32', readonly [number, 32, 32, 1], Float32Array>"],
    // Its operators need not be layers.
    ['sinh.onnx', "readonly input: Tensor<'float32', readonly [number, 32, 32, 1], Float32Array>"],
  ])('%s', async (file, line) => {
    const { code, stdout } = await imported(file, '--types')
    expect(code).toBe(0)
    expect(stdout).toContain(line)
    expect(stdout).toMatch(/Tensor<'float32', readonly \[number, 10\], Float32Array>/)
  })

  test('words of an embedding are whole numbers', async () => {
    writeFileSync(at('words.json'), JSON.stringify(toKeras(input(7).embedding(100, 4).flatten().dense(2))))
    const { stdout } = await imported('words.json', '--types')
    expect(stdout).toContain("readonly input: Tensor<'int32', readonly [number, 7], Int32Array>")
  })

  test('in a file, whose name says that it is one', async () => {
    expect(await imported('lenet.onnx', '--types', '-o', 'lenet.ts')).toMatchObject({ code: 2 })
    expect(await imported('lenet.onnx', '--types', '-o', 'lenet.d.ts')).toMatchObject({ code: 0, stdout: '' })
    expect(readFileSync(at('lenet.d.ts'), 'utf8')).toContain('export interface Outputs {')
    expect(await imported('lenet.onnx', '--types', '--weights', 'w.safetensors')).toMatchObject({ code: 2 })
  })
})

describe('sizes that a model leaves open', () => {
  test('in an ONNX file', async () => {
    const relu = onnxModel(input(4, 8).relu())
    const words = { name: 'words', type: 1, dims: ['N', 'H', 8] }
    const nodes = [{ name: '', operator: 'Relu', domain: '', inputs: ['words'], outputs: ['y'], attributes: {} }]
    const outputs = [{ name: 'y', type: 1, dims: undefined }]
    writeFileSync(
      at('open.onnx'),
      encodeModel({ ...relu, metadata: {}, graph: { ...relu.graph, inputs: [words], nodes, outputs, values: [] } }),
    )
    expect((await imported('open.onnx')).stderr.replaceAll('\n', ' ')).toBe(
      "error open.onnx: the file leaves sizes of its input open: ?x8, for 'H'. Set them with the option input, such as [100, 8] (--input 100,8). ",
    )
    const { stdout } = await imported('open.onnx', '--input', '20,8')
    expect(stdout).toContain('export const network = input(20, 8)\n  .relu() // 20x8\n')
  })

  test.each([[['--input', '32,48,3']], [['--input', 'photo=32,48,3']]])('%j', async (args) => {
    const { code, stdout, stderr } = await imported('open.json', ...args)
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout.replaceAll('\n  .', '.')).toContain(
      "/** Network<[32, 48, 3], [30, 46, 8], 224> */\nexport const network = input(32, 48, 3).conv2d(8, 3, { name: 'conv' }) // 30x46x8\n",
    )
  })

  test.each([
    [
      [],
      1,
      'error open.json: the file leaves sizes of its input open: ?x?x3. Set them with the option input, such as [224, 224, 3] (--input 224,224,3).\n',
    ],
    [['--input', '32,48,4'], 1, 'error open.json: photo: input is 32x48x4, and the file has ?x?x3 there.\n'],
    [['--input', '32,48'], 1, 'error open.json: photo: input is 32x48, and the file has ?x?x3 there.\n'],
    [['--input', '32,a'], 2, 'It must be whole numbers from 1, such as 224,224,3: sizes of one sample, channels last.\n'],
    [['--input', 'a=1', '--input', '2'], 2, 'With several inputs each needs a name: --input image=224,224,3.\n'],
    [['--input', '1', '--input', 'a=2'], 2, 'With several inputs each needs a name: --input image=224,224,3.\n'],
    [['--input', 'a=1', '--input', 'a=2'], 2, 'It can be given only once for each input.\n'],
    [['--input', '__proto__=1'], 1, "error open.json: there is no input '__proto__'. The input is 'photo'.\n"],
  ])('%j', async (args, code, message) => {
    const ran = await imported('open.json', ...args)
    expect([ran.code, ran.stdout]).toEqual([code, ''])
    expect(ran.stderr.replaceAll('\n', ' ')).toContain(message.trim())
  })
})

describe('weights', () => {
  inBoth('are written with --weights, from the model or from the file beside it', async () => {
    const network = isLong ? resnet18({ classes: 10 }) : lenet5()
    const weights = initialize(network, { seed: 5 })
    writeFileSync(at('inside.onnx'), toOnnx(network, { weights }))
    writeFileSync(at('beside.onnx'), toOnnx(network, { externalData: 'beside.bin' }))
    writeFileSync(at('beside.bin'), Buffer.concat([...onnxData(network, { weights })]))
    for (const name of ['inside', 'beside']) {
      const { code, stdout, stderr } = await imported(`${name}.onnx`, '--weights', `${name}.safetensors`)
      expect([code, stderr]).toEqual([0, expect.stringMatching(`^note  ${name}.safetensors written, [\\d,]+ bytes\n$`)])
      expect(stdout).toContain(`export const network = input(${network.input.join(', ')})`)
      expect(readFileSync(at(`${name}.safetensors`)).equals(writeSafetensors(weights))).toBe(true)
    }
  })

  test('say how far they are, where that takes long: a line for each quarter of what is read and of what is written', async () => {
    writeFileSync(at('large.onnx'), toOnnx(input(4096).dense(4096)))
    const quarters = (name: string) => [25, 50, 75, 100].map((share) => `note  ${name}: ${share} % of 67 MB`)
    const { code, stderr } = await imported('large.onnx', '--weights', 'large.safetensors', '-o', 'large.ts')
    expect(code).toBe(0)
    expect(stderr.trimEnd().split('\n').slice(0, 8)).toEqual([...quarters('large.onnx'), ...quarters('large.safetensors')])
    const piped = await imported('large.onnx')
    expect([piped.stderr, piped.stdout]).toEqual([`${quarters('large.onnx').join('\n')}\n`, readFileSync(at('large.ts'), 'utf8')])
    for (const name of ['large.onnx', 'large.safetensors']) rmSync(at(name))
  })

  test('a file of weights that is not there is missed only where it is asked for', async () => {
    writeFileSync(at('alone.onnx'), toOnnx(lenet5(), { externalData: 'gone.bin' }))
    const without = await imported('alone.onnx')
    expect([without.code, without.stderr]).toEqual([0, ''])
    const { code, stdout, stderr } = await imported('alone.onnx', '--weights', 'alone.safetensors', '-o', 'alone.ts')
    expect([code, stdout, stderr]).toEqual([1, '', 'error alone.onnx: C1.weight: stands in the file gone.bin, which is not there.\n'])
    expect(left('alone')).toEqual(['alone.onnx'])
  })

  test('a file of weights that is cut off is refused with the tensor and the byte', async () => {
    writeFileSync(at('short.onnx'), toOnnx(lenet5(), { externalData: 'short.bin' }))
    writeFileSync(at('short.bin'), Buffer.concat([...onnxData(lenet5())]))
    truncateSync(at('short.bin'), 100_000)
    const { code, stdout, stderr } = await imported('short.onnx', '--weights', 'short.safetensors')
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/^error short\.onnx: C5\.weight: stands at byte \d+ to the length of 192000, and the file has 100000\.\n$/)
    expect(left('short')).toEqual(['short.bin', 'short.onnx'])
  })

  test.each(['../secret.bin', '/etc/hostname', 'a/../../secret.bin', 'C:\\secret.bin'])('of %s are not read', async (location) => {
    const model = onnxModel(lenet5(), { externalData: 'x' })
    const initializers = model.graph.initializers.map((tensor) =>
      tensor.external ? { ...tensor, external: { ...tensor.external, location } } : tensor,
    )
    writeFileSync(at('reaching.onnx'), encodeModel({ ...model, graph: { ...model.graph, initializers } }))
    const { code, stderr } = await imported('reaching.onnx', '--weights', 'reached.safetensors')
    expect([code, stderr]).toEqual([
      1,
      `error reaching.onnx: C1.weight: stands in the file '${location}', which is not beside the model.\n`,
    ])
  })

  test('that lie in several files are found in each', async () => {
    const network = input(4).dense(3, { name: 'one' }).dense(2, { name: 'two' })
    const model = onnxModel(network, { externalData: 'x' })
    const weights = initialize(network, { seed: 8 })
    const initializers = model.graph.initializers.map((tensor) =>
      tensor.external ? { ...tensor, external: { location: `parts/${tensor.name}` } } : tensor,
    )
    for (const [name, { data }] of weights) {
      project.write(`parts/${name}`, '')
      writeFileSync(at(`parts/${name}`), new Uint8Array(data.buffer))
    }
    writeFileSync(at('parts.onnx'), encodeModel({ ...model, graph: { ...model.graph, initializers } }))
    expect((await imported('parts.onnx', '--weights', 'parts.safetensors')).code).toBe(0)
    expect(readSafetensors(readFileSync(at('parts.safetensors')))).toEqual(weights)
  })
})

describe('files', () => {
  test('are written whole, all or none, and replaced only with --force', async () => {
    project.write('mine.ts', '// mine\n')
    const args = ['lenet.onnx', '-o', 'mine.ts', '--weights', 'mine.safetensors']
    const { code, stdout, stderr } = await imported(...args)
    expect([code, stdout, stderr]).toEqual([2, '', 'error mine.ts already exists. Use --force to overwrite it.\n'])
    expect([readFileSync(at('mine.ts'), 'utf8'), left('mine')]).toEqual(['// mine\n', ['mine.ts']])
    expect((await imported(...args, '--force')).code).toBe(0)
    expectGolden('cli/imported.ts.txt', readFileSync(at('mine.ts'), 'utf8'))
    rmSync(at('mine.ts'))
    const again = await imported(...args)
    expect([again.code, again.stderr]).toEqual([2, 'error mine.safetensors already exists. Use --force to overwrite it.\n'])
    expect(left('mine')).toEqual(['mine.safetensors'])
    expect(left('.tmp')).toEqual([])
  })
})

inBoth.each(
  sampled([
    [['cut.onnx'], 1, 'error cut.onnx: byte '],
    [['empty.onnx'], 1, 'error empty.onnx: has no graph: it is no ONNX model, or is cut off.'],
    [['text.onnx'], 1, 'error text.onnx: byte '],
    [
      ['sinh.onnx'],
      1,
      "error sinh.onnx: Sinh 'tanh_1': is a function of each value that no layer here stands for. onnx.utils.extract_model writes the part of the file before it; compute the rest in your program.",
    ],
    [['cut.json'], 1, 'error cut.json: is not valid JSON: '],
    [['other.json'], 1, 'error other.json: '],
    [['latin.json'], 1, 'error latin.json: is not UTF-8 text.'],
    [['fed.onnx', '--weights', 'fed.safetensors'], 1, 'error fed.onnx: contains no weights: leave out --weights.'],
    [['lenet.onnx', '--name', 'input'], 2, "error --name: 'input' cannot be the name: the source imports it."],
    [['lenet.onnx', '--name', 'class'], 2, "error --name: 'class' cannot be the name: it is a reserved word."],
    [['lenet.onnx', '-o', './lenet.onnx', '--force'], 2, 'error lenet.onnx is the file that is read. Give the output another name.'],
    [['lenet.onnx', '-o', 'node_modules'], 2, 'error node_modules is a folder. Name a file in it.'],
    [['lenet.onnx', '--name', 'a-b'], 2, 'It must be letters, digits and _.'],
    [['lenet.json', '--weights', 'x.safetensors'], 1, 'error lenet.json: contains no weights: leave out --weights.'],
    [['lenet.onnx', '--weights', 'x.bin'], 2, 'must end in .safetensors, not x.bin.'],
    [['lenet.onnx', '-o', 'nowhere/x.ts'], 2, 'nowhere/x.ts cannot be written: there is no folder nowhere.'],
    [['absent.onnx'], 2, 'error There is no file absent.onnx.'],
    [['json.onnx'], 2, 'error json.onnx looks like JSON. If it is a model of Keras, give it a name that ends in .json.'],
    [['onnx.json'], 2, 'error onnx.json looks like ONNX. Give it a name that ends in .onnx.'],
    [['lenet'], 2, 'error lenet looks like ONNX. Give it a name that ends in .onnx.'],
    [['zipped.keras'], 1, 'error zipped.keras: is a zip without its list of files: it is damaged, or cut off.'],
    [['zipped.json'], 2, "zipped.json looks like a zip of Keras's. Give it a name that ends in .keras."],
    [['other.zip'], 2, 'other.zip looks like a zip. Unpack the model in it'],
    [['real.h5'], 1, 'error real.h5: is damaged, or contains what Keras does not write.'],
    [['hdf5.onnx'], 2, 'error hdf5.onnx looks like HDF5. If it is a model of Keras, give it a name that ends in .h5.'],
    [
      ['pickle.pt'],
      2,
      'pickle.pt looks like a file of PyTorch, which holds no architecture that can be read. Write ONNX in PyTorch: torch.onnx.export',
    ],
    [['zipped.pt'], 2, 'zipped.pt looks like a file of PyTorch'],
    [['model.safetensors'], 2, 'model.safetensors looks like safetensors, which is weights without their network.'],
    [['model.tflite'], 2, 'model.tflite looks like TensorFlow Lite, which is not read. Import the model that it was made of'],
    [['saved_model.pb'], 2, 'saved_model.pb looks like a SavedModel of TensorFlow, which is not read. Convert it: tensorflowjs_converter'],
    [['pointer.onnx'], 2, 'pointer.onnx looks like a pointer of Git LFS. Fetch the file itself: git lfs pull.'],
    [['model.h5'], 1, 'error model.h5: is damaged, or contains what Keras does not write.'],
    [['model.bin'], 2, 'model.bin cannot be imported: the name of a model must end in .onnx, .json, .keras or .h5.'],
    [['node_modules'], 2, 'error node_modules is a folder.'],
    [[], 2, "missing required argument 'model'"],
  ]),
)('%j', async (args, code, message) => {
  const ran = await imported(...args)
  expect(ran.stderr).toContain(message)
  expect([ran.code, ran.stdout]).toEqual([code, ''])
})

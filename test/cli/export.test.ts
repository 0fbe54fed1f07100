import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { svg } from '../../src/drawing/svg/svg.js'
import { onnxData, toOnnx } from '../../src/formats/onnx/index.js'
import { pyTorchKeys } from '../../src/formats/pytorch/index.js'
import { initialize, type Weights, writeSafetensors } from '../../src/formats/safetensors/index.js'
import { type AnyNetwork, input } from '../../src/index.js'
import { lenet5 } from '../../src/zoo/index.js'
import { faulty, type Project, projectOf } from '../support/command.js'
import { isLong, sampled } from '../support/effort.js'
import { expectGolden } from '../support/golden.js'
import { inBoth, inLong, inShort as test } from '../support/runs.js'

const normalized = input(8, 8, 3).conv2d(4, 3).batchNorm().flatten().dense(2)

/** `stridewise export`, pictures and pages of `stridewise report`, and the help. */

type Weight = Parameters<Weights['forEach']>[0] extends (tensor: infer Tensor, ...rest: never[]) => void ? Tensor : never

/** Weights with PyTorch's keys. */
const pyTorchWeights = (): Weights => {
  const keys = pyTorchKeys(normalized)
  return new Map([...initialize(normalized)].map(([name, tensor]) => [keys[name] as string, tensor]))
}

const writeTensors = (name: string, tensors: Iterable<readonly [string, Weight]>) =>
  writeFileSync(`${project.folder}/${name}`, writeSafetensors(new Map(tensors)))

let project: Project
beforeAll(() => {
  project = projectOf({
    ...faulty,
    'nets.ts':
      "import { lenet5, resnet18, vgg16 } from 'stridewise/zoo'\nexport const lenet = lenet5()\nexport const resnet = resnet18()\nexport const vgg = () => vgg16()\n",
    'response.ts': "import { input } from 'stridewise'\nexport const response = input(8, 8, 4).localResponseNorm(5)\n",
    'normalized.ts': "import { input } from 'stridewise'\nexport const net = input(8, 8, 3).conv2d(4, 3).batchNorm().flatten().dense(2)\n",
    'wide.ts': "import { input } from 'stridewise'\nexport const wide = input(4096).dense(4096)\n",
    'text.safetensors': 'no tensors',
    'lenet.ts': "import { lenet5 } from 'stridewise/zoo'\nexport const lenet = lenet5()\n",
  })
  const write = (name: string, network: AnyNetwork) => writeFileSync(`${project.folder}/${name}`, writeSafetensors(initialize(network)))
  write('small.safetensors', lenet5({ classes: 7 }))
  write('other.safetensors', input(4).dense(2))
  const trained = pyTorchWeights()
  writeTensors(
    'lacking.safetensors',
    [...trained].filter(([key]) => key !== '1.running_mean'),
  )
  writeTensors('misshapen.safetensors', [...trained, ['0.bias', { shape: [1], dtype: 'F32', data: Float32Array.of(1) }]])
  writeTensors(
    'wrapped.safetensors',
    [...trained].map(([key, tensor]) => [`module.${key}`, tensor]),
  )
  writeTensors('bare.safetensors', [...trained])
  writeFileSync(
    `${project.folder}/more.safetensors`,
    writeSafetensors(new Map([...initialize(lenet5()), ['more', { shape: [1], dtype: 'F32', data: Float32Array.of(1) }]])),
  )
})
afterAll(() => project.remove())

/** A network whose weights take long enough to show how far they are: the smallest, or in a long run one that people write. */
const large = isLong ? { args: 'nets.ts --export vgg', size: '553 MB' } : { args: 'wide.ts', size: '67 MB' }

const hasScript = spawnSync('script', ['--version']).status === 0

const exported = (...args: string[]) => project.run(['export', ...args])

describe('forms', () => {
  test.each([
    ['keras', 'keras.json'],
    ['pytorch', 'py'],
    ['typescript', 'ts.txt'],
    ['mermaid', 'mmd'],
    ['dot', 'dot'],
    ['svg', 'svg'],
  ])('%s', async (form, extension) => {
    const { code, stdout, stderr } = await exported('lenet.ts', '--to', form)
    expect([code, stderr]).toEqual([0, ''])
    expectGolden(`cli/lenet.${extension}`, stdout)
  })

  test('onnx: the bytes of toOnnx, in a file or through a pipe', async () => {
    const { code, stderr } = await exported('lenet.ts', '--to', 'onnx', '-o', 'lenet.onnx', '--seed', '3', '--opset', '18', '--batch', '4')
    expect(code).toBe(0)
    const bytes = readFileSync(`${project.folder}/lenet.onnx`)
    expect(bytes.equals(toOnnx(lenet5(), { seed: 3, opset: 18, batch: 4 }))).toBe(true)
    expect(stderr).toBe(`note  lenet.onnx written, ${bytes.length.toLocaleString('en-US')} bytes\n`)
    const args = `export --timeout 3600 lenet.ts --to onnx --seed 3 --opset 18 --batch 4`.split(' ')
    const piped = spawnSync(process.execPath, ['node_modules/stridewise/dist/cli/stridewise.js', ...args], { cwd: project.folder })
    expect(piped.stdout.equals(bytes)).toBe(true)
  })

  test('onnx: weights in a file beside the model, or fed', async () => {
    const { code, stderr } = await exported('lenet.ts', '--to', 'onnx', '-o', 'beside.onnx', '--seed', '3', '--external-data')
    expect(code).toBe(0)
    expect(stderr).toMatch(/^note {2}beside\.onnx written, [\d,]+ bytes\nnote {2}beside\.onnx\.data written, 246,824 bytes\n$/)
    const model = readFileSync(`${project.folder}/beside.onnx`)
    expect(model.equals(toOnnx(lenet5(), { externalData: 'beside.onnx.data' }))).toBe(true)
    const data = readFileSync(`${project.folder}/beside.onnx.data`)
    expect(data.equals(Buffer.concat([...onnxData(lenet5(), { seed: 3 })]))).toBe(true)
    expect((await exported('lenet.ts', '--to', 'onnx', '-o', 'fed.onnx', '--weights', 'inputs')).code).toBe(0)
    expect(readFileSync(`${project.folder}/fed.onnx`).equals(toOnnx(lenet5(), { weights: 'inputs' }))).toBe(true)
  })

  test.each(['names of the layers', 'keys of the class in PyTorch'])('onnx: weights of a file, under the %s', async (names) => {
    const weights = initialize(normalized, { seed: 7 })
    const keys = pyTorchKeys(normalized)
    const trained = new Map(
      [...weights].map(([name, tensor]) => [names.startsWith('keys') ? (keys[name] as string) : name, tensor] as const),
    )
    trained.set(names.startsWith('keys') ? '1.num_batches_tracked' : 'batchNorm_1.num_batches_tracked', {
      shape: [],
      dtype: 'F32',
      data: Float32Array.of(9),
    })
    writeFileSync(`${project.folder}/trained.safetensors`, writeSafetensors(trained))
    for (const beside of [[], ['--external-data']]) {
      const args = ['normalized.ts', '--to', 'onnx', '--weights', 'trained.safetensors', '-o', 'trained.onnx', '--force', ...beside]
      const { code, stderr } = await exported(...args)
      expect([code, stderr]).toEqual([0, expect.stringMatching(/^note {2}trained\.onnx written/)])
      if (beside.length === 0) expect(readFileSync(`${project.folder}/trained.onnx`).equals(toOnnx(normalized, { weights }))).toBe(true)
      else {
        const data = readFileSync(`${project.folder}/trained.onnx.data`)
        expect(data.equals(Buffer.concat([...onnxData(normalized, { weights })]))).toBe(true)
      }
    }
  })

  inLong("onnx: VGG-16's weights go beside it by themselves, a line for each quarter, in little memory", async () => {
    const { code, stderr } = await exported('nets.ts', '--export', 'vgg', '--to', 'onnx', '-o', 'vgg.onnx')
    expect(code).toBe(0)
    expect(stderr.split('\n').slice(0, 4)).toEqual([25, 50, 75, 100].map((share) => `note  vgg.onnx.data: ${share} % of 553 MB`))
    expect(statSync(`${project.folder}/vgg.onnx.data`).size).toBe(4 * 138_357_544)
    expect(statSync(`${project.folder}/vgg.onnx`).size).toBeLessThan(50_000)
    for (const name of ['vgg.onnx', 'vgg.onnx.data']) rmSync(`${project.folder}/${name}`)
  })

  inBoth('onnx: a large model with its weights inside says how far it is too', async () => {
    const { code, stderr } = await exported('wide.ts', '--to', 'onnx', '-o', 'wide.onnx')
    expect([code, stderr.split('\n').slice(0, 4)]).toEqual([0, [25, 50, 75, 100].map((share) => `note  wide.onnx: ${share} % of 67 MB`)])
    rmSync(`${project.folder}/wide.onnx`)
  })

  inBoth.runIf(hasScript && isLong)('onnx: in a terminal a bar says how far it is, and goes away; the model itself is none for it', () => {
    const inTerminal = (args: string) => {
      const command = `"${process.execPath}" node_modules/stridewise/dist/cli/stridewise.js export --timeout 3600 ${large.args} --to onnx ${args}`
      const env = { ...process.env, TERM: 'xterm-256color' }
      return spawnSync('script', ['-qec', command, '/dev/null'], { cwd: project.folder, env, encoding: 'utf8' })
    }
    const { stdout } = inTerminal('--external-data -o seen.onnx')
    expect(stdout.replaceAll('\u001b', '').split('\r')).toContainEqual(
      expect.stringMatching(new RegExp(`^seen\\.onnx\\.data █+[▏▎▍▌▋▊▉]?·+ +[\\d.]+ % of ${large.size}\\[K$`)),
    )
    expect(stdout.split('\u001b[K').at(-1)).toMatch(/seen\.onnx written/)
    for (const name of ['seen.onnx', 'seen.onnx.data']) rmSync(`${project.folder}/${name}`)
    const refused = inTerminal('')
    expect(refused.status).toBe(2)
    expect(refused.stdout).toContain('onnx is binary and cannot be shown in a terminal. Write it to a file: --output network.onnx.')
  })

  test('a name for the class, the constant and the model', async () => {
    const named = (to: string) => exported('lenet.ts', '--to', to, '--name', 'digits')
    expect((await named('pytorch')).stdout).toContain('class Digits(nn.Sequential):')
    expect((await named('typescript')).stdout).toContain('export const digits = input(32, 32, 1)')
    expect(JSON.parse((await named('keras')).stdout).config.name).toBe('digits')
  })

  test.each(['light', 'dark', 'print'] as const)('svg for %s', async (theme) => {
    const { code, stdout, stderr } = await exported('lenet.ts', '--to', 'svg', '--theme', theme)
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toBe(svg(lenet5(), { theme, title: 'lenet: a network from 32x32x1 to 10' }))
  })

  test.each(['blocks', 'graph'] as const)('svg in the style %s', async (style) => {
    const { code, stdout, stderr } = await exported('lenet.ts', '--to', 'svg', '--style', style, '--no-fold')
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toBe(svg(lenet5(), { style, fold: false, title: 'lenet: a network from 32x32x1 to 10' }))
  })

  test('png, pdf and tikz', async () => {
    const written = async (to: string) => (await exported('lenet.ts', '--to', to, '-o', `picture.${to === 'tikz' ? 'tex' : to}`)).stderr
    expect(await written('png')).toMatch(/^note {2}picture\.png written, [\d,]+ bytes\n$/)
    expect(await written('pdf')).toMatch(/^note {2}picture\.pdf written, [\d,]+ bytes\n$/)
    expect(await written('tikz')).toMatch(/^note {2}picture\.tex written, [\d,]+ bytes\n$/)
  })

  test('report makes the same picture, and a page of several networks', async () => {
    const picture = await project.run(['report', 'lenet.ts', '--format', 'svg'])
    expect(picture.stdout).toBe(readFileSync(new URL('../golden/cli/lenet.svg', import.meta.url), 'utf8'))
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
    expect([second.code, second.stderr]).toEqual([2, 'error lenet.dot already exists. Use --force to overwrite it.\n'])
    expect(readFileSync(`${project.folder}/lenet.dot`, 'utf8')).toBe(text)
    expect((await exported('nets.ts', '--export', 'resnet', '--to', 'dot', '--output', 'lenet.dot', '--force')).code).toBe(0)
    expect(readFileSync(`${project.folder}/lenet.dot`, 'utf8')).toContain('56x56x64')
    expect(readdirSync(project.folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  test('a file of weights that is there is kept, and no model is written beside it', async () => {
    project.write('kept.onnx.data', 'mine')
    const args = ['lenet.ts', '--to', 'onnx', '-o', 'kept.onnx', '--external-data']
    const { code, stderr } = await exported(...args)
    expect([code, stderr]).toEqual([2, 'error kept.onnx.data already exists. Use --force to overwrite it.\n'])
    expect(readFileSync(`${project.folder}/kept.onnx.data`, 'utf8')).toBe('mine')
    expect(readdirSync(project.folder).filter((name) => name.includes('kept'))).toEqual(['kept.onnx.data'])
    expect((await exported(...args, '--force')).code).toBe(0)
    expect(statSync(`${project.folder}/kept.onnx.data`).size).toBe(246_824)
  })

  test('a link is followed where its name was given, and told; nowhere else, also with --force', async () => {
    mkdirSync(`${project.folder}/linked`)
    const at = (name: string) => `${project.folder}/linked/${name}`
    for (const name of ['mine', 'weights', 'picture']) writeFileSync(at(`${name}.txt`), name)
    symlinkSync('mine.txt', at('link.dot'))
    symlinkSync('weights.txt', at('model.onnx.data'))
    mkdirSync(at('all'))
    symlinkSync('../picture.txt', at('all/lenet.dot'))
    const given = await exported('lenet.ts', '--to', 'dot', '-o', 'linked/link.dot', '--force')
    expect(given.stderr).toMatch(/^note {2}linked\/mine\.txt written through the link linked\/link\.dot, 1,\d{3} bytes\n$/)
    expect(readFileSync(at('mine.txt'), 'utf8')).toContain('digraph')
    const beside = await exported('lenet.ts', '--to', 'onnx', '-o', 'linked/model.onnx', '--external-data', '--force')
    expect([beside.code, beside.stderr]).toEqual([
      2,
      'error linked/model.onnx.data is a link to another file. Remove it, or give another name.\n',
    ])
    const inFolder = await exported('lenet.ts', '--to', 'dot', '-o', 'linked/all/', '--force')
    expect([inFolder.code, inFolder.stderr]).toEqual([
      2,
      'error linked/all/lenet.dot is a link to another file. Remove it, or give another name.\n',
    ])
    expect(['weights', 'picture'].map((name) => readFileSync(at(`${name}.txt`), 'utf8'))).toEqual(['weights', 'picture'])
    expect(readdirSync(`${project.folder}/linked`).sort()).toEqual([
      'all',
      'link.dot',
      'mine.txt',
      'model.onnx.data',
      'picture.txt',
      'weights.txt',
    ])
  })

  test('several networks go into a folder, each under its name', async () => {
    project.write(
      'other/net.ts',
      "import { input } from 'stridewise'\nexport const net = input(4).dense(2)\nexport default input(5).dense(2)\n",
    )
    const args = ['lenet.ts', 'normalized.ts', 'other/*.ts', '--to', 'dot', '--output', 'all/']
    const { code, stdout } = await exported(...args)
    expect([code, stdout]).toEqual([0, ''])
    const files = ['lenet.dot', 'net-net.dot', 'net.dot', 'normalized-net.dot']
    expect(readdirSync(`${project.folder}/all`).sort()).toEqual(files)
    const again = await exported(...args)
    expect([again.code, again.stderr]).toEqual([2, 'error all/lenet.dot already exists. Use --force to overwrite it.\n'])
    expect((await exported(...args, '--force')).code).toBe(0)
    // A folder that is there needs no slash.
    expect((await exported('lenet.ts', '--to', 'svg', '--output', 'all')).code).toBe(0)
    expect(readFileSync(`${project.folder}/all/lenet.svg`, 'utf8')).toBe(svg(lenet5(), { title: 'lenet: a network from 32x32x1 to 10' }))
  })

  test('two networks of one name in files of one name are refused before anything is written', async () => {
    const source = "import { input } from 'stridewise'\nexport const Net = input(4).dense(2)\n"
    project.write('one/a.ts', source)
    project.write('two/a.ts', source)
    const { code, stderr } = await exported('one/a.ts', 'two/a.ts', '--to', 'dot', '--output', 'twins/')
    expect([code, stderr]).toEqual([
      2,
      'error Two networks would be written to twins/a-Net.dot. Export them one at a time, with --export and a file as --output.\n',
    ])
    expect(readdirSync(project.folder)).not.toContain('twins')
  })

  test('the name of an export leads to no other folder', async () => {
    project.write(
      'odd.ts',
      "import { input } from 'stridewise'\nconst a = input(4).dense(2)\nconst b = input(5).dense(2)\nexport { a as '../../up', b as '.hidden' }\n",
    )
    expect((await exported('odd.ts', '--to', 'dot', '--output', 'odd/')).code).toBe(0)
    expect(readdirSync(`${project.folder}/odd`).sort()).toEqual(['__.._up.dot', '_hidden.dot'])
  })

  test('a network that the format cannot hold does not keep the others', async () => {
    const { code, stderr } = await exported('response.ts', 'lenet.ts', '--to', 'keras', '--output', 'held/')
    expect(code).toBe(1)
    expect(stderr).toContain('response.ts: response cannot be written as keras: localResponseNorm_1: ')
    expect(readdirSync(`${project.folder}/held`)).toEqual(['lenet.json'])
  })

  test('an interrupted writing leaves nothing behind', async () => {
    const binary = 'node_modules/stridewise/dist/cli/stridewise.js'
    const options = ['--to', 'onnx', '--external-data', '-o', 'stopped.onnx', '--force']
    const args = [binary, 'export', '--timeout', '3600', ...large.args.split(' '), ...options]
    const interrupted = async (): Promise<unknown> => {
      const child = spawn(process.execPath, args, { cwd: project.folder, stdio: ['ignore', 'ignore', 'pipe'] })
      // The first line comes when a quarter is written.
      child.stderr.once('data', () => child.kill('SIGINT'))
      return new Promise((done) => child.on('close', done))
    }
    const written = () => readdirSync(project.folder).filter((name) => name.includes('stopped'))
    let code = await interrupted()
    // A machine that was too busy to interrupt it in time tries again.
    while (code === 0) {
      for (const name of written()) rmSync(`${project.folder}/${name}`)
      code = await interrupted()
    }
    expect(code).toBe(130)
    expect(written()).toEqual([])
  })
})

inBoth.each(
  sampled([
    [['nets.ts', '--to', 'dot'], 2, 'The file exports lenet and resnet. Say which one: --export lenet. Or write all to a folder:'],
    [['nets.ts', '--to', 'dot', '-e', 'lenet', '-e', 'resnet'], 2, 'The file exports lenet and resnet. Say which one: --export lenet. Or'],
    [['lenet.ts', '--to', 'dot', '--output', 'lenet.ts/inside/'], 2, 'lenet.ts/inside lies in what is no folder.'],
    [['lenet.ts', 'normalized.ts', '--to', 'dot'], 2, 'The files export lenet and net. Write them to a folder: --output networks/.'],
    [['lenet.ts', 'normalized.ts', '--to', 'dot', '-o', 'two.dot'], 2, 'The files export lenet and net. Write them to a folder:'],
    [['lenet.ts', 'normalized.ts', '--to', 'pytorch', '-o', 'named/', '--name', 'Net'], 2, '--name is for one network, and there are 2.'],
    [
      ['lenet.ts', 'normalized.ts', '--to', 'onnx', '-o', 'named/', '--weights', 'bare.safetensors'],
      2,
      '--weights FILE is for one network, and there are 2. Choose it with --export.',
    ],
    [['lenet.ts', '--to', 'gif'], 2, "argument 'gif' is invalid. Allowed choices are onnx, keras, pytorch, typescript, mermaid, dot, svg"],
    [['response.ts', '--to', 'keras'], 1, 'response.ts: response cannot be written as keras: localResponseNorm_1: '],
    [['lenet.ts', '--to', 'typescript', '--name', 'input'], 2, "error --name: 'input' cannot be the name: the source imports it."],
    [['lenet.ts', '--to', 'typescript', '--name', 'class'], 2, "'class' cannot be the name: it is a reserved word."],
    [['lenet.ts', '--to', 'pytorch', '--name', 'none'], 2, "'None' cannot be the name of the class: Python or the file uses it"],
    [['lenet.ts', '--to', 'typescript', '--name', '1st'], 2, "argument '1st' is invalid. It must not begin with a digit."],
    [['lenet.ts', '--to', 'typescript', '--name', 'a-b'], 2, "argument 'a-b' is invalid. It must be letters, digits and _."],
    [
      ['lenet.ts', '--to', 'svg', '-o', 'lenet.png'],
      2,
      'lenet.png has the wrong extension: the format svg is a picture: volumes, flat blocks or a graph. Use a',
    ],
    [
      ['lenet.ts', '--to', 'dot', '-o', 'lenet.ONNX'],
      2,
      'lenet.ONNX has the wrong extension: the format dot is a graph for Graphviz. Use a name',
    ],
    [['lenet.ts', '--to', 'onnx', '-o', 'lenet.py'], 2, 'lenet.py has the wrong extension: the format onnx is'],
    [
      ['lenet.ts', '--to', 'typescript', '-o', './lenet.ts', '--force'],
      2,
      'lenet.ts is the file that is read. Give the output another name.',
    ],
    [
      ['normalized.ts', '--to', 'onnx', '--weights', 'lacking.safetensors'],
      1,
      "error lacking.safetensors: 1.running_mean: is missing: the network has it, under PyTorch's keys as most of the file.",
    ],
    [
      ['normalized.ts', '--to', 'onnx', '--weights', 'misshapen.safetensors'],
      1,
      'error misshapen.safetensors: 0.bias: is [1], and in the network [4].',
    ],
    [['lenet.ts', '--to', 'svg', '--theme', 'sepia'], 2, "argument 'sepia' is invalid. Allowed choices are light, dark, print."],
    [['lenet.ts', '--to', 'dot', '--theme', 'dark'], 2, '--theme is for --to svg, png, pdf and tikz, not for dot.'],
    [['lenet.ts', '--to', 'dot', '--no-fold'], 2, '--no-fold is for --to svg, png, pdf and tikz, not for dot.'],
    [['lenet.ts', '--to', 'svg', '--scale', '2'], 2, '--scale is for --to png, not for svg.'],
    [['lenet.ts', '--to', 'png', '--scale', '11'], 2, 'It must be a number from 0.1 to 10.'],
    [['lenet.ts', '--to', 'svg', '-o', 'lenet.png'], 2, 'lenet.png has the wrong extension: the format svg is a picture'],
    [['lenet.ts', '--to', 'svg', '--style', 'cubes'], 2, "argument 'cubes' is invalid. Allowed choices are volumes, blocks, graph."],
    [['lenet.ts', '--to', 'dot', '--opset', '17'], 2, '--opset is for --to onnx, not for dot.'],
    [['lenet.ts', '--to', 'onnx', '--name', 'a'], 2, '--name is for --to keras, pytorch and typescript, not for onnx.'],
    [['lenet.ts', '--to', 'onnx', '--opset', '16'], 2, 'It must be a version from 17 to 22.'],
    [['lenet.ts', '--to', 'onnx', '--batch', '0'], 2, 'It must be a whole number from 1.'],
    [['lenet.ts', '--to', 'onnx', '--seed', 'x'], 2, 'It must be a whole number from 0.'],
    [['lenet.ts', '--to', 'onnx', '--weights', 'inputs', '--seed', '1'], 2, '--weights inputs writes no weights'],
    [
      ['lenet.ts', '--to', 'onnx', '--weights', 'trained.pt'],
      2,
      'must be seed, inputs or a file that ends in .safetensors, not trained.pt.',
    ],
    [['lenet.ts', '--to', 'onnx', '--weights', 'absent.safetensors'], 2, 'There is no file absent.safetensors.'],
    [['lenet.ts', '--to', 'onnx', '--weights', 'small.safetensors', '--seed', '1'], 2, '--seed is for random initial weights'],
    [['lenet.ts', '--to', 'keras', '--weights', 'small.safetensors'], 2, '--weights is for --to onnx, not for keras.'],
    [
      ['lenet.ts', '--to', 'onnx', '--weights', 'small.safetensors'],
      1,
      'error small.safetensors: dense_1.weight: is [7, 84], and in the network [10, 84].',
    ],
    [
      ['lenet.ts', '--to', 'onnx', '--weights', 'other.safetensors'],
      1,
      'error other.safetensors: C1.weight: is missing: the network has it, [6, 1, 5, 5].',
    ],
    [['lenet.ts', '--to', 'onnx', '--weights', 'more.safetensors'], 1, 'error more.safetensors: more: is no tensor of the network.'],
    [['lenet.ts', '--to', 'onnx', '--weights', 'text.safetensors'], 1, 'error text.safetensors: '],
    [['lenet.ts', '--to', 'tfjs'], 2, "A tf.LayersModel is made in code: toTfjs(tf, network) of 'stridewise/tfjs'"],
    [
      ['lenet.ts', '--to', 'keras', '-o', 'lenet.keras'],
      2,
      'lenet.keras has the wrong extension: the format keras is JSON of the architecture.',
    ],
    [['lenet.ts', '--to', 'pytorch', '-o', 'lenet.pt'], 2, 'lenet.pt has the wrong extension: the format pytorch is Python source.'],
    [['lenet.ts', '--to', 'onnx', '--external-data'], 2, 'Give a file: --output network.onnx.'],
    [['lenet.ts', '--to', 'onnx', '-o', 'nowhere/lenet.onnx'], 2, 'nowhere/lenet.onnx cannot be written: there is no folder nowhere.'],
    [['lenet.ts'], 2, "required option '-t, --to <format>' not specified"],
    [['absent.ts', '--to', 'dot'], 2, 'There is no file absent.ts.'],
    [['no-network.ts', '--to', 'dot'], 2, 'no-network.ts exports no network'],
    [['shape.ts', '--to', 'dot'], 1, 'shape.ts:5:4: conv2d: a 3x3 filter with stride 3'],
    [['syntax.ts', '--to', 'dot'], 1, 'syntax.ts:3:1: syntax error: Unexpected token'],
    [['throws.ts', '--to', 'dot'], 1, 'throws.ts:2:7: it threw Error: no weights for 3'],
  ]),
)('%j', async (args, code, message) => {
  const ran = await exported(...args)
  expect(ran.stderr).toContain(message)
  expect([ran.code, ran.stdout]).toEqual([code, ''])
})

test('weights of a model that PyTorch has wrapped', async () => {
  for (const name of ['bare', 'wrapped'])
    expect((await exported('normalized.ts', '--to', 'onnx', '--weights', `${name}.safetensors`, '-o', `${name}.onnx`)).stderr).toMatch(
      /written/,
    )
  const [bare, wrapped] = ['bare', 'wrapped'].map((name) => readFileSync(`${project.folder}/${name}.onnx`))
  expect(wrapped?.equals(bare as Buffer)).toBe(true)
})

describe('help', () => {
  test.each([[], ['report'], ['check'], ['diff'], ['annotate'], ['export'], ['import'], ['lsp']])('%s', async (...command) => {
    const { code, stdout } = await project.run([...command, '--help'])
    expect(code).toBe(0)
    expectGolden(`cli/help${command.map((name) => `-${name}`).join('')}.txt`, stdout)
  })

  test('help report, the version, and an unknown command', async () => {
    expect((await project.run(['help', 'report'])).stdout).toContain('Usage: stridewise report')
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
    expect(await project.run(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
    const { code, stderr } = await project.run(['reprot'])
    expect([code, stderr]).toEqual([2, "error unknown command 'reprot'\n(Did you mean report?)\n"])
    for (const args of [
      ['help', 'reprot'],
      ['reprot', '--help'],
    ])
      expect(await project.run(args)).toEqual({ code: 2, stdout: '', stderr: "error unknown command 'reprot'\n(Did you mean report?)\n" })
    expect((await project.run([])).code).toBe(2)
  })
})

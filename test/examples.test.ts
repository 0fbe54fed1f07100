import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { type AnyNetwork, ShapeError } from 'stridewise'
import { report } from 'stridewise/report'
import { beforeAll, describe, expect } from 'vitest'
import * as alexnet from '../examples/alexnet.js'
import * as settings from '../examples/common-settings.js'
import * as windows from '../examples/sliding-window.js'
import * as vgg from '../examples/vgg.js'
import * as small from '../examples/vgg-a-to-c.js'
import { lectureTable, note } from '../examples/vgg-table.js'
import { everyCompiler, mainCompiler } from '../scripts/compilers.mjs'
import { type Checked, check, root } from './support/compiler.js'
import { inLong, inShort as test } from './support/runs.js'
import { bare, discrepancies } from './support/stated.js'
import { runCompiler } from './support/tsc.js'

const run = (...args: string[]) => spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })

/** Shape and parameters of a network, as they are when it runs. */
const made = ({ output, params }: AnyNetwork) => `${output.join('x')}, ${params}`

const refusal = (build: () => unknown): unknown => {
  try {
    return build()
  } catch (error) {
    return error
  }
}

describe('every example compiles with each supported version of TypeScript', () => {
  // With the main one it is a part of `npm run typecheck`.
  inLong.each(everyCompiler.filter((compiler) => compiler !== mainCompiler))('%s', (compiler) => {
    const { status, stdout } = runCompiler(compiler, root, ['-p', 'examples'])
    expect(stdout).toBe('')
    expect(status).toBe(0)
  })
})

describe('every hover and every error in a comment is what an editor shows', () => {
  const names = readdirSync(`${root}examples`).filter((name) => name.endsWith('.ts'))
  const paths = names.map((name) => `examples/${name}`)
  let checked: ReadonlyMap<string, Checked>
  beforeAll(() => {
    checked = check(new Map(paths.map((path) => [path, bare(readFileSync(`${root}${path}`, 'utf8'))])))
  })

  test.each(paths)('%s', (path) => {
    expect(discrepancies(checked.get(path) as Checked)).toEqual([])
  })
})

describe('CS231n, lecture 7: sliding windows', () => {
  test.each([
    ['7x7, 3x3 filter, stride 1', windows.stride1, '5x5x1, 10'],
    ['7x7, 3x3 filter, stride 2', windows.stride2, '3x3x1, 10'],
    ['7x7, 3x3 filter, padding 1', windows.padded, '7x7x1, 10'],
    ['32 -> 28', windows.shrinking28, '28x28x6, 456'],
    ['28 -> 24', windows.shrinking24, '24x24x10, 1966'],
    ['ten 5x5 filters', windows.tenFilters, '32x32x10, 760'],
  ])('%s', (_, network, expected) => expect(made(network)).toBe(expected))

  test('7x7, 3x3 filter, stride 3: 2.33 positions', () => {
    const error = refusal(windows.stride3)
    expect(error).toBeInstanceOf(ShapeError)
    expect(error).toMatchObject({ operation: 'conv2d', argument: 'options.stride' })
    expect((error as ShapeError).message).toBe(
      'conv2d: a 3x3 filter with stride 3 does not fit a 7x7 input: (7 - 3 + 2*0)/3 + 1 = 2.33. ' +
        "Use stride 1, 2 or 4, padding 1, or rounding: 'floor'.",
    )
  })
})

describe('CS231n, lecture 7: common settings, 1x1 convolution and pools', () => {
  test.each([
    ['F = 3, S = 1, P = 1', settings.three, '32x32x128, 73856'],
    ['F = 5, S = 1, P = 2', settings.five, '32x32x128, 204928'],
    ['F = 5, S = 2, what fits', settings.fiveStride2, '16x16x128, 204928'],
    ['F = 5, S = 2, odd input', settings.fiveStride2Odd, '17x17x128, 204928'],
    ['F = 1, S = 1, P = 0', settings.one, '32x32x128, 8320'],
    ['1x1 convolution', settings.oneByOne, '56x56x32, 2080'],
    ['2x2 pool on 4x4', settings.smallPool, '2x2x1, 0'],
    ['2x2 pool on a volume', settings.pool, '112x112x64, 0'],
    ['3x3 pool with stride 2', settings.overlappingPool, '27x27x96, 0'],
  ])('%s', (_, network, expected) => expect(made(network)).toBe(expected))

  test('F = 5, S = 2, P = 2 does not fit 32x32', () => {
    expect(refusal(settings.fiveStride2Padding2)).toBeInstanceOf(ShapeError)
  })
})

describe('AlexNet', () => {
  test('conv1 has 34,848 weights, 34,944 parameters with biases; pool1 has none (CS231n, lecture 7)', () => {
    expect(made(alexnet.conv1)).toBe('55x55x96, 34944')
    expect(report(alexnet.conv1, { biases: false }).totals.params).toBe(34_848)
    expect(made(alexnet.pool1)).toBe('27x27x96, 34944')
  })

  // Parameters: arithmetic on the kernels of section 3.5 of the paper, without and with its groups; torchvision's documentation.
  // MACs: arithmetic for the lecture's; the paper's, rounded to 720 million in table 9 of MobileNet (arXiv:1704.04861);
  // torchvision's documentation.
  test.each([
    ["the lecture's", alexnet.alexnetLecture, 62_378_344, 1_135_256_096],
    ['the 2012 one, on two GPUs', alexnet.alexnet2012, 60_965_224, 724_406_816],
    ["torchvision's", alexnet.alexnetTorchvision, 61_100_840, 714_188_480],
  ])('%s', (_, network, params, macs) => {
    const { totals } = report(network)
    expect(network.output).toEqual([1000])
    expect(network.params).toBe(params)
    expect(totals.params).toBe(params)
    expect(totals.macs).toBe(macs)
  })

  test("the lecture's list of layers", () => {
    const listed = alexnet.alexnetLecture.graph.nodes.filter(({ name }) => /^(input|conv|pool|norm|fc)/.test(name))
    expect(listed.map(({ name, output }) => `[${output.join('x')}] ${name}`)).toEqual([
      '[227x227x3] input',
      '[55x55x96] conv1',
      '[27x27x96] pool1',
      '[27x27x96] norm1',
      '[27x27x256] conv2',
      '[13x13x256] pool2',
      '[13x13x256] norm2',
      '[13x13x384] conv3',
      '[13x13x384] conv4',
      '[13x13x256] conv5',
      '[6x6x256] pool3',
      '[4096] fc6',
      '[4096] fc7',
      '[1000] fc8',
    ])
  })
})

describe('VGG', () => {
  // Table 2 of arXiv:1409.1556, in millions; the digits are the sums over table 1, with biases.
  test.each([
    ['A', small.vggA, 133, 132_863_336],
    ['A-LRN', small.vggAWithNorm, 133, 132_863_336],
    ['B', small.vggB, 133, 133_047_848],
    ['C', small.vggC, 134, 133_638_952],
    ['D', vgg.vgg16, 138, 138_357_544],
    ['E', vgg.vgg19, 144, 143_667_240],
  ])('%s', (_, network, millions, params) => {
    expect(network.output).toEqual([1000])
    expect(network.params).toBe(params)
    expect(report(network).totals.params).toBe(params)
    expect(Math.round(params / 1e6)).toBe(millions)
  })

  test('MACs of D and E', () => {
    expect(report(vgg.vgg16).totals.macs).toBe(15_470_264_320)
    expect(report(vgg.vgg19).totals.macs).toBe(19_632_062_464)
  })

  test('the table of the lecture, line by line', async () => {
    await expect(`${lectureTable(vgg.vgg16)}\n${note}`).toMatchFileSnapshot('golden/vgg-table.txt')
  })
})

describe('plain JavaScript', () => {
  test('a stride that does not fit throws a ShapeError', () => {
    const { status, stdout } = run('examples/shape-error.mjs')
    expect(status).toBe(0)
    expect(stdout).toBe(
      'conv2d: a 3x3 filter with stride 3 does not fit a 7x7 input: (7 - 3 + 2*0)/3 + 1 = 2.33. ' +
        "Use stride 1, 2 or 4, padding 1, or rounding: 'floor'.\noperation: conv2d\nargument: options.stride\n",
    )
  })

  test('one that fits does not', () => {
    expect(run('examples/shape-error.mjs', '9').stdout).toBe('It fits: 3x3x1, 10 parameters.\n')
  })
})

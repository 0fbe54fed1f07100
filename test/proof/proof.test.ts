import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { Wide } from '../support/call.js'
import { casesOf } from '../support/effort.js'
import { seed } from '../support/seed.js'
import { Value } from '../support/value.js'
import { minimized } from './minimize.js'
import { consult } from './oracle/oracle.js'
import { type Task, work } from './work.js'

/** A part of `npm run proof`: layers and networks, judged by everything that can, and nothing differs. */

const folder = mkdtempSync(join(tmpdir(), 'stridewise-proof-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const task = (part: Task['part'], count: number): Task => ({ part, count, index: 0, seed, minimized: [], folder })

describe('drawn', () => {
  test.each<[string, Task]>([
    ['layers', task('layers', casesOf('proof: layers'))],
    ['nested networks', task('nested', casesOf('proof: nested networks'))],
    ['networks in frameworks', task('networks', casesOf('proof: networks in frameworks'))],
    ['graphs', task('graphs', casesOf('proof: graphs'))],
  ])('%s: nothing differs', async (_, piece) => {
    const { rows, differences } = await work(piece)
    expect(differences).toEqual([])
    expect(Object.values(rows).reduce((sum, { agreed }) => sum + agreed, 0)).toBeGreaterThan(piece.count / 10)
  })
})

describe('the oracle', () => {
  const layer = (kind: string, ...args: unknown[]) => ({ kind, args })

  // Figures of the papers themselves, or of the documentation of frameworks.
  test.each([
    ['conv1 of AlexNet (CS231n, lecture 5)', [227, 227, 3], layer('conv2d', 96, 11, { stride: 4 }), [55, 55, 96], 34_944, 105_415_200],
    ['conv3_1 of VGG-16 (CS231n)', [56, 56, 128], layer('conv2d', 256, 3, { padding: 1 }), [56, 56, 256], 295_168, 924_844_032],
    ['fc6 of VGG-16 (CS231n)', [25_088], layer('dense', 4096), [4096], 102_764_544, 102_760_448],
    ['an attention of ViT-B/16 (torchvision)', [197, 768], layer('multiHeadAttention', 12), [197, 768], 2_362_368, 524_391_936],
    ['nn.LSTM(10, 20) of PyTorch', [5, 10], layer('lstm', 20), [5, 20], 2560, 12_000],
    ['nn.GRU(10, 20) of PyTorch', [5, 10], layer('gru', 20, { returnSequences: false }), [20], 1920, 9000],
  ])('%s', (_, input, described, output, params, macs) => {
    expect(consult(input, [described])).toEqual({ output, params, macs })
  })

  test.each([
    ['a window that does not fit', [7, 7, 1], layer('conv2d', 1, 3, { stride: 3 })],
    ['a window larger than its input', [5, 5, 1], layer('maxPool2d', 7)],
    ['padding as large as a window', [5, 5, 1], layer('maxPool2d', 1, { padding: 1 })],
    ['numbers that do not divide', [5, 5, 3], layer('conv2d', 4, 1, { groups: 2 })],
    ['another number of axes', [5, 5, 3], layer('dense', 4)],
    ['a number that cannot be', [8], layer('dropout', 1)],
    ['no such option', [8], layer('dense', 4, { activation: 'relu' })],
    ['branches that differ', [8], layer('residual', layer('dense', 4))],
    ['nothing is left', [4, 4, 1], layer('crop', 2)],
    ['another number of values', [4, 4, 1], layer('reshape', 15)],
    ['no such axis or token', [4, 4], layer('selectToken', 4)],
    ['no name', [8], layer('branchOut', '', layer('relu'))],
    ['a name that is taken', [8], layer('repeat', 2, layer('branchOut', 'aux', layer('relu')))],
    ['a join of one', [8], layer('concat', layer('relu'))],
    ['not one value for each axis', [8, 8, 1], layer('conv2d', 1, [3])],
    ['another number of values', [8], layer('split', [2, 4], 'a', 'b')],
    ['a number that cannot be', [8], layer('split', [0, 8], 'a', 'b')],
    ['no name', [8], layer('split', [2, 6], 'a')],
    ['a name that is taken', [8], layer('split', [2, 6], 'a', 'a')],
  ])('%s', (reason, input, described) => {
    expect(consult(input, [described])).toBe(reason)
  })
})

describe('a failure is made smaller', () => {
  const drawn = new Value('on', [
    [new Wide(9), 14, 64],
    new Value('block', [
      new Value('relu', []),
      new Value('residual', [new Value('conv2d', [64, 3, { padding: 1, bias: false, name: 'stem' }])]),
      new Value('dense', [7]),
    ]),
  ])

  /** Whether there is a convolution of at least five filters in it. */
  const fails = (value: unknown): boolean =>
    value instanceof Value && (value.args.some(fails) || (value.kind === 'conv2d' && (value.args[0] as number) >= 5))

  test('to the layer that fails, without options, and with the least numbers', async () => {
    const small = await minimized(drawn, async (several) => several.map(fails))
    expect(small).toEqual(new Value('on', [[0, 0, 0], new Value('conv2d', [5, 0, {}])]))
  })

  test('or stays as it is where nothing smaller fails', async () => {
    expect(await minimized(drawn, async (several) => several.map(() => false))).toBe(drawn)
  })
})

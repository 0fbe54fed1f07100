import { describe, expect, test } from 'vitest'
import { type AnyNetwork, conv2d, embedding, identity, input, inputs, networkFrom, separableConv2d, shared } from '../../src/index.js'
import { unreachedIn } from '../../src/network/unreached.js'
import { csv, json, type Layer, markdown, report, table, within } from '../../src/report/index.js'
import { cells, dead, keptUnet, pyramid, reader, siamese, twoTower } from '../support/graphs.js'

/** Reports on networks with several inputs and outputs, kept values and shared layers. */

const row = (network: AnyNetwork, name: string): Layer => report(network).layers.find((layer) => layer.name === name) as Layer

/** The notes of rows by the names of their layers, from the last column of the table. */
const notesOf = (network: AnyNetwork): Record<string, string> => {
  const lines = csv(report(network)).trimEnd().split('\n')
  const names = report(network).layers.map(({ name }) => name)
  return Object.fromEntries(
    lines.slice(1).flatMap((line, index) => {
      const note = (/,"([^"]*)"$/.exec(line) ?? /,([^,]*)$/.exec(line))?.[1] ?? ''
      return note === '' ? [] : [[names[index], note]]
    }),
  )
}

describe('a siamese network', () => {
  const { layers, totals } = report(siamese)

  test('each input has a row of its name', () => {
    expect(layers.slice(0, 2).map(({ name, kind, from, output }) => ({ name, kind, from, output }))).toEqual([
      { name: 'left', kind: 'input', from: [], output: [28, 28, 1] },
      { name: 'right', kind: 'input', from: [], output: [28, 28, 1] },
    ])
  })

  test('parameters count once, MACs at each use', () => {
    const [first, second] = [3 * 3 * 8 + 8, 3 * 3 * 8 * 16 + 16]
    expect(totals.params).toBe(first + second + 16 + 1)
    expect(totals.params).toBe(siamese.params)
    expect(totals.macs).toBe(2 * (28 * 28 * 9 * 8 + 14 * 14 * 9 * 8 * 16) + 16)
    expect(totals.bytes.params).toBe(4 * totals.params)
    expect(report(siamese, { optimizer: 'adam' }).totals.bytes.optimizer).toBe(2 * 4 * totals.params)
    expect(row(siamese, 'encoder_conv2d_3')).toMatchObject({
      params: 0,
      nonTrainable: 0,
      macs: 28 * 28 * 9 * 8,
      shared: 'encoder',
      sharedWith: 'encoder_conv2d_1',
    })
  })

  test('the peak: the other image waits while the first is encoded', () => {
    // At the first pool: the right image, the convolution's output and the pool's.
    expect(totals.peak).toEqual({ values: 784 + 6272 + 1568, layer: 'maxPool2d_1' })
  })

  test('rows say where they come from and whose weights they have', () => {
    expect(notesOf(siamese)).toEqual({
      encoder_conv2d_1: '<- left; shared: encoder',
      encoder_conv2d_2: 'shared: encoder',
      globalAvgPool_1: 'kept as a',
      encoder_conv2d_3: '<- right; weights of encoder_conv2d_1',
      encoder_conv2d_4: 'weights of encoder_conv2d_2',
      globalAvgPool_2: 'kept as b',
      subtract_1: '<- a, b',
    })
  })

  test('a budget counts its weights once', () => {
    expect(within(siamese as AnyNetwork, { params: 1265, macs: totals.macs, memory: totals.bytes.inference })).toBe(siamese)
    expect(() => within(siamese as AnyNetwork, { params: 1264 })).toThrow(
      'within: the network has 1265 parameters, more than the budget of 1264.',
    )
  })
})

test('outputs are named in their rows, and stay in memory to the end', () => {
  expect(notesOf(pyramid)).toEqual({
    relu_1: 'kept as c3',
    relu_2: 'kept as c4',
    conv2d_4: 'output p5',
    conv2d_5: '<- c4',
    add_1: '<- conv2d_5, upsample_1; output p4',
    conv2d_6: '<- c3',
    add_2: '<- conv2d_6, upsample_2; output p3',
  })
  const { layers, totals } = report(pyramid)
  expect(layers.filter(({ outputs }) => outputs).map(({ name, outputs }) => [name, outputs])).toEqual([
    ['conv2d_4', ['p5']],
    ['add_1', ['p4']],
    ['add_2', ['p3']],
  ])
  // At the last sum: its inputs and its output of 32x32x32, beside the outputs p5 and p4.
  expect(totals.peak).toEqual({ values: 3 * 32 * 32 * 32 + 8 * 8 * 32 + 16 * 16 * 32, layer: 'add_2' })
})

test('branches and heads say what they take where that is not the row before, and a chain has no column for it', () => {
  const branched = input(8, 8, 4)
    .residual((x) => x.conv2d(4, 3, { padding: 1 }))
    .concat(conv2d(2, 1), identity())
    .branchOut('side', (x) => x.globalAvgPool().dense(3))
    .globalAvgPool()
    .dense(10)
  for (const text of [table(report(branched), { width: Number.POSITIVE_INFINITY }), markdown(report(branched))]) {
    expect(text).toMatch(/add_1.*<- conv2d_1, input/)
    expect(text).not.toMatch(/conv2d_1 .*<- input/)
  }
  // There the column `from` says it of every row.
  expect(csv(report(branched))).not.toContain('notes')
  expect(csv(report(branched))).toContain(',add,conv2d_1 input,')
  for (const format of [table, markdown, csv]) expect(format(report(input(4).dense(2).relu()))).not.toContain('notes')
  expect(report(branched).layers.at(-1)?.outputs).toEqual(['output'])
  expect(report(branched).layers.filter(({ kept }) => kept)).toEqual([])
})

test('the separable convolution of a shared layer writes its inner tensor at each use', () => {
  const layer = shared('s', separableConv2d(8, 3, { padding: 1 }))
  const network = inputs({ a: [8, 8, 4], b: [8, 8, 4] })
    .from('a')
    .apply(layer)
    .keep('x')
    .from('b')
    .apply(layer)
    .add('x', identity())
  const rows = report(network).layers.filter(({ kind }) => kind === 'separableConv2d')
  expect(rows.map(({ params, activations }) => [params > 0, activations])).toEqual([
    [true, 8 * 8 * 4 + 8 * 8 * 8],
    [false, 8 * 8 * 4 + 8 * 8 * 8],
  ])
})

describe('receptive fields', () => {
  test('of a layer that sees one input, on that', () => {
    expect(row(siamese, 'encoder_conv2d_4')).toMatchObject({ receptiveField: [8, 8] })
    expect(row(siamese, 'encoder_conv2d_4').receptiveFields).toBeUndefined()
  })

  test('of a layer that sees several, on each, also where they differ', () => {
    const network = inputs({ left: [16, 16, 1], right: [16, 16, 1] })
      .from('left')
      .conv2d(2, 3, { padding: 1 })
      .keep('a')
      .from('right')
      .conv2d(2, 5, { padding: 2 })
      .concat('a', identity())
      .conv2d(2, 3)
    expect(row(network, 'conv2d_3')).toMatchObject({ receptiveField: [], receptiveFields: { left: [5, 5], right: [7, 7] } })
    expect(table(report(network), { width: Number.POSITIVE_INFINITY })).toContain('left 5x5, right 7x7')
  })

  test('inputs without spatial axes do not count', () => {
    expect(row(twoTower, 'concat_1')).toMatchObject({ receptiveField: [32, 32] })
    expect(row(reader, 'dense_1').receptiveField).toEqual([])
  })

  test('of more than 16 inputs they are unknown, never 0', () => {
    const names = Array.from({ length: 17 }, (_, index) => `i${index}`)
    const of = (count: number) => {
      const given = names.slice(0, count)
      const network = inputs(Object.fromEntries(given.map((name) => [name, [4, 2]])) as Record<string, [4, 2]>) as unknown as {
        add(...names: string[]): AnyNetwork & { conv1d(filters: number, kernel: number): AnyNetwork }
      }
      return network.add(...given).conv1d(2, 3)
    }
    expect(row(of(16), 'conv1d_1').receptiveFields).toEqual(Object.fromEntries(names.slice(0, 16).map((name) => [name, [3]])))
    expect(row(of(17), 'conv1d_1')).toMatchObject({ receptiveField: [], receptiveFields: 'unknown' })
    expect(table(report(of(17)), { width: Number.POSITIVE_INFINITY })).toContain('unknown')
  })

  test('a kept value is joined place by place, as a branch is', () => {
    const nested = input(16, 16, 2)
      .conv2d(2, 3)
      .concat(conv2d(2, 5, { padding: 2 }), identity())
      .conv2d(2, 3)
    const kept = input(16, 16, 2).conv2d(2, 3).keep('a').conv2d(2, 5, { padding: 2 }).concat(identity(), 'a').conv2d(2, 3)
    expect(row(kept, 'conv2d_3').receptiveField).toEqual(row(nested, 'conv2d_3').receptiveField)
  })
})

describe('inputs of whole numbers', () => {
  test('their rows say so, and their bytes are those of indices whatever the format', () => {
    const { layers, totals } = report(reader, { dtype: 'f16', batch: 3 })
    expect(layers.slice(0, 3).map(({ name, elementType, bytes }) => [name, elementType, bytes])).toEqual([
      ['question', 'int64', 3 * 8 * 8],
      ['text', 'int64', 3 * 64 * 8],
      ['numbers', undefined, 3 * 5 * 2],
    ])
    expect(totals.bytes.activations).toBe(layers.reduce((sum, { bytes }) => sum + bytes, 0))
    expect(notesOf(reader)).toMatchObject({ question: 'int64 indices', text: 'int64 indices' })
  })

  test('the peak counts them with their bytes', () => {
    const words = input(100).embedding(50, 2)
    const { totals } = report(words, { dtype: 'i8' })
    expect(totals.peak).toEqual({ values: 300, layer: 'embedding_1' })
    expect(totals.bytes.inference).toBe(50 * 2 + 100 * 8 + 200)
  })

  test('an input that something else takes too is one of floats', () => {
    const both = input(6).keep('w').apply(embedding(10, 6)).meanTokens().add('input', identity())
    expect(row(both, 'input').elementType).toBeUndefined()
    const asOutput = inputs({ w: [6] })
      .from('w')
      .embedding(10, 6)
      .keep('e')
      .outputs('w', 'e')
    expect(row(asOutput, 'w').elementType).toBeUndefined()
  })
})

describe('what no output depends on', () => {
  test('is in the data, in its rows and under the table; the totals count it', () => {
    const made = report(dead)
    expect(made.unreached).toEqual({ layers: ['probe'], inputs: ['mask'] })
    expect(made.totals.params).toBe(dead.params)
    expect(notesOf(dead)).toMatchObject({ probe: 'reaches no output', mask: 'not used by any output' })
    for (const text of [table(made, { width: Number.POSITIVE_INFINITY }), markdown(made)])
      expect(text).toContain('no output depends on the layer probe, nor on the input mask; the totals count what is unused')
    expect(JSON.parse(json(made)).unreached).toEqual({ layers: ['probe'], inputs: ['mask'] })
  })

  test('an input that only such layers take reaches no output either', () => {
    const network = inputs({ a: [4], b: [4] })
      .from('b')
      .dense(3)
      .relu()
      .from('a')
      .dense(2)
    expect(unreachedIn(network.graph)).toEqual({ layers: ['dense_1', 'relu_1'], inputs: ['b'] })
  })

  test('of many layers twenty are named, in one line each', () => {
    const layers = Array.from({ length: 30 }, (_, index) => ({ name: `d\n${index}`, kind: 'relu', from: ['input'] }))
    const network = networkFrom({
      format: 'stridewise',
      version: 2,
      input: [4],
      layers: [...layers, { name: 'end', kind: 'dense', settings: { units: 1 }, from: ['input'] }],
      output: [1],
      params: 5,
    })
    const line = table(report(network), { width: Number.POSITIVE_INFINITY })
      .split('\n')
      .find((each) => each.startsWith('Unused')) as string
    expect(line).toContain('the layers d\\n0, d\\n1,')
    expect(line).toContain('d\\n18 and 11 more;')
  })

  test('a network in which all is used has none', () => {
    for (const network of [siamese, pyramid, keptUnet, cells, twoTower, reader])
      expect(report(network).unreached).toEqual({ layers: [], inputs: [] })
  })
})

test('names in notes are in one line', () => {
  const network = input(4).dense(4).keep('a\nb').dense(4).add('a\nb', identity())
  expect(table(report(network))).toContain('kept as a\\nb')
  expect(table(report(network))).toContain('<- a\\nb, dense_2')
})

test('a report that an earlier release wrote is still read', () => {
  const { unreached: _, layers, ...rest } = report(siamese)
  const old = { ...rest, layers: layers.map(({ from, kept, outputs, shared, sharedWith, ...layer }) => layer) } as never
  expect(table(old)).toContain('encoder_conv2d_1')
  expect(csv(old)).toContain('encoder_conv2d_1')
})

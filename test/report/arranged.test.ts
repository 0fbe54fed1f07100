import { describe, expect, test } from 'vitest'
import { block, conv2d, input, relu, residual } from '../../src/index.js'
import { arranged } from '../../src/report/arranged.js'
import { csv, report, table } from '../../src/report/index.js'
import { settingsText } from '../../src/report/settings-text.js'
import { shortBytes, shortCount } from '../../src/report/units.js'
import { resnet18, resnet50 } from '../../src/zoo/index.js'

/** Rows of a report in another order, and several as one. */

const whole = report(resnet18())
const namesOf = (given: Parameters<typeof arranged>[1]) => arranged(whole, given).layers.map(({ name }) => name)

test('the headline: parameters and MACs as torchvision publishes them for ResNet-50 (25,557,032 and 4.09 G), and bytes', () => {
  expect(table(report(resnet50())).split('\n')[0]).toBe('25.6 M parameters, 4.09 G MACs, 102 MB')
  expect([shortCount(999), shortCount(1000), shortCount(25_557_032), shortBytes(102_440_608), shortCount(0)]).toEqual([
    '999',
    '1.00 k',
    '25.6 M',
    '102 MB',
    '0',
  ])
})

describe('rows', () => {
  test('the largest first, and only some', () => {
    const { layers } = arranged(whole, { sort: 'macs', top: 10 })
    expect(layers).toHaveLength(10)
    const macs = layers.map((layer) => layer.macs)
    expect(macs).toEqual([...macs].sort((one, other) => other - one))
    expect(macs[0]).toBe(Math.max(...whole.layers.map((layer) => layer.macs)))
  })

  test('only some are the largest by MACs where nothing else is said', () => {
    expect(arranged(whole, { top: 3 }).layers).toEqual(arranged(whole, { sort: 'macs', top: 3 }).layers)
  })

  test('without activations', () => {
    expect(namesOf({ activations: false }).filter((name) => name.startsWith('relu'))).toEqual([])
    expect(namesOf({ activations: false })).toContain('batchNorm_1')
  })

  test('one for each kind: the sums are those of the network', () => {
    const { layers } = arranged(whole, { groupBy: 'kind' })
    expect(layers.map(({ name, kind }) => [name, kind])).toContainEqual(['conv2d', '20 layers'])
    for (const quantity of ['params', 'macs', 'activations', 'bytesRead'] as const) {
      const sum = (rows: readonly (typeof layers)[number][]) => rows.reduce((total, layer) => total + layer[quantity], 0)
      expect(sum(layers)).toBe(sum(whole.layers))
    }
  })

  test('one for each size of feature maps', () => {
    expect(namesOf({ groupBy: 'stage' })).toEqual(['224x224', '112x112', '56x56', '28x28', '14x14', '7x7', 'vector'])
  })

  test('one for each block: eight in ResNet-18, and the layers between them', () => {
    const rows = arranged(whole, { groupBy: 'block' }).layers
    expect(rows.filter(({ name }) => name.startsWith('block'))).toHaveLength(8)
    expect(rows[0]?.name).toBe('input to maxPool2d_1')
    const deep = arranged(whole, { groupBy: 'block', depth: 2 }).layers
    expect(deep.length).toBe(whole.layers.length + rows.filter(({ kind }) => / layers$/.test(kind)).length)
    expect(deep.map(({ name }) => name)).toContain('  conv2d_2')
  })

  test('paths make groups of as many parts as are asked for', () => {
    const layers = (name: string) => [conv2d(4, 1, { name: `${name}.0.conv1` }), relu(), conv2d(4, 1, { name: `${name}.1.conv1` })] as const
    const network = input(4, 4, 4).apply(block(residual(block(...layers('layer1'))), ...layers('layer2')))
    const of = (depth: number) => arranged(report(network), { groupBy: 'block', depth, activations: false }).layers.map(({ name }) => name)
    expect(of(1)).toEqual(['input', 'layer1', 'add_1', 'layer2'])
    expect(of(2)).toEqual(['input', 'layer1.0.conv1', 'layer1.1.conv1', 'add_1', 'layer2.0.conv1', 'layer2.1.conv1'])
  })

  test('totals stay those of the network', () => {
    expect(arranged(whole, { top: 1 }).totals).toBe(whole.totals)
    expect(table(arranged(whole, { sort: 'params', top: 3 }))).toContain('11,689,512')
  })
})

describe('bytes that are moved', () => {
  const { layers } = report(input(8, 8, 4).conv2d(16, 3, { padding: 1 }).relu().flatten().dense(10), { batch: 2 })
  const at = (kind: string) => layers.find((layer) => layer.kind === kind) as (typeof layers)[number]

  test('inputs, weights and outputs; a view moves none', () => {
    const conv = at('conv2d')
    // 2 maps of 8x8x4, and 3*3*4*16 + 16 weights; 2 maps of 8x8x16; 4 bytes each.
    expect([conv.bytesRead, conv.bytesWritten]).toEqual([4 * (2 * 256 + 592), 4 * 2 * 1024])
    expect(conv.intensity).toBeCloseTo((2 * 2 * 64 * 16 * 36) / (conv.bytesRead + conv.bytesWritten))
    expect([at('flatten').bytesRead, at('flatten').bytesWritten, at('flatten').intensity]).toEqual([0, 0, 0])
    expect(at('relu').bytesRead).toBe(4 * 2 * 1024)
  })

  test('weights of 4 bits take half a byte each, and activations stay what they are', () => {
    const network = input(784).dense(10)
    const quantized = report(network, { dtype: 'f16', weights: 'i4' })
    expect(quantized.totals.bytes.params).toBe(7850 / 2)
    expect(quantized.totals.bytes.activations).toBe(report(network, { dtype: 'f16' }).totals.bytes.activations)
    expect(report(network, { dtype: 'i8' }).weights).toBe('i8')
    expect(() => report(network, { weights: 'i2' as never })).toThrow('report: weights must be one of f32, f16, bf16, i8, i4, not "i2".')
  })
})

describe('settings', () => {
  test('the JSON has every one of them, with its default', () => {
    const [, conv] = report(input(8, 8, 4).conv2d(16, 3)).layers
    expect(conv?.settings).toMatchObject({ filters: 16, kernel: 3, stride: 1, padding: 0, dilation: 1, groups: 1, bias: true })
  })

  test('a line has those that differ from the defaults', () => {
    const { layers } = report(resnet18())
    const text = (index: number) => {
      const layer = layers[index] as (typeof layers)[number]
      return settingsText({ ...layer, inputShapes: layer.input })
    }
    expect([text(1), text(4), text(layers.length - 1)]).toEqual([
      'conv2d 7x7, 64, stride 2, pad 3, no bias',
      'maxPool2d 3x3, stride 2, pad 1',
      'dense, 1000',
    ])
    const resized = report(input(4, 4, 8).upsample(2).upsample([1, 3], { method: 'bilinear' }).pixelShuffle(2)).layers
    expect(resized.slice(1).map((layer) => settingsText({ ...layer, inputShapes: layer.input }))).toEqual([
      'upsample, scale 2',
      'upsample, scale 1x3, bilinear',
      'pixelShuffle, scale 2',
    ])
    expect(csv(report(resnet18())).split('\n')[0]).toBe(
      'layer,kind,input,output,params,nonTrainable,macs,activations,bytes,receptiveField,settings,from,bytesRead,bytesWritten,intensity',
    )
  })
})

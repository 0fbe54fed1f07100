import { describe, expect, test } from 'vitest'
import { input } from '../../src/index.js'
import type { AnyNetwork } from '../../src/network/network.js'
import { report, table } from '../../src/report/index.js'
import { alexnet, alexnetTorchvision, small, vgg16 } from '../support/networks.js'

/** Where memory, parameters and arithmetic lie. */

describe('VGG-16', () => {
  const { stages, summary } = report(vgg16).totals

  test('a stage for each size of feature map', () => {
    expect(stages.map(({ name }) => name)).toEqual(['224x224', '112x112', '56x56', '28x28', '14x14', '7x7', 'vector'])
  })

  test('shares sum to one', () => {
    for (const what of ['activations', 'params', 'macs'] as const) {
      expect(stages.reduce((sum, stage) => sum + stage[what], 0)).toBeCloseTo(1, 12)
    }
  })

  test('"most memory is in early CONV, most params are in late FC" (CS231n)', () => {
    expect(stages[0]?.activations).toBeCloseTo((150_528 + 2 * 3_211_264) / 15_237_608, 12)
    expect(stages.at(-1)).toMatchObject({ made: 'dense layers' })
    expect(summary).toBe(
      'Most memory is in the early convolutions (224x224 and 112x112: 69.5 %), ' +
        'most parameters are in the late dense layers (vector: 89.4 %), ' +
        'most arithmetic is in the convolutions (56x56 and 28x28: 59.8 %).',
    )
  })

  test('every layer is in one stage', () => {
    expect(stages.flatMap(({ layers }) => layers)).toEqual(vgg16.graph.nodes.map(({ name }) => name))
  })
})

describe('the sentence', () => {
  const summaryOf = (network: AnyNetwork) => report(network).totals.summary

  test('says most of what is more than half, by the table of the stages', () => {
    for (const network of [vgg16, alexnet, alexnetTorchvision, small]) {
      const { stages, summary } = report(network).totals
      const said = [...summary.matchAll(/ost (\w+) (?:is|are) in the [\w ]+\(([^:]+): ([\d.]+) %\)/g)]
      expect(said.length).toBeGreaterThan(0)
      for (const [, what, where, share] of said) {
        const [first, last] = (where as string).split(/ and | to /) as [string, string?]
        const names = stages.map(({ name }) => name)
        const run = stages.slice(names.indexOf(first), names.indexOf(last ?? first) + 1)
        const quantity = ({ memory: 'activations', parameters: 'params', arithmetic: 'macs' } as const)[what as 'memory']
        const sum = run.reduce((total, stage) => total + stage[quantity], 0)
        expect((sum * 100).toFixed(1)).toBe(share)
        expect(Number(share)).toBeGreaterThan(50)
      }
    }
  })

  test('no parameters and no arithmetic: nothing is said of them, and no division by zero', () => {
    const { stages, summary } = report(input(8, 8, 3).maxPool2d(2)).totals
    expect(stages.map(({ params, macs }) => params + macs)).toEqual([0, 0])
    expect(summary).toBe('Most memory is in the early layers (8x8: 80.0 %).')
  })

  test('one stage, or none with most: nothing at all', () => {
    expect(summaryOf(input(8, 8, 3).conv2d(3, 3, { padding: 1 }))).toBe('')
    expect(table(report(input(8, 8, 3).relu()))).toMatch(/ 0\.0 %\n$/)
    expect(
      summaryOf(
        input(8, 8, 1)
          .zeroPad([
            [0, 0],
            [0, 1],
          ])
          .zeroPad([
            [0, 0],
            [0, 1],
          ]),
      ),
    ).toBe('')
  })

  test('neither early nor late where they are in both halves', () => {
    const ends = input(16, 16, 4)
      .conv2d(4, 3, { padding: 1 })
      .maxPool2d(2)
      .conv2d(4, 3, { padding: 1 })
      .upsample(2)
      .conv2d(4, 3, { padding: 1 })
    expect(summaryOf(ends)).toContain('most arithmetic is in the convolutions (16x16: 88.9 %)')
  })

  test('named after the kind that has most: attention is neither convolution nor dense layer', () => {
    const { stages } = report(input(16, 32).multiHeadAttention(4).meanTokens().dense(2)).totals
    expect(stages.map(({ made }) => made)).toEqual(['layers', 'dense layers'])
  })
})

import { describe, expect, test } from 'vitest'
import { input } from '../../src/index.js'
import type { AnyNetwork } from '../../src/network/network.js'
import { report, table } from '../../src/report/index.js'
import { densenet121, mobilenetV2, resnet50, squeezenet1_0 as squeezenet10, vitB16 } from '../../src/zoo/index.js'
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
      'By stage, most memory is in the early stages 224x224 and 112x112 (69.5 %), ' +
        'most parameters are in the late stage vector (89.4 %), ' +
        'most arithmetic is in the stages 56x56 and 28x28 (59.8 %). ' +
        'By kind, most memory is in convolutions (88.9 %), ' +
        'most parameters are in dense layers (89.4 %), ' +
        'most arithmetic is in convolutions (99.2 %).',
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
      const said = [...summary.matchAll(/most (\w+) (?:is|are) in the (?:early |late )?stages? ([^(]+) \(([\d.]+) %\)/g)]
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
    expect(summary).toBe('By stage, most memory is in the early stage 8x8 (80.0 %).')
  })

  test('one stage, or none with most: nothing at all', () => {
    expect(summaryOf(input(8, 8, 3).relu())).toBe('')
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
    expect(summaryOf(ends)).toContain('most arithmetic is in the stage 16x16 (88.9 %)')
  })

  test('named after the kind that has most: attention is neither convolution nor dense layer', () => {
    const { stages } = report(input(16, 32).multiHeadAttention(4).meanTokens().dense(2)).totals
    expect(stages.map(({ made }) => made)).toEqual(['layers', 'dense layers'])
  })

  test('by kind it is the share of that kind, wherever its layers stand: ViT-B/16', () => {
    const { summary, stages } = report(vitB16()).totals
    expect(stages.find(({ name }) => name === '197')?.params).toBeGreaterThan(0.98)
    expect(summary).toContain('By kind,')
    expect(summary).toContain('most parameters are in dense layers (66.4 %)')
    expect(summary).not.toMatch(/dense layers \([^)]*(?:197|98)/)
  })

  test('by kind, for every ready architecture: as the rows sum up', () => {
    for (const network of [vitB16(), resnet50(), densenet121(), mobilenetV2(), squeezenet10(), small, alexnet]) {
      const { layers, totals } = report(network)
      const said = [
        ...totals.summary.replace(/.*By kind, /, '').matchAll(/most (\w+) (?:is|are) in (convolutions|dense layers) \(([\d.]+) %\)/g),
      ]
      expect(said.length).toBeGreaterThan(0)
      for (const [, what, family, share] of said) {
        const quantity = ({ memory: 'activations', parameters: 'params', arithmetic: 'macs' } as const)[what as 'memory']
        const sum = layers
          .filter(({ kind }) => (family === 'dense layers' ? kind === 'dense' : /conv/i.test(kind)))
          .reduce((total, layer) => total + layer[quantity], 0)
        expect(((sum / totals[quantity]) * 100).toFixed(1)).toBe(share)
      }
    }
  })
})

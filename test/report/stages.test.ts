import { describe, expect, test } from 'vitest'
import { input } from '../../src/index.js'
import { report } from '../../src/report/index.js'
import { vgg16 } from '../support/networks.js'

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
    expect(summary).toMatch(/^Most memory is in the early convolutions \(224x224: 43\.1 %\), most parameters are in the late dense layers/)
  })

  test('every layer is in one stage', () => {
    expect(stages.flatMap(({ layers }) => layers)).toEqual(vgg16.graph.nodes.map(({ name }) => name))
  })
})

test('no parameters and no arithmetic: nowhere, and no division by zero', () => {
  const { stages, summary } = report(input(8, 8, 3).maxPool2d(2)).totals
  expect(stages.map(({ params, macs }) => params + macs)).toEqual([0, 0])
  expect(summary).toContain('most parameters are nowhere, most arithmetic is nowhere.')
})

import { describe, expect, test } from 'vitest'
import { type AnyNetwork, input, maxPool2d } from '../../../src/index.js'
import { checkLines, refusal, thrownBy } from '../../support/check.js'

/** Pools at run time. */

describe('shape', () => {
  test('the stride is the kernel when none is given', () => {
    expect(input(224, 224, 64).maxPool2d(2).output).toEqual([112, 112, 64])
    expect(input(12, 9, 64).maxPool2d([4, 3]).output).toEqual([3, 3, 64])
    expect(input(100, 8).avgPool1d(4).output).toEqual([25, 8])
    expect(input(16, 56, 56, 64).maxPool3d(2).output).toEqual([8, 28, 28, 64])
  })

  test('overlapping, as AlexNet', () => expect(input(55, 55, 96).maxPool2d(3, { stride: 2 }).output).toEqual([27, 27, 96]))

  test('rounded up, as GoogLeNet: 112 to 56 and 56 to 28', () => {
    expect(input(112, 112, 64).maxPool2d(3, { stride: 2, rounding: 'ceil' }).output).toEqual([56, 56, 64])
    expect(input(56, 56, 192).maxPool2d(3, { stride: 2, rounding: 'ceil' }).output).toEqual([28, 28, 192])
  })

  test('rounded down, as ResNet: 112 to 56 with padding 1', () => {
    expect(input(112, 112, 64).maxPool2d(3, { stride: 2, padding: 1, rounding: 'floor' }).output).toEqual([56, 56, 64])
  })

  test('a last window that begins beyond the input and the zeros before it is dropped, as PyTorch', () => {
    expect(input(2, 2, 1).maxPool2d(1, { stride: 2, rounding: 'ceil' }).output).toEqual([1, 1, 1])
    expect(input(3, 1).maxPool1d(2, { stride: 2, padding: 1, rounding: 'ceil' }).output).toEqual([2, 1])
    expect(input(4, 1).maxPool1d(2, { stride: 2, padding: [[1, 0]], rounding: 'ceil' }).output).toEqual([3, 1])
    expect(input(4, 1).maxPool1d(2, { stride: 2, padding: [[0, 1]], rounding: 'ceil' }).output).toEqual([2, 1])
  })

  test("'same' is ceil(N / S), as TensorFlow", () => {
    expect(input(7, 7, 3).maxPool2d(2, { padding: 'same' }).output).toEqual([4, 4, 3])
    expect(input(5, 5, 4).avgPool2d([2, 3], { stride: 2, padding: 'same' }).output).toEqual([3, 3, 4])
  })

  test('dilation', () => expect(input(9, 9, 1).maxPool2d(3, { stride: 1, dilation: 2 }).output).toEqual([5, 5, 1]))

  test.each(['globalAvgPool', 'globalMaxPool'] as const)('%s: a vector of channels, from any rank', (kind) => {
    expect(input(7, 7, 512)[kind]().output).toEqual([512])
    expect(input(100, 8)[kind]().output).toEqual([8])
    expect(input(4, 7, 7, 16)[kind]().output).toEqual([16])
  })
})

describe('the node', () => {
  test('no weights, no MACs, memory of its own, every setting', () => {
    const node = input(8, 8, 3).maxPool2d(2, { name: 'halve' }).graph.nodes[1]
    expect(node).toMatchObject({ name: 'halve', kind: 'maxPool2d', weights: [], macs: 0, memory: 'own' })
    expect(node?.settings).toEqual({ kernel: 2, stride: 2, padding: 0, dilation: 1, rounding: 'exact' })
  })

  test('an average pool states whether it counts its padding where that is not the default', () => {
    const settings = (of: unknown) => (input(8, 8, 3).avgPool2d as (...given: unknown[]) => AnyNetwork)(3, of).graph.nodes[1]?.settings
    expect(settings({ stride: 1, padding: 1, countIncludePad: false })).toMatchObject({ countIncludePad: false })
    expect(settings({ stride: 1, padding: 'same', countIncludePad: true })).toMatchObject({ countIncludePad: true })
    expect(settings({ stride: 1, padding: 1, countIncludePad: true })).not.toHaveProperty('countIncludePad')
    expect(settings({ stride: 1, padding: 'same', countIncludePad: false })).not.toHaveProperty('countIncludePad')
  })

  test('a global pool sees everything', () => {
    expect(input(7, 7, 512).globalAvgPool().graph.nodes[1]).toMatchObject({ kind: 'globalAvgPool', seesAll: true, weights: [], macs: 0 })
  })
})

describe('refused', () => {
  test.each([
    ['input(7, 7, 3).maxPool2d(2)', 'maxPool2d', 'kernel'],
    ['input(7, 7, 3).maxPool2d(2, { stride: 3 })', 'maxPool2d', 'options.stride'],
    ['input(7, 7, 3).maxPool2d()', 'maxPool2d', 'kernel'],
    ["input(7, 7, 3).maxPool2d('2')", 'maxPool2d', 'kernel'],
    ['input(7, 7, 3).avgPool2d([2, 2, 2])', 'avgPool2d', 'kernel'],
    ['input(7, 7, 3).avgPool2d(NaN)', 'avgPool2d', 'kernel'],
    ['input(7, 7, 3).avgPool2d(8)', 'avgPool2d', 'kernel'],
    ['input(7, 7, 3).avgPool2d(2, { groups: 1 })', 'avgPool2d', 'options.groups'],
    ['input(8, 8, 3).maxPool2d(2, { countIncludePad: false })', 'maxPool2d', 'options.countIncludePad'],
    ["input(8, 8, 3).avgPool2d(2, { countIncludePad: 'no' })", 'avgPool2d', 'options.countIncludePad'],
    ["input(7, 7, 3).maxPool2d(2, { rounding: 'up' })", 'maxPool2d', 'options.rounding'],
    ['input(10).maxPool1d(2)', 'maxPool1d', 'kernel'],
    ['input(10).globalAvgPool()', 'globalAvgPool', ''],
    ['input(10).globalMaxPool()', 'globalMaxPool', ''],
  ])('%s', (source, operation, argument) => expect(thrownBy(source)).toMatchObject({ name: 'ShapeError', operation, argument }))

  test('the sentence speaks of a window, not of a filter', () => {
    expect(refusal(() => input(7, 7, 3).maxPool2d(2 as never)).message).toBe(
      "maxPool2d: a 2x2 window with stride 2 does not fit a 7x7 input: (7 - 2 + 2*0)/2 + 1 = 3.5. Use rounding: 'floor', padding: 'same', or stride 1 or 5.",
    )
  })
})

test('options that are empty hide no mistake of the kernel', () => {
  const lines = ['input(4, 4, 2).maxPool2d(9, {})', 'input(4, 4, 2).avgPool2d(0, {})', 'input(4, 4, 2).apply(maxPool2d(9, {}))']
  const checked = checkLines(lines, "import { maxPool2d } from 'stridewise'")
  for (const line of lines) {
    const { message } = thrownBy(line, { input, maxPool2d }) as Error
    expect(checked.get(line)?.sentences).toEqual([message])
  }
})

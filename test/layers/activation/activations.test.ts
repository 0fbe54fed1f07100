import { describe, expect, test } from 'vitest'
import { type AnyNetwork, type GraphNode, input, leakyRelu } from '../../../src/index.js'
import { refusal } from '../../support/check.js'
import { inBothHalves } from '../../support/halves.js'
import { checkAll } from '../../support/lines.js'

/** Activations, and layers that drop values: the shape stays. */

const types: readonly [line: string, type: string][] = [
  ['input(28, 28, 64).relu()', 'Network<[28, 28, 64], [28, 28, 64], 0>'],
  ['input(28, 28, 64).relu6()', 'Network<[28, 28, 64], [28, 28, 64], 0>'],
  ['input(28, 28, 64).leakyRelu()', 'Network<[28, 28, 64], [28, 28, 64], 0>'],
  ['input(28, 28, 64).elu()', 'Network<[28, 28, 64], [28, 28, 64], 0>'],
  ['input(28, 28, 64).selu()', 'Network<[28, 28, 64], [28, 28, 64], 0>'],
  ['input(28, 28, 64).gelu()', 'Network<[28, 28, 64], [28, 28, 64], 0>'],
  ['input(28, 28, 64).silu()', 'Network<[28, 28, 64], [28, 28, 64], 0>'],
  ['input(28, 28, 64).sigmoid()', 'Network<[28, 28, 64], [28, 28, 64], 0>'],
  ['input(28, 28, 64).hardSigmoid()', 'Network<[28, 28, 64], [28, 28, 64], 0>'],
  ['input(28, 28, 64).hardSwish()', 'Network<[28, 28, 64], [28, 28, 64], 0>'],
  ['input(28, 28, 64).mish()', 'Network<[28, 28, 64], [28, 28, 64], 0>'],
  ['input(28, 28, 64).tanh()', 'Network<[28, 28, 64], [28, 28, 64], 0>'],
  ['input(28, 28, 64).softplus()', 'Network<[28, 28, 64], [28, 28, 64], 0>'],
  ['input(28, 28, 64).logSoftmax()', 'Network<[28, 28, 64], [28, 28, 64], 0>'],
  ['input(28, 28, 64).softmax()', 'Network<[28, 28, 64], [28, 28, 64], 0>'],
  ['input(10).apply(relu())', 'Network<[10], [10], 0>'],
  ['input(10).apply(relu6())', 'Network<[10], [10], 0>'],
  ['input(10).apply(leakyRelu())', 'Network<[10], [10], 0>'],
  ['input(10).apply(elu())', 'Network<[10], [10], 0>'],
  ['input(10).apply(selu())', 'Network<[10], [10], 0>'],
  ['input(10).apply(gelu())', 'Network<[10], [10], 0>'],
  ['input(10).apply(silu())', 'Network<[10], [10], 0>'],
  ['input(10).apply(sigmoid())', 'Network<[10], [10], 0>'],
  ['input(10).apply(hardSigmoid())', 'Network<[10], [10], 0>'],
  ['input(10).apply(hardSwish())', 'Network<[10], [10], 0>'],
  ['input(10).apply(mish())', 'Network<[10], [10], 0>'],
  ['input(10).apply(tanh())', 'Network<[10], [10], 0>'],
  ['input(10).apply(softplus())', 'Network<[10], [10], 0>'],
  ['input(10).apply(logSoftmax())', 'Network<[10], [10], 0>'],
  ['input(10).apply(softmax())', 'Network<[10], [10], 0>'],
  ['input(10, 3).leakyRelu(0.1)', 'Network<[10, 3], [10, 3], 0>'],
  ['input(10, 3).elu(-2)', 'Network<[10, 3], [10, 3], 0>'],
  ['input(28, 28, 64).prelu()', 'Network<[28, 28, 64], [28, 28, 64], 64>'],
  ['input(10).dense(5).prelu({ shared: false })', 'Network<[10], [5], 60>'],
  ['input(28, 28, 64).prelu({ shared: true })', 'Network<[28, 28, 64], [28, 28, 64], 1>'],
  ["input(10).prelu({ name: 'p' })", 'Network<[10], [10], 10>'],
  ['input(10).apply(prelu({ shared: true }))', 'Network<[10], [10], 1>'],
  ['input(10).apply(block(prelu(), prelu()))', 'Network<[10], [10], 20>'],
  ['input(10).stochasticDepth(0)', 'Network<[10], [10], 0>'],
  ['input(10).stochasticDepth(1e-7)', 'Network<[10], [10], 0>'],
  ['input(10).apply(stochasticDepth(0.2))', 'Network<[10], [10], 0>'],
]

/** Each with the source that is underlined. */
const refused: readonly [line: string, underlined: string][] = [
  ['input(10).stochasticDepth(1)', '1'],
  ['input(10).stochasticDepth(-0.5)', '-0.5'],
  ['input(10).dropout(1.5)', '1.5'],
  ['input(10).apply(stochasticDepth(2))', 'stochasticDepth(2)'],
  ['input(10).apply(dropout(2))', 'dropout(2)'],
  ['input(10).prelu({ shared: true, share: true })', 'share'],
]

const declarations = `
declare const anything: any
declare const none: never
declare const oneOrFour: 1 | 4
declare const oneOrNine: 1 | 9
declare const halfOrTwo: 0.5 | 2
declare const either: boolean
`

/** What the compiler cannot know gives `number`, never a wrong literal. */
const gradual: readonly [line: string, type: string][] = [
  ['input(7, 7, wide(512)).prelu()', 'Network<[7, 7, number], [7, 7, number], number>'],
  ['input(7, 7, wide(512)).prelu({ shared: true })', 'Network<[7, 7, number], [7, 7, number], 1>'],
  ['input(7).prelu({ shared: either })', 'Network<[7], [7], number>'],
  ['input(7).prelu(anything)', 'Network<[7], [7], number>'],
  ['input(7).stochasticDepth(anything)', 'Network<[7], [7], 0>'],
  ['input(7).stochasticDepth(wide(2))', 'Network<[7], [7], 0>'],
]

inBothHalves({ types, refused, gradual, declarations })

test('a union of rates is refused for the one that is wrong', () => {
  const line = 'input(7).stochasticDepth(halfOrTwo)'
  expect(checkAll([line], declarations).get(line)?.sentence).toContain('not 2.')
})

describe('at run time', () => {
  const net = input(4, 3)
  const last = (built: AnyNetwork) => built.graph.nodes.at(-1) as GraphNode

  test('values are overwritten in place, without weights or arithmetic', () => {
    for (const built of [net.relu6(), net.gelu(), net.leakyRelu(), net.tanh(), net.stochasticDepth(0.5)]) {
      expect(last(built)).toMatchObject({ memory: 'overwrites', weights: [], macs: 0 })
    }
  })

  test('settings are filled in', () => {
    expect(last(net.leakyRelu()).settings).toEqual({ slope: 0.01 })
    expect(last(net.apply(leakyRelu())).settings).toEqual({ slope: 0.01 })
    expect(last(net.elu(0.5)).settings).toEqual({ alpha: 0.5 })
    expect(last(net.stochasticDepth(0.2)).settings).toEqual({ rate: 0.2 })
  })

  test('the slopes of prelu are weights', () => {
    expect(last(net.prelu()).weights).toEqual([{ name: 'alpha', shape: [3], trainable: true }])
    expect(last(net.prelu({ shared: true, name: 'p' }))).toMatchObject({
      name: 'p',
      settings: { shared: true },
      weights: [{ name: 'alpha', shape: [1], trainable: true }],
    })
  })

  test('what only plain JavaScript gets wrong', () => {
    expect(refusal(() => net.leakyRelu(Number.NaN)).message).toBe('leakyRelu: slope must be a finite number, not NaN.')
    expect(refusal(() => net.elu('1' as never))).toMatchObject({
      message: 'elu: alpha must be a finite number, not "1".',
      argument: 'alpha',
    })
    expect(refusal(() => net.prelu({ shared: 'no' as never })).argument).toBe('options.shared')
    expect(refusal(() => net.prelu({ share: 1 } as never)).message).toBe(
      "prelu: there is no option 'share'. The options are shared and name.",
    )
    expect(refusal(() => net.stochasticDepth('0.5' as never)).message).toContain('not "0.5"')
  })
})

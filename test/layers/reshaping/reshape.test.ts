import { describe, expect, test } from 'vitest'
import { type AnyNetwork, type GraphNode, input } from '../../../src/index.js'
import { refusal } from '../../support/check.js'
import { inBothHalves } from '../../support/halves.js'
import { checkAll, runLine } from '../../support/lines.js'

/** Reshapes and permutations. */

const types: readonly [line: string, type: string][] = [
  ['input(7, 7, 512).flatten()', 'Network<[7, 7, 512], [25088], 0>'],
  ['input(7, 7, 512).flatten(0)', 'Network<[7, 7, 512], [25088], 0>'],
  ['input(7, 7, 512).flatten(1)', 'Network<[7, 7, 512], [7, 3584], 0>'],
  ['input(7, 7, 512).flatten(2)', 'Network<[7, 7, 512], [7, 7, 512], 0>'],
  ['input(512).flatten()', 'Network<[512], [512], 0>'],
  ['input(7, 7, 512).apply(flatten())', 'Network<[7, 7, 512], [25088], 0>'],
  ['input(7, 7, 512).apply(flatten(1))', 'Network<[7, 7, 512], [7, 3584], 0>'],
  ['input(7, 7, 512).reshape(49, 512)', 'Network<[7, 7, 512], [49, 512], 0>'],
  ['input(7, 7, 512).reshape(-1, 512)', 'Network<[7, 7, 512], [49, 512], 0>'],
  ['input(7, 7, 512).reshape(7, 7, 2, -1, 128)', 'Network<[7, 7, 512], [7, 7, 2, 2, 128], 0>'],
  ['input(7, 7, 512).apply(reshape(-1))', 'Network<[7, 7, 512], [25088], 0>'],
  ['input(25088).reshape(7, 7, 512)', 'Network<[25088], [7, 7, 512], 0>'],
  ['input(7, 7, 512).reshape(7, 7, 2, 2, 128)', 'Network<[7, 7, 512], [7, 7, 2, 2, 128], 0>'],
  ['input(7, 7, 512).apply(reshape(25088))', 'Network<[7, 7, 512], [25088], 0>'],
  ['input(14, 15, 768).permute(2, 0, 1)', 'Network<[14, 15, 768], [768, 14, 15], 0>'],
  ['input(14, 15, 768).permute(0, 1, 2)', 'Network<[14, 15, 768], [14, 15, 768], 0>'],
  ['input(14, 768).apply(permute(1, 0))', 'Network<[14, 768], [768, 14], 0>'],
  ['input(28, 28, 240).reshape(28, 28, 3, 80).permute(0, 1, 3, 2).flatten(2)', 'Network<[28, 28, 240], [28, 28, 240], 0>'],
]

/** Each with the source that is underlined. */
const refused: readonly [line: string, underlined: string][] = [
  ['input(7, 7, 512).flatten(3)', '3'],
  ['input(7).flatten(1)', '1'],
  ['input(7, 7, 512).flatten(-1)', '-1'],
  ['input(7, 7, 512).flatten(0.5)', '0.5'],
  ['input(7, 7, 512).apply(flatten(3))', 'flatten(3)'],
  ['input(7, 7, 512).reshape(7, 512)', '7'],
  ['input(7, 7, 512).reshape(3)', '3'],
  ['input(25088).reshape(7, 7, 513)', '7'],
  ['input(7, 7, 512).reshape(-1, 500)', '-1'],
  ['input(7, 7, 512).reshape(5, 3, -1)', '5'],
  ['input(7, 7, 512).reshape(-1, -1, 512)', '-1'],
  ['input(7, 7, 512).reshape(-1, -2)', '-2'],
  ['input(7, 7, 512).reshape(-1, 0)', '0'],
  ['input(2).reshape(-1, 3)', '-1'],
  ['input(7, 7, 512).apply(reshape(-1, 500))', 'reshape(-1, 500)'],
  ['input(7, 7, 512).reshape(7, 0, 0.5)', '0'],
  ['input(7, 7, 512).apply(reshape(49, 51))', 'reshape(49, 51)'],
  ['input(14, 15, 768).permute(0, 0, 1)', '0'],
  ['input(14, 15, 768).permute(0, 1)', '0'],
  ['input(14, 15, 768).permute(0, 1, 3)', '3'],
  ['input(14, 15, 768).permute(0, 1, 2, 3)', '3'],
  ['input(14, 15, 768).permute(-1, 0, 1)', '-1'],
  ['input(10).permute(1)', '1'],
  ['input(7, 7, 512).apply(permute(1, 1, 0))', 'permute(1, 1, 0)'],
  ['input(7, 7, 512).apply(permute())', 'permute()'],
  ['input(7, 7, 512).apply(reshape())', 'reshape()'],
]

const declarations = `
declare const anything: any
declare const many: number[]
declare const none: never
declare const oneOrFour: 1 | 4
declare const oneOrTwo: 1 | 2
declare const oneOrNine: 1 | 9
declare const halfOrTwo: 0.5 | 2
declare const either: boolean
`

/** What the compiler cannot know gives `number`, never a wrong literal. */
const gradual: readonly [line: string, type: string][] = [
  ['input(wide(7), 7, 512).flatten(1)', 'Network<[number, 7, 512], [number, 3584], 0>'],
  ['input(wide(7), 7, 512).flatten()', 'Network<[number, 7, 512], [number], 0>'],
  ['input(7, 7, 512).flatten(wide(1))', 'Network<[7, 7, 512], Shape, 0>'],
  ['input(7, 7, 512).flatten(anything)', 'Network<[7, 7, 512], Shape, 0>'],
  ['input(7, 7, 512).flatten(none)', 'Network<[7, 7, 512], Shape, 0>'],
  ['input(7, 7, 512).flatten(oneOrTwo)', 'Network<[7, 7, 512], Shape, 0>'],
  ['input(oneOrFour, 9, 64).flatten(1)', 'Network<[1 | 4, 9, 64], [1 | 4, 576], 0>'],
  ['input(7, 7, 512).reshape(wide(49), 512)', 'Network<[7, 7, 512], [number, 512], 0>'],
  ['input(7, 7, wide(512)).reshape(49, 512)', 'Network<[7, 7, number], [49, 512], 0>'],
  ['input(7, 7, 512).reshape(wide(49), -1)', 'Network<[7, 7, 512], [number, number], 0>'],
  ['input(7, 7, wide(512)).reshape(-1, 512)', 'Network<[7, 7, number], [number, 512], 0>'],
  ['input(7, 7, 512).reshape(anything, 512)', 'Network<[7, 7, 512], [number, 512], 0>'],
  ['input(7, 7, 512).reshape(none, 512)', 'Network<[7, 7, 512], [number, 512], 0>'],
  ['input(7, 7, 512).reshape(...[49, wide(512)])', 'Network<[7, 7, 512], [number, number], 0>'],
  ['input(7, 7, 512).reshape(...many)', 'Network<[7, 7, 512], Shape, 0>'],
  ['input(7, 7, 512).permute(...many)', 'Network<[7, 7, 512], Shape, 0>'],
  ['input(7, 8, 512).permute(wide(1), 0, 2)', 'Network<[7, 8, 512], [number, 7, 512], 0>'],
  ['input(7, 8, 512).permute(anything, 0, 2)', 'Network<[7, 8, 512], [number, 7, 512], 0>'],
  ['input(7, wide(8), 512).permute(2, 0, 1)', 'Network<[7, number, 512], [512, 7, number], 0>'],
  ['input(7, 7, 512).flatten(wide(1)).reshape(49, 512)', 'Network<[7, 7, 512], [49, 512], 0>'],
  ['input(7, 7, 512).flatten(wide(1)).permute(1, 0)', 'Network<[7, 7, 512], [number, number], 0>'],
]

inBothHalves({ types, refused, gradual, declarations })

const runOrThrow = (line: string): void => {
  const result = runLine(line)
  if (result instanceof Error) throw result
}

test('a call without dimensions or axes is refused by both, in words of their own', () => {
  const lines = ['input(7, 7).reshape()', 'input(7, 7).permute()']
  const found = checkAll(lines)
  for (const line of lines) expect(found.get(line)?.diagnostics).toHaveLength(1)
  expect(refusal(() => runOrThrow(lines[0] as string)).message).toBe('reshape: takes at least one dimension.')
  expect(refusal(() => runOrThrow(lines[1] as string)).message).toBe('permute: takes each axis once, 0 and 1 in some order, not nothing.')
})

describe('at run time', () => {
  const net = input(4, 6, 10)
  const last = (built: AnyNetwork) => built.graph.nodes.at(-1) as GraphNode

  test('views take no memory; a permutation does', () => {
    expect(last(net.flatten(1))).toMatchObject({ settings: { start: 1 }, weights: [], macs: 0, memory: 'view' })
    expect(last(net.reshape(24, 10))).toMatchObject({ settings: { shape: [24, 10] }, weights: [], macs: 0, memory: 'view' })
    expect(last(net.reshape(-1, 10))).toMatchObject({ output: [24, 10], settings: { shape: [24, 10] }, memory: 'view' })
    expect(last(net.permute(1, 0, 2))).toMatchObject({ settings: { axes: [1, 0, 2] }, weights: [], macs: 0, memory: 'own' })
  })

  test('the starts that are advised are all there are', () => {
    const { message, argument } = refusal(() => net.flatten(5 as never))
    expect(message).toBe('flatten: the input is 4x6x10: there is no axis 5. Use start 0, 1 or 2.')
    expect(argument).toBe('start')
    expect([0, 1, 2].map((start) => net.flatten(start).output)).toEqual([[240], [4, 60], [4, 6, 10]])
  })

  test('the sentence of a reshape has both products', () => {
    expect(refusal(() => net.reshape(24 as never, 11)).message).toBe(
      'reshape: the input has 4*6*10 = 240 values, the new shape 24*11 = 264: a reshape keeps all values.',
    )
  })
})

test('a long list, which may be pixels, is not repeated in the message', () => {
  const begin = input(12) as unknown as Record<string, (...given: unknown[]) => unknown>
  const pixels = Array.from({ length: 100_000 }, () => 1)
  expect(refusal(() => begin['reshape']?.([3, 4])).message).toBe('reshape: takes the dimensions one by one, reshape(3, 4), not in a list.')
  const long = {
    reshape: 'reshape: takes the dimensions one by one, reshape(...), not in a list.',
    expect: 'expect: takes the dimensions one by one, expect(...), not in a list.',
    permute: 'permute: takes the axes one by one, permute(...), not in a list.',
  }
  for (const [method, sentence] of Object.entries(long)) expect(refusal(() => begin[method]?.(pixels)).message).toBe(sentence)
})

import { describe, expect, test } from 'vitest'
import { input, inputs, split } from '../../../src/index.js'
import { refusal } from '../../support/check.js'
import { acceptedGraphs, inBothHalves } from '../../support/halves.js'

/** Parts of the features with sizes of their own, by name. */

const types: readonly [line: string, type: string][] = [
  // PyTorch's documentation of `torch.split`: `split(torch.arange(10).reshape(5, 2), [1, 4])` gives parts of one and four; here along the features.
  ["input(10).split([1, 9], 'a', 'b').from('b')", 'Network<[10] & { kept: { a: [1]; }; } & { kept: { b: [9]; }; }, [9], 0>'],
  [
    "input(8, 8, 6).split([2, 4], 'a', 'b')",
    'Network<[8, 8, 6] & { kept: { a: [8, 8, 2]; }; } & { kept: { b: [8, 8, 4]; }; }, [8, 8, 6], 0>',
  ],
  ["input(8, 8, 6).split([6], 'whole').from('whole')", 'Network<[8, 8, 6] & { kept: { whole: [8, 8, 6]; }; }, [8, 8, 6], 0>'],
  // Queries, keys and values of grouped queries (Ainslie et al. 2023): one tensor, three widths.
  [
    "input(5, 16).dense(24).split([16, 4, 4], 'query', 'key', 'value').from('key')",
    'Network<[5, 16] & { kept: { query: [5, 16]; }; } & { kept: { key: [5, 4]; }; } & { kept: { value: [5, 4]; }; }, [5, 4], 408>',
  ],
  [
    "input(6).apply(block(split([2, 4], 'a', 'b'), from('b'), dense(1)))",
    'Network<[6] & { kept: { a: [2]; }; } & { kept: { b: [4]; }; }, [1], 5>',
  ],
  ["input(6).residual(block(split([2, 4], 'a', 'b'), from('a'), dense(6)))", 'Network<[6], [6], 18>'],
]

const refused: readonly [line: string, underlined: string][] = [
  ["input(10).split([2, 4], 'a', 'b')", '[2, 4]'],
  ["input(10).split([2, 9], 'a', 'b')", '[2, 9]'],
  ["input(10).split([5, 5], 'a')", '[5, 5]'],
  ["input(10).split([10], 'a', 'b')", '[10]'],
  ['input(10).split([4, 6])', '[4, 6]'],
  ["input(10).split([], 'a')", '[]'],
  ["input(10).split(5, 'a', 'b')", '5'],
  ["input(10).split('a', 'b')", "'a'"],
  ["input(10).split([0, 10], 'a', 'b')", '[0, 10]'],
  ["input(10).split([2.5, 7.5], 'a', 'b')", '[2.5, 7.5]'],
  ["input(10).split([-2, 12], 'a', 'b')", '[-2, 12]'],
  ["input(10).split([9007199254740991, 1], 'a', 'b')", '[9007199254740991, 1]'],
  ["input(10).split([5, 5], 'a', 'a')", "'a'"],
  ["input(10).split([5, 5], 'a', '')", "''"],
  ["input(10).split([5, 5], 'a', 'input')", "'input'"],
  ["input(10).keep('b').split([5, 5], 'a', 'b')", "'b'"],
  ["input(10).apply(split([2, 4], 'a', 'b'))", "split([2, 4], 'a', 'b')"],
  ["input(10).apply(block(split([5, 5], 'a', 'a')))", "block(split([5, 5], 'a', 'a'))"],
]

const declarations = `
declare const anything: any
declare const text: string
declare const count: number
declare const sizes: number[]
declare const names: string[]
declare const sixOrTen: 6 | 10
declare const twoOrSix: 2 | 6
declare const pairs: [2, 4] | [3, 3]
declare const aOrB: 'a' | 'b'
enum Part { Small = 2, Large = 4 }
`

const gradual: readonly [line: string, type: string][] = [
  ["input(wide(6)).split([2, 4], 'a', 'b')", 'Network<[number] & { kept: { a: [2]; }; } & { kept: { b: [4]; }; }, [number], 0>'],
  ["input(6).split([count, 4], 'a', 'b')", 'Network<[6] & { kept: { a: [number]; }; } & { kept: { b: [4]; }; }, [6], 0>'],
  ["input(6).split(sizes, 'a', 'b')", 'Network<[6] & { kept: { a: [number]; }; } & { kept: { b: [number]; }; }, [6], 0>'],
  ["input(6).split(pairs, 'a', 'b').from('b')", 'Network<[6] & { kept: { a: [2 | 3]; }; } & { kept: { b: [4 | 3]; }; }, [4 | 3], 0>'],
  [
    "input(sixOrTen).split([twoOrSix, 4], 'a', 'b')",
    'Network<[6 | 10] & { kept: { a: [6 | 2]; }; } & { kept: { b: [4]; }; }, [6 | 10], 0>',
  ],
  [
    "input(6).split([Part.Small, Part.Large], 'a', 'b').from('b')",
    'Network<[6] & { kept: { a: [2]; }; } & { kept: { b: [4]; }; }, [4], 0>',
  ],
  ["input(6).split([2, 4], 'a', text)", 'Network<[6] & { kept: { a: [2]; }; }, [6], 0>'],
  ["input(6).split([2, 4], aOrB, 'c')", 'Network<[6] & { kept: { c: [4]; }; }, [6], 0>'],
  ['input(6).split([2, 4], ...names)', 'Network<[6], [6], 0>'],
  ["input(6).split(anything, 'a', 'b')", 'Network<[6], [6], 0>'],
]

const unfit: readonly [line: string, sentence: string][] = [
  ["input(sixOrTen).split([2, 4], 'a', 'b')", 'split: the sizes add up to 6, not to the 10 features.'],
  ["input(6).split([twoOrSix, 4], 'a', 'b')", 'split: the sizes add up to 10, not to the 6 features.'],
]

acceptedGraphs(types)

inBothHalves({ refused, gradual, refusedUnions: unfit, declarations })

describe('at run time', () => {
  test('each part is a slice of the same value, and the network goes on from the whole', () => {
    const { nodes } = input(4, 4, 6).relu().split([1, 3, 2], 'a', 'b', 'c').conv2d(2, 1).graph
    expect(nodes.map(({ kind, inputs: from }) => `${kind} of ${from}`)).toEqual([
      'input of ',
      'relu of input',
      ...['slice of relu_1', 'slice of relu_1', 'slice of relu_1'],
      'conv2d of relu_1',
    ])
    expect(nodes.filter(({ kind }) => kind === 'slice').map(({ settings }) => settings)).toEqual([
      { axis: 2, start: 0, end: 1 },
      { axis: 2, start: 1, end: 4 },
      { axis: 2, start: 4, end: 6 },
    ])
  })

  test('the parts can be outputs, and read back from data', () => {
    const network = input(6).dense(4).split([1, 3], 'mean', 'spread').outputs('mean', 'spread')
    expect(network.output).toEqual({ mean: [1], spread: [3] })
    expect(JSON.parse(JSON.stringify(network)).params).toBe(28)
  })

  test('what no types let through, and several values, are refused', () => {
    const loose = input(6) as unknown as { split: (...args: unknown[]) => unknown }
    expect(refusal(() => loose.split()).message).toMatch(/^split: needs a list of sizes and a name for each/)
    expect(refusal(() => loose.split([2, '4'], 'a', 'b')).message).toBe('split: sizes must be a whole number of at least 1, not "4".')
    expect(refusal(() => loose.split([2, 4], 'a', 2)).message).toBe("split: a name is needed, such as 'c3', not 2.")
    const both = inputs({ left: [6], right: [6] })
    expect(refusal(() => both.split([2, 4] as never, 'a' as never, 'b' as never)).operation).toBe('split')
    expect(refusal(() => both.apply(split([2, 4], 'a', 'b') as never)).operation).toBe('split')
  })
})

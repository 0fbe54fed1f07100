import { describe, expect, test } from 'vitest'
import { chunk, input, inputs } from '../../../src/index.js'
import { refusal } from '../../support/check.js'
import { acceptedGraphs, inBothHalves } from '../../support/halves.js'
import { checkAll } from '../../support/lines.js'

/** Equal parts of the features, by name. */

const types: readonly [line: string, type: string][] = [
  // PyTorch's documentation of `torch.chunk`: `torch.arange(12).chunk(6)` gives six parts of two.
  [
    "input(12).chunk('a', 'b', 'c', 'd', 'e', 'f').from('f')",
    `Network<[12]${'abcdef'.replace(/./g, ' & { kept: { $&: [2]; }; }')}, [2], 0>`,
  ],
  ["input(8, 8, 6).chunk('a', 'b')", 'Network<[8, 8, 6] & { kept: { a: [8, 8, 3]; }; } & { kept: { b: [8, 8, 3]; }; }, [8, 8, 6], 0>'],
  ["input(8, 8, 6).chunk('whole').from('whole')", 'Network<[8, 8, 6] & { kept: { whole: [8, 8, 6]; }; }, [8, 8, 6], 0>'],
  // The gated linear unit (Dauphin et al. 2017): one half, times the sigmoid of the other.
  [
    "input(5, 16).chunk('value', 'gate').from('gate').sigmoid().multiply('value')",
    'Network<[5, 16] & { kept: { value: [5, 8]; }; } & { kept: { gate: [5, 8]; }; }, [5, 8], 0>',
  ],
  // The channel split of ShuffleNet V2 (Ma et al. 2018): one half goes on as it is.
  [
    "input(8, 8, 12).chunk('left', 'right').from('right').conv2d(6, 1).concat('left', identity())",
    'Network<[8, 8, 12] & { kept: { left: [8, 8, 6]; }; } & { kept: { right: [8, 8, 6]; }; }, [8, 8, 12], 42>',
  ],
  ["input(6).apply(block(chunk('a', 'b'), from('b'), dense(1)))", 'Network<[6] & { kept: { a: [3]; }; } & { kept: { b: [3]; }; }, [1], 4>'],
  ["input(6).residual(block(chunk('a', 'b'), from('a'), dense(6)))", 'Network<[6], [6], 24>'],
]

const refused: readonly [line: string, underlined: string][] = [
  ["input(10).chunk('a', 'b', 'c')", "'a'"],
  ["input(10).chunk('a', 'a')", "'a'"],
  ["input(10).chunk('a', '')", "''"],
  ["input(10).chunk('a', 'input')", "'input'"],
  ["input(10).keep('b').chunk('a', 'b')", "'b'"],
  ["input(10).apply(chunk('a', 'b', 'c'))", "chunk('a', 'b', 'c')"],
  ["input(10).apply(block(chunk('a', 'a')))", "block(chunk('a', 'a'))"],
  ["input(10).keep('b').apply(chunk('a', 'b'))", "chunk('a', 'b')"],
]

const declarations = `
declare const anything: any
declare const text: string
declare const many: string[]
declare const sixOrTen: 6 | 10
declare const sixOrNine: 6 | 9
declare const aOrB: 'a' | 'b'
`

const gradual: readonly [line: string, type: string][] = [
  ["input(wide(6)).chunk('a', 'b')", 'Network<[number] & { kept: { a: [number]; }; } & { kept: { b: [number]; }; }, [number], 0>'],
  ["input(sixOrTen).chunk('a', 'b').from('a')", 'Network<[6 | 10] & { kept: { a: [3 | 5]; }; } & { kept: { b: [3 | 5]; }; }, [3 | 5], 0>'],
  ["input(6).chunk('a', text)", 'Network<[6] & { kept: { a: [3]; }; }, [6], 0>'],
  ["input(6).chunk('a', anything)", 'Network<[6] & { kept: { a: [3]; }; }, [6], 0>'],
  ["input(6).chunk(aOrB, 'c')", 'Network<[6] & { kept: { c: [3]; }; }, [6], 0>'],
  ['input(6).chunk(...many)', 'Network<[6], [6], 0>'],
]

const refusedUnions: readonly [line: string, message: string][] = [
  ["input(sixOrNine).chunk('a', 'b')", 'chunk: 2 parts do not divide 9 features: 9/2 = 4.5. split gives parts of any size.'],
]

acceptedGraphs(types)

inBothHalves({ refused, gradual, refusedUnions, declarations })

describe('at run time', () => {
  test('each part is a slice of the same value, and the network goes on from the whole', () => {
    const { nodes } = input(4, 4, 6).relu().chunk('a', 'b', 'c').conv2d(2, 1).graph
    expect(nodes.map(({ kind, inputs }) => `${kind} of ${inputs}`)).toEqual([
      'input of ',
      'relu of input',
      ...['slice of relu_1', 'slice of relu_1', 'slice of relu_1'],
      'conv2d of relu_1',
    ])
    expect(nodes.filter(({ kind }) => kind === 'slice').map(({ settings }) => settings)).toEqual(
      [0, 2, 4].map((start) => ({ axis: 2, start, end: start + 2 })),
    )
  })

  test('the parts can be outputs, and read back from data', () => {
    const network = input(6).dense(4).chunk('mean', 'spread').outputs('mean', 'spread')
    expect(network.output).toEqual({ mean: [2], spread: [2] })
    expect(JSON.parse(JSON.stringify(network)).params).toBe(28)
  })

  test('no names, wrong names and several values are refused', () => {
    expect(checkAll(['input(6).chunk()']).get('input(6).chunk()')?.diagnostics).toHaveLength(1)
    const { message, operation, argument } = refusal(() => (input(6).chunk as () => unknown)())
    expect([message, operation, argument]).toEqual([
      "chunk: needs the names of the parts, such as chunk('first', 'second').",
      'chunk',
      'names',
    ])
    expect(refusal(() => input(6).chunk('a', 2 as never)).message).toBe("chunk: a name is needed, such as 'c3', not 2.")
    const both = inputs({ left: [6], right: [6] })
    expect(refusal(() => both.chunk('a' as never, 'b')).operation).toBe('chunk')
    expect(refusal(() => both.apply(chunk('a', 'b') as never)).operation).toBe('chunk')
  })
})

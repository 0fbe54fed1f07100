import { describe, expect, test } from 'vitest'
import { input, inputs, networkFrom } from '../../src/index.js'
import { wholeInputsOf } from '../../src/network/element-types.js'
import { unreachedIn } from '../../src/network/unreached.js'

/** What of a graph no output depends on, and which of its inputs are whole numbers. */

describe('unreached', () => {
  test('nothing of a chain, or of a network with heads', () => {
    const none = { layers: [], inputs: [] }
    expect(unreachedIn(input(4).dense(2).relu().graph)).toEqual(none)
    const heads = input(4)
      .dense(3)
      .branchOut('side', (x) => x.relu().dense(2))
      .dense(1)
    expect(unreachedIn(heads.graph)).toEqual(none)
  })

  test('layers behind the outputs, all the way, and inputs that only they take', () => {
    const network = inputs({ a: [4], b: [4], c: [4] })
      .from('a')
      .dense(4)
      .keep('x')
      .add('b', 'x')
      .relu()
      .from('x')
      .outputs('x')
    expect(unreachedIn(network.graph)).toEqual({ layers: ['add_1', 'relu_1'], inputs: ['b', 'c'] })
  })

  test('an input that is an output is used', () => {
    expect(unreachedIn(inputs({ a: [4], b: [2] }).outputs('a').graph)).toEqual({ layers: [], inputs: ['b'] })
  })

  test('a long graph takes no time', () => {
    const layers = Array.from({ length: 20_000 }, (_, index) => ({
      name: `r${index}`,
      kind: 'relu',
      from: [index % 2 ? `r${index - 1}` : 'input'],
    }))
    const network = networkFrom({ format: 'stridewise', version: 2, input: [1], layers, last: 'r1', output: [1], params: 0 })
    expect(unreachedIn(network.graph).layers).toHaveLength(19_998)
  })
})

describe('whole inputs', () => {
  test('those that only embeddings take, of several too', () => {
    const network = inputs({ words: [5], more: [6], numbers: [4] })
      .from('words')
      .embedding(10, 4)
      .meanTokens()
      .keep('w')
      .from('more')
      .embedding(10, 4)
      .meanTokens()
      .add('w', 'numbers')
    expect([...wholeInputsOf(network.graph)]).toEqual(['words', 'more'])
  })

  test('none of a chain without an embedding', () => expect([...wholeInputsOf(input(4).dense(2).graph)]).toEqual([]))
})

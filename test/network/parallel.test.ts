import { describe, expect, test } from 'vitest'
import { type AnyNetwork, dense, identity, input, inputs, parallel, shared } from '../../src/index.js'
import { check } from '../support/compiler.js'

/** Nested uses of `parallel`, and their messages. */

const tower = input(4).dense(3)
const pair = parallel({ left: tower, right: tower })

const source = `import { dense, identity, input, inputs, parallel, shared } from '../../src/index.js'
const tower = input(4).dense(3)
const pair = parallel({ left: tower, right: tower })
const sum = pair.add('left', 'right')
const ofSums = parallel({ sum, other: tower }).add('sum', 'other')
const ofPairs = parallel({ pair, other: tower }).add('pair.left', 'pair.right', 'other')
const ofInputs = parallel({ both: inputs({ a: [8], b: [8] }), other: tower })
const joined = shared('joined', inputs({ a: [8], b: [8] }).from('a').dense(8).add('b', identity()))
const sharedOnTwo = inputs({ a: [8], b: [8] }).apply(joined).concat(identity(), 'a')
`

const joined = shared(
  'joined',
  inputs({ a: [8], b: [8] })
    .from('a')
    .dense(8)
    .add('b', identity()),
)

const built: Readonly<Record<string, AnyNetwork>> = {
  pair: pair as AnyNetwork,
  ofSums: parallel({ sum: pair.add('left', 'right'), other: tower }).add('sum', 'other'),
  ofPairs: parallel({ pair, other: tower }).add('pair.left', 'pair.right', 'other'),
  ofInputs: parallel({ both: inputs({ a: [8], b: [8] }), other: tower }) as AnyNetwork,
  sharedOnTwo: inputs({ a: [8], b: [8] })
    .apply(joined)
    .concat(identity(), 'a') as AnyNetwork,
}

/** The members of each object type in the order of their names: an object type has no order. */
const inOrder = (type: string): string =>
  type
    .replace(/\s+/g, ' ')
    .replaceAll('; }', ' }')
    .replace(/\{ ((?:[^{};]+: \[[\d, ]*\](?:; )?)+) \}/g, (_, members: string) => `{ ${members.split('; ').sort().join('; ')} }`)

const unequal = `import { dense, input, parallel, shared } from '../../src/index.js'
const encoder = shared('encoder', dense(8))
parallel({ left: input(4).apply(encoder), right: input(5).apply(encoder) })
`

describe('parallel', () => {
  test('a shared layer that needs other weights in each tower has one sentence in both halves', () => {
    const encoder = shared('encoder', dense(8))
    const sentence = "shared: 'encoder' is another layer already. One name is one layer: give this one another name."
    const made = parallel as (towers: unknown) => unknown
    expect(() => made({ left: input(4).apply(encoder), right: input(5).apply(encoder) })).toThrow(sentence)
    const file = check(new Map([['test/network/unequal.ts', unequal]])).get('test/network/unequal.ts')
    expect(file?.complaints.map(({ text }) => text)).toEqual([expect.stringContaining(sentence)])
  })

  test.each(Object.keys(built))('%s: the text of the network is its type', (name) => {
    const file = check(new Map([['test/network/beside.ts', source]])).get('test/network/beside.ts')
    expect(file?.complaints).toEqual([])
    const type = file?.hover(file.source.text.indexOf(`const ${name} `) + 'const '.length) ?? ''
    expect(inOrder(type)).toBe(inOrder(`const ${name}: ${built[name]}`))
  })

  test('takes one record of towers, and `inputs` one of shapes', () => {
    const made = parallel as (...towers: unknown[]) => unknown
    expect(() => made({ left: tower }, { right: tower })).toThrow('parallel: needs networks by their names, such as')
    const begun = inputs as (...shapes: unknown[]) => unknown
    expect(() => begun({ left: [4] }, { right: [4] })).toThrow('inputs: needs the shape of each input by its name, such as')
  })

  test('a tower that is a pair of towers keeps them by the names of their inputs', () => {
    const { graph, params } = built['ofPairs'] as AnyNetwork
    expect(params).toBe(45)
    expect(graph.inputs).toEqual(['pair.left', 'pair.right', 'other'])
    expect(graph.kept).toEqual({ 'pair.left': 'dense_1', 'pair.right': 'dense_2', other: 'dense_3' })
  })

  test('what leads to no output of a tower with several outputs is a part of it', () => {
    const heads = input(8).dense(4).branchOut('left out', dense(2))
    const { graph, params } = parallel({ outer: parallel({ heads, other: tower }) })
    expect(params).toBe(61)
    expect(graph.kept).toHaveProperty(['outer.heads.left out'], 'dense_2')
  })

  test('an input that is a tower has its name by itself', () => {
    const { graph } = parallel({ left: input(4), right: tower })
    expect([graph.outputs, graph.kept]).toEqual([{ left: 'left', right: 'dense_1' }, { right: 'dense_1' }])
  })
})

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
const backbone = input(8, 8, 3).conv2d(4, 1).keep('c3').conv2d(4, 1).keep('p3').maxPool2d(2).keep('p4').outputs('p3', 'p4')
const ends = inputs({ l: [4], r: [4] }).from('l').dense(3).keep('u').outputs('u', 'r')
const severalOutputs = parallel({ backbone, meta: tower })
const severalJoined = parallel({ backbone, meta: tower }).concat('backbone.p3', 'backbone.c3')
const severalOfBoth = parallel({ ends, meta: tower })
const severalDeep = parallel({ all: parallel({ backbone, ends }), meta: tower })
const severalShared = parallel({ a: input(8, 8, 3).apply(shared('s', backbone)), b: input(8, 8, 3).apply(shared('s', backbone)) })
const severalApplied = inputs({ a: [8, 8, 3] }).apply(parallel({ a: backbone })).add('a.p3', 'a.c3')
const numbered = parallel({ 0: tower, 1: ends }).concat('1.u', '0')
const numberedInside = parallel({ 0: inputs({ 0: [4], r: [4] }).from('0').dense(3).keep('1').outputs('1', 'r') })
const numberedApplied = inputs({ 0: [4], 1: [4] }).apply(parallel({ 0: tower, 1: tower }).concat('0', '1'))
const inFunctions = pair.from('left').concat((x) => x.from('right').dense(2), (x) => x.relu().add('right', identity()))
const inFunctionsBeside = pair.concat((x) => x.from('left').dense(5), 'right')
const inFunctionsDeep = parallel({ pair, b: ends }).apply((x) => x.from('pair.left').dense(5).keep('new')).concat('new', 'b.r', identity())
`

const joined = shared(
  'joined',
  inputs({ a: [8], b: [8] })
    .from('a')
    .dense(8)
    .add('b', identity()),
)

const backbone = input(8, 8, 3).conv2d(4, 1).keep('c3').conv2d(4, 1).keep('p3').maxPool2d(2).keep('p4').outputs('p3', 'p4')
const ends = inputs({ l: [4], r: [4] })
  .from('l')
  .dense(3)
  .keep('u')
  .outputs('u', 'r')
const sharedBackbone = input(8, 8, 3).apply(shared('s', backbone))

const built: Readonly<Record<string, AnyNetwork>> = {
  pair: pair as AnyNetwork,
  ofSums: parallel({ sum: pair.add('left', 'right'), other: tower }).add('sum', 'other'),
  ofPairs: parallel({ pair, other: tower }).add('pair.left', 'pair.right', 'other'),
  ofInputs: parallel({ both: inputs({ a: [8], b: [8] }), other: tower }) as AnyNetwork,
  sharedOnTwo: inputs({ a: [8], b: [8] })
    .apply(joined)
    .concat(identity(), 'a') as AnyNetwork,
  severalOutputs: parallel({ backbone, meta: tower }) as AnyNetwork,
  severalJoined: parallel({ backbone, meta: tower }).concat('backbone.p3', 'backbone.c3') as AnyNetwork,
  severalOfBoth: parallel({ ends, meta: tower }) as AnyNetwork,
  severalDeep: parallel({ all: parallel({ backbone, ends }), meta: tower }) as AnyNetwork,
  severalShared: parallel({ a: sharedBackbone, b: sharedBackbone }) as AnyNetwork,
  severalApplied: inputs({ a: [8, 8, 3] })
    .apply(parallel({ a: backbone }))
    .add('a.p3', 'a.c3') as AnyNetwork,
  numbered: parallel({ 0: tower, 1: ends }).concat('1.u', '0') as AnyNetwork,
  numberedInside: parallel({
    0: inputs({ 0: [4], r: [4] })
      .from('0')
      .dense(3)
      .keep('1')
      .outputs('1', 'r'),
  }) as AnyNetwork,
  inFunctions: pair.from('left').concat(
    (x) => x.from('right').dense(2),
    (x) => x.relu().add('right', identity()),
  ) as AnyNetwork,
  inFunctionsBeside: pair.concat((x) => x.from('left').dense(5), 'right') as AnyNetwork,
  inFunctionsDeep: parallel({ pair, b: ends })
    .apply((x) => x.from('pair.left').dense(5).keep('new'))
    .concat('new', 'b.r', identity()) as AnyNetwork,
  numberedApplied: inputs({ 0: [4], 1: [4] }).apply(parallel({ 0: tower, 1: tower }).concat('0', '1')) as AnyNetwork,
}

/** The members of each object type in the order of their names: an object type has no order. */
const inOrder = (type: string): string =>
  type
    .replace(/\s+/g, ' ')
    .replaceAll('; }', ' }')
    .replace(/\{ ((?:[^{};]+: (?:\[[\d, ]*\]|never)(?:; )?)+) \}/g, (_, members: string) => `{ ${members.split('; ').sort().join('; ')} }`)

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

  test('the outputs of a tower with several are values and outputs, with its name before theirs', () => {
    const { graph, input: shapes, output } = built['severalOfBoth'] as AnyNetwork
    expect(shapes).toEqual({ 'ends.l': [4], 'ends.r': [4], meta: [4] })
    expect(output).toEqual({ 'ends.u': [3], 'ends.r': [4], meta: [3] })
    expect(graph.outputs).toEqual({ 'ends.u': 'dense_1', 'ends.r': 'ends.r', meta: 'dense_2' })
    expect((built['severalJoined'] as AnyNetwork).graph.kept).toEqual({
      'backbone.c3': 'conv2d_1',
      'backbone.p3': 'conv2d_2',
      'backbone.p4': 'maxPool2d_1',
      meta: 'dense_1',
    })
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

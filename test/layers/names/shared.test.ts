import { describe, expect, test } from 'vitest'
import { block, branch, concat, conv2d, dense, identity, input, inputs, keep, relu, repeat, shared, sigmoid } from '../../../src/index.js'
import { report } from '../../../src/report/index.js'
import { refusal } from '../../support/check.js'
import { acceptedGraphs, refusedGraphs } from '../../support/halves.js'

/** Shared layers: a single set of weights for all applications. */

const encoder = shared('encoder', block(conv2d(4, 3, { padding: 1 }), relu(), conv2d(8, 1)))
const siamese = inputs({ left: [16, 16, 1], right: [16, 16, 1] })
  .from('left')
  .apply(encoder)
  .keep('a')
  .from('right')
  .apply(encoder)
  .subtract('a', identity())

acceptedGraphs([
  // What changes no result makes no other layer: a layer's name, options and arguments that say nothing, the default shortcut.
  [
    "input(8).apply(shared('s', dense(8, { name: 'one' }))).apply(shared('s', dense(8, { name: 'other' }))).apply(shared('s', dense(8)))",
    'Network<[8] & { shared: { s: { input: [8]; layer: 947; params: 72; }; }; }, [8], 72>',
  ],
  [
    "input(8).apply(shared('s', block(dense(8), relu()))).apply(shared('s', block(dense(8, { name: 'other' }), relu())))",
    'Network<[8] & { shared: { s: { input: [8]; layer: 9531; params: 72; }; }; }, [8], 72>',
  ],
  [
    "input(8, 8, 8).apply(shared('s', conv2d(8, 1))).apply(shared('s', conv2d(8, 1, undefined))).apply(shared('s', conv2d(8, 1, {})))",
    'Network<[8, 8, 8] & { shared: { s: { input: [8, 8, 8]; layer: 8829; params: 72; }; }; }, [8, 8, 8], 72>',
  ],
  [
    "input(8, 8, 8).apply(shared('s', conv2d(8, 3, { padding: 1 }))).apply(shared('s', conv2d(8, 3, { name: 'other', padding: 1 })))",
    'Network<[8, 8, 8] & { shared: { s: { input: [8, 8, 8]; layer: 2590; params: 584; }; }; }, [8, 8, 8], 584>',
  ],
  [
    "input(8, 8, 8).apply(shared('s', residual(conv2d(8, 1)))).apply(shared('s', residual(conv2d(8, 1), identity())))",
    'Network<[8, 8, 8] & { shared: { s: { input: [8, 8, 8]; layer: 3730; params: 72; }; }; }, [8, 8, 8], 72>',
  ],
  ["input(8).apply(shared('s', dense(8)))", 'Network<[8] & { shared: { s: { input: [8]; layer: 947; params: 72; }; }; }, [8], 72>'],
  [
    "input(8).apply(shared('s', dense(8))).relu().apply(shared('s', dense(8)))",
    'Network<[8] & { shared: { s: { input: [8]; layer: 947; params: 72; }; }; }, [8], 72>',
  ],
  [
    "input(8).apply(repeat(5, shared('s', dense(8))))",
    'Network<[8] & { shared: { s: { input: [8]; layer: 947; params: 72; }; }; }, [8], 72>',
  ],
  [
    "input(8).apply(repeat(3, block(shared('s', dense(8)), dense(8))))",
    'Network<[8] & { shared: { s: { input: [8]; layer: 947; params: 72; }; }; }, [8], 288>',
  ],
  // Normalizations with the same numbers, also in another order or under another name; the text has the same checksum as the type.
  [
    "input(8, 4).apply(shared('s', layerNorm({ epsilon: 1e-6 }))).apply(shared('s', layerNorm({ name: 'other', epsilon: 1e-6 })))",
    'Network<[8, 4] & { shared: { s: { input: [8, 4]; layer: 3256; params: 8; }; }; }, [8, 4], 8>',
  ],
  [
    "input(8, 8, 4).apply(shared('s', localResponseNorm(5, { alpha: 1e-3, k: 2 }))).apply(shared('s', localResponseNorm(5, { k: 2, alpha: 1e-3 })))",
    'Network<[8, 8, 4] & { shared: { s: { input: [8, 8, 4]; layer: 16; params: 0; }; }; }, [8, 8, 4], 0>',
  ],
  [
    "input(8, 8, 4).apply(shared('s', batchNorm({ epsilon: 1e-3 }))).apply(shared('s', batchNorm({ epsilon: 1e-3, name: 'other' })))",
    'Network<[8, 8, 4] & { shared: { s: { input: [8, 8, 4]; layer: 8918; params: 8; }; }; }, [8, 8, 4], 8>',
  ],
  [
    "input(8, 8, 4).apply(shared('s', batchNorm({ epsilon: 1e-3, scale: false })))",
    'Network<[8, 8, 4] & { shared: { s: { input: [8, 8, 4]; layer: 9181; params: 4; }; }; }, [8, 8, 4], 4>',
  ],
  // Two layers under two names.
  [
    "input(8).apply(shared('s', dense(8))).apply(shared('t', dense(8)))",
    'Network<[8] & { shared: { s: { input: [8]; layer: 947; params: 72; }; }; } & { shared: { t: { input: [8]; layer: 947; params: 72; }; }; }, [8], 144>',
  ],
  // A convolution has the same weights on a map of another size.
  [
    "input(16, 16, 4).apply(shared('s', conv2d(4, 3, { padding: 1 }))).maxPool2d(2).apply(shared('s', conv2d(4, 3, { padding: 1 })))",
    'Network<[16, 16, 4] & { shared: { s: { input: [16, 16, 4]; layer: 3217; params: 148; }; }; }, [8, 8, 4], 148>',
  ],
  // In branches: a name of weights is known behind them.
  [
    "input(8).concat(shared('s', dense(4)), shared('s', dense(4)))",
    'Network<[8] & { shared: { s: { input: [8]; layer: 1238; params: 36; }; }; }, [8], 36>',
  ],
  [
    "input(8).residual(shared('s', dense(8))).add(block(relu(), shared('s', dense(8))), identity())",
    'Network<[8] & { shared: { s: { input: [8]; layer: 947; params: 72; }; }; }, [8], 72>',
  ],
  [
    "input(8).residual((x) => x.apply(shared('s', dense(8)))).apply(shared('s', dense(8)))",
    'Network<[8] & { shared: { s: { input: [8]; layer: 947; params: 72; }; }; }, [8], 72>',
  ],
  [
    "input(8).residual(shared('s', dense(4)), shared('s', dense(4)))",
    'Network<[8] & { shared: { s: { input: [8]; layer: 1238; params: 36; }; }; }, [4], 36>',
  ],
  [
    "input(8).multiply(block(shared('s', dense(8)), sigmoid())).apply(shared('s', dense(8)))",
    'Network<[8] & { shared: { s: { input: [8]; layer: 947; params: 72; }; }; }, [8], 72>',
  ],
  [
    "input(8).branchOut('aux', shared('s', dense(4))).apply(shared('s', dense(4)))",
    'Network<[8] & { shared: { s: { input: [8]; layer: 1238; params: 36; }; }; } & { kept: { aux: [4]; }; }, [4], 36>',
  ],
  // What several branches share stands in the type once.
  [
    "input(8).keep('a').apply(shared('s', dense(8))).concat((x) => x.apply(shared('t', dense(8))), (x) => x.apply(shared('s', dense(8))), relu())",
    'Network<[8] & { kept: { a: [8]; }; } & { shared: { s: { input: [8]; layer: 947; params: 72; }; }; } & { shared: { t: { input: [8]; layer: 947; params: 72; }; }; }, [24], 144>',
  ],
  // In each other: the weights of both are shared.
  [
    "input(8).apply(shared('outer', block(dense(8), shared('inner', dense(8))))).apply(shared('inner', dense(8)))",
    'Network<[8] & { shared: { inner: { input: [8]; layer: 947; params: 72; }; }; } & { shared: { outer: { input: [8]; layer: 2837; params: 72; }; }; }, [8], 144>',
  ],
  [
    "input(8).apply(repeat(3, shared('outer', block(dense(8), shared('inner', dense(8))))))",
    'Network<[8] & { shared: { inner: { input: [8]; layer: 947; params: 72; }; }; } & { shared: { outer: { input: [8]; layer: 2837; params: 72; }; }; }, [8], 144>',
  ],
  [
    "input(8).apply(shared('inner', dense(8))).apply(repeat(2, shared('outer', block(dense(8), shared('inner', dense(8))))))",
    'Network<[8] & { shared: { inner: { input: [8]; layer: 947; params: 72; }; }; } & { shared: { outer: { input: [8]; layer: 2837; params: 72; }; }; }, [8], 144>',
  ],
  [
    "input(8).apply(input(8).apply(shared('outer', block(dense(8), shared('inner', dense(8)))))).apply(input(8).apply(shared('outer', block(dense(8), shared('inner', dense(8))))).dense(8))",
    'Network<[8] & { shared: { inner: { input: [8]; layer: 947; params: 72; }; } & { outer: { input: [8]; layer: 2837; params: 72; }; }; }, [8], 216>',
  ],
  [
    "input(8).concat(block(shared('outer', block(dense(8), keep('h'), shared('inner', dense(8)), add('h', identity())))), shared('outer', block(dense(8), keep('h'), shared('inner', dense(8)), add('h', identity()))))",
    'Network<[8] & { shared: { inner: { input: [8]; layer: 947; params: 72; }; } & { outer: { input: [8]; layer: 1886; params: 72; }; }; }, [16], 144>',
  ],
  // A network is a layer as well.
  [
    "input(8).apply(shared('s', input(8).dense(8).relu())).apply(shared('s', input(8).dense(8).relu()))",
    'Network<[8] & { shared: { s: { input: [8]; layer: 1428; params: 72; }; }; }, [8], 72>',
  ],
  // Applied to two networks, or twice in one that is applied.
  [
    "input(8).apply(input(8).apply(shared('s', dense(8)))).apply(input(8).apply(shared('s', dense(8))).dense(4))",
    'Network<[8] & { shared: { s: { input: [8]; layer: 947; params: 72; }; }; }, [4], 108>',
  ],
  // Options have no order.
  [
    "input(8, 8, 4).apply(shared('s', conv2d(4, 3, { padding: 2, dilation: 2 }))).apply(shared('s', conv2d(4, 3, { dilation: 2, padding: 2 })))",
    'Network<[8, 8, 4] & { shared: { s: { input: [8, 8, 4]; layer: 6208; params: 148; }; }; }, [8, 8, 4], 148>',
  ],
  // In functions beside each other, and behind a shared layer.
  [
    "input(8).concat((x) => x.apply(shared('s', dense(8))), (x) => x.apply(shared('s', dense(8))))",
    'Network<[8] & { shared: { s: { input: [8]; layer: 947; params: 72; }; }; }, [16], 72>',
  ],
  [
    "input(8).concat((x) => x.apply(shared('s', dense(8))).dense(4), shared('s', dense(8)), (x) => x.apply(shared('s', dense(8))))",
    'Network<[8] & { shared: { s: { input: [8]; layer: 947; params: 72; }; }; }, [20], 108>',
  ],
  [
    "input(8).apply(shared('s', dense(8))).concat((x) => x.apply(shared('s', dense(8))).dense(4), (x) => x.apply(shared('s', dense(8))))",
    'Network<[8] & { shared: { s: { input: [8]; layer: 947; params: 72; }; }; }, [12], 108>',
  ],
  // Without parameters there is nothing to share.
  [
    "input(8).apply(shared('s', relu())).dense(4).apply(shared('s', relu()))",
    'Network<[8] & { shared: { s: { input: [8]; layer: 1930; params: 0; }; }; }, [4], 36>',
  ],
  [
    "inputs({ left: [28, 28, 1], right: [28, 28, 1] }).from('left').apply(shared('encoder', block(flatten(), dense(64)))).keep('a').from('right').apply(shared('encoder', block(flatten(), dense(64)))).subtract('a', identity())",
    'Network<{ left: [28, 28, 1]; right: [28, 28, 1]; } & { shared: { encoder: { input: [28, 28, 1]; layer: 550; params: 50240; }; }; } & { kept: { a: [64]; }; }, [64], 50240>',
  ],
])

const other = /shared: 's' is another layer already\. One name is one layer: give this one another name\./

// Equal inputs, outputs and parameters, and other settings.
refusedGraphs([
  ["input(8).apply(shared('s', relu())).apply(shared('s', sigmoid()))", "shared('s', sigmoid())", other],
  ["input(8).apply(shared('s', dropout(0.1))).apply(shared('s', dropout(0.2)))", "shared('s', dropout(0.2))", other],
  ["input(8).apply(shared('s', dense(8))).apply(shared('s', block(dense(8))))", "shared('s', block(dense(8)))", other],
  [
    "input(8).apply(shared('s', block(dense(8), relu()))).apply(shared('s', block(relu(), dense(8))))",
    "shared('s', block(relu(), dense(8)))",
    other,
  ],
  [
    "input(8, 8, 4).apply(shared('s', conv2d(4, 3, { padding: 1 }))).apply(shared('s', conv2d(4, 3, { padding: 2, dilation: 2 })))",
    "shared('s', conv2d(4, 3, { padding: 2, dilation: 2 }))",
    other,
  ],
  [
    "input(8, 8, 4).apply(shared('s', conv2d(4, [1, 3], { padding: 'same' }))).apply(shared('s', conv2d(4, [3, 1], { padding: 'same' })))",
    "shared('s', conv2d(4, [3, 1], { padding: 'same' }))",
    other,
  ],
  ["input(8).concat(shared('s', relu()), shared('s', sigmoid()))", "shared('s', sigmoid())", other],
  [
    "input(8).apply(input(8).apply(shared('s', relu()))).apply(input(8).apply(shared('s', sigmoid())))",
    "input(8).apply(shared('s', sigmoid()))",
    other,
  ],
  ["parallel({ a: input(8).apply(shared('s', relu())), b: input(8).apply(shared('s', sigmoid())) })", 'a', other],
  // Normalizations whose numbers alone differ.
  ...[
    ['layerNorm({ epsilon: 1e-6 })', 'layerNorm({ epsilon: 1e-5 })'],
    ['layerNorm({ epsilon: 1e-6 })', 'layerNorm()'],
    ['rmsNorm({ epsilon: 1e-7 })', 'rmsNorm({ epsilon: 1e-5 })'],
    ['groupNorm(2, { epsilon: 1e-3 })', 'groupNorm(2, { epsilon: 1e-6 })'],
    ['instanceNorm({ affine: true, epsilon: 1e-6 })', 'instanceNorm({ epsilon: 1e-3, affine: true })'],
    ['localResponseNorm(5, { alpha: 1e-3 })', 'localResponseNorm(5)'],
    ['localResponseNorm(5, { k: 2 })', 'localResponseNorm(5, { k: 1 })'],
    ['localResponseNorm(5, { beta: 0.5 })', 'localResponseNorm(5, { alpha: 0.5 })'],
  ].map(([first, second]): [string, string, RegExp] => [
    `input(8, 8, 4).apply(shared('s', ${first})).apply(shared('s', ${second}))`,
    `shared('s', ${second})`,
    other,
  ]),
])

describe('the graph', () => {
  test('the first use has the weights, and the others say whose they have', () => {
    const { nodes } = siamese.graph
    expect(nodes.map(({ name, shared: by, sharedWith, weights }) => [name, by, sharedWith, weights.length])).toEqual([
      ['left', undefined, undefined, 0],
      ['right', undefined, undefined, 0],
      ['encoder_conv2d_1', 'encoder', undefined, 2],
      ['relu_1', undefined, undefined, 0],
      ['encoder_conv2d_2', 'encoder', undefined, 2],
      ['encoder_conv2d_3', 'encoder', 'encoder_conv2d_1', 0],
      ['relu_2', undefined, undefined, 0],
      ['encoder_conv2d_4', 'encoder', 'encoder_conv2d_2', 0],
      ['subtract_1', undefined, undefined, 0],
    ])
  })

  test('parameters count once, and MACs at each use', () => {
    expect(siamese.params).toBe(40 + 40)
    const macs = 256 * (9 * 4 + 4 * 8)
    const { totals } = report(siamese)
    expect([totals.params, totals.macs]).toEqual([80, 2 * macs])
  })

  test('the same layer, made twice, is the same', () => {
    const make = () => shared('s', block(dense(8, { bias: false }), relu()))
    expect(input(8).apply(make()).apply(make()).params).toBe(64)
  })

  test('a layer of the same shapes and counts is another layer', () => {
    const again = (layer: unknown) => () =>
      input(8)
        .apply(shared('s', relu()))
        .apply(shared('s', layer) as never)
    expect(refusal(again(sigmoid()))).toEqual({
      message: "shared: 's' is another layer already. One name is one layer: give this one another name.",
      operation: 'shared',
      argument: 'name',
    })
    expect(
      refusal(() =>
        input(8)
          .apply(shared('s', dense(8)))
          .apply(shared('s', block(dense(8))) as never),
      ).argument,
    ).toBe('name')
  })

  test('a name of weights and one of a value may be the same', () => {
    const net = input(8)
      .keep('s')
      .apply(shared('s', dense(8)))
      .apply(shared('s', dense(8)))
      .add('s', identity())
    expect(net.params).toBe(72)
  })

  test('a value that is kept in it has its name once', () => {
    const layer = shared('s', block(dense(8), keep('h'), relu()))
    expect(input(8).apply(layer).from('h').output).toEqual([8])
    expect(
      refusal(() =>
        input(8)
          .apply(layer)
          .apply(layer as never),
      ).message,
    ).toMatch(/keep: there is a value called 'h' already/)
    const twice = input(8).concat(layer, layer)
    expect([twice.params, twice.output]).toEqual([72, [16]])
  })

  test('applied again as a network, its layers have weights of their own, and shared ones have not', () => {
    const tower = input(8)
      .apply(shared('s', dense(8)))
      .dense(8)
    expect(input(8).apply(tower).apply(tower).params).toBe(72 * 3)
    expect(input(8).apply(shared('whole', tower)).apply(shared('whole', tower)).params).toBe(72 * 2)
    const { nodes } = input(8).apply(tower).apply(tower).graph
    expect(nodes.filter(({ sharedWith }) => sharedWith !== undefined).map(({ name, sharedWith }) => [name, sharedWith])).toEqual([
      ['s_dense_2', 's_dense_1'],
    ])
  })

  test('in joins in each other, and in branches from names', () => {
    const head = shared('head', dense(2))
    const net = input(8)
      .keep('x')
      .apply(repeat(2, dense(8)))
      .apply(concat(concat(head, branch('x', head)), head))
    expect([net.params, net.output]).toEqual([144 + 18, [6]])
  })

  test.each(['constructor', '__proto__', 'kept', 'shared'])('weights called %s', (name) => {
    const layer = shared(name, dense(8))
    expect(input(8).apply(layer).apply(layer).params).toBe(72)
  })

  test.each([undefined, null, 3, '', ' '])('%j is no name', (name) => {
    expect(refusal(() => input(8).apply(shared(name as never, dense(8)) as never))).toMatchObject({ operation: 'shared', argument: 'name' })
  })

  test('a prefix goes on twice: what one shares, the other does not know', () => {
    const stem = input(8).dense(8)
    expect(stem.apply(shared('s', dense(8))).params).toBe(144)
    expect(stem.apply(shared('s', dense(4))).params).toBe(72 + 36)
  })
})

import { describe, expect, test } from 'vitest'
import {
  type AnyNetwork,
  block,
  branch,
  branchOut,
  concat,
  conv2d,
  dense,
  FormatError,
  identity,
  input,
  inputs,
  keep,
  type NetworkData,
  networkFrom,
  parallel,
  relu,
  repeat,
  shared,
} from '../../src/index.js'
import { report } from '../../src/report/index.js'
import { refusal } from '../support/check.js'
import { formulasOf } from '../support/formulas.js'
import { runLine } from '../support/lines.js'
import { unetBlocks, unetByNames } from '../support/unet.js'

/** Graphs as values: written as data, read back, and applied to each other. */

const encoder = shared('encoder', block(conv2d(4, 3), relu(), conv2d(8, 3)))
const siamese = inputs({ left: [16, 16, 1], right: [16, 16, 1] })
  .from('left')
  .apply(encoder)
  .keep('a')
  .from('right')
  .apply(encoder)
  .keep('b')
  .subtract('a', 'b')
  .globalAvgPool()
  .dense(1)
const detector = input(32, 32, 3)
  .apply(block(conv2d(8, 3, { padding: 1 }), keep('c3')))
  .maxPool2d(2)
  .apply(shared('head', conv2d(8, 1)))
  .keep('small')
  .from('c3')
  .apply(shared('head', conv2d(8, 1)))
  .keep('large')
  .outputs('large', 'small')

const graphs: Readonly<Record<string, AnyNetwork>> = {
  siamese,
  detector,
  'U-Net by names': runLine(unetByNames, unetBlocks) as AnyNetwork,
  'inputs alone': inputs({ a: [8], b: [4, 4, 2] }),
  'one named input': inputs({ a: [8] })
    .from('a')
    .dense(2),
  'an input that is not used': inputs({ a: [8], b: [4] })
    .from('a')
    .dense(2),
  'an input that is an output': inputs({ a: [8], b: [4] })
    .from('a')
    .dense(2)
    .keep('x')
    .outputs('b', 'x'),
  'a layer that reaches no output': input(8).keep('x').dense(100).relu().from('x').dense(2),
  'layers that reach no output, between others': input(8)
    .dense(4)
    .keep('x')
    .dense(3)
    .keep('y')
    .from('x')
    .dense(2)
    .from('y')
    .dense(6)
    .from('x'),
  'a second name of the input': input(8).keep('x').keep('y').dense(4),
  'two names of one value': input(8).dense(4).keep('x').keep('y').add('x', 'y'),
  'a name of a value and one of weights': input(8)
    .keep('s')
    .apply(repeat(2, shared('s', dense(8)))),
  'shared in each other': input(8).apply(repeat(2, shared('outer', block(dense(8), shared('inner', dense(8)), relu())))),
  'heads and names': input(8)
    .branchOut('aux', dense(2))
    .dense(4)
    .keep('x')
    .branchOut('second', block(branchOut('third', dense(3)), dense(2)))
    .dense(2),
  'heads of one name in branches': input(8).concat(block(branchOut('aux', dense(2)), relu()), block(branchOut('aux', dense(3)), relu())),
  'heads that are no outputs': input(8).branchOut('aux', dense(2)).dense(4).keep('x').outputs('x'),
  'every join': inputs({ a: [8], b: [8] })
    .add('a', 'b')
    .keep('s')
    .average('a', 'b', 's')
    .maximum(identity(), 's')
    .subtract('s', identity())
    .multiply('a', identity())
    .concat('s', identity()),
  'a value that is joined with itself': input(8).dense(4).keep('x').concat('x', 'x', 'x'),
}

describe('read again, it is the same network', () => {
  test.each(Object.entries(graphs))('%s', (_, network) => {
    const data = JSON.parse(JSON.stringify(network)) as NetworkData
    expect(networkFrom(data)).toStrictEqual(network)
    expect(JSON.stringify(networkFrom(data))).toBe(JSON.stringify(network))
    expect(networkFrom(structuredClone(network))).toStrictEqual(network)
    expect(networkFrom({ ...network })).toStrictEqual(network)
    expect(formulasOf(networkFrom(data).graph)).toEqual(formulasOf(network.graph))
  })

  test.each(Object.entries(graphs))('%s: the report', (_, network) => {
    const { totals } = report(network)
    expect(totals.params).toBe(network.params)
    expect(report(networkFrom(JSON.parse(JSON.stringify(network))))).toEqual(report(network))
  })

  test.each(Object.entries(graphs))('%s: it goes on as before', (_, network) => {
    interface GoesOn extends AnyNetwork {
      from(name: string): GoesOn
    }
    const again = networkFrom(JSON.parse(JSON.stringify(network))) as unknown as GoesOn
    for (const name of [...network.graph.inputs, ...Object.keys(network.graph.kept)])
      expect(again.from(name).output).toEqual((network as GoesOn).from(name).output)
  })
})

describe('the version', () => {
  test('1 where nothing is new', () => {
    expect(input(8).dense(4).toJSON().version).toBe(1)
    expect(input(8).branchOut('aux', dense(2)).dense(4).toJSON().version).toBe(1)
    expect(input(8).residual(dense(8)).toJSON().version).toBe(1)
  })

  test.each(Object.entries(graphs).filter(([name]) => name !== 'heads of one name in branches'))('2: %s', (_, network) =>
    expect((network as typeof siamese).toJSON().version).toBe(2),
  )

  test('what the data says', () => {
    const net = inputs({ a: [8], b: [8] })
      .from('a')
      .apply(shared('s', dense(4)))
      .keep('x')
      .from('b')
      .apply(shared('s', dense(4)))
      .keep('y')
      .outputs('y', 'x')
    expect(JSON.parse(JSON.stringify(net))).toEqual({
      format: 'stridewise',
      version: 2,
      input: { a: [8], b: [8] },
      layers: [
        { name: 's_dense_1', kind: 'dense', settings: { units: 4 }, from: ['a'], shared: 's' },
        { name: 's_dense_2', kind: 'dense', settings: { units: 4 }, from: ['b'], shared: 's', sharedWith: 's_dense_1' },
      ],
      outputs: { y: 's_dense_2', x: 's_dense_1' },
      kept: { x: 's_dense_1', y: 's_dense_2' },
      output: { y: [4], x: [4] },
      params: 36,
    })
  })
})

describe('what is no graph is refused, with what is wrong', () => {
  const data = JSON.parse(JSON.stringify(siamese)) as NetworkData
  const named = JSON.parse(JSON.stringify(detector)) as NetworkData
  const changed = (name: string, change: object) => ({
    ...data,
    layers: data.layers.map((layer) => (layer.name === name ? { ...layer, ...change } : layer)),
  })
  const many = (count: number, value: unknown) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`n${index}`, value]))
  const cases: readonly (readonly [string, unknown, string])[] = [
    [
      'sharedWith nobody',
      changed('encoder_conv2d_3', { sharedWith: 'nobody' }),
      "encoder_conv2d_3: shares weights with 'nobody', which is no layer of 'encoder' before it.",
    ],
    [
      'sharedWith a later layer',
      changed('encoder_conv2d_3', { sharedWith: 'encoder_conv2d_4' }),
      "encoder_conv2d_3: shares weights with 'encoder_conv2d_4', which is no layer of 'encoder' before it.",
    ],
    [
      'sharedWith itself',
      changed('encoder_conv2d_3', { sharedWith: 'encoder_conv2d_3' }),
      "encoder_conv2d_3: shares weights with 'encoder_conv2d_3', which is no layer of 'encoder' before it.",
    ],
    [
      'sharedWith a layer of other weights',
      changed('encoder_conv2d_3', { sharedWith: 'encoder_conv2d_2' }),
      "encoder_conv2d_3: is another layer than 'encoder_conv2d_2', whose weights it has.",
    ],
    [
      'sharedWith under another name',
      changed('encoder_conv2d_3', { shared: 'other' }),
      "encoder_conv2d_3: shares weights with 'encoder_conv2d_1', which is no layer of 'other' before it.",
    ],
    ['shared without a name', changed('encoder_conv2d_3', { shared: '' }), 'layers[4].shared: must be a string that is not empty, not "".'],
    ['shared by a number', changed('encoder_conv2d_3', { shared: 3 }), 'layers[4].shared: must be a string that is not empty, not 3.'],
    [
      'sharedWith alone',
      changed('encoder_conv2d_3', { shared: undefined }),
      'encoder_conv2d_3: has sharedWith, and needs shared beside it.',
    ],
    ['kept of no node', { ...data, kept: { x: 'nowhere' } }, "x: takes 'nowhere', which is no node before it."],
    ['kept without a name', { ...data, kept: { '': 'dense_1' } }, 'kept: a kept value needs a name that is not empty.'],
    ['kept under a head’s name', { ...data, heads: { x: 'dense_1' }, kept: { x: 'dense_1' } }, "kept: there are two values called 'x'."],
    ['kept as a list', { ...data, kept: ['dense_1'] }, 'kept: must be an object of names, not a list.'],
    ['kept of a number', { ...data, kept: { x: 3 } }, 'kept.x: must be a string that is not empty, not 3.'],
    ['no inputs', { ...data, input: {} }, 'input: must have 1 to 1000 inputs, not 0.'],
    ['too many inputs', { ...data, input: many(1001, [8]) }, 'input: must have 1 to 1000 inputs, not 1001.'],
    ['an input without a name', { ...data, input: { '': [8] } }, 'input: must be a string that is not empty, not "".'],
    ['a reserved name', { ...data, input: { ...(data.input as object), kept: [8] } }, "input: inputs: an input cannot be called 'kept'."],
    [
      'an input of no dimensions',
      { ...data, input: { left: [], right: [8] } },
      'left: input: takes one to four dimensions, such as (height, width, channels), not 0.',
    ],
    ['an input of 0', { ...data, input: { left: [0], right: [8] } }, 'left: input: features must be a whole number of at least 1, not 0.'],
    ['an input that is no list', { ...data, input: { left: 8, right: [8] } }, 'left: must be a list, not 8.'],
    ['a layer of an input’s name', changed('dense_1', { name: 'left' }), 'left: there are two nodes of this name.'],
    ['outputs of nothing', { ...named, outputs: {} }, 'outputs: has no output.'],
    ['outputs of no node', { ...named, outputs: { large: 'nowhere' } }, "large: takes 'nowhere', which is no node before it."],
    ['outputs as a list', { ...named, outputs: ['small'] }, 'heads: must be an object of names, not a list.'],
    [
      'an output of another shape',
      { ...named, output: { ...(named.output as object), small: [8, 8, 8] } },
      'output: is {"large":[32,32,8],"small":[8,8,8]} in the data, and the layers give {"large":[32,32,8],"small":[16,16,8]}.',
    ],
    [
      'an output too few',
      { ...named, output: { small: [16, 16, 8] } },
      'output: is {"small":[16,16,8]} in the data, and the layers give {"large":[32,32,8],"small":[16,16,8]}.',
    ],
    [
      'an output in place of two',
      { ...named, output: [16, 16, 8] },
      'output: is [16,16,8] in the data, and the layers give {"large":[32,32,8],"small":[16,16,8]}.',
    ],
    ['two outputs in place of one', { ...data, output: { x: [1] } }, 'output: is {"x":[1]} in the data, and the layers give [1].'],
    ['parameters of both uses', { ...data, params: 681 }, 'params: is 681 in the data, and the layers have 345.'],
    ['a subtraction of one', changed('subtract_1', { from: ['encoder_conv2d_2'] }), 'subtract_1: takes two inputs, not 1.'],
    [
      'a subtraction of three',
      changed('subtract_1', { from: ['encoder_conv2d_2', 'encoder_conv2d_2', 'encoder_conv2d_2'] }),
      'subtract_1: takes two inputs, not 3.',
    ],
    ['an average of one', changed('subtract_1', { kind: 'average', from: ['encoder_conv2d_2'] }), 'subtract_1: needs at least two inputs.'],
    ['a name as a layer', changed('dense_1', { kind: 'keep', settings: {} }), "dense_1: 'keep' is no node of a graph."],
    ['a branch as a layer', changed('dense_1', { kind: 'branch', settings: {} }), "dense_1: 'branch' is no node of a graph."],
    ['a shared layer as a layer', changed('dense_1', { kind: 'shared', settings: {} }), "dense_1: 'shared' is no node of a graph."],
    ['an input as a layer', changed('dense_1', { kind: 'input', settings: {} }), "dense_1: there is no layer of the kind 'input'."],
    [
      'a product of three',
      changed('subtract_1', { kind: 'matmul', from: ['encoder_conv2d_2', 'left', 'right'] }),
      'subtract_1: takes two inputs, not 3.',
    ],
    ['a dense layer with keys', changed('dense_1', { from: ['subtract_1', 'left'] }), 'dense_1: takes one input, not 2.'],
    [
      'attention of three values',
      changed('dense_1', { kind: 'multiHeadAttention', settings: { heads: 1 }, from: ['left', 'left', 'left'] }),
      'dense_1: takes one input or two, not 3.',
    ],
    [
      'keys as a setting',
      changed('dense_1', { kind: 'multiHeadAttention', settings: { heads: 1, keys: 'left' }, from: ['left', 'left'] }),
      'dense_1: multiHeadAttention: needs an input of [tokens, features]',
    ],
  ]
  test.each(cases)('%s', (_, value, message) => {
    expect(() => networkFrom(value)).toThrow(FormatError)
    expect(() => networkFrom(value)).toThrow(`network: ${message}`)
  })

  test('a kept value may have the name of an input, as behind `parallel`: the name is then its own', () => {
    const again = networkFrom({ ...data, kept: { left: 'dense_1' } }) as unknown as { from(name: string): AnyNetwork }
    expect(again.from('left').output).toEqual([1])
    const { graph } = networkFrom(JSON.parse(JSON.stringify(parallel({ left: input(4).dense(3), right: input(5).dense(3) }))))
    expect(graph.kept).toEqual({ left: 'dense_1', right: 'dense_2' })
  })

  test('10,000 names, and names of all letters', () => {
    const names = { ...many(10_000, 'dense_1'), ['__proto__x']: 'dense_1', ['\u0000\n']: 'dense_1', ['constructor']: 'dense_1' }
    const kept = JSON.parse(`{"__proto__":"dense_1",${JSON.stringify(names).slice(1)}`) as object
    const network = networkFrom({ ...data, kept })
    expect(Object.keys(network.graph.kept)).toHaveLength(10_004)
    expect(Object.hasOwn(network.graph.kept, '__proto__')).toBe(true)
    expect(({} as Record<string, unknown>)['dense_1']).toBeUndefined()
    expect(networkFrom(JSON.parse(JSON.stringify(network))).graph.kept).toEqual(network.graph.kept)
  })

  test('10,000 uses of one shared layer, each on the one before', () => {
    const layers = Array.from({ length: 10_000 }, (_, index) => ({
      name: `d${index}`,
      kind: 'dense',
      settings: { units: 4 },
      shared: 's',
      ...(index === 0 ? {} : { sharedWith: 'd0' }),
    }))
    const network = networkFrom({ format: 'stridewise', version: 2, input: [4], layers, output: [4], params: 20 })
    expect(network.params).toBe(20)
    expect(network.graph.nodes).toHaveLength(10_001)
  })

  test('a copy of a graph in which something is wrong', () => {
    const copy = structuredClone(siamese) as unknown as { graph: { kept: object; outputs: object; inputs: unknown } }
    const refused = (change: object) => () => networkFrom({ ...copy, graph: { ...copy.graph, ...change } })
    expect(refused({ kept: { x: 'nowhere' } })).toThrow("network: x: takes 'nowhere', which is no node before it.")
    expect(refused({ inputs: 'left' })).toThrow('network: graph.inputs: must be a list, not "left".')
    expect(refused({ inputs: ['left', 'left'] })).toThrow('network: left: there are two inputs of one name.')
    expect(refused({ inputs: ['left', 'nowhere'] })).toThrow('network: nowhere: must begin with its input.')
    expect(refused({ inputs: [] })).toThrow(FormatError)
  })
})

describe('a network inside another', () => {
  const pair = inputs({ a: [8], b: [8] })
    .add('a', 'b')
    .dense(4)
    .keep('sum')

  test('its inputs take the values of their names', () => {
    const net = input(8).keep('a').dense(8).keep('b').apply(pair)
    expect(net.graph.nodes.map(({ name, inputs: from }) => [name, ...from])).toEqual([
      ['input'],
      ['dense_1', 'input'],
      ['add_1', 'input', 'dense_1'],
      ['dense_2', 'add_1'],
    ])
    expect(net.graph.kept).toEqual({ a: 'input', b: 'dense_1', sum: 'dense_2' })
  })

  test('layers of it that reach no output count too', () => {
    const dead = input(8).keep('x').dense(100).from('x').dense(2)
    expect(dead.params).toBe(918)
    expect(input(8).apply(dead).params).toBe(918)
    expect(
      input(8)
        .residual(block(dense(8)))
        .apply(dead)
        .graph.nodes.map(({ name }) => name),
    ).toContain('dense_2')
  })

  test('a block of branches from outside', () => {
    const net = input(8)
      .keep('x')
      .dense(4)
      .keep('y')
      .apply(concat(branch('x', dense(2)), 'y', identity()))
    expect([net.output, net.params]).toEqual([[10], 36 + 18])
  })

  test('applied where its inputs are not', () => {
    expect(
      refusal(() =>
        input(8)
          .keep('a')
          .apply(pair as never),
      ).message,
    ).toBe(
      "apply: the network takes 'b', and nothing is kept as 'b' here. Check the name, or write .keep('b') after the layer whose output it is, outside of branches.",
    )
    expect(
      refusal(() =>
        input(4)
          .keep('a')
          .keep('b')
          .apply(pair as never),
      ).message,
    ).toBe("apply: the network takes a vector of 8 features as 'a', and the shape here is a vector of 4 features.")
  })
})

test.each(['kept', 'heads'])('the name of the only input is no name of another value among the %s', (list) => {
  const data = JSON.parse(JSON.stringify(input(4).dense(4))) as object
  expect(() => networkFrom({ ...data, version: 2, [list]: { input: 'dense_1' } })).toThrow("there are two values called 'input'.")
})

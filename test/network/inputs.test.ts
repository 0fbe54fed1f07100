import { describe, expect, test } from 'vitest'
import { type AnyNetwork, identity, inputs, networkFrom } from '../../src/index.js'
import { report } from '../../src/report/index.js'
import { checkLines, refusal } from '../support/check.js'
import { acceptedGraphs } from '../support/halves.js'

/** Networks with several inputs. */

acceptedGraphs([
  [
    'inputs({ image: [224, 224, 3], sensors: [12] })',
    'Network<{ image: [224, 224, 3]; sensors: [12]; }, { image: [224, 224, 3]; sensors: [12]; }, 0>',
  ],
  ['inputs({ only: [8] })', 'Network<{ only: [8]; }, { only: [8]; }, 0>'],
  [
    "inputs({ image: [28, 28, 1], label: [10] }).from('image').flatten().concat('label', identity())",
    'Network<{ image: [28, 28, 1]; label: [10]; }, [794], 0>',
  ],
  // A join by names comes first as well.
  ["inputs({ left: [8], right: [8] }).add('left', 'right')", 'Network<{ left: [8]; right: [8]; }, [8], 0>'],
  ["inputs({ left: [8], right: [8] }).subtract('left', 'right')", 'Network<{ left: [8]; right: [8]; }, [8], 0>'],
  ["inputs({ left: [8], right: [8] }).average('left', 'right')", 'Network<{ left: [8]; right: [8]; }, [8], 0>'],
  ["inputs({ left: [8], right: [8] }).maximum('left', 'right', 'left')", 'Network<{ left: [8]; right: [8]; }, [8], 0>'],
  ["inputs({ left: [8], right: [6] }).concat('left', 'right', 'left')", 'Network<{ left: [8]; right: [6]; }, [22], 0>'],
  ["inputs({ map: [8, 8, 4], gate: [4] }).multiply('map', 'gate')", 'Network<{ map: [8, 8, 4]; gate: [4]; }, [8, 8, 4], 0>'],
  ["inputs({ map: [8, 8, 4], mask: [8, 8, 4] }).multiply('map', 'mask')", 'Network<{ map: [8, 8, 4]; mask: [8, 8, 4]; }, [8, 8, 4], 0>'],
  ["inputs({ left: [8], right: [8] }).apply(add('left', 'right'))", 'Network<{ left: [8]; right: [8]; }, [8], 0>'],
  ["inputs({ left: [8], right: [8] }).apply(block(concat('left', 'right'), dense(2)))", 'Network<{ left: [8]; right: [8]; }, [2], 34>'],
  [
    "inputs({ left: [8], right: [4] }).add(branch('left', dense(4)), 'right').keep('sum').dense(4).add('sum', 'right', identity())",
    'Network<{ left: [8]; right: [4]; } & { kept: { sum: [4]; }; }, [4], 56>',
  ],
  // All ranks, and names that are no identifiers.
  ["inputs({ 'a-b': [8, 2], c: [2, 4, 6, 8] }).from('a-b').conv1d(4, 3)", 'Network<{ "a-b": [8, 2]; c: [2, 4, 6, 8]; }, [6, 4], 28>'],
  // Two towers, and an image with metadata.
  [
    "inputs({ image: [32, 32, 3], sensors: [12] }).from('image').conv2d(8, 3).relu().globalAvgPool().keep('seen').from('sensors').dense(8).relu().concat('seen', identity()).dense(1)",
    'Network<{ image: [32, 32, 3]; sensors: [12]; } & { kept: { seen: [8]; }; }, [1], 345>',
  ],
  // A network of several inputs applied: its inputs take the values of their names.
  ["inputs({ a: [8], b: [8] }).apply(inputs({ a: [8], b: [8] }).add('a', 'b').dense(2))", 'Network<{ a: [8]; b: [8]; }, [2], 18>'],
  [
    "input(8).keep('a').dense(8).keep('b').apply(inputs({ a: [8], b: [8] }).add('a', 'b').dense(2))",
    'Network<[8] & { kept: { a: [8]; }; } & { kept: { b: [8]; }; }, [2], 90>',
  ],
  [
    "inputs({ a: [8], b: [8] }).from('a').dense(4).keep('x').from('b').apply(inputs({ x: [4] }).from('x').dense(3).keep('y')).concat('y', 'x')",
    'Network<{ a: [8]; b: [8]; } & { kept: { x: [4]; }; } & { kept: { y: [3]; }; }, [7], 51>',
  ],
  ["input(8).keep('a').apply(inputs({ input: [8] }).from('input').dense(2))", 'Network<[8] & { kept: { a: [8]; }; }, [2], 18>'],
])

describe('the graph', () => {
  const net = inputs({ left: [8], right: [4], unused: [2] })
    .from('right')
    .dense(8)
    .keep('r')
    .add('left', identity())

  test('each input is a node under its own name', () => {
    expect(net.graph.inputs).toEqual(['left', 'right', 'unused'])
    expect(net.graph.input).toBe('left')
    expect(net.graph.nodes.map(({ name, kind, inputs: from, output }) => [name, kind, from, output])).toEqual([
      ['left', 'input', [], [8]],
      ['right', 'input', [], [4]],
      ['unused', 'input', [], [2]],
      ['dense_1', 'dense', ['right'], [8]],
      ['add_1', 'add', ['left', 'dense_1'], [8]],
    ])
    expect(net.graph.output).toBe('add_1')
    expect(net.graph.kept).toEqual({ r: 'dense_1' })
  })

  test('input and output are records, and copies', () => {
    const two = inputs({ left: [8], right: [4] })
    expect([two.input, two.output]).toEqual([
      { left: [8], right: [4] },
      { left: [8], right: [4] },
    ])
    ;(two.input as unknown as { left: number[] }).left[0] = 3
    expect(two.input.left).toEqual([8])
    expect(two.graph.output).toBeUndefined()
    expect(two.graph.outputs).toEqual({ left: 'left', right: 'right' })
  })

  test('a layer of an input’s name is the second of that name', () => {
    const named = inputs({ left: [8], right: [8] })
      .from('left')
      .dense(8, { name: 'right' })
    expect(named.graph.nodes.map(({ name }) => name)).toEqual(['left', 'right', 'right_2'])
  })

  test('the shapes that were given may change later', () => {
    const shapes = { left: [8], right: [4] }
    const two = inputs(shapes as never) as AnyNetwork
    shapes.left[0] = 3
    expect(two.input).toEqual({ left: [8], right: [4] })
  })

  test('a prefix goes on twice', () => {
    const begun = inputs({ left: [8], right: [8] })
    expect(begun.from('left').dense(2).params).toBe(18)
    expect(begun.add('left', 'right').dense(3).params).toBe(27)
    expect(begun.params).toBe(0)
  })

  test('the report takes it', () => {
    const { totals } = report(net)
    expect(totals.params).toBe(40)
    expect(report(net).layers.map(({ name }) => name)).toEqual(['left', 'right', 'unused', 'dense_1', 'add_1'])
  })
})

describe('names', () => {
  test.each(['__proto__', 'constructor', 'toString', 'input', 'output', 'hasOwnProperty', '0'])('an input called %s', (name) => {
    const shapes = Object.fromEntries([
      [name, [8]],
      ['other', [8]],
    ])
    const net = (inputs as unknown as (of: unknown) => { add(...of: string[]): AnyNetwork })(shapes).add(name, 'other')
    expect(Object.entries(net.input)).toEqual(expect.arrayContaining([[name, [8]]]))
    expect(net.graph.inputs).toContain(name)
    // Equality looks at the constructor: the texts are compared.
    expect(JSON.stringify(networkFrom(JSON.parse(JSON.stringify(net))))).toBe(JSON.stringify(net))
  })

  test('1,000 inputs', () => {
    const names = Array.from({ length: 1000 }, (_, index) => `n${index}`)
    const net = (inputs as unknown as (of: unknown) => { concat(...of: string[]): AnyNetwork })(
      Object.fromEntries(names.map((name) => [name, [2]])),
    ).concat(...names)
    expect(net.output).toEqual([2000])
    expect(networkFrom(JSON.parse(JSON.stringify(net)))).toStrictEqual(net)
  })

  test.each(['kept', 'shared', '', ' '])('%j is refused', (name) => {
    expect(refusal(() => (inputs as unknown as (of: unknown) => unknown)({ [name]: [8] }))).toEqual({
      message: `inputs: an input cannot be called '${name}'.`,
      operation: 'inputs',
      argument: 'shapes',
    })
  })
})

test.each([undefined, null, 3, 'x', [], [8], {}, () => [8], new Map([['a', [8]]])])('inputs(%j) is refused', (given) => {
  expect(refusal(() => (inputs as unknown as (of: unknown) => unknown)(given)).message).toBe(
    'inputs: needs the shape of each input by its name, such as inputs({ image: [224, 224, 3], sensors: [12] }).',
  )
})

describe('what is known at run time only', () => {
  const lines: readonly (readonly [string, string])[] = [
    ["inputs({ a: [wide(8)], b: [8] }).add('a', 'b')", 'Network<{ a: [number]; b: [8]; }, [number], 0>'],
    ['inputs(record)', 'Network<{ [x: string]: [8]; }, { [x: string]: [8]; }, 0>'],
    ["inputs({ a: shape, b: [8] }).from('a')", 'Network<{ a: number[]; b: [8]; }, number[], 0>'],
    ['inputs({ a: [8], b: [8] }).from(name)', 'Network<{ a: [8]; b: [8]; }, Shape, 0>'],
  ]
  const checked = checkLines(
    lines.map(([line]) => line),
    "import { inputs, type Shape } from 'stridewise'\ndeclare const record: Record<string, [8]>\ndeclare const shape: Shape\ndeclare const name: string",
  )
  test.each(lines)('%s', (line, type) => {
    expect(checked.get(line)?.sentences).toEqual([])
    expect(checked.get(line)?.type).toBe(type)
  })
})

import { describe, expect, test } from 'vitest'
import { dense, identity, input, inputs, networkFrom } from '../../src/index.js'
import { report } from '../../src/report/index.js'
import { inOrder } from '../support/call.js'
import { refusal } from '../support/check.js'
import { acceptedGraphs } from '../support/halves.js'
import { checkAll, runLine } from '../support/lines.js'

/** Named outputs instead of a single one. */

const pyramid = `input(64, 64, 3)
  .conv2d(8, 3, { padding: 1 }).maxPool2d(2).keep('c3')
  .conv2d(16, 3, { padding: 1 }).maxPool2d(2).keep('c4')
  .conv2d(32, 3, { padding: 1 }).maxPool2d(2)
  .conv2d(16, 1).keep('p5')
  .upsample(2).add(branch('c4', conv2d(16, 1)), identity()).keep('p4')
  .upsample(2).add(branch('c3', conv2d(16, 1)), identity()).keep('p3')
  .outputs('p3', 'p4', 'p5')`

acceptedGraphs([
  [
    "input(8, 8, 3).conv2d(16, 1).keep('fine').maxPool2d(2).keep('coarse').outputs('fine', 'coarse')",
    'Network<[8, 8, 3] & { kept: { fine: [8, 8, 16]; }; } & { kept: { coarse: [4, 4, 16]; }; }, { fine: [8, 8, 16]; coarse: [4, 4, 16]; }, 64>',
  ],
  ["input(8).dense(4).keep('x').outputs('x')", 'Network<[8] & { kept: { x: [4]; }; }, { x: [4]; }, 36>'],
  ["input(8).dense(4).keep('x').outputs('x', 'input')", 'Network<[8] & { kept: { x: [4]; }; }, { x: [4]; input: [8]; }, 36>'],
  ["inputs({ a: [8], b: [4] }).outputs('b', 'a')", 'Network<{ a: [8]; b: [4]; }, { b: [4]; a: [8]; }, 0>'],
  // Heads are kept values.
  [
    "input(8).branchOut('aux', dense(2)).dense(3).keep('main').outputs('main', 'aux')",
    'Network<[8] & { kept: { aux: [2]; }; } & { kept: { main: [3]; }; }, { main: [3]; aux: [2]; }, 45>',
  ],
  // What stands here and has no name counts.
  ["input(8).keep('x').dense(4).outputs('x')", 'Network<[8] & { kept: { x: [8]; }; }, { x: [8]; }, 36>'],
  // A network goes on from its outputs, and its outputs may be others then.
  [
    "input(8).dense(4).keep('x').dense(3).keep('y').outputs('x', 'y').from('x').dense(2)",
    'Network<[8] & { kept: { x: [4]; }; } & { kept: { y: [3]; }; }, [2], 61>',
  ],
  [
    "input(8).dense(4).keep('x').dense(3).keep('y').outputs('x', 'y').concat('x', 'y').keep('z').outputs('z')",
    'Network<[8] & { kept: { x: [4]; }; } & { kept: { y: [3]; }; } & { kept: { z: [7]; }; }, { z: [7]; }, 51>',
  ],
  // Checkpoints by names change nothing.
  ["input(8).dense(4).keep('x').expect({ x: [4] }).relu()", 'Network<[8] & { kept: { x: [4]; }; }, [4], 36>'],
  ["input(8).dense(4).keep('x').outputs('x').expect({ x: [4], input: [8] })", 'Network<[8] & { kept: { x: [4]; }; }, { x: [4]; }, 36>'],
  ['inputs({ a: [8], b: [8, 2] }).expect({ a: [8], b: [8, 2] })', 'Network<{ a: [8]; b: [8, 2]; }, { a: [8]; b: [8, 2]; }, 0>'],
  ["input(8).branchOut('aux', dense(2)).expect({ aux: [2] }).expect(8)", 'Network<[8] & { kept: { aux: [2]; }; }, [8], 18>'],
  // Applied, its outputs stand here, and their names are known.
  [
    "input(8).apply(input(8).dense(4).keep('x').dense(2).keep('y').outputs('x', 'y')).concat('x', 'y')",
    'Network<[8] & { kept: { x: [4]; y: [2]; }; }, [6], 46>',
  ],
  ["input(8).apply(input(8).dense(4).keep('x').outputs('x'))", 'Network<[8] & { kept: { x: [4]; }; }, { x: [4]; }, 36>'],
])

describe('a pyramid', () => {
  const checked = checkAll([pyramid]).get(pyramid)
  const built = runLine(pyramid)
  if (built instanceof Error) throw built

  test('the outputs of the type are those of the run time', () => {
    expect(checked?.diagnostics).toEqual([])
    expect(inOrder(checked?.type ?? '')).toMatch(/\{ p3: \[32, 32, 16\]; p4: \[16, 16, 16\]; p5: \[8, 8, 16\]; \}, 6976>$/)
    expect(built.output).toEqual({ p3: [32, 32, 16], p4: [16, 16, 16], p5: [8, 8, 16] })
    expect(built.params).toBe(6976)
  })

  test('the graph names the node of each', () => {
    expect(built.graph.output).toBeUndefined()
    expect(built.graph.outputs).toEqual({ p3: 'add_2', p4: 'add_1', p5: 'conv2d_4' })
    expect(built.graph.kept).toEqual({ c3: 'maxPool2d_1', c4: 'maxPool2d_2', p5: 'conv2d_4', p4: 'add_1', p3: 'add_2' })
  })

  test('the report takes it', () => expect(report(built).totals.params).toBe(6976))

  test('as data and back', () => {
    expect(networkFrom(JSON.parse(JSON.stringify(built)))).toStrictEqual(built)
    expect(networkFrom(structuredClone(built))).toStrictEqual(built)
  })
})

describe('at run time', () => {
  test('the outputs are in the order in which they are named', () => {
    const net = input(8).dense(4).keep('x').dense(3).keep('y')
    expect(Object.keys(net.outputs('y', 'x').output)).toEqual(['y', 'x'])
    expect(Object.keys(net.outputs('x', 'y').graph.outputs)).toEqual(['x', 'y'])
  })

  test('output is a copy', () => {
    const net = input(8).dense(4).keep('x').outputs('x')
    ;(net.output as unknown as { x: number[] }).x[0] = 3
    expect(net.output).toEqual({ x: [4] })
  })

  test('heads that are not named are no outputs, and count', () => {
    const net = input(8).branchOut('aux', dense(2)).dense(3).keep('main').outputs('main')
    expect(net.graph.outputs).toEqual({ main: 'dense_1' })
    expect(net.graph.kept).toEqual({ aux: 'aux_dense_1', main: 'dense_1' })
    expect(net.params).toBe(18 + 27)
  })

  test('no names', () => {
    expect(refusal(() => (input(8).outputs as () => unknown)())).toEqual({
      message: "outputs: needs the names of the values, such as outputs('p3', 'p4').",
      operation: 'outputs',
      argument: 'names',
    })
  })

  test.each([undefined, 3, null, ['x'], {}])('%j is no name', (name) => {
    expect(refusal(() => (input(8).keep('x').outputs as (...names: unknown[]) => unknown)(name))).toMatchObject({
      operation: 'outputs',
      argument: 'names',
    })
  })

  test.each(['__proto__', 'constructor', 'length'])('an output called %s', (name) => {
    const net = input(8)
      .dense(4)
      .keep(name)
      .outputs(name as never)
    expect(Object.entries(net.output)).toEqual([[name, [4]]])
    expect(Object.entries(net.graph.outputs)).toEqual([[name, 'dense_1']])
    // Equality looks at the constructor: the texts are compared.
    expect(JSON.stringify(networkFrom(JSON.parse(JSON.stringify(net))))).toBe(JSON.stringify(net))
  })

  test('expect by names: the shape of a list of another length, and what is no shape', () => {
    const net = input(8, 8, 4).keep('x') as never as { expect(shapes: unknown): unknown }
    expect(refusal(() => net.expect({ x: [8, 8] })).message).toBe("expect: the shape of 'x' is 8x8x4, not 8x8.")
    expect(refusal(() => net.expect({ x: 8 })).message).toBe("expect: the shape of 'x' is 8x8x4, not 8.")
    expect(refusal(() => net.expect({ y: [8] })).argument).toBe('shape')
    expect(refusal(() => net.expect({ constructor: [8] })).message).toMatch(/^expect: nothing is kept as 'constructor' here/)
  })

  test('a prefix goes on twice', () => {
    const net = inputs({ a: [8], b: [8] })
      .from('a')
      .dense(4)
      .keep('x')
    expect(net.outputs('x').output).toEqual({ x: [4] })
    expect(net.from('b').add(identity(), 'a').output).toEqual([8])
    expect(net.output).toEqual([4])
  })
})

test('what people look for at a method says where it is', () => {
  const line = "input(8).keep('p3').outputs.p3()"
  const { sentences } = checkAll([line]).get(line) ?? {}
  // Some settings say more of any index.
  expect(sentences).toContain("outputs: a network's outputs are in network.output: write network.output.p3.")
})

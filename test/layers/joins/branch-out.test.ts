import { describe, expect, test } from 'vitest'
import { block, branchOut, concat, conv2d, dense, globalAvgPool, identity, input, relu, repeat } from '../../../src/index.js'
import { report, table } from '../../../src/report/index.js'
import { acceptedByBoth, refusedByBoth } from '../../support/both.js'
import { checkLines, refusal } from '../../support/check.js'

acceptedByBoth([
  [
    "input(14, 14, 512).branchOut('aux', x => x.globalAvgPool().dense(10))",
    'Network<[14, 14, 512] & { kept: { aux: [10]; }; }, [14, 14, 512], 5130>',
  ],
  ["input(14, 14, 512).branchOut('aux', x => x)", 'Network<[14, 14, 512] & { kept: { aux: [14, 14, 512]; }; }, [14, 14, 512], 0>'],
  [
    "input(14, 14, 8).branchOut('a', x => x.branchOut('b', y => y.conv2d(1, 1)).conv2d(2, 1)).relu()",
    'Network<[14, 14, 8] & { kept: { a: [14, 14, 2]; }; }, [14, 14, 8], 27>',
  ],
])

refusedByBoth([["input(14, 14, 512).branchOut('', x => x.relu())", "''", /needs a name that is not empty, then the layers/]])

describe('mistakes inside name the branch', () => {
  const declarations = "import { block, conv2d, relu, branchOut } from 'stridewise'"
  const inValue = "input(14, 14, 512).branchOut('aux', block(relu(), conv2d(8, 15)))"
  const inCallback = "input(14, 14, 512).branchOut('aux', x => x.relu().conv2d(8, 15))"
  const inBlock = "input(14, 14, 512).apply(block(branchOut('aux', conv2d(8, 15)), relu()))"
  const checked = checkLines([inValue, inCallback, inBlock], declarations)
  const sentence = (line: string) => checked.get(line)?.diagnostics.map(({ underlined }) => [checked.get(line)?.sentence, underlined])

  test('in a value', () => {
    const { message } = refusal(() => input(14, 14, 512).branchOut('aux', block(relu(), conv2d(8, 15)) as never))
    expect(message).toMatch(/^branchOut, output 'aux': layer 2 of 2: conv2d: a 15x15 filter is larger/)
    expect(sentence(inValue)).toEqual([[message, 'block(relu(), conv2d(8, 15))']])
  })

  test('in a function: where it is', () => {
    const { message } = refusal(() => input(14, 14, 512).branchOut('aux', (x) => x.relu().conv2d(8, 15 as never)))
    expect(message).toMatch(/^branchOut, output 'aux': conv2d: a 15x15 filter is larger/)
    expect(sentence(inCallback)).toEqual([[message.replace("branchOut, output 'aux': ", ''), '15']])
  })

  test('in a block', () => {
    const { message } = refusal(() => input(14, 14, 512).apply(block(branchOut('aux', conv2d(8, 15)), relu()) as never))
    expect(sentence(inBlock)?.[0]?.[0]).toBe(message)
  })
})

describe('the graph', () => {
  const head = block(globalAvgPool(), dense(10))
  const net = input(8, 8, 4).conv2d(8, 1).branchOut('aux', head).relu().globalAvgPool().dense(10)

  test('the main path goes on unchanged, and the head is named after its output', () => {
    expect(net.graph.nodes.map(({ name, inputs }) => [name, ...inputs])).toEqual([
      ['input'],
      ['conv2d_1', 'input'],
      ['aux_globalAvgPool_1', 'conv2d_1'],
      ['aux_dense_1', 'aux_globalAvgPool_1'],
      ['relu_1', 'conv2d_1'],
      ['globalAvgPool_1', 'relu_1'],
      ['dense_1', 'globalAvgPool_1'],
    ])
    expect(net.graph.output).toBe('dense_1')
    expect(net.graph.outputs).toEqual({ aux: 'aux_dense_1' })
    expect(input(8).relu().graph.outputs).toEqual({})
  })

  test('its parameters and its arithmetic count, and the rows of a report carry the names', () => {
    const { layers, totals } = report(net)
    expect(net.params).toBe(40 + 90 + 90)
    expect(totals.params).toBe(net.params)
    expect(totals.macs).toBe(64 * 32 + 80 + 80)
    expect(layers.map(({ name }) => name)).toContain('aux_dense_1')
    expect(table(report(net))).toContain('aux_dense_1')
  })

  test('an output is in memory to the end', () => {
    const kept = input(8, 8, 4).branchOut('aux', identity()).relu()
    expect(kept.graph.outputs).toEqual({ aux: 'input' })
    expect(report(kept).totals.activations).toBe(2 * 8 * 8 * 4)
    const heads = input(8).branchOut('wide', dense(100)).dense(50).dense(5)
    expect(report(heads).totals.peak.values).toBe(100 + 50 + 8)
  })

  test('heads in heads, in branches and repeated', () => {
    const nested = input(8).branchOut('a', (x) =>
      x
        .dense(4)
        .branchOut('b', (y) => y.dense(3))
        .dense(2),
    )
    expect(nested.graph.outputs).toEqual({ b: 'b_dense_1', a: 'a_dense_2' })
    expect(nested.graph.output).toBe('input')
    const repeated = refusal(() => input(8).apply(repeat(2, block(dense(8), branchOut('aux', dense(2)))) as never))
    expect(repeated.message).toBe(
      "time 2 of 2: layer 2 of 2: branchOut: there is a value called 'aux' already. Give this one another name.",
    )
    const joined = input(8).apply(concat(block(branchOut('aux', dense(2)), relu()), identity()))
    expect(joined.graph.nodes.at(-1)?.inputs).toEqual(['relu_1', 'input'])
    expect(joined.graph.outputs).toEqual({ aux: 'aux_dense_1' })
  })

  test('heads of one name in several branches are all outputs; a name that is known outside stays that of its value', () => {
    const head = (units: number) => block(branchOut('aux', dense(units)), relu())
    const two = input(8).concat(head(2), head(3))
    expect(two.graph.outputs).toEqual({ aux: 'aux_dense_1', aux_2: 'aux_dense_2' })
    const named = two.keep('aux').graph
    expect(named.kept).toEqual({ aux: 'concat_1' })
    expect(named.outputs).toEqual({ aux_2: 'aux_dense_1', aux_3: 'aux_dense_2' })
    const headed = two.branchOut('aux', dense(4)).graph
    expect(headed.outputs).toEqual({ aux_2: 'aux_dense_1', aux_3: 'aux_dense_2', aux: 'aux_dense_3' })
  })

  test('a name that the user gave stays', () => {
    expect(input(8).branchOut('aux', dense(2, { name: 'scores' })).graph.outputs).toEqual({ aux: 'scores' })
  })

  test('a name that is none', () => {
    expect(refusal(() => input(8).branchOut(3 as never, dense(2))).argument).toBe('name')
  })
})

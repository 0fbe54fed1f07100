import { describe, expect, test } from 'vitest'
import { add, block, concat, conv2d, dense, identity, input, maxPool2d, relu } from '../../../src/index.js'
import { checkLines, refusal } from '../../support/check.js'

/** Branches side by side at run time. */

const net = input(9, 9, 4)

describe('concat', () => {
  test('the sizes stay, the channels and the parameters add up', () => {
    const inception = concat(conv2d(8, 1), block(conv2d(2, 1), relu(), conv2d(6, 3, { padding: 1 })), identity())
    const built = net.apply(inception)
    expect([built.output, built.params]).toEqual([[9, 9, 18], 40 + 10 + 114])
    expect(built.graph.nodes.at(-1)).toMatchObject({ kind: 'concat', inputs: ['conv2d_1', 'conv2d_3', 'input'], macs: 0 })
  })

  test('as a method, with values and functions', () => {
    const built = net.concat((x) => x.conv2d(8, 1), identity())
    expect([built.output, built.params]).toEqual([[9, 9, 12], 40])
  })

  test('vectors', () => expect(input(10).concat(dense(4), identity()).output).toEqual([14]))

  test('one branch alone is refused', () => {
    expect(refusal(() => net.concat(conv2d(8, 1) as never))).toEqual({
      message: "concat: needs at least two branches. Name what is joined, such as concat('skip', identity()).",
      operation: 'concat',
      argument: 'branches[0]',
    })
  })

  test('a list of branches in place of them is what is wrong', () => {
    expect(refusal(() => net.concat([conv2d(8, 1), identity()] as never)).message).toBe(
      'concat, branch 1: needs a layer value such as conv2d(8, 3), not a list. Spread it, ...list, or make one layer of it: block(...list).',
    )
  })

  test('another size is refused, with the branch', () => {
    expect(refusal(() => net.concat(conv2d(8, 1), maxPool2d(3) as never))).toEqual({
      message: 'concat: branch 2 gives 3x3x4, branch 1 9x9x8: only the channels may differ. Use upsample(3) at the end of branch 2.',
      operation: 'concat',
      argument: 'branches[1]',
    })
  })

  test('a mistake inside a branch', () => {
    expect(refusal(() => net.concat(identity(), conv2d(8, 11) as never)).message).toMatch(/^concat, branch 2: conv2d: /)
  })
})

describe('add', () => {
  test('the shape stays, the parameters add up', () => {
    const built = net.apply(add(conv2d(8, 1), conv2d(8, 3, { padding: 1 })))
    expect([built.output, built.params]).toEqual([[9, 9, 8], 40 + 296])
    expect(built.graph.nodes.at(-1)).toMatchObject({ kind: 'add', inputs: ['conv2d_1', 'conv2d_2'] })
  })

  test('other channels are refused', () => {
    expect(refusal(() => net.add(conv2d(8, 1), identity() as never))).toEqual({
      message: 'add: branch 2 gives 9x9x4, branch 1 9x9x8: a sum needs equal shapes. Use conv2d(8, 1) at the end of branch 2.',
      operation: 'add',
      argument: 'branches[1]',
    })
  })
})

describe('no branches', () => {
  const net = input(9, 9, 4) as never as Record<string, () => unknown>

  test.each(['concat', 'add'])('%s() is refused at run time', (kind) => {
    expect(refusal(() => net[kind]?.())).toEqual({
      message: `${kind}: needs at least two branches. Name what is joined, such as ${kind}('skip', identity()).`,
      operation: kind,
      argument: 'branches',
    })
  })

  test.each(['concat', 'add'])('%s() is refused by the types', (kind) => {
    const line = `input(9, 9, 4).${kind}()`
    expect(checkLines([line]).get(line)?.diagnostics).toHaveLength(1)
  })
})

import { describe, expect, test } from 'vitest'
import { batchNorm, block, conv2d, dense, identity, input, maxPool2d, relu, repeat } from '../../../src/index.js'
import { refusal } from '../../support/check.js'

/** Blocks of consecutive layers, applied. */

const twice = block(conv2d(8, 3, { padding: 1 }), relu(), conv2d(8, 3, { padding: 1 }), relu())
const namesOf = ({ graph }: { graph: { nodes: readonly { name: string }[] } }) => graph.nodes.map(({ name }) => name)

describe('block', () => {
  test('is its layers, in their order', () => {
    const applied = input(9, 9, 4).apply(twice)
    const chained = input(9, 9, 4).conv2d(8, 3, { padding: 1 }).relu().conv2d(8, 3, { padding: 1 }).relu()
    expect(applied.graph).toEqual(chained.graph)
    expect(applied.params).toBe(296 + 584)
  })

  test('can be applied any number of times, each time with weights and names of its own', () => {
    const net = input(9, 9, 8).apply(twice).apply(twice)
    expect(net.params).toBe(4 * 584)
    expect(namesOf(net)).toEqual(['input', 'conv2d_1', 'relu_1', 'conv2d_2', 'relu_2', 'conv2d_3', 'relu_3', 'conv2d_4', 'relu_4'])
  })

  test('of blocks, and of nothing', () => {
    expect(input(9, 9, 8).apply(block(twice, block(), maxPool2d(3))).output).toEqual([3, 3, 8])
    expect(input(9, 9, 8).apply(identity()).graph).toEqual(input(9, 9, 8).graph)
  })

  test('the sentence says which layer inside does not fit', () => {
    expect(refusal(() => input(7, 7, 3).apply(block(relu(), maxPool2d(2)) as never))).toMatchObject({
      message: expect.stringMatching(/^layer 2 of 2: maxPool2d: a 2x2 window with stride 2 does not fit a 7x7 input/),
      operation: 'maxPool2d',
      argument: 'layer',
    })
    expect(refusal(() => input(7, 7, 3).apply(block(relu(), block(batchNorm(), maxPool2d(2))) as never)).message).toMatch(
      /^layer 2 of 2: layer 2 of 2: maxPool2d: /,
    )
  })

  test('a value cannot be changed, nor by what it was made of', () => {
    const kernel: [3, 3] = [3, 3]
    const value = conv2d(8, kernel)
    kernel[0] = 5 as never
    expect(input(7, 7, 3).apply(value).output).toEqual([5, 5, 8])
    expect(() => {
      ;(value as { kind: string }).kind = 'relu'
    }).toThrow(TypeError)
    expect(() => {
      ;(value.given as unknown[])[0] = 3
    }).toThrow(TypeError)
  })
})

describe('repeat', () => {
  test('has weights for every time', () => {
    const net = input(9, 9, 8).apply(repeat(3, block(conv2d(8, 3, { padding: 1 }), relu())))
    expect([net.output, net.params]).toEqual([[9, 9, 8], 3 * 584])
    expect(net.graph.nodes).toHaveLength(7)
  })

  test('more layers than the memory holds are refused before any is made', () => {
    const many = (times: number) => refusal(() => input(8).apply(repeat(times, repeat(99_999, identity()))) as never).message
    const sentence = 'apply: one call can add at most half a million layers, nested two hundred deep.'
    expect([many(99_999), many(6)]).toEqual([sentence, sentence])
    expect(refusal(() => input(8).apply(repeat(100_000, relu()) as never)).message).toBe('repeat: times must be at most 99999, not 100000.')
    expect(input(8).apply(repeat(99_999, relu())).graph.nodes).toHaveLength(100_000)
  })

  test('a shape that changes each time', () => expect(input(16, 16, 8).apply(repeat(3, maxPool2d(2))).output).toEqual([2, 2, 8]))

  test('says at which time it does not fit', () => {
    expect(refusal(() => input(12, 12, 8).apply(repeat(4, maxPool2d(2)) as never)).message).toMatch(
      /^time 3 of 4: maxPool2d: a 2x2 window with stride 2 does not fit a 3x3 input/,
    )
  })

  test.each([0, -1, 1.5])('not %d times', (times) => {
    expect(refusal(() => input(10).apply(repeat(times, dense(10)) as never)).message).toBe(
      `repeat: times must be a whole number of at least 1, not ${times}.`,
    )
  })
})

describe('what is no layer', () => {
  const apply = (layer: unknown) => () => (input(10) as unknown as { apply(layer: unknown): unknown }).apply(layer)

  test('an unknown kind', () => expect(apply({ kind: 'attention', given: [] })).toThrow("there is no layer of the kind 'attention'"))

  test.each([
    [undefined, 'undefined'],
    [null, 'null'],
    [3, '3'],
    ['relu', '"relu"'],
    [{ kind: 'relu' }, 'an object'],
  ])('%j', (layer, given) => {
    const { message, argument } = refusal(apply(layer))
    expect([message, argument]).toEqual([`apply: needs a layer value such as conv2d(8, 3), not ${given}.`, 'layer'])
  })

  test.each([
    [
      'a network of another shape',
      input(9),
      'apply: the network takes a vector of 9 features, and the shape here is a vector of 10 features.',
    ],
    [
      'a function that makes a layer value',
      () => relu(),
      'apply: a function must return its argument with layers added, such as x => x.relu(), not a layer value.',
    ],
    [
      'a list',
      [relu()],
      'apply: needs a layer value such as conv2d(8, 3), not a list. Spread it, ...list, or make one layer of it: block(...list).',
    ],
    ['a function of the package', relu, 'apply: relu is a function: call it, relu().'],
    ['one with arguments', dense, 'apply: dense is a function: call it, dense(...).'],
    ['one inside', block(relu(), relu as never), 'layer 2 of 2: relu is a function: call it, relu().'],
    [
      'a function of a network in a block',
      block(relu(), ((x: { relu: () => unknown }) => x.relu()) as never),
      'layer 2 of 2: needs a layer value such as conv2d(8, 3), not a function. A block is made of layers: write block(conv2d(8, 3), relu()), or apply the function itself: .apply(x => x.relu()).',
    ],
    ['nothing inside', block(undefined as never), 'layer 1 of 1: needs a layer value such as conv2d(8, 3), not undefined.'],
  ])('%s', (_, layer, sentence) => expect(refusal(apply(layer)).message).toBe(sentence))

  test.each([
    ['residual', [], 'residual, body: needs a layer value such as conv2d(8, 3), not undefined.'],
    ['residual', [64], 'residual, body: needs a layer value such as conv2d(8, 3), not 64.'],
    ['residual', [relu], 'residual, body: relu is a function: call it, relu().'],
    [
      'concat',
      [[relu()]],
      'concat, branch 1: needs a layer value such as conv2d(8, 3), not a list. Spread it, ...list, or make one layer of it: block(...list).',
    ],
    ['repeat', [2], 'time 1 of 2: needs a layer value such as conv2d(8, 3), not undefined.'],
    [
      'multiply',
      [input(10)],
      "multiply, gate: needs a layer value such as conv2d(8, 3), not a network. To join an earlier value, name it there with .keep('early') " +
        "and write 'early' here. Write a branch as a function: (x) => x.conv2d(8, 1). " +
        'To add the layers of a network here, use .apply(network).',
    ],
    ['branchOut', ['aux'], "branchOut, output 'aux': needs a layer value such as conv2d(8, 3), not undefined."],
  ])('in %s', (method, given, sentence) => {
    const net = input(10) as unknown as Record<string, (...given: unknown[]) => unknown>
    expect(refusal(() => net[method]?.(...given)).message).toBe(sentence)
  })
})

import { describe, expect, test } from 'vitest'
import { batchNorm, block, conv2d, crop, dense, identity, input, relu, residual } from '../../../src/index.js'
import { refusal } from '../../support/check.js'

/** Residual connections at run time. */

const net = input(9, 9, 4)
const body = block(conv2d(4, 3, { padding: 1 }), relu(), conv2d(4, 3, { padding: 1 }))

describe('residual', () => {
  test('a value, a method and a function give the same', () => {
    const applied = net.apply(residual(body))
    expect(net.residual(body).graph).toEqual(applied.graph)
    expect(net.residual((x) => x.conv2d(4, 3, { padding: 1 }).relu().conv2d(4, 3, { padding: 1 })).graph).toEqual(applied.graph)
    expect([applied.output, applied.params]).toEqual([[9, 9, 4], 2 * 148])
  })

  test('the sum has the body and the input as its inputs', () => {
    const { nodes } = net.residual(body).graph
    expect(nodes.map(({ name }) => name)).toEqual(['input', 'conv2d_1', 'relu_1', 'conv2d_2', 'add_1'])
    expect(nodes.at(-1)).toMatchObject({
      kind: 'add',
      inputs: ['conv2d_2', 'input'],
      inputShapes: [
        [9, 9, 4],
        [9, 9, 4],
      ],
      weights: [],
      macs: 0,
      memory: 'own',
    })
  })

  test('a shortcut with a stride, as ResNet', () => {
    const down = residual(
      block(conv2d(8, 3, { stride: 2, padding: 1 }), batchNorm(), relu(), conv2d(8, 3, { padding: 1 })),
      conv2d(8, 1, { stride: 2 }),
    )
    const built = net.apply(down)
    expect([built.output, built.params]).toEqual([[5, 5, 8], 296 + 16 + 584 + 40])
    expect(built.graph.nodes.at(-1)?.inputs).toEqual(['conv2d_2', 'conv2d_3'])
  })

  test('in each other', () => {
    const built = net.residual((x) => x.residual(relu()).conv2d(4, 1))
    expect(built.graph.nodes.map(({ kind, inputs }) => [kind, ...inputs])).toEqual([
      ['input'],
      ['relu', 'input'],
      ['add', 'relu_1', 'input'],
      ['conv2d', 'add_1'],
      ['add', 'conv2d_1', 'input'],
    ])
  })

  test('an identity body adds the input to itself', () => {
    expect(net.residual(identity()).graph.nodes.at(-1)).toMatchObject({ kind: 'add', inputs: ['input', 'input'] })
  })
})

describe('refused', () => {
  test.each([
    [[9, 9, 4], block(conv2d(8, 3, { padding: 1 })), 'Use a shortcut of conv2d(8, 1).'],
    [[9, 9, 4], conv2d(8, 3, { stride: 2, padding: 1 }), 'Use a shortcut of conv2d(8, 1, { stride: 2 }).'],
    [[8, 8, 4], conv2d(8, 2, { stride: 2 }), "Use a shortcut of conv2d(8, 1, { stride: 2, rounding: 'floor' })."],
    [[10], dense(4), 'Use a shortcut of dense(4).'],
    [[9, 9, 4], conv2d(4, 3), "Use padding: 'same' in the body, or a shortcut of crop(1)."],
  ])('%j: what would fit is said', (shape, branch, advice) => {
    const begin = input as unknown as (...shape: number[]) => { residual(...branches: unknown[]): unknown }
    const { message, operation, argument } = refusal(() => begin(...shape).residual(branch))
    expect(message).toMatch(/^residual: the body gives .+, the shortcut .+: a sum needs equal shapes\. /)
    expect(message).toContain(advice)
    expect([operation, argument]).toEqual(['residual', 'body'])
    const fix = /a shortcut of (.+)\.$/.exec(message)?.[1]
    const shortcut = new Function('conv2d', 'dense', 'crop', `return ${fix}`)(conv2d, dense, crop)
    expect(() => begin(...shape).residual(branch, shortcut)).not.toThrow()
  })

  test('a mistake inside says where it was', () => {
    expect(refusal(() => net.residual(block(relu(), conv2d(4, 11)) as never)).message).toMatch(/^residual, body: layer 2 of 2: conv2d: /)
    expect(refusal(() => net.residual(relu(), conv2d(4, 11) as never)).message).toMatch(/^residual, shortcut: conv2d: /)
  })

  test('a function that returns another network', () => {
    const sentence = (given: string) =>
      `residual, body: a function must return its argument with layers added, such as x => x.relu(), not ${given}.`
    expect(refusal(() => net.residual((() => input(9, 9, 4)) as never)).message).toBe(
      `${sentence('another network')} To join an earlier value, name it there with .keep('early') and write 'early' here.`,
    )
    expect(refusal(() => net.residual((() => undefined) as never)).message).toBe(sentence('undefined'))
  })
})

import { ShapeError } from 'stridewise'
import { describe, expect, test } from 'vitest'
import { misfit, network } from '../../examples/custom-layer.js'
import { defineLayer, input, parallel } from '../../src/index.js'

describe('a layer of one’s own', () => {
  test('the example counts its parameters at run time as in its type', () => {
    expect(network.params).toBe(2736)
    expect(network.output).toEqual([28, 28, 48])
    expect(network.graph.nodes.map(({ kind }) => kind)).toEqual(['input', 'conv2d', 'maxout', 'channelScale'])
  })

  test('its own rule refuses with its own sentence', () => {
    expect(misfit).toThrow(new ShapeError('maxout: 5 pieces do not divide 96 channels.', 'maxout', 'pieces'))
  })

  test('what the rule leaves out is none: no weights, no MACs, memory of its own', () => {
    const twice = defineLayer('twice', (shape) => ({ output: [...shape.slice(0, -1), 2 * (shape.at(-1) ?? 0)] }))
    const [, node] = input(4, 4, 3).apply(twice()).graph.nodes
    expect(node).toMatchObject({ kind: 'twice', output: [4, 4, 6], weights: [], macs: 0, memory: 'own', settings: {} })
  })

  test('a kind may have any name: a network with it is applied and put beside others', () => {
    const kind = 'scale (x*2)+[_1'
    const scaled = defineLayer(kind, (shape) => ({ output: shape }))
    const net = input(4).apply(scaled()).dense(2)
    expect(
      input(4)
        .apply(net)
        .graph.nodes.map(({ name }) => name),
    ).toEqual(['input', `${kind}_1`, 'dense_1'])
    expect(parallel({ a: net, b: net }).graph.nodes.map(({ name }) => name)).toContain(`${kind}_2`)
  })

  test('a kind that exists is not replaced', () => {
    expect(() => defineLayer('relu', (shape) => ({ output: shape }))).toThrow("There is a layer of the kind 'relu' already.")
  })

  test('in plain JavaScript: a kind that is no name and a rule that is no function are refused', () => {
    const define = defineLayer as (...given: unknown[]) => unknown
    const rule = (shape: unknown) => ({ output: shape })
    expect(() => define()).toThrow(new TypeError('defineLayer: needs a function that gives the output, not undefined.'))
    expect(() => define('folded', 3)).toThrow(new TypeError('defineLayer: needs a function that gives the output, not 3.'))
    for (const [kind, shown] of [
      [undefined, 'undefined'],
      ['', '""'],
      ['  ', '"  "'],
      [['relu'], 'a list'],
      [3, '3'],
    ] as const)
      expect(() => define(kind, rule)).toThrow(new TypeError(`defineLayer: the kind must be a name such as 'shuffle', not ${shown}.`))
    expect(() => define(Symbol('folded'), rule)).toThrow(/^defineLayer: the kind must be a name such as 'shuffle', not /)
  })

  test('a layer value of a kind that nobody has defined is refused', () => {
    expect(() => input(3).apply({ kind: 'nobody', given: [] } as never)).toThrow(
      "apply: there is no layer of the kind 'nobody'. Add it with defineLayer('nobody', ...).",
    )
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type AnyLayer,
  type AnyNetwork,
  block,
  branchOut,
  concat,
  defineLayer,
  dense,
  identity,
  input,
  relu,
  residual,
  softmax,
} from '../../src/index.js'
import { argumentNames, joiningKinds } from '../../src/network/arguments.js'
import { FormatError } from '../../src/network/format-error.js'
import { kinds } from '../../src/network/kinds.js'
import { type Plan, rebuild } from '../../src/network/rebuild.js'
import type { Shape } from '../../src/shape/shape.js'
import * as zoo from '../../src/zoo/index.js'
import { casesOf, inProportion, isLong, sampled } from '../support/effort.js'
import { everyKind } from '../support/every-kind.js'
import { drawNetwork, runNetwork } from '../support/networks-drawn.js'
import { seed } from '../support/seed.js'
import { kindsIn } from '../support/value.js'

/** A network, its graph as data, and the network built from that data have equal graphs. */

/** Kinds that give names to values and to weights. */
const namingKinds = ['keep', 'chunk', 'split', 'from', 'branch', 'shared']

const expectSame = (network: AnyNetwork) => {
  const { graph } = network
  // As a file would bring it: nothing but the data, and nothing that can be computed.
  const given = graph.nodes.map(({ weights: _weights, macs: _macs, memory: _memory, window: _window, reach: _reach, ...node }) => node)
  const plan = JSON.parse(JSON.stringify({ ...graph, nodes: given }))
  const again = rebuild(plan as Plan)
  expect(again.graph).toEqual(graph)
  expect([again.input, again.output, again.params]).toEqual([network.input, network.output, network.params])
}

describe('network -> graph -> network is the same network', () => {
  test('for drawn networks, of every kind', () => {
    const seen = new Set<string>()
    const unseen = () => [...kinds.keys()].filter((kind) => !seen.has(kind) && !['positionEmbedding', 'radialBasis'].includes(kind))
    let count = 0
    const run = (from: number): void => {
      for (const value of fc.sample(drawNetwork, { seed: from, numRuns: casesOf('rebuilt networks') })) {
        const network = runNetwork(value)
        if (!network) continue
        count += 1
        expectSame(network)
        for (const kind of kindsIn(value)) seen.add(kind)
      }
    }
    run(seed)
    expect(count).toBeGreaterThan(inProportion('rebuilt networks', 900))
    // A kind that few of the drawn inputs fit may take more draws.
    if (isLong) for (let more = 1; more <= 5 && unseen().length > 0; more++) run(seed + more)
    // Joins, and layers that have names, stand among the networks of every kind.
    if (isLong) expect(unseen().filter((kind) => !namingKinds.includes(kind) && !Object.hasOwn(everyKind, kind))).toEqual([])
  })

  test.each(Object.entries(everyKind))('%s', (_, make) => expectSame(make()))

  test.each(sampled(Object.entries(zoo as unknown as Record<string, () => AnyNetwork>)))('%s', (_, make) => {
    expectSame(make())
  })

  test('heads: at the input, at the end, twice at a place, in each other, and the same as the main path', () => {
    const chain: AnyLayer[] = [branchOut('first', dense(3)), dense(5), branchOut('a', block(dense(2), branchOut('inner', relu())))]
    const on = (...more: AnyLayer[]) => input(4).apply(block(...chain, ...more) as AnyLayer) as AnyNetwork
    expectSame(on())
    expectSame(on(branchOut('b', dense(2)), branchOut('c', relu())))
    expectSame(on(residual(block(branchOut('side', dense(2)), dense(5))), branchOut('end', softmax())))
    expectSame(on(branchOut('as it is', identity()), dense(1), branchOut('as it is too', identity())))
    expectSame(on(concat(branchOut('left', relu()), block(relu(), branchOut('right', relu())), identity())))
  })

  test('goes on like any network', () => {
    const again = rebuild(input(8, 8, 3).conv2d(4, 3, { name: 'first' }).graph)
    const longer = (again as unknown as { conv2d: (...args: unknown[]) => AnyNetwork }).conv2d(2, 3, { name: 'first' })
    expect(longer.graph.nodes.map(({ name }) => name)).toEqual(['input', 'first', 'first_2'])
  })
})

test('every kind says what its arguments are', () => {
  const structural = ['radialBasis', 'twice', 'block', 'repeat', 'residual', 'identity', 'branchOut', ...namingKinds, ...joiningKinds]
  expect([...kinds.keys()].filter((kind) => !Object.hasOwn(argumentNames, kind) && !structural.includes(kind))).toEqual([])
})

describe('what is no network', () => {
  const first = { name: 'in', kind: 'input', settings: {}, inputs: [], output: [4] }
  const plan = (nodes: object[], output: string, more: object = {}): Plan =>
    ({ nodes: [first, ...nodes], input: 'in', output, ...more }) as never
  const relu = (name: string, ...inputs: string[]) => ({ name, kind: 'relu', settings: {}, inputs })

  test.each<[string, Plan, string]>([
    ['a cycle', plan([relu('a', 'b'), relu('b', 'a')], 'b'), "graph: a: takes 'b', which is no node before it."],
    ['an unknown kind', plan([{ ...relu('a', 'in'), kind: 'rleu' }], 'a'), "graph: a: there is no layer of the kind 'rleu'."],
    ['a block', plan([{ ...relu('a', 'in'), kind: 'block' }], 'a'), "graph: a: 'block' is no node of a graph."],
    ['two of a name', plan([relu('a', 'in'), relu('a', 'a')], 'a'), 'graph: a: there are two nodes of this name.'],
    ['no input', plan([relu('a')], 'a'), 'graph: a: has no input.'],
    ['two inputs', plan([relu('a', 'in', 'in')], 'a'), 'graph: a: takes one input, not 2.'],
    ['one input of a gate', plan([{ ...relu('a', 'in'), kind: 'multiply' }], 'a'), 'graph: a: takes two inputs, not 1.'],
    ['a dead end', plan([relu('a', 'in'), relu('b', 'in')], 'a'), 'graph: b: leads to no output.'],
    ['no output', plan([], 'b'), "graph: output: takes 'b', which is no node before it."],
    ['no head', plan([], 'in', { outputs: { aux: 'b' } }), "graph: aux: takes 'b', which is no node before it."],
    [
      'a rule',
      plan([{ ...relu('a', 'in'), kind: 'conv2d', settings: { filters: 1, kernel: 1 } }], 'a'),
      'graph: a: conv2d: needs an input of',
    ],
    ['a setting', plan([{ ...relu('a', 'in'), settings: { slope: 1 } }], 'a'), 'graph: a: relu: takes no arguments, not 1.'],
    ['an input without a shape', { nodes: [relu('a', 'in')], input: 'in', output: 'a' }, 'graph: in: must begin with its input.'],
  ])('%s', (_, wrong, sentence) => {
    expect(() => rebuild(wrong)).toThrow(FormatError)
    expect(() => rebuild(wrong)).toThrow(sentence)
  })

  test('an input whose shape is invalid', () => {
    const wrong = { ...plan([], 'in'), nodes: [{ ...first, output: [0] }] }
    expect(() => rebuild(wrong)).toThrow('graph: in: input: features must be a whole number of at least 1, not 0.')
  })

  test('a layer defined by hand whose settings are not its arguments', () => {
    const halved = defineLayer('halved', (shape: Shape, factor: number) => ({ output: shape, settings: { half: factor / 2 } }))
    const network = input(3).apply(halved(4) as AnyLayer) as AnyNetwork
    expect(() => rebuild(network.graph)).toThrow("graph: halved_1: a layer of the kind 'halved' cannot be made from its settings.")
  })
})

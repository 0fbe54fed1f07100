import { describe, expect, test } from 'vitest'
import type * as stridewise from '../../src/index.js'
import type { Arguments, LayerRules, Network, Shape } from '../../src/index.js'
import { block, conv2d, input, relu, repeat } from '../../src/index.js'
import type { ScopeRules } from '../../src/layers/kind/scope-rules.js'
import { type KindName, kinds } from '../../src/network/kinds.js'
import { refusal } from '../support/check.js'

/** The table of contents of the layers. */

test('every kind goes by the name of its method', () => {
  expect(kinds.size).toBeGreaterThan(60)
  for (const name of kinds.keys()) expect(typeof (input(7, 7, 3) as never as Record<string, unknown>)[name]).toBe('function')
})

/** The kinds that lack a rule in types, a method or an export: each has to be none. A name that is missing here is in the compiler's message. */
type Without<Names> = { [Name in Exclude<KindName, Names>]: never }

test('every kind has a rule in types, a method and an export: the compiler checks it', () => {
  const aKind: Record<Exclude<keyof LayerRules<Shape, Arguments>, KindName | 'radialBasis'>, never> = {} // radialBasis is a test's own
  const aRule: Without<keyof LayerRules<Shape, Arguments> | keyof ScopeRules<unknown, Shape, Arguments>> = {}
  // A chain never needs these: it is a block itself, and goes on where it is.
  const aMethod: Without<keyof Network<[7, 7, 3], [7, 7, 3], 0> | 'identity' | 'block' | 'repeat' | 'branch' | 'shared'> = {}
  const anExport: Without<keyof typeof stridewise> = {}
  expect([aKind, aRule, aMethod, anExport]).toEqual([{}, {}, {}, {}])
})

describe('more arguments than there are', () => {
  const methods = (...shape: [number, number, number]) => input(...shape) as unknown as Record<string, (...given: unknown[]) => unknown>

  test('no kind drops them', () => {
    for (const [name, { takes }] of kinds) {
      if (takes === Number.POSITIVE_INFINITY) continue
      const given = Array(takes + 1).fill(1)
      expect(refusal(() => methods(7, 7, 3)[name]?.(...given))).toMatchObject({ operation: name, argument: 'arguments' })
      expect(refusal(() => input(7, 7, 3).apply({ kind: name, given } as never))).toMatchObject({ operation: name, argument: 'arguments' })
    }
  })

  test.each([
    ['adaptiveAvgPool', [7, 5], 'adaptiveAvgPool: takes at most 1 argument, not 2.'],
    ['relu', [0.1], 'relu: takes no arguments, not 1.'],
    ['residual', [relu(), relu(), relu()], 'residual: takes at most 2 arguments, not 3. Join layers with block(...).'],
    ['repeat', [2, relu(), relu()], 'repeat: takes at most 2 arguments, not 3. Join layers with block(...).'],
    ['apply', [relu(), relu()], 'apply: takes at most 1 argument, not 2. Join layers with block(...).'],
  ])('%s', (method, given, sentence) => {
    expect(refusal(() => methods(7, 7, 3)[method]?.(...given)).message).toBe(sentence)
  })

  test('of a layer value they are found where it is applied', () => {
    const plain = relu as (...given: unknown[]) => ReturnType<typeof relu>
    expect(refusal(() => input(7, 7, 3).apply(block(conv2d(8, 3), plain(0.1)))).message).toBe(
      'layer 2 of 2: relu: takes no arguments, not 1.',
    )
    expect(refusal(() => input(7, 7, 3).apply(repeat(2, plain(0.1)))).message).toBe('time 1 of 2: relu: takes no arguments, not 1.')
  })

  test('an option that is left undefined is none too many', () => {
    expect(methods(7, 7, 3)['conv2d']?.(8, 3, undefined)).toMatchObject({ output: [5, 5, 8] })
  })
})

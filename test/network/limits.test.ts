import { describe, expect, test } from 'vitest'
import {
  add,
  block,
  branch,
  branchOut,
  concat,
  identity,
  input,
  matmul,
  multiply,
  networkFrom,
  relu,
  repeat,
  residual,
  shared,
} from '../../src/index.js'
import { refusal } from '../support/check.js'
import { isLong } from '../support/effort.js'

/** Layers that are too many, or nested too deep: each way in ends with one sentence, before the memory or the stack is full. */

const tooMuch = 'apply: one call can add at most half a million layers, nested two hundred deep.'

/** The methods as plain JavaScript has them: these layers have no types that a compiler could hold. */
interface Loose {
  readonly output: readonly number[]
  readonly graph: { readonly nodes: readonly unknown[] }
  apply(layer: unknown): Loose
  residual(layer: unknown): Loose
}

const begin = input(8, 8) as unknown as Loose

type Make = (...layers: unknown[]) => unknown

const ways: Readonly<Record<string, (inner: unknown) => unknown>> = {
  block: (inner) => (block as Make)(inner, inner),
  repeat: (inner) => (repeat as Make)(2, inner),
  residual: (inner) => (residual as Make)(inner, inner),
  add: (inner) => (add as Make)(inner, inner),
  concat: (inner) => (concat as Make)(inner, inner),
  multiply: (inner) => (multiply as Make)(inner, inner),
  matmul: (inner) => (matmul as Make)(inner, inner),
  branch: (inner) => add((branch as Make)('input', inner, inner) as never, identity()),
  shared: (inner) => (block as Make)((shared as Make)('one', inner), inner),
}

const nested = (times: number, make: (inner: unknown) => unknown): unknown => {
  let layer: unknown = relu()
  for (let time = 0; time < times; time += 1) layer = make(layer)
  return layer
}

describe.each(Object.entries(ways).slice(0, isLong ? undefined : 3))('%s', (name, make) => {
  test('doubled forty times', () => {
    const { message } = refusal(() => begin.apply(nested(40, make)))
    expect(message).toMatch(name === 'shared' ? /^(layer 1 of 2: ){39}shared: 'one' is another layer already/ : tooMuch)
  })

  test('nested three thousand deep', () => expect(refusal(() => begin.apply(nested(3000, make))).message).toBe(tooMuch))
})

describe('nested', () => {
  const heads = (times: number) => nested(times, (inner) => (branchOut as Make)('head', inner))

  test('as deep as a limit allows', () => {
    const deep = (times: number) => begin.apply(nested(times, (inner) => (block as Make)(inner)))
    expect(deep(199).graph.nodes).toHaveLength(2)
    expect(refusal(() => deep(200)).message).toBe(tooMuch)
    expect(refusal(() => begin.apply(heads(3000))).message).toBe(tooMuch)
  })

  test('a function that applies itself', () => {
    const applied = (x: Loose): Loose => x.apply(applied)
    const body = (x: Loose): Loose => x.residual(body)
    expect(refusal(() => begin.apply(applied)).message).toBe(tooMuch)
    expect(refusal(() => begin.apply(body)).message).toBe(tooMuch)
  })

  test('a mistake and a limit leave nothing behind', () => {
    for (let time = 0; time < 300; time += 1) refusal(() => begin.apply(repeat(2, block(relu(), (residual as Make)(3) as never))))
    expect(begin.apply(relu()).output).toEqual([8, 8])
  })

  test('a layer value in itself', () => {
    const layer = { kind: 'block', given: [] as unknown[] }
    layer.given.push(layer)
    expect(refusal(() => begin.apply(layer)).message).toBe('apply: an argument cannot be read: it is circular, too large, or throws.')
  })

  test('the text of a layer value has the same limits', () => {
    expect(String(nested(12, ways['block'] as never))).toHaveLength(61_431)
    expect(refusal(() => String(nested(40, ways['block'] as never))).message).toBe(tooMuch)
    expect(refusal(() => String(nested(3000, ways['block'] as never))).message).toBe(tooMuch)
  })
})

describe('repeat', () => {
  test('as often as nobody wants', () => {
    expect(refusal(() => begin.apply((repeat as Make)(1e9, relu()))).message).toBe('repeat: times must be at most 99999, not 1000000000.')
  })

  test('of a repeat', () => {
    expect(refusal(() => begin.apply(repeat(99_999, repeat(99_999, relu())))).message).toBe(tooMuch)
  })
})

describe('networks', () => {
  /** A network that is applied to itself, again and again. */
  const doubled = (times: number, step: (network: Loose) => Loose): Loose => {
    let network = begin
    for (let time = 0; time < times; time += 1) network = step(network)
    return network
  }

  test('applied to themselves', () => {
    expect(refusal(() => doubled(40, (network) => network.apply(relu()).apply(network))).message).toBe(tooMuch)
  })

  test('with the same data many times in a join', () => {
    const from = Array.from({ length: 50_000 }, () => 'a')
    const layers = Array.from({ length: 3000 }, (_, index) => ({ name: `b${index}`, kind: 'add', from }))
    const data = { format: 'stridewise', version: 1, input: [8], layers: [{ name: 'a', kind: 'relu' }, ...layers], output: [8], params: 0 }
    expect(() => networkFrom(data)).toThrow('network: layers[80].from: is too long.')
  })

  test('nested data', () => {
    let padding: unknown = [1]
    for (let depth = 0; depth < 10_000; depth += 1) padding = [padding]
    const layers = [{ name: 'a', kind: 'conv1d', settings: { filters: 1, kernel: 1, padding } }]
    expect(() => networkFrom({ format: 'stridewise', version: 1, input: [8, 1], layers, output: [8, 1], params: 2 })).toThrow(
      'must be a number, a string, a boolean, or a short list or object of these.',
    )
  })
})

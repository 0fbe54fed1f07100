import { describe, expect, test } from 'vitest'
import * as core from '../src/index.js'
import { refusal } from './support/check.js'
import { isLong } from './support/effort.js'

/** Arguments that no program means to pass: every layer, value and method ends with a sentence of the package, or takes them. */

const boom = (): never => {
  throw new Error('boom')
}

const circular: Record<string, unknown> = { stride: 1 }
circular['self'] = circular
const circularList: unknown[] = [1]
circularList.push(circularList)
let exploding: unknown = { a: 1 }
for (let times = 0; times < 40; times += 1) exploding = { a: exploding, b: exploding }
const bare = Object.assign(Object.create(null), { stride: 1, unknown: 2 })
const throwing = new Proxy({}, { get: boom, has: boom, ownKeys: boom, getPrototypeOf: boom, getOwnPropertyDescriptor: boom })

const hostile: Readonly<Record<string, unknown>> = {
  circular,
  'a circular list': circularList,
  'a circular option': { padding: circularList },
  'a getter that throws': {
    get stride() {
      return boom()
    },
  },
  'a layer value whose kind throws': {
    given: [],
    get kind() {
      return boom()
    },
  },
  'a proxy that throws': throwing,
  'a proxy of a list': new Proxy([1, 2], { get: boom }),
  'no prototype': bare,
  'a toString that throws': { toString: boom },
  'a name whose toString throws': { name: { toString: boom } },
  'a value that is no primitive': { [Symbol.toPrimitive]: boom },
  'a toJSON that throws': { toJSON: boom },
  'a symbol': Symbol('x'),
  'an option that is a symbol': { stride: Symbol('x') },
  'a bigint': 10n,
  'a long bigint': 10n ** 5000n,
  'a long string': 'x'.repeat(1e6),
  'a long name of an option': { ['x'.repeat(1e6)]: 1 },
  'a list with holes': [undefined, 1],
  'a list of holes': new Array(2 ** 32 - 1),
  'a list without an end': Object.assign([1, 2], {
    *[Symbol.iterator]() {
      for (;;) yield 1
    },
  }),
  'a proxy of a network': new Proxy(core.input(8, 8, 4), {}),
  'a key of all objects': JSON.parse('{"__proto__": {"stride": 2}}'),
  'no number': Number.NaN,
}

type Call = (...args: unknown[]) => unknown

const network = core.input(8, 8, 4).keep('kept')
const layers = Object.entries(core).filter(([name, value]) => typeof value === 'function' && !/Error$/.test(name)) as [string, Call][]
const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(network)).filter((name) => !['constructor', 'toString'].includes(name))

/** What stands before the value. */
const befores = isLong ? [[], [3], [3, 3], ['kept'], [core.relu()]] : [[], [3, 3]]

/** What calls with a value at each of the first places throw. */
const thrownBy = (call: Call, value: unknown): unknown[] =>
  befores.flatMap((before) => {
    try {
      call(...before, value)
      return []
    } catch (error) {
      return [error]
    }
  })

const expectSentences = (errors: readonly unknown[]): void => {
  for (const error of errors) {
    const { name, message } = error as Error
    expect(`${name} ${message}`).toMatch(/^(ShapeError|FormatError|TypeError) (There is a layer of|[^\n]*: )/)
    expect(name === 'TypeError' ? message : '').toMatch(/^$|^defineLayer: |^There is a layer of/)
    expect(message.length).toBeLessThan(25_000)
  }
}

describe.each(Object.entries(hostile))('%s', (_, value) => {
  test('to every function', () => {
    for (const [, make] of layers)
      expectSentences(
        thrownBy((...args) => {
          const made = make(...args)
          if (typeof Object(made).kind === 'string') (network as unknown as { apply: Call }).apply(made)
        }, value),
      )
  })

  test('to every method', () => {
    for (const name of methods) expectSentences(thrownBy((...args) => (network as unknown as Record<string, Call>)[name]?.(...args), value))
  })

  test('from a function', () => {
    const { message } = refusal(() => network.apply((() => value) as never))
    expect(message).toMatch(/^apply: a function must return its argument with layers added, such as x => x\.relu\(\), not .{1,230}\.$/)
  })
})

test('options that hold many values are refused soon', () => {
  for (const name of ['conv2d', 'dense', 'maxPool2d'] as const)
    expect(refusal(() => (Object.fromEntries(layers)[name] as Call)(3, 3, exploding)).message).toBe(
      `${name}: an argument cannot be read: it is circular, too large, or throws.`,
    )
})

test('layer values that another program has made are copied', () => {
  const given = [8]
  const value = core.block({ kind: 'dense', given } as never)
  given[0] = 3
  expect(core.input(4).apply(value as never).output).toEqual([8])
})

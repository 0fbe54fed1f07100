import { deepStrictEqual, notDeepStrictEqual } from 'node:assert'
import { expect as jestExpect } from 'expect'
import fc from 'fast-check'
import lodash from 'lodash'
import { format } from 'pretty-format'
import { describe, expect, test } from 'vitest'
import {
  type AnyNetwork,
  block,
  branchOut,
  defineLayer,
  dense,
  dropout,
  FormatError,
  identity,
  input,
  inputs,
  type NetworkData,
  networkFrom,
  parallel,
  relu,
  type Shape,
  shared,
} from '../../src/index.js'
import { lenet5, resnet18 } from '../../src/zoo/index.js'
import { casesOf, inProportion } from '../support/effort.js'
import { everyKind } from '../support/every-kind.js'
import { expectGolden } from '../support/golden.js'
import { drawNetwork, runNetwork } from '../support/networks-drawn.js'
import { seed } from '../support/seed.js'

/** Networks as values: compared, copied, written to JSON and read back. */

/** The message of a FormatError. Any other error is rethrown. */
const messageOf = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    if (error instanceof FormatError) return error.message
    throw error
  }
  return 'nothing is wrong'
}

const again = (network: AnyNetwork): unknown => JSON.parse(JSON.stringify(network))
const headed = input(8, 8, 3)
  .conv2d(4, 3, { padding: 1, name: 'stem' })
  .branchOut('aux', (x) => x.globalAvgPool().dense(2))
  .residual((x) => x.conv2d(4, 1))

describe('networks that differ are unequal, and networks that do not are equal', () => {
  const networks: readonly AnyNetwork[] = [
    input(8, 8, 3),
    input(8, 8, 4),
    input(8, 8, 3).conv2d(4, 3),
    input(8, 8, 3).conv2d(4, 3, { bias: false }),
    input(8, 8, 3).conv2d(4, 3, { name: 'stem' }),
    input(8, 8, 3).conv2d(4, 3).relu(),
    input(8, 8, 3).conv2d(4, 3).sigmoid(),
    headed,
  ]
  const same = [input(8, 8, 3).conv2d(4, 3).relu(), input(8, 8, 3).conv2d(4, 3, { stride: 1 }).relu()] as const
  const pairs = networks.flatMap((one, index) => networks.slice(index + 1).map((other) => [one, other] as const))

  test('in node:assert', () => {
    for (const [one, other] of pairs) notDeepStrictEqual(one, other)
    deepStrictEqual(...(same as unknown as [unknown, unknown]))
  })

  test('in Jest', () => {
    for (const [one, other] of pairs) {
      jestExpect(one).not.toEqual(other)
      jestExpect(one).not.toStrictEqual(other)
    }
    jestExpect(same[0]).toStrictEqual(same[1])
  })

  test('in Vitest', () => {
    for (const [one, other] of pairs) {
      expect(one).not.toEqual(other)
      expect(one).not.toStrictEqual(other)
    }
    expect(same[0]).toStrictEqual(same[1])
  })

  test('in lodash', () => {
    for (const [one, other] of pairs) expect(lodash.isEqual(one, other)).toBe(false)
    expect(lodash.isEqual(...same)).toBe(true)
  })
})

test('the class is called Network', () => expect(input(3).constructor.name).toBe('Network'))

test('a snapshot shows the architecture', () => {
  expectGolden('snapshot.txt', `${format(headed)}\n\n${format(lenet5())}\n`)
})

test('what it is made of is a property of its own, and cannot be changed', () => {
  expect(Object.keys(headed)).toEqual(['input', 'output', 'params', 'graph'])
  expect(() => Object.assign(headed, { params: 3 })).toThrow(TypeError)
  ;(headed.output as unknown as number[])[0] = 3
  expect(headed.output).toEqual([8, 8, 4])
})

test('its text lists the shared layers, whose checksum is unknown', () => {
  const encoder = shared('encoder', block(dense(4), relu()))
  const network = inputs({ left: [4], right: [4] })
    .from('left')
    .apply(encoder)
    .keep('a')
    .from('right')
    .apply(encoder)
    .add('a', identity())
  const read = networkFrom(again(network as AnyNetwork))
  const text = (layer: string) =>
    `Network<{ left: [4]; right: [4] } & { shared: { encoder: { input: [4]; layer: ${layer}; params: 20 } } } & { kept: { a: [4] } }, [4], 20>`
  expect(`${network}`).toBe(text('2811'))
  expect(`${read}`).toBe(text('number'))
  expect(`${input(4).apply(networkFrom(again(input(4).apply(encoder))))}`).toBe(
    'Network<[4] & { shared: { encoder: { input: [4]; layer: number; params: 20 } } }, [4], 20>',
  )
})

describe('read again, it is the same network', () => {
  const both = (network: AnyNetwork): void => {
    expect(networkFrom(again(network))).toStrictEqual(network)
    expect(networkFrom(structuredClone(network))).toStrictEqual(network)
  }
  test.each(Object.keys(everyKind))('%s', (name) => both((everyKind[name] as () => AnyNetwork)()))
  test('heads, names and branches', () => both(headed))
  test('a head at the end', () => both(input(4, 4, 2).branchOut('aux', (x) => x.globalAvgPool())))
  test('a head named __proto__', () =>
    both(
      input(4, 4, 2)
        .branchOut('__proto__', (x) => x.globalAvgPool())
        .relu(),
    ))
  test('only an input', () => both(input(7)))
  test('towers without layers', () => both(parallel({ t: input(8), u: input(8).dense(8), v: inputs({ a: [8], b: [8] }) }) as AnyNetwork))
  test('heads inside branches, of which nothing knows the names behind them', () => {
    const network = input(8).residual(block(dense(8), branchOut('side', dense(2)), relu())) as AnyNetwork
    both(network)
    expect(again(network)).toMatchObject({ heads: { side: 'side_dense_1' }, inBranches: ['side'] })
  })
  test('ResNet-18', () => both(resnet18()))
  test('a copy that was made by hand', () => expect(networkFrom({ ...headed })).toStrictEqual(headed))
  test('a copy that was written as JSON', () => expect(networkFrom(JSON.parse(JSON.stringify({ ...headed })))).toStrictEqual(headed))
  test('drawn networks', () => {
    let read = 0
    fc.assert(
      fc.property(drawNetwork, (value) => {
        const network = runNetwork(value)
        if (!network) return
        both(network)
        read += 1
      }),
      { seed, numRuns: casesOf('networks as data: written and read') },
    )
    expect(read).toBeGreaterThan(inProportion('networks as data: written and read', 60))
  })
})

test('defaults are left out, and so is what a layer takes where it is the layer before it', () => {
  expect(again(input(8, 8, 3).conv2d(4, 3, { stride: 1, padding: 1 }).relu())).toEqual({
    format: 'stridewise',
    version: 1,
    input: [8, 8, 3],
    layers: [
      { name: 'conv2d_1', kind: 'conv2d', settings: { filters: 4, kernel: 3, padding: 1 } },
      { name: 'relu_1', kind: 'relu' },
    ],
    output: [8, 8, 4],
    params: 112,
  })
})

describe('what is no network is refused, with what is wrong', () => {
  const data = again(headed) as NetworkData
  const copy = structuredClone(headed) as AnyNetwork
  const cases: readonly (readonly [unknown, string])[] = [
    [undefined, 'network: needs the data of a network, not undefined.'],
    [3, 'network: needs the data of a network, not 3.'],
    ['{}', 'network: needs the data of a network, not its text: give it JSON.parse(text).'],
    [[], 'network: needs the data of a network, not a list.'],
    [{}, "network: needs the data of a network, which has a format: 'stridewise', a version and layers."],
    [{ format: 'keras' }, 'network: format: must be \'stridewise\', not "keras".'],
    [{ ...data, version: 3 }, 'network: version: must be 1 or 2, not 3: another release of stridewise wrote this data.'],
    [{ ...data, input: [8, 8, 0] }, 'network: input: input: channels must be a whole number of at least 1, not 0.'],
    [{ ...data, input: ['8', 8, 3] }, 'network: input: must be a list of whole numbers, not ["8",8,3].'],
    [{ ...data, layers: 3 }, 'network: layers: must be a list, not 3.'],
    [{ ...data, layers: [3] }, 'network: layers[0]: must be an object with a name and a kind, not 3.'],
    [{ ...data, layers: [{ kind: 'relu' }] }, 'network: layers[0].name: must be a string that is not empty, not undefined.'],
    [{ ...data, layers: [{ name: 'a', kind: 'swirl' }] }, "network: a: there is no layer of the kind 'swirl'."],
    [{ ...data, layers: [{ name: 'a', kind: 'relu', from: ['b'] }] }, "network: a: takes 'b', which is no node before it."],
    [{ ...data, layers: [{ name: 'a', kind: 'dense', settings: 3 }] }, 'network: a: settings must be an object, not 3.'],
    [
      { ...data, layers: [{ name: 'a', kind: 'dense', settings: { units: { of: () => 3 } } }] },
      'network: a: the setting "units" must be a number, a string, a boolean, or a short list or object of these.',
    ],
    [
      { ...data, layers: [{ name: 'a', kind: 'dense', settings: { units: 3 } }] },
      'network: a: dense: needs a vector, not 8x8x3. Flatten first: flatten() gives 192 features.',
    ],
    [{ ...data, output: [8, 8, 5] }, 'network: output: is [8,8,5] in the data, and the layers give [8,8,4].'],
    [{ ...data, params: 3 }, 'network: params: is 3 in the data, and the layers have 142.'],
    [{ ...data, heads: ['stem'] }, 'network: heads: must be an object of names, not a list.'],
    [{ ...data, last: 'nowhere' }, "network: output: takes 'nowhere', which is no node before it."],
    [{ ...copy, graph: { ...copy.graph, nodes: [] } }, 'network: input: must begin with its input.'],
    [{ ...copy, graph: { ...copy.graph, nodes: [null] } }, 'network: graph.nodes[0]: must be an object with a name and a kind, not null.'],
  ]
  test.each(cases)('%j', (value, message) => {
    expect(messageOf(() => networkFrom(value))).toBe(message)
  })

  test('data that takes no room, and stands for very much', () => {
    const refusedFor = (changes: object): string => {
      try {
        networkFrom({ ...data, ...changes })
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError)
        expect((error as Error).message.length).toBeLessThan(6000)
        return (error as Error).message
      }
      throw new Error('It was not refused.')
    }
    const withUnits = (units: unknown) => ({ layers: [{ name: 'a', kind: 'dense', settings: { units } }] })
    const setting = 'network: a: the setting "units" must be a number, a string, a boolean, or a short list or object of these.'
    let shared: unknown = 1
    for (let depth = 0; depth < 7; depth += 1) shared = Array(14).fill(shared)
    expect(refusedFor(withUnits(shared))).toBe(setting)
    expect(refusedFor(withUnits(new Uint8Array(3e7)))).toBe(setting)
    expect(refusedFor(withUnits(Object('floor')))).toBe(setting)
    expect(refusedFor(withUnits(Array(4e9)))).toBe(setting)
    expect(refusedFor({ input: Array(4e9) })).toBe('network: input: must be a list without holes.')
    expect(refusedFor({ input: Array(1e6).fill(1) })).toBe('network: input: must be a shape, not a list of 1000000.')
    expect(refusedFor({ layers: [{ name: 'a', kind: 'concat', from: Array(1e6).fill('input') }] })).toBe(
      'network: layers[0].from: must be a list of at most 50000 layers, not 1000000.',
    )
    expect(refusedFor({ layers: [{ name: 'a', kind: 'relu', from: Array(3e7) }] })).toBe(
      'network: layers[0].from: must be a list without holes.',
    )
    expect(refusedFor({ layers: [{ name: 'n'.repeat(1e7), kind: 'k'.repeat(1e7) }] })).toMatch(/^network: n{200}: /)
  })

  test('lists in lists without end', () => {
    let deep: unknown = []
    for (let depth = 0; depth < 100_000; depth += 1) deep = [deep]
    const own: unknown[] = [1]
    own.push(own)
    const knot: Record<string, unknown> = {}
    knot['again'] = { knot }
    for (const units of [deep, own, knot])
      expect(messageOf(() => networkFrom({ ...data, layers: [{ name: 'a', kind: 'dense', settings: { units } }] }))).toBe(
        'network: a: the setting "units" must be a number, a string, a boolean, or a short list or object of these.',
      )
  })

  test.each<[string, unknown, string]>([
    ['a symbol', Symbol('x'), 'network: Symbol(x)'],
    ['nothing', undefined, 'network: undefined'],
    ['text with commands for a log', 'x\n::error::\u001b', 'network: x\\u{a}::error::\\u{1b}'],
    [
      'an object that throws when it is looked at',
      {
        toString: () => {
          throw new Error('twice')
        },
      },
      'network: something was thrown that has no message.',
    ],
    [
      'an error that throws when it is looked at',
      new Proxy(new Error('x'), {
        get: () => {
          throw new Error('twice')
        },
        getPrototypeOf: () => {
          throw new Error('twice')
        },
      }),
      'network: something was thrown that has no message.',
    ],
  ])('data that throws %s', (_, thrown, sentence) => {
    const layers = {
      get layers(): never {
        throw thrown
      },
    }
    expect(
      messageOf(() => networkFrom(new Proxy(data, { get: (of, key) => (key === 'layers' ? layers.layers : Reflect.get(of, key)) }))),
    ).toBe(sentence)
  })

  test.each(['add', 'concat', 'multiply'] as const)('settings of %s, which has none', (kind) => {
    const branches = [relu(), identity()] as const
    const networks = {
      add: input(8, 8, 3).add(...branches),
      concat: input(8, 8, 3).concat(...branches),
      multiply: input(8, 8, 3).multiply(relu()),
    }
    const network = networks[kind]
    const { layers, ...rest } = network.toJSON()
    const changed = layers.map((layer) => (layer.kind === kind ? { ...layer, settings: { axis: 1 } } : layer))
    expect(messageOf(() => networkFrom({ ...rest, layers: changed }))).toBe(
      `network: ${kind}_1: ${kind}: there is no option 'axis'. It has none.`,
    )
  })

  test('whatever it is given, it throws nothing else', () => {
    const damaged = fc.oneof(
      fc.anything({ withBigInt: true, withNullPrototype: true, withDate: true, withMap: true }),
      fc.record({ format: fc.constant('stridewise'), version: fc.constant(1) }, { requiredKeys: [] }).chain((head) =>
        fc
          .record({
            input: fc.oneof(fc.array(fc.integer()), fc.anything()),
            layers: fc.oneof(fc.array(fc.oneof(fc.anything(), fc.constantFrom(...data.layers))), fc.anything()),
            output: fc.anything(),
            params: fc.anything(),
          })
          .map((rest) => ({ ...data, ...head, ...rest })),
      ),
      fc.tuple(fc.constantFrom(...Object.keys(data)), fc.anything()).map(([key, value]) => ({ ...data, [key]: value })),
    )
    fc.assert(
      fc.property(damaged, (value) => {
        try {
          networkFrom(value)
        } catch (error) {
          if (!(error instanceof FormatError)) throw error
        }
      }),
      { seed, numRuns: casesOf('networks as data: damaged') },
    )
  })
})

describe('networks that are equal have equal data', () => {
  test('the heads keep their order', () => {
    const network = input(4).dense(3).branchOut('far', dense(5)).branchOut('here', identity()).dense(2).branchOut('end', dense(1))
    const rebuilt = networkFrom(again(network))
    expect(Object.keys(network.graph.outputs)).toEqual(['far', 'here', 'end'])
    expect(Object.keys(rebuilt.graph.outputs)).toEqual(['far', 'here', 'end'])
    expect(JSON.stringify(rebuilt)).toBe(JSON.stringify(network))
  })

  test('-0 is 0', () => {
    deepStrictEqual(dropout(-0), dropout(0))
    deepStrictEqual(input(8).dropout(-0), input(8).dropout(0))
    deepStrictEqual(input(8, 8, 3).conv2d(4, 3, { padding: [[-0, 1], -0] }), input(8, 8, 3).conv2d(4, 3, { padding: [[0, 1], 0] }))
    deepStrictEqual(networkFrom({ ...input(8).dropout(0).toJSON() }), input(8).dropout(-0))
  })

  test('settings of a layer of your own have no order of keys', () => {
    const ordered = defineLayer('ordered', (shape: Shape, options: { first: number; second: number }) => ({
      output: shape,
      settings: { options: { first: options.first, second: options.second } },
    }))
    const network = input(8).apply(ordered({ second: 2, first: 1 }))
    const { layers, ...rest } = JSON.parse(JSON.stringify(network)) as { layers: { settings: object }[] }
    const turned = layers.map((layer) => ({ ...layer, settings: { options: { second: 2, first: 1 } } }))
    expect(networkFrom({ ...rest, layers: turned })).toStrictEqual(network)
  })

  test('settings of a layer of your own may stand in any order, as arguments and in one object', () => {
    const listed = defineLayer('listed', (shape: Shape, first: number, second: string, third: { one: number; two: number }) => {
      if (typeof first !== 'number' || typeof second !== 'string') throw new TypeError('listed: takes a number, a text and an object.')
      return { output: shape, settings: { first, second, third } }
    })
    const spread = defineLayer('spread', (shape: Shape, options: { first: number; second: { one: number; two: number } }) => ({
      output: shape,
      settings: { ...options },
    }))
    const networks = [
      input(8)
        .apply(listed(1, 'b', { one: 1, two: 2 }))
        .apply(spread({ first: 1, second: { one: 1, two: 2 } })),
      input(8)
        .apply(listed(1, 'b', { two: 2, one: 1 }))
        .apply(spread({ second: { two: 2, one: 1 }, first: 1 })),
    ] as const
    deepStrictEqual(...networks)
    expect(JSON.stringify(networks[0])).toBe(JSON.stringify(networks[1]))
    expect(format(networks[0])).toBe(format(networks[1]))
    const { layers, ...rest } = JSON.parse(JSON.stringify(networks[0])) as { layers: { settings: object }[] }
    const turned = layers.map((layer) => ({ ...layer, settings: Object.fromEntries(Object.entries(layer.settings).reverse()) }))
    expect(networkFrom({ ...rest, layers: turned })).toStrictEqual(networks[0])
    expect(JSON.stringify(networkFrom({ ...rest, layers: turned }))).toBe(JSON.stringify(networks[0]))
  })

  test('what a layer of your own says of its settings is said of the order in which they stand', () => {
    const strict = defineLayer('strict', (shape: Shape, size: number, text: string) => {
      if (typeof size !== 'number') throw new TypeError(`strict: ${size} is no size, and ${text} no text.`)
      return { output: shape, settings: { size, text: 'always' } }
    })
    const { layers, ...rest } = JSON.parse(JSON.stringify(input(8).apply(strict(1, 'always')))) as { layers: { settings: object }[] }
    const wrong = layers.map((layer) => ({ ...layer, settings: { size: 'a', text: 'b' } }))
    expect(messageOf(() => networkFrom({ ...rest, layers: wrong }))).toBe('network: strict_1: strict: a is no size, and b no text.')
  })
})

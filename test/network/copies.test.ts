import { inspect } from 'node:util'
import lodash from 'lodash'
import { describe, expect, test } from 'vitest'
import { svg } from '../../src/drawing/index.js'
import { toOnnx } from '../../src/formats/onnx/index.js'
import { toTypeScript } from '../../src/formats/typescript/index.js'
import { type AnyNetwork, block, conv2d, dense, gelu, input, inputs, networkFrom, parallel, relu, shared } from '../../src/index.js'
import { FormatError } from '../../src/network/format-error.js'
import { report } from '../../src/report/index.js'
import { refusal } from '../support/check.js'

/* Copies of networks: what structuredClone and JSON make, and what frameworks do with objects. */

/** A copy whose second node is damaged. */
const damaged = (change: object): AnyNetwork => {
  const copy = structuredClone(input(8, 8, 3).conv2d(4, 3).relu()) as unknown as { graph: { nodes: object[] } }
  Object.assign(copy.graph.nodes[1] as object, change)
  return copy as unknown as AnyNetwork
}

describe('a damaged copy', () => {
  const uses = { report, svg, toOnnx, toTypeScript } as Readonly<Record<string, (network: AnyNetwork) => unknown>>

  test.each(Object.keys(uses))('%s refuses settings that give another output', (name) => {
    const use = uses[name] as (network: AnyNetwork) => unknown
    const copy = damaged({ settings: { filters: 5, kernel: 3 } })
    expect(() => use(copy)).toThrow(FormatError)
    expect(() => use(copy)).toThrow('network: output: is [6,6,4] in the data, and the layers give [6,6,5].')
  })

  test.each([{ inputShapes: [] }, { output: [1e300, 1, 1] }, { weights: [{ name: 'kernel', shape: [-1, 3, 3, 3] }] }, { macs: 7 }])(
    '%j: what the rules compute is not trusted',
    (change) => {
      const whole = report(input(8, 8, 3).conv2d(4, 3).relu())
      expect(report(damaged(change)).totals).toEqual(whole.totals)
      expect(toOnnx(damaged(change))).toEqual(toOnnx(input(8, 8, 3).conv2d(4, 3).relu()))
    },
  )
})

describe('what is no network says why', () => {
  test.each<[unknown, string]>([
    [JSON.stringify(input(4).dense(2)), 'network: needs the data of a network, not its text: give it JSON.parse(text).'],
    [{ ...input(4).dense(2).toJSON(), format: 'Stridewise' }, 'network: format: must be \'stridewise\', not "Stridewise".'],
  ])('%j', (value, message) => {
    expect(() => report(value as AnyNetwork)).toThrow(message)
  })

  test('networks in place of networks by name', () => {
    const [one, other] = [input(3), input(4)] as never[]
    expect(() => (parallel as (...networks: never[]) => unknown)(one as never, other as never)).toThrow(
      'parallel: needs networks by their names',
    )
    expect(() => (inputs as (...networks: never[]) => unknown)(one as never, other as never)).toThrow(
      'inputs: needs the shape of each input',
    )
  })
})

describe('a layer of data', () => {
  const data = input(4).dense(2).toJSON()
  const withLayer = (change: object) => ({ ...data, layers: [{ ...data.layers[0], ...change }] })

  test.each<[object, string]>([
    [{ setting: { units: 3 } }, 'layers[0]: cannot have "setting".'],
    [{ name: '  ' }, 'layers[0].name: must be a string that is not empty'],
    [{ sharedWith: 'x' }, 'dense_1: has sharedWith, and needs shared beside it.'],
  ])('%j', (change, message) => {
    expect(() => networkFrom(withLayer(change))).toThrow(message)
  })

  test('a last layer beside named outputs', () => {
    expect(() => networkFrom({ ...data, version: 2, outputs: { y: 'dense_1' }, output: { y: [2] }, last: 'dense_1' })).toThrow(
      'last: cannot stand beside outputs.',
    )
  })
})

describe('a shared layer', () => {
  const same = shared('s', conv2d(3, 3, { padding: 1 }))
  const other = shared('s', conv2d(3, 3, { padding: 2, dilation: 2 }))
  const network = input(32, 32, 3).apply(same)

  test.each<[string, AnyNetwork]>([
    ['JSON', networkFrom(JSON.parse(JSON.stringify(network)))],
    ['structuredClone', networkFrom(structuredClone(network))],
    ['another network', input(32, 32, 3).apply(networkFrom(network.toJSON()) as never)],
  ])('stays itself through %s', (_, again) => {
    const chain = again as unknown as { apply(layer: unknown): AnyNetwork }
    expect(chain.apply(same).params).toBe(84)
    expect(refusal(() => chain.apply(other)).message).toBe(refusal(() => network.apply(other as never)).message)
  })

  test('of which only the layers with weights are known takes them in another block', () => {
    const block1 = shared('b', block(conv2d(3, 1), relu()))
    const again = networkFrom(JSON.parse(JSON.stringify(input(8, 8, 3).apply(block1)))) as unknown as { apply(layer: unknown): AnyNetwork }
    const longer = again.apply(shared('b', block(conv2d(3, 1), gelu())))
    expect(networkFrom(longer)).toStrictEqual(longer)
  })
})

test('a network cannot be extended, so that the proxies of frameworks leave it as it is', () => {
  // Vue's ref and reactive, for example, wrap no such object.
  for (const network of [input(4), input(4).dense(2), networkFrom(input(4).dense(2).toJSON())]) {
    expect(Object.isExtensible(network)).toBe(false)
    expect(network.toString()).toMatch(/^Network</)
  }
})

test('a copy keeps names that only look as if they were numbered, and numbers the others anew', () => {
  const part = input(4).dense(4, { name: 'stem_dense_1' }).dense(4).branchOut('aux', dense(4)).dense(4)
  const { graph } = input(4).dense(4).apply(part)
  expect(graph.nodes.map(({ name }) => name)).toEqual(['input', 'dense_1', 'stem_dense_1', 'dense_2', 'aux_dense_1', 'dense_3'])
})

describe('a deep copy that has the methods of a network', () => {
  const network = input(8, 8, 3).conv2d(4, 1)
  const sentence = 'network: this is a copy of a network. Make it a network again: networkFrom(copy).'

  describe.each([
    ['lodash, cloneDeep', lodash.cloneDeep(network)],
    ['lodash, clone', lodash.clone(network)],
    ['a proxy', new Proxy(network, {})],
  ])('%s', (_, copy) => {
    test('has a text', () => {
      expect(String(copy)).toBe(sentence)
      if (!_.startsWith('a proxy')) expect(inspect(copy)).toContain(sentence)
    })

    test.each<[string, () => unknown]>([
      ['a layer', () => copy.relu()],
      ['apply', () => copy.apply(relu())],
      ['keep', () => copy.keep('here')],
      ['expect', () => copy.expect(8, 8, 4)],
      ['outputs', () => (copy as unknown as { outputs(name: string): unknown }).outputs('input')],
    ])('%s: a sentence', (_, use) => {
      expect(refusal(use).message).toBe(sentence)
    })
  })

  test('is no layer, and becomes a network again', () => {
    const copy = lodash.cloneDeep(network)
    expect(refusal(() => input(8, 8, 3).apply(copy)).message).toBe(
      'apply: needs a layer value such as conv2d(8, 3), not a copy of a network. Make it a network again: networkFrom(copy).',
    )
    expect(`${networkFrom(copy)}`).toBe('Network<[8, 8, 3], [8, 8, 4], 16>')
    expect(report(copy).totals).toEqual(report(network).totals)
  })
})

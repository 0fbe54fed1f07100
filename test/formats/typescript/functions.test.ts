import { beforeAll, describe, expect, test } from 'vitest'
import { withFunctions } from '../../../src/formats/typescript/functions.js'
import { toTypeScript } from '../../../src/formats/typescript/index.js'
import { type AnyNetwork, block, conv2d, input, relu, residual, shared } from '../../../src/index.js'
import { efficientnetB0, googlenet, resnet50 } from '../../../src/zoo/index.js'
import { type Checked, check } from '../../support/compiler.js'
import { evaluated } from '../../support/evaluated.js'
import { expectGolden } from '../../support/golden.js'

/* Blocks that differ in their numbers only are a function in the source. */

const wide = (filters: number, stride: number) =>
  block(
    conv2d(filters, 3, { stride, padding: 1, rounding: 'floor', bias: false }),
    relu(),
    conv2d(filters, 5, { padding: 2, rounding: 'floor', bias: false }),
    relu(),
    conv2d(filters * 2, 3, { padding: 1, rounding: 'floor', bias: false }),
    relu(),
  )

const headsIn = (source: string): string[] => [...source.matchAll(/^const (\w+ = .*=>)$/gm)].map(([, head = '']) => head)

const expectSame = (network: AnyNetwork): string => {
  const source = toTypeScript(network)
  expect(evaluated(source).graph).toEqual(network.graph)
  return source
}

test('ResNet-50 reads as a person would have written it, in fewer than 60 lines', () => {
  const source = toTypeScript(resnet50(), { name: 'resnet50' })
  expectGolden('typescript/resnet50.ts.txt', source)
  expect(source.trimEnd().split('\n').length).toBeLessThan(60)
})

describe('the compiler finds the network behind functions', () => {
  const networks: Readonly<Record<string, AnyNetwork>> = { resnet50: resnet50(), googlenet: googlenet(), efficientnetB0: efficientnetB0() }
  const sources = new Map(Object.entries(networks).map(([name, network]) => [name, toTypeScript(network)]))
  let checked: Map<string, Checked>
  beforeAll(() => {
    checked = check(new Map([...sources].map(([name, source]) => [`functions/${name}.ts`, source])))
  })
  test.each(Object.keys(networks))('%s', (name) => {
    const source = sources.get(name) as string
    const { complaints, hover } = checked.get(`functions/${name}.ts`) as Checked
    expect(complaints).toEqual([])
    expect(headsIn(source).length + (source.match(/^\) =>$/gm) ?? []).length).toBeGreaterThan(0)
    expect(hover(source.indexOf('network = '))).toBe(`const network: ${networks[name]}`)
  })
})

describe('what is a parameter', () => {
  test('numbers that differ, by what they are; equal filters are one', () => {
    const source = expectSame(input(32, 32, 8).residual(wide(8, 1), conv2d(16, 1)).residual(wide(12, 1), conv2d(24, 1)) as AnyNetwork)
    expect(headsIn(source)).toEqual([
      'projectionBlock = <Filters extends number, OutFilters extends number>(filters: Filters, outFilters: OutFilters) =>',
    ])
  })

  test('a stride of 1, which one block does not say', () => {
    const source = expectSame(
      input(32, 32, 8)
        .residual(wide(8, 1), conv2d(16, 1, { rounding: 'floor' }))
        .residual(wide(8, 2), conv2d(16, 1, { stride: 2, rounding: 'floor' })) as AnyNetwork,
    )
    expect(headsIn(source)).toEqual(['projectionBlock = <Stride extends number>(stride: Stride) =>'])
    expect(source).toContain('projectionBlock(1)')
    expect(source).toContain('conv2d(8, 3, { stride, padding: 1,')
  })

  test('nothing, where blocks are the same', () => {
    const body = () => residual(wide(4, 1), conv2d(8, 1))
    const source = expectSame(input(16, 16, 8).apply(body()).maxPool2d(2).relu().apply(body()) as AnyNetwork)
    expect(headsIn(source)).toEqual(['projectionBlock = () =>'])
    expect(source.match(/projectionBlock\(\)/g)).toHaveLength(2)
  })

  test('no text: other names or options are another block', () => {
    const named = (name: string) =>
      block(conv2d(8, 3, { padding: 'same', name }), relu(), conv2d(8, 3, { padding: 1 }), relu(), conv2d(8, 1))
    const source = expectSame(input(16, 16, 8).residual(named('one')).residual(named('two')) as AnyNetwork)
    expect(headsIn(source)).toEqual([])
  })
})

test('a constant of a shared layer stays a constant', () => {
  const encoder = shared('encoder', wide(8, 1))
  const network = input(16, 16, 16).apply(encoder).apply(encoder).apply(encoder) as AnyNetwork
  const source = expectSame(network)
  expect(headsIn(source)).toEqual([])
  expect(source).toContain("const encoder = shared(\n  'encoder',")
})

test("a function has another name than the network and the source's constants", () => {
  const network = input(32, 32, 8).residual(wide(8, 1), conv2d(16, 1)).residual(wide(12, 1), conv2d(24, 1)) as AnyNetwork
  const source = toTypeScript(network, { name: 'projectionBlock' })
  expect(source).toContain('\nconst projectionBlock_2 = <')
  expect(source).toContain('export const projectionBlock = input(')
  expect(evaluated(source, 'projectionBlock').graph).toEqual(network.graph)
})

test('what a block function imports is imported, and no more', () => {
  const source = toTypeScript(googlenet())
  const [, names = ''] = /^import \{ (.*) \}/.exec(source) ?? []
  for (const name of names.split(', ')) expect(source.replace(/^import .*$/m, '')).toMatch(new RegExp(`\\b${name}\\(`))
  expect(names).not.toContain('inception')
})

test('a block of very many layers in another is read without overflowing the stack', () => {
  const layers = Array.from({ length: 40_000 }, () => ({ name: 'conv2d', args: [8, 1] }))
  const calls = [{ name: 'residual', args: [{ name: 'block', args: layers }] }]
  expect(withFunctions(calls, (name) => name)).toEqual({ calls, functions: [] })
})

import { describe, expect, test } from 'vitest'
import { marked } from './cursors.js'
import type { Editor } from './editor.js'
import { openEverywhere, versions } from './session.js'

/** Signature help, inlay hints, and definitions. */

const { text, positions } = marked(`import { block, conv2d, input, type Network } from 'stridewise'
import { resnet50 } from 'stridewise/zoo'
const features = input(32, 32, 3).|>conv2d(10, |>5, { padding: 2 }).relu()
const classifier = features.maxPool2d(|>2).flatten().|>dense(10)
const stem = |>block(conv2d(|>8, 3))
const deep = |>resnet50(|>{ classes: 10 })
const missed = input(7, 7, 3).conv2d(8, 3, { stride: 3 })
export type Mnist = |>Network<[784], [10]>
`)
const [conv2d, inConv2d, inMaxPool2d, dense, block, inLayer, resnet50, inResnet50, network] = positions as [
  ...[number, number, number, number, number],
  ...[number, number, number, number],
]
/** TypeScript 7.0 formats types in hints and signatures with other spaces and quotes than in hovers. */
const even = (type: string): string => type.replaceAll(/([[\],])\s+|\s+(?=\])/g, '$1').replaceAll("'", '"')

const editors = openEverywhere({ 'reading.ts': text })

describe.each(versions)('%s', (version) => {
  const editor = () => editors.get(version) as Editor

  test('signature help: a method with the shape before it, and the docstrings of its parameters', async () => {
    const help = await editor().signature('reading.ts', inConv2d)
    expect(even(help?.code ?? '')).toContain(even('Network<[32, 32, 3], [32, 32, 10], 760>'))
    expect(help?.documentation).toMatch(/^A convolution over the two axes of an image/)
    expect(help?.parameters.map(({ code }) => code.replace(/\??:.*/s, ''))).toEqual(['filters', 'kernel', 'options'])
    expect(help?.parameters.map(({ documentation }) => documentation)).toEqual([
      'number of output channels, from 1',
      'size of a filter: one number, or one per axis',
      expect.stringMatching(/^`stride` \(default 1\), `padding` \(0\)/),
    ])
  })

  test('signature help: a pool, a layer value and a model', async () => {
    const first = async (position: number) => (await editor().signature('reading.ts', position))?.parameters[0]
    expect((await first(inMaxPool2d))?.documentation).toMatch(/size of the window/)
    // TypeScript 7.0 shows the parameters of a function that is a constant without docstrings; they are in its hover.
    expect((await first(inLayer))?.documentation).toMatch(version.startsWith('7.') ? /^$/ : /channels/)
    expect((await first(inResnet50))?.code).toMatch(/^options\?: .*ModelOptions<10, 224>/)
  })

  test('inlay hints: the type behind each name', async () => {
    const hints = await editor().inlayHints('reading.ts')
    const shown = hints.map(({ position, text: hint }) => `${/\w+$/.exec(text.slice(0, position))?.[0]}${hint}`)
    const types = [
      'features: Network<[32, 32, 3], [32, 32, 10], 760>',
      'classifier: Network<[32, 32, 3], [10], 26370>',
      'stem: Layer<"block", [Layer<"conv2d", [8, 3]>]>',
      'deep: Network<[224, 224, 3], [10], 23528522>',
      'missed: Network<[7, 7, 3], [number, number, 8], 224>',
    ]
    expect(shown.map(even)).toEqual(types.map(even))
  })

  test('go to definition: the declaration, with its docstring above it', async () => {
    const of = async (position: number) =>
      (await editor().definition('reading.ts', position)).map(({ file, line }) => [file, line.slice(0, 30)])
    expect(await of(conv2d)).toEqual([['dist/core.d.cts', 'conv2d<Filters extends number,']])
    expect(await of(dense)).toEqual([['dist/core.d.cts', 'dense<Units extends number, Op']])
    expect((await of(block))[0]?.[0]).toBe('dist/core.d.cts')
    expect(await of(network)).toEqual([['dist/core.d.cts', 'export interface Network<Input']])
    expect((await of(resnet50))[0]?.[0]).toBe('dist/zoo/resnet.d.cts')
  })

  test('diagnostics: code, place and text', async () => {
    const found = await editor().diagnostics('reading.ts')
    expect(found).toEqual([
      {
        code: 2322,
        start: text.indexOf('stride: 3'),
        underlined: 'stride',
        text: expect.stringContaining('conv2d: a 3x3 filter with stride 3 does not fit a 7x7 input: (7 - 3 + 2*0)/3 + 1 = 2.33.'),
      },
    ])
  })

  test('hover: a variable', async () => {
    const hover = await editor().hover('reading.ts', text.indexOf('features'))
    expect(hover?.code).toBe('const features: Network<[32, 32, 3], [32, 32, 10], 760>')
  })
})

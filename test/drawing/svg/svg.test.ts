import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { themeNames } from '../../../src/drawing/colours/theme.js'
import { html } from '../../../src/drawing/html/html.js'
import { svg } from '../../../src/drawing/svg/svg.js'
import { block, conv1d, conv2d, defineLayer, identity, input, relu, repeat, type Shape } from '../../../src/index.js'
import { alexnet, resnet18 } from '../../../src/zoo/index.js'
import { allOf, named, parsedXml, type XmlElement } from '../../support/drawn.js'
import { casesOf } from '../../support/effort.js'
import { seed } from '../../support/seed.js'

/** The content of a picture's file: its title, its labels, and arbitrary names. */

/** The lines under each volume. */
const captionsOf = (root: XmlElement): string[][] =>
  named(root, 'g')
    .filter(({ children }) => children.at(0)?.name === 'title')
    .map((volume) => volume.children.filter(({ name }) => name === 'text').map(({ text }) => text))

const captionOf = (network: Parameters<typeof svg>[0], index = 1) => captionsOf(parsedXml(svg(network)))[index]

const onlyOf = (root: XmlElement, name: string): string => root.children.find((child) => child.name === name)?.text ?? ''

describe('the root', () => {
  test('an image with a size, a title and a description, without a background', () => {
    const root = parsedXml(svg(alexnet()))
    const { width, height, viewBox, role } = root.attributes
    expect([viewBox, role]).toEqual([`0 0 ${width} ${height}`, 'img'])
    expect(root.children.slice(0, 2).map(({ name }) => name)).toEqual(['title', 'desc'])
    expect(onlyOf(root, 'title')).toBe('A network from 224x224x3 to 1000')
    expect(onlyOf(root, 'desc')).toMatch(
      /^Its layers: input, 224x224x3; conv1, conv2d 11x11, 64, stride 4, pad 2, 55x55x64, \+ relu; pool1, maxPool2d 3x3, stride 2, /,
    )
    expect(onlyOf(root, 'desc')).toMatch(/; dense, 1000\.$/)
    expect(allOf(root).filter(({ name }) => name === 'rect')).toEqual([])
  })

  test('its text is of 11 pixels and more, in fonts that end in a generic family', () => {
    const elements = allOf(parsedXml(svg(resnet18())))
    const set = (key: string) => [...new Set(elements.flatMap(({ attributes }) => attributes[key] ?? []))]
    expect(set('font-size')).toEqual(['11', '13'])
    expect(set('font-family')).toHaveLength(1)
    expect(set('font-family')[0]).toMatch(/^Arial, .*, sans-serif$/)
  })

  test('a title of its own, in one line', () => {
    expect(onlyOf(parsedXml(svg(alexnet(), { title: 'AlexNet\nof 2014 & <more>' })), 'title')).toBe('AlexNet of 2014 & <more>')
  })

  test('a description tells at most 100 layers', () => {
    const network = input(4, 4, 1).apply(repeat(120, block(conv2d(1, 1))))
    expect(onlyOf(parsedXml(svg(network, { fold: false })), 'desc')).toMatch(/; conv2d 1x1, 1, 4x4x1; and 21 more\.$/)
  })
})

describe('themes', () => {
  test('light by default; each has the same places and other colours', () => {
    const all = themeNames.map((theme) => svg(resnet18(), { theme }))
    expect(svg(resnet18())).toBe(all[0])
    const places = all.map((content) => content.replace(/#[0-9a-f]{6}/g, '').replace(/<path fill="none" d="[^"]*"\/>/g, ''))
    expect(new Set(places).size).toBe(1)
    expect(new Set(all).size).toBe(3)
  })

  test.each([
    [{ theme: 'sepia' }, RangeError, 'svg: theme must be one of light, dark, print, not "sepia".'],
    [{ theme: 'toString' }, RangeError, 'svg: theme must be one of light, dark, print, not "toString".'],
    [{ theme: null }, RangeError, 'svg: theme must be one of light, dark, print, not null.'],
    [{ colour: 'red' }, TypeError, "svg: there is no option 'colour'. The options are theme, title, style and fold."],
    [{ style: 'cubes' }, RangeError, 'svg: style must be one of volumes, blocks, graph, not "cubes".'],
    [{ fold: 1 }, TypeError, 'svg: fold must be true or false, not 1.'],
    [{ title: 3 }, TypeError, 'svg: title must be a string, not 3.'],
    ['dark', TypeError, 'svg: the options must be an object such as { theme: \'dark\' }, not "dark".'],
    [null, TypeError, "svg: the options must be an object such as { theme: 'dark' }, not null."],
  ])('%j is refused', (options, kind, message) => {
    const draw = () => svg(alexnet(), options as never)
    expect(draw).toThrow(kind)
    expect(draw).toThrow(message)
  })
})

describe('labels', () => {
  test('a layer with a name keeps its kernel, its filters, its stride and its padding', () => {
    const network = input(227, 227, 3).conv2d(96, 11, { stride: 4, name: 'C1' }).relu().maxPool2d(3, { stride: 2, padding: 1, name: 'P1' })
    expect(captionOf(network)).toEqual(['C1', 'conv2d 11x11, 96', 'stride 4', '55x55x96', '+ relu'])
    expect(captionOf(network, 2)).toEqual(['P1', 'maxPool2d 3x3', 'stride 2, pad 1', '28x28x96'])
  })

  test('without one it is called by its kind', () => {
    expect(captionOf(input(8, 8, 3).conv2d(4, 3))).toEqual(['conv2d 3x3, 4', '6x6x4'])
    expect(captionOf(input(8).dense(3))).toEqual(['dense', '3'])
    expect(captionOf(input(8).dense(3, { name: 'head' }))).toEqual(['head', 'dense', '3'])
  })

  test('settings that differ from axis to axis, and from end to end', () => {
    const network = input(9, 8, 4).conv2d(8, [3, 2], { stride: [2, 1], padding: [[1, 0], 2], dilation: 1, groups: 2, rounding: 'floor' })
    expect(captionOf(network)).toEqual(['conv2d 3x2, 8', 'stride 2x1', 'pad 1+0x2, groups 2', '4x11x8'])
    expect(captionOf(input(8, 8, 4).conv2d(8, 3, { padding: 'same', dilation: 2 }))).toEqual([
      'conv2d 3x3, 8',
      'pad same, dilation 2',
      '8x8x8',
    ])
    expect(captionOf(input(8, 8, 4).conv2d(8, 3, { padding: 'valid' }))).toEqual(['conv2d 3x3, 8', '6x6x8'])
    expect(captionOf(input(8, 8, 4).depthwiseConv2d(3, { multiplier: 2 }))).toEqual(['depthwiseConv2d 3x3', 'multiplier 2', '6x6x8'])
    expect(captionOf(input(9, 8).multiHeadAttention(2))).toEqual(['multiHeadAttention', '2 heads', '9x8'])
  })

  test('a layer without a bias says so, where no normalization follows', () => {
    const bare = input(8, 8, 3).conv2d(4, 3, { stride: 1, bias: false, name: 'stem' })
    expect(captionOf(bare.relu())).toEqual(['stem', 'conv2d 3x3, 4', 'no bias', '6x6x4', '+ relu'])
    expect(captionOf(input(8).dense(3, { bias: false }))).toEqual(['dense', 'no bias', '3'])
    expect(captionOf(bare.batchNorm().relu())).toEqual(['stem', 'conv2d 3x3, 4', '6x6x4', '+ batchNorm, relu'])
    expect(svg(bare.batchNorm())).toContain('<title>stem: conv2d 3x3, 4, no bias\n')
  })

  test('filters stand apart where the kernel is one number, and where the line would be long', () => {
    expect(captionOf(input(16, 4).apply(conv1d(64, 3)))).toEqual(['conv1d 3', '64 filters', '14x64'])
    expect(captionOf(input(16, 16, 4).convTranspose2d(1024, 2, { stride: 2 }))).toEqual([
      'convTranspose2d 2x2',
      '1024 filters, stride 2',
      '32x32x1024',
    ])
  })

  test('a long name is cut, and its settings are kept; emoji and marks are not cut in two', () => {
    const named = (name: string) => captionOf(input(8, 8, 3).conv2d(4, 3, { name })) as string[]
    expect(named('w'.repeat(10_000))).toEqual([expect.stringMatching(/^w{8,20}…$/), 'conv2d 3x3, 4', '6x6x4'])
    expect(named('😀'.repeat(100))[0]).toMatch(/^(😀){5,20}…$/u)
    // Marks take no room, however many there are.
    expect(named(`a${'\u0301'.repeat(1000)}`)[0]?.length).toBeLessThan(70)
  })

  test('what follows a layer stands in as many lines as it needs, and at most in four', () => {
    const layer = input(8, 8, 3).conv2d(4, 3)
    expect(captionOf(layer.batchNorm().hardSwish())?.slice(2)).toEqual(['+ batchNorm', '+ hardSwish'])
    expect(captionOf(layer.batchNorm().relu())?.slice(2)).toEqual(['+ batchNorm, relu'])
    expect(captionOf(layer.apply(repeat(30, relu())))?.slice(2)).toEqual([
      '+ relu, relu, relu, relu',
      '+ relu, relu, relu, relu',
      '+ relu, relu, relu, relu',
      '+ relu, relu, relu, relu, …',
    ])
  })

  test('a name of nothing but control characters is none', () => {
    expect(captionOf(input(8).dense(3, { name: '\u0000\u0007' }))).toEqual(['dense', '3'])
  })

  test('a kind with signs of regular expressions in it', () => {
    const odd = defineLayer('odd(kind', (shape: Shape) => ({ output: shape }))
    const network = input(8).apply(odd() as never)
    expect(captionOf(network)).toEqual(['odd(kind', '8'])
  })
})

describe('names that are anything', () => {
  /** Names with all that XML does not have, and with what means something in it, in dagre or in objects. */
  const anything = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1 }),
    fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)), minLength: 1 }),
    fc.constantFrom(
      '\u0000',
      '\u0000entry',
      'entry',
      'exit',
      '\u0001',
      '__proto__',
      'constructor',
      '0',
      ']]>',
      '<!--',
      '&#0;',
      '\ud800',
      '\udc00x',
      '\uffff',
    ),
    fc.constantFrom('</title><script>alert(1)</script>', '"><image href="x"/>', '&amp;', '%s', '\u202e', '\u2028', '\r\n'),
  )

  // Blank names are refused by the layers.
  const name = anything.filter((text) => text.trim() !== '')

  test('the file is XML, with a volume for each layer and its settings', () => {
    fc.assert(
      fc.property(name, name, name, (first, second, title) => {
        const network = input(4, 4, 1)
          .conv2d(3, 1, { name: first })
          .add(identity(), (x) => x.conv2d(3, 3, { padding: 1, name: second }))
        for (const inPage of [false, true]) {
          const content = inPage ? pictureInPage(html([{ name: title, network }])) : svg(network, { title })
          const root = parsedXml(content)
          expect(named(root, 'script').length + named(root, 'image').length).toBe(0)
          expect(root.children.filter((child) => child.name === 'title')).toHaveLength(1)
          const texts = named(root, 'text').map(({ text }) => text)
          expect(texts).toEqual(expect.arrayContaining(['conv2d 1x1, 3', 'conv2d 3x3, 3', 'pad 1', '4x4x3']))
        }
      }),
      { numRuns: casesOf('SVG: pictures of networks'), seed },
    )
  })

  test('nothing of a name but its text is in the file', () => {
    const network = input(4, 4, 1).conv2d(3, 1, { name: 'a\u0000b]]>\ud800c\uffff' })
    expect(captionOf(network)?.[0]).toBe('a b]]>\ufffdc\ufffd')
  })
})

const pictureInPage = (page: string): string => /<svg[\s\S]*<\/svg>/.exec(page)?.[0] ?? ''

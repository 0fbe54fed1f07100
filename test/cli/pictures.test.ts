import { inflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { asset } from '../../src/cli/pictures/assets.js'
import { pdf } from '../../src/cli/pictures/pdf.js'
import { png } from '../../src/cli/pictures/png.js'
import { fontOf } from '../../src/cli/pictures/true-type.js'
import { paletteOf } from '../../src/drawing/colours/palette.js'
import { shapesOf } from '../../src/drawing/svg/shapes.js'
import { svg } from '../../src/drawing/svg/svg.js'
import { tikz } from '../../src/drawing/tikz/tikz.js'
import { input } from '../../src/index.js'
import { lenet5 } from '../../src/zoo/index.js'
import { named, parsedXml } from '../support/drawn.js'
import { expectGolden } from '../support/golden.js'
import { decodedPng } from '../support/png.js'

/** Pictures in forms other than SVG. */

const picture = svg(lenet5())
const odd = svg(input(4).dense(3, { name: 'a_b & <c> 100% \\' }).dense(2, { name: '{x} ~^ "q" é 漢 #$' }))

describe('shapes', () => {
  test('are the paths, circles and texts of the file, in their order', () => {
    const root = parsedXml(odd)
    const { width, height, shapes } = shapesOf(odd)
    expect([`${width}`, `${height}`]).toEqual([root.attributes['width'], root.attributes['height']])
    expect(shapes.filter(({ kind }) => kind === 'path')).toHaveLength(named(root, 'path').length + named(root, 'circle').length)
    expect(shapes.flatMap((shape) => (shape.kind === 'text' ? [shape.text] : []))).toEqual(named(root, 'text').map(({ text }) => text))
    expect(shapes.flatMap((shape) => (shape.kind === 'text' ? [shape.size] : [])).every((size) => size === 11)).toBe(true)
  })
})

describe('png', () => {
  test.each([1, 2, 0.5])('%s pixels for one of the SVG, on nothing, with its text', async (scale) => {
    const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(picture) ?? []
    const found = decodedPng(Buffer.from(await png(picture, scale)))
    expect([found.width, found.height]).toEqual([Math.ceil(Number(width) * scale), Math.ceil(Number(height) * scale)])
    expect(found.alphaAt(0, 0)).toBe(0)
    const { ink, boxes } = paletteOf('light')
    if (scale < 1) return
    expect(found.counts.get(`${ink}ff`)).toBeGreaterThan(50)
    expect(found.counts.get(`${boxes.convolution.front}ff`)).toBeGreaterThan(100)
  })

  test('what would have too many pixels is refused with a factor that fits', async () => {
    await expect(png('<svg width="20000" height="10000">', 2)).rejects.toThrow(
      new RangeError('it would have 800 million pixels. Use --scale 1 or less, or --to svg or pdf.'),
    )
  })
})

describe('pdf', () => {
  const file = Buffer.from(pdf(odd, 'odd 漢'))
  const text = file.toString('latin1')

  test('its table says where each object begins', () => {
    const begin = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1])
    expect(text.slice(begin, begin + 5)).toBe('xref\n')
    const places = [...text.slice(begin).matchAll(/^(\d{10}) 00000 n $/gm)].map(([, place]) => Number(place))
    expect(places.length).toBeGreaterThan(8)
    for (const [index, place] of places.entries()) expect(text.slice(place, place + 12)).toMatch(new RegExp(`^${index + 1} 0 obj\n`))
  })

  test('its page is as large as the picture, 96 pixels for an inch, and has all its shapes', () => {
    const { width, height, shapes } = shapesOf(odd)
    expect(text).toContain(`/MediaBox [0 0 ${width * 0.75} ${height * 0.75}]`)
    const streams = [...text.matchAll(/\/Length (\d+)[^\n]*>>\nstream\n/g)].map(({ index, 0: head, 1: length }) => {
      const start = index + head.length
      return inflateSync(file.subarray(start, start + Number(length)))
    })
    expect(streams.slice(0, 2).map((stream) => stream.length)).toEqual([asset('regular').length, asset('bold').length])
    const content = streams[2]?.toString('latin1') ?? ''
    expect(content.match(/ Tj ET$/gm)).toHaveLength(shapes.filter(({ kind }) => kind === 'text').length)
    expect(content.match(/^[Bf SB]$/gm)?.length).toBe(shapes.filter(({ kind }) => kind === 'path').length)
    // The name, with a question mark for what no Western font has.
    const hex = Buffer.from('a_b & <c> 100', 'latin1').toString('hex')
    expect(content).toContain(`<${hex}`)
    expect(text).toContain('/Title <FEFF006f006400640020')
  })

  test('widths of its fonts are those of Arial: https://learn.microsoft.com/typography/font-list/arial, which Helvetica has too', () => {
    const regular = fontOf(asset('regular'))
    const bold = fontOf(asset('bold'))
    const widths = (font: typeof regular) => [...'Ai 0mx×'].map((sign) => font.widthOf(sign.codePointAt(0) as number))
    expect(widths(regular)).toEqual([667, 222, 278, 556, 833, 500, 584])
    expect(widths(bold)).toEqual([722, 278, 278, 556, 889, 556, 584])
  })

  test('a page that no reader opens is refused', () => {
    expect(() => pdf('<svg width="100" height="30000">', '')).toThrow('a page of PDF is at most 14,400 points long. Use --to svg.')
  })
})

describe('tikz', () => {
  test('a small picture', () => expectGolden('drawing/odd.tex', tikz(odd)))

  test('letters that the fonts of TeX lack are question marks', () => {
    expect(tikz(svg(input(4).dense(2, { name: 'éőß «ąđħŋþ»' })))).toContain('éőß ???????')
    expect(tikz(svg(input(4).dense(2, { name: 'a--b---`c' })))).toContain('a-{}-b-{}-{}-\\textasciigrave{}c}')
  })

  test('names cannot break out of their text', () => {
    const text = tikz(odd)
    expect(text).toContain('a\\_b \\& \\textless{}c\\textgreater{} 100\\% \\textbackslash{}}')
    expect(text).toContain("\\{x\\} \\textasciitilde{}\\textasciicircum{} ''q'' é ? \\#\\$}")
    expect(text.replaceAll(/\\[{}]/g, '').split('{')).toHaveLength(text.replaceAll(/\\[{}]/g, '').split('}').length)
  })
})

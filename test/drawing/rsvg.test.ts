import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { paletteOf } from '../../src/drawing/colours/palette.js'
import { themeNames } from '../../src/drawing/colours/theme.js'
import { categoriesOf } from '../../src/drawing/svg/picture.js'
import { svg } from '../../src/drawing/svg/svg.js'
import { volumesOf } from '../../src/drawing/volumes/volumes.js'
import type { AnyNetwork } from '../../src/index.js'
import { alexnet, googlenet, resnet50, unet, vgg16 } from '../../src/zoo/index.js'
import { sampled } from '../support/effort.js'
import { decodedPng } from '../support/png.js'

/** Pictures in librsvg, which lacks the style sheets and colours of a browser: how slides, papers and desktops show them. */

const hasConverter = spawnSync('rsvg-convert', ['--version']).status === 0
if (!hasConverter)
  console.warn('Pictures are not converted: there is no rsvg-convert here. Install librsvg2-bin to run test/drawing/rsvg.test.ts.')

const converted = (content: string) => {
  const { status, stdout, stderr } = spawnSync('rsvg-convert', ['--format', 'png'], { input: content, maxBuffer: 64 * 2 ** 20 })
  expect([status, `${stderr}`]).toEqual([0, ''])
  return decodedPng(stdout)
}

describe.skipIf(!hasConverter)(hasConverter ? 'through rsvg-convert' : 'not run: there is no rsvg-convert here', () => {
  describe.each(sampled(Object.entries({ alexnet, vgg16, resnet50, unet, googlenet })))('%s', (_, make) => {
    const network: AnyNetwork = make()
    test.each(themeNames)('%s: the colours of the theme on nothing', (theme) => {
      const content = svg(network, { theme })
      const { width, height, alphaAt, counts } = converted(content)
      expect(content).toContain(` width="${width}" height="${height}" `)
      const [right, bottom] = [width - 1, height - 1]
      expect([alphaAt(0, 0), alphaAt(right, 0), alphaAt(0, bottom), alphaAt(right, bottom)]).toEqual([0, 0, 0, 0])
      // Most of a picture is what it lies on.
      expect(counts.get('#00000000')).toBeGreaterThan(0.6 * width * height)
      const { ink, boxes } = paletteOf(theme)
      expect(counts.get(`${ink}ff`)).toBeGreaterThan(20)
      // In the key at the least, a front has 16x11 pixels.
      const lacking = categoriesOf(volumesOf(network.graph)).filter((category) => (counts.get(`${boxes[category].front}ff`) ?? 0) < 20)
      expect(lacking).toEqual([])
      const solid = [...counts.keys()].filter((colour) => colour.endsWith('ff'))
      expect(solid.length).toBeGreaterThan(10)
      if (theme === 'print') expect(solid.filter((colour) => !/^#(..)\1\1ff$/.test(colour))).toEqual([])
    })
  })

  test('a name that XML cannot hold', () => {
    const network = alexnet()
    const { width } = converted(svg(network, { title: '\u0000 ]]> \ud800 </title> \uffff &' }))
    expect(width).toBeGreaterThan(500)
  })
})

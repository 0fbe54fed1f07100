import { describe, expect, test } from 'vitest'
import { hexOf } from '../../../src/drawing/colours/oklch.js'
import { type BoxColours, paletteOf } from '../../../src/drawing/colours/palette.js'
import { type Theme, themeNames } from '../../../src/drawing/colours/theme.js'
import type { Category } from '../../../src/drawing/volumes/category.js'

/** Whether the colours of pictures are distinguishable. */

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
const luminance = (hex: string): number => {
  const [red, green, blue] = [1, 3, 5].map((start) => {
    const value = Number.parseInt(hex.slice(start, start + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
const contrast = (a: string, b: string): number => {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

/** What each theme is for. */
const backgrounds: Readonly<Record<Theme, readonly string[]>> = {
  light: ['#ffffff', '#f5f5f5'],
  dark: ['#000000', '#12161c', '#1e1e1e', '#2d2d2d'],
  print: ['#ffffff'],
}

const boxesOf = (theme: Theme) => Object.entries(paletteOf(theme).boxes) as [Category, BoxColours][]

describe.each(themeNames)('%s', (theme) => {
  const { ink, faint, line } = paletteOf(theme)

  test.each(backgrounds[theme])('on %s text has 4.5:1, lines and edges have 3:1', (background) => {
    expect(Math.min(...[ink, faint].map((colour) => contrast(colour, background)))).toBeGreaterThanOrEqual(4.5)
    const edges = boxesOf(theme).map(([, { edge }]) => edge)
    expect(Math.min(...[line, ...edges].map((colour) => contrast(colour, background)))).toBeGreaterThanOrEqual(3)
  })

  test('the sign of a join has 4.5:1 on it', () => {
    const { front, sign } = paletteOf(theme).boxes.join
    expect(contrast(front, sign)).toBeGreaterThanOrEqual(4.5)
  })

  test('the faces of a box can be told from one another', () => {
    for (const [, { top, front, side }] of boxesOf(theme)) {
      // White has nothing above it.
      if (front !== '#ffffff') expect(luminance(top)).toBeGreaterThan(luminance(front))
      expect(luminance(front)).toBeGreaterThan(luminance(side))
    }
  })

  test('no two categories look alike', () => {
    const looks = boxesOf(theme).map(([, { front, hatch }]) => `${front} ${hatch}`)
    expect(new Set(looks).size).toBe(looks.length)
  })
})

test('print: greys, each two categories another hatch or a step of 15 of lightness', () => {
  /** CIE lightness, 0 to 100: https://www.w3.org/TR/css-color-4/#cie-lab. */
  const lightness = (hex: string) => 116 * Math.cbrt(luminance(hex)) - 16
  const boxes = boxesOf('print')
  const alike = boxes.flatMap(([name, a], index) =>
    boxes
      .slice(index + 1)
      .filter(([, b]) => a.hatch === b.hatch && Math.abs(lightness(a.front) - lightness(b.front)) < 15)
      .map(([other]) => `${name} and ${other}`),
  )
  expect(alike).toEqual([])
  const colours = boxes.flatMap(([, { top, front, side, edge }]) => [top, front, side, edge])
  expect(colours.filter((colour) => !/^#(..)\1\1$/.test(colour))).toEqual([])
})

// The ends of sRGB, and the green of the examples in https://www.w3.org/TR/css-color-4/#color-conversion.
test.each([
  [{ lightness: 1, chroma: 0, hue: 0 }, '#ffffff'],
  [{ lightness: 0, chroma: 0, hue: 0 }, '#000000'],
  [{ lightness: 0.62796, chroma: 0.25768, hue: 29.234 }, '#ff0000'],
  [{ lightness: 0.86644, chroma: 0.29483, hue: 142.495 }, '#00ff00'],
  [{ lightness: 0.45201, chroma: 0.31321, hue: 264.052 }, '#0000ff'],
  [{ lightness: 0.51975, chroma: 0.17686, hue: 142.495 }, '#008000'],
])('OKLCH %o is %s', (colour, hex) => {
  expect(hexOf(colour)).toBe(hex)
})

test('what no screen can show keeps its lightness', () => {
  const hex = hexOf({ lightness: 0.7, chroma: 0.4, hue: 200 })
  expect(hex).toMatch(/^#[0-9a-f]{6}$/)
  expect(luminance(hex)).toBeGreaterThan(0.3)
  expect(luminance(hex)).toBeLessThan(0.45)
})

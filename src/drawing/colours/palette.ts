import type { Category } from '../volumes/category.js'
import type { Hatch } from './hatch.js'
import { hexOf } from './oklch.js'
import type { Theme } from './theme.js'

/** The colours of a picture, each as `#rrggbb`. */
export interface Palette {
  /** Text, 4.5:1 or more on the backgrounds that the theme is for. */
  readonly ink: string
  /** Text of less weight, 4.5:1 or more too. */
  readonly faint: string
  /** Lines and arrows. */
  readonly line: string
  readonly boxes: Readonly<Record<Category, BoxColours>>
}

/** The colours of one category's boxes. */
export interface BoxColours {
  readonly top: string
  readonly front: string
  /** Right of the front, in the shade. */
  readonly side: string
  readonly edge: string
  /** A flat block, on which text is read. */
  readonly flat: string
  /** The plus or the times of a join. */
  readonly sign: string
  /** Lines over the front and the side, which tell categories apart without colour. */
  readonly hatch?: Hatch
}

/** Chroma is kept alike over the categories, so that none shouts. */
const hues: Readonly<Record<Category, { readonly hue: number; readonly chroma: number }>> = {
  input: { hue: 255, chroma: 0.01 },
  convolution: { hue: 250, chroma: 0.12 },
  pooling: { hue: 55, chroma: 0.13 },
  dense: { hue: 150, chroma: 0.12 },
  recurrent: { hue: 195, chroma: 0.1 },
  attention: { hue: 305, chroma: 0.13 },
  embedding: { hue: 110, chroma: 0.11 },
  join: { hue: 20, chroma: 0.13 },
  normalization: { hue: 280, chroma: 0.07 },
  activation: { hue: 340, chroma: 0.09 },
  reshape: { hue: 255, chroma: 0.03 },
  other: { hue: 90, chroma: 0.04 },
}

/** Without colour: how light the front is, and its hatch. No two categories have both alike. */
const greys: Readonly<Record<Category, { readonly lightness: number; readonly hatch?: Hatch }>> = {
  input: { lightness: 1 },
  convolution: { lightness: 0.86 },
  pooling: { lightness: 0.68 },
  join: { lightness: 0.45 },
  dense: { lightness: 1, hatch: 'rising' },
  recurrent: { lightness: 1, hatch: 'falling' },
  attention: { lightness: 1, hatch: 'crossed' },
  embedding: { lightness: 1, hatch: 'upright' },
  reshape: { lightness: 1, hatch: 'level' },
  normalization: { lightness: 0.86, hatch: 'level' },
  activation: { lightness: 0.86, hatch: 'rising' },
  other: { lightness: 0.86, hatch: 'crossed' },
}

/** One value for each category. */
const overCategories = <Result>(make: (category: Category) => Result): Readonly<Record<Category, Result>> =>
  Object.fromEntries((Object.keys(hues) as Category[]).map((category) => [category, make(category)])) as Record<Category, Result>

/** How light the faces of a box are: lit from above, in the shade on the right. */
const coloured = (
  lightness: { readonly top: number; readonly front: number; readonly side: number; readonly edge: number },
  sign: string,
  flat: 'top' | 'side',
) =>
  overCategories((category): BoxColours => {
    const { hue, chroma } = hues[category]
    return {
      top: hexOf({ lightness: lightness.top, chroma: chroma / 2, hue }),
      front: hexOf({ lightness: lightness.front, chroma, hue }),
      side: hexOf({ lightness: lightness.side, chroma, hue }),
      edge: hexOf({ lightness: lightness.edge, chroma, hue }),
      flat: hexOf({ lightness: lightness[flat], chroma: flat === 'top' ? chroma / 2 : chroma, hue }),
      sign,
    }
  })

const grey = (lightness: number): string => hexOf({ lightness, chroma: 0, hue: 0 })

const palettes: Readonly<Record<Theme, Palette>> = {
  /** For white and light backgrounds. */
  light: {
    ink: '#1c2430',
    faint: '#566170',
    line: '#6b7685',
    boxes: coloured({ top: 0.9, front: 0.8, side: 0.7, edge: 0.45 }, '#1c2430', 'top'),
  },
  /** For backgrounds from black to #2d2d2d. */
  dark: {
    ink: '#eef2f7',
    faint: '#a9b4c1',
    line: '#929eac',
    boxes: coloured({ top: 0.66, front: 0.55, side: 0.44, edge: 0.82 }, '#ffffff', 'side'),
  },
  /** For paper and printers without colours. */
  print: {
    ink: '#000000',
    faint: '#3a3a3a',
    line: '#3a3a3a',
    boxes: overCategories((category): BoxColours => {
      const { lightness, hatch } = greys[category]
      const faces = { top: grey(Math.min(1, lightness + 0.07)), front: grey(lightness), side: grey(lightness - 0.08) }
      return { ...faces, flat: grey(Math.min(1, lightness + 0.1)), edge: '#000000', sign: '#ffffff', ...(hatch ? { hatch } : {}) }
    }),
  },
}

/** The colours of a theme. */
export const paletteOf = (theme: Theme): Palette => palettes[theme]

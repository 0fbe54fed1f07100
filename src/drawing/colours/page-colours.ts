import type { Category } from '../volumes/category.js'
import { type BoxColours, paletteOf } from './palette.js'

/*
 * The colours of a page and of the pictures in it: those of the light theme, or of the dark one where the reader's screen is dark.
 * Pictures have the light theme's colours in attributes; rules of a style sheet come before attributes.
 */

const faces = ['top', 'front', 'side', 'edge', 'sign'] as const

/** Colours that only pages have. */
const plain = {
  light: { paper: '#ffffff', rule: '#dfe4ea', card: '#f5f7f9' },
  dark: { paper: '#12161c', rule: '#2b333d', card: '#1a2028' },
}

/** The colours of a theme, as the custom properties of a rule. */
const properties = (theme: 'light' | 'dark'): string => {
  const { ink, faint, line, boxes } = paletteOf(theme)
  const all = Object.entries({ ...plain[theme], ink, faint, line })
  for (const [category, colours] of Object.entries(boxes)) for (const face of faces) all.push([`${category}-${face}`, colours[face]])
  return all.map(([name, colour]) => `--${name}:${colour}`).join(';')
}

/** Light, or dark where the reader's screen is; `data-theme` settles it. */
export const pageColours: string = [
  `:root{color-scheme:light dark;${properties('light')}}`,
  `@media (prefers-color-scheme:dark){:root:not([data-theme=light]){${properties('dark')}}}`,
  `:root[data-theme=dark]{${properties('dark')}}`,
].join('')

const rulesOf = (category: string): string => {
  const fill = (face: keyof BoxColours) => `.stridewise .${category} .${face}{fill:var(--${category}-${face})}`
  return [
    ...(['top', 'front', 'side'] as const).map(fill),
    `.stridewise .${category} .box{stroke:var(--${category}-edge)}`,
    `.stridewise .${category} .sign{stroke:var(--${category}-sign)}`,
  ].join('')
}

/** The parts of a picture in these colours. */
export const pictureColours: string = [
  '.stridewise .ink{fill:var(--ink)}.stridewise .faint{fill:var(--faint)}',
  '.stridewise .lines{stroke:var(--line)}.stridewise .heads{fill:var(--line)}',
  ...(Object.keys(paletteOf('light').boxes) as Category[]).map(rulesOf),
].join('')

import type { Category } from './category.js'

/** Hue, chroma and lightness are kept alike over the categories, so that none shouts: OKLCH, https://www.w3.org/TR/css-color-4/#ok-lab. */
const hues: Readonly<Record<Category, { hue: number; chroma: number }>> = {
  input: { hue: 255, chroma: 0.01 },
  convolution: { hue: 250, chroma: 0.12 },
  pooling: { hue: 55, chroma: 0.13 },
  dense: { hue: 150, chroma: 0.12 },
  recurrent: { hue: 195, chroma: 0.1 },
  attention: { hue: 305, chroma: 0.13 },
  embedding: { hue: 110, chroma: 0.11 },
  join: { hue: 20, chroma: 0.13 },
  normalization: { hue: 280, chroma: 0.05 },
  activation: { hue: 340, chroma: 0.09 },
  reshape: { hue: 255, chroma: 0.03 },
  other: { hue: 90, chroma: 0.04 },
}

/** The shades of a box: the lit top, the front, the side in the shade. */
const shades = {
  light: { top: 0.9, front: 0.8, side: 0.7, edge: 0.45 },
  dark: { top: 0.66, front: 0.55, side: 0.44, edge: 0.82 },
}

const plain = {
  light: '--paper:#ffffff;--ink:#1c2430;--faint:#5c6775;--rule:#dfe4ea;--card:#f5f7f9;--line:#7b8694',
  dark: '--paper:#12161c;--ink:#e8edf3;--faint:#9aa6b4;--rule:#2b333d;--card:#1a2028;--line:#8b97a5',
}

/** The colours of a theme, as the custom properties of a rule. */
const colours = (theme: 'light' | 'dark'): string => {
  const each = Object.entries(hues).flatMap(([name, { hue, chroma }]) =>
    Object.entries(shades[theme]).map(
      ([face, lightness]) => `--${name}-${face}:oklch(${lightness} ${face === 'top' ? chroma / 2 : chroma} ${hue})`,
    ),
  )
  return [plain[theme], ...each].join(';')
}

/** Colours for whatever a selector finds: light, or dark where the reader's screen is; `data-theme` settles it. */
export const themes = (selector: string): string =>
  [
    `${selector}{color-scheme:light dark;${colours('light')}}`,
    `@media (prefers-color-scheme:dark){${selector}:not([data-theme=light]){${colours('dark')}}}`,
    `${selector}[data-theme=dark]{${colours('dark')}}`,
  ].join('')

/** How the parts of a picture look. */
export const parts: string = [
  '.stridewise text{font:10px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;fill:var(--ink);text-anchor:middle;paint-order:stroke;stroke:var(--paper);stroke-width:3px;stroke-linejoin:round}',
  '.stridewise .shape{font-weight:600}',
  '.stridewise .dressing{font-size:9px;fill:var(--faint)}',
  '.stridewise .sign{font-size:15px;stroke:none}',
  '.stridewise .key{text-anchor:start;fill:var(--faint)}',
  '.stridewise .paper{fill:var(--paper)}',
  '.stridewise .line{fill:none;stroke:var(--line);stroke-width:1.2}',
  '.stridewise .head{fill:var(--line)}',
  '.stridewise .volume path,.stridewise circle{stroke-width:.8;stroke-linejoin:round}',
  ...Object.keys(hues).map((name) => {
    const face = (kind: string) => `.stridewise .${name} .${kind}{fill:var(--${name}-${kind});stroke:var(--${name}-edge)}`
    return ['front', 'top', 'side'].map(face).join('')
  }),
].join('')

/** The whole style of a picture that stands alone. */
export const style = (selector: string): string => `${themes(selector)}${parts}`

/**
 * The colours of code in the light and the dark theme. Written beside every word, they are most of a page with many popups, so that a page
 * names them by a class.
 */
const colours: Readonly<Record<string, readonly [light: string, dark: string]>> = {
  plain: ['#0E1116', '#F0F3F6'],
  call: ['#622CBC', '#DBB7FF'],
  keyword: ['#A0111F', '#FF9492'],
  constant: ['#023B95', '#91CBFF'],
  text: ['#032563', '#ADDCFF'],
  comment: ['#66707B', '#BDC4CC'],
  type: ['#702C00', '#FFB757'],
}

const declared = ([light, dark]: readonly [string, string]): string => `--shiki-light:${light};--shiki-dark:${dark}`

/** The style sheet of the classes. */
export const colourSheet = Object.entries(colours)
  .map(([name, pair]) => `.code-${name}{${declared(pair)}}`)
  .join('')

const classes = new Map(Object.entries(colours).map(([name, pair]) => [declared(pair), `class="code-${name}"`]))

/** Names the colours of code by classes. Colours that are not in the list stay where they are. */
export const coloursAsClasses = {
  name: 'colours-as-classes',
  postprocess: (html: string): string =>
    html.replace(/style="(--shiki-light:[^";]+;--shiki-dark:[^";]+);?"/g, (whole, pair: string) => classes.get(pair) ?? whole),
}

/*
 * The shapes of a picture, for formats that are no SVG. A picture of this package holds groups, paths, circles and texts only, with all
 * that they look like in attributes.
 */

/** A step of a path, with absolute coordinates. */
export interface Step {
  readonly letter: 'M' | 'L' | 'Q' | 'C' | 'Z'
  readonly numbers: readonly number[]
}

/** How a shape looks. */
export interface Look {
  /** `#rrggbb`, or nothing. */
  readonly fill: string | undefined
  readonly stroke: string | undefined
  readonly strokeWidth: number
  /** Lengths of dashes and gaps; empty for a solid line. */
  readonly dashes: readonly number[]
}

/** A path or a text. */
export type Shape =
  | ({ readonly kind: 'path'; readonly steps: readonly Step[] } & Look)
  | {
      readonly kind: 'text'
      readonly x: number
      /** The baseline. */
      readonly y: number
      readonly text: string
      readonly anchor: 'start' | 'middle'
      readonly size: number
      readonly isBold: boolean
      readonly fill: string
    }

/** A picture as shapes, each over those before it. */
export interface Shapes {
  readonly width: number
  readonly height: number
  readonly shapes: readonly Shape[]
}

type Attributes = Readonly<Record<string, string>>

/** The shapes of an SVG file that `svg` made. */
export const shapesOf = (svg: string): Shapes => {
  const shapes: Shape[] = []
  const open: Attributes[] = [{}]
  let root: Attributes = {}
  for (const [, closing, name = '', given = '', empty, text = ''] of svg.matchAll(/<(\/?)([a-z]+)((?: [a-z-]+="[^"]*")*)(\/?)>([^<]*)/gi)) {
    if (closing) {
      open.pop()
      continue
    }
    const own: Attributes = Object.fromEntries([...given.matchAll(/([a-z-]+)="([^"]*)"/gi)].map(([, key = '', value = '']) => [key, value]))
    const all = { ...open.at(-1), ...own }
    if (name === 'svg') root = own
    if (name === 'path') shapes.push({ kind: 'path', steps: stepsOf(all['d'] ?? ''), ...lookOf(all) })
    if (name === 'circle') shapes.push({ kind: 'path', steps: circleOf(all), ...lookOf(all) })
    if (name === 'text') shapes.push(textOf(all, text))
    if (!empty) open.push(all)
  }
  return { width: Number(root['width']), height: Number(root['height']), shapes }
}

const lookOf = (all: Attributes): Look => ({
  fill: colourOf(all['fill'] ?? '#000000'),
  stroke: colourOf(all['stroke'] ?? 'none'),
  strokeWidth: Number(all['stroke-width'] ?? 1),
  dashes: (all['stroke-dasharray'] ?? '').split(' ').filter(Boolean).map(Number),
})

const colourOf = (value: string): string | undefined => (value === 'none' ? undefined : value)

const textOf = (all: Attributes, text: string): Shape => ({
  kind: 'text',
  x: Number(all['x']),
  y: Number(all['y']),
  text: unescaped(text),
  anchor: all['text-anchor'] === 'middle' ? 'middle' : 'start',
  size: Number(all['font-size']),
  isBold: all['font-weight'] === 'bold',
  fill: all['fill'] ?? '#000000',
})

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' }

const unescaped = (text: string): string =>
  text.replace(/&(?:#(\d+)|([a-z]+));/g, (_, code: string | undefined, name: string | undefined) =>
    code === undefined ? (entities[name ?? ''] ?? '') : String.fromCodePoint(Number(code)),
  )

/** The steps of a path's data; more points after M are those of straight lines. */
const stepsOf = (data: string): Step[] =>
  [...data.matchAll(/([MLQCz])([^MLQCz]*)/g)].flatMap(([, letter = '', rest = '']): Step[] => {
    if (letter === 'z') return [{ letter: 'Z', numbers: [] }]
    const numbers = rest.trim().split(/\s+/).map(Number)
    if (letter !== 'M') return [{ letter: letter as 'L' | 'Q' | 'C', numbers }]
    return Array.from({ length: numbers.length / 2 }, (_, index) => ({
      letter: index === 0 ? ('M' as const) : ('L' as const),
      numbers: numbers.slice(2 * index, 2 * index + 2),
    }))
  })

/** How far the controls of a quarter of a circle are from its ends, in radii. */
const quarter = 0.5523

const circleOf = (all: Attributes): Step[] => {
  const [x, y, r] = [Number(all['cx']), Number(all['cy']), Number(all['r'])]
  const k = r * quarter
  const curve = (...numbers: readonly number[]): Step => ({ letter: 'C', numbers })
  return [
    { letter: 'M', numbers: [x + r, y] },
    curve(x + r, y + k, x + k, y + r, x, y + r),
    curve(x - k, y + r, x - r, y + k, x - r, y),
    curve(x - r, y - k, x - k, y - r, x, y - r),
    curve(x + k, y - r, x + r, y - k, x + r, y),
    { letter: 'Z', numbers: [] },
  ]
}

/** The steps of a path with cubic curves in place of quadratic ones. */
export const cubic = (steps: readonly Step[]): Step[] => {
  let [x, y] = [0, 0]
  return steps.map(({ letter, numbers }) => {
    const [x0, y0] = [x, y]
    ;[x, y] = numbers.length > 1 ? (numbers.slice(-2) as [number, number]) : [x, y]
    if (letter !== 'Q') return { letter, numbers }
    const [cx, cy] = numbers as [number, number, number, number]
    const between = (end: number, control: number): number => end + (2 / 3) * (control - end)
    return { letter: 'C', numbers: [between(x0, cx), between(y0, cy), between(x, cx), between(y, cy), x, y] }
  })
}

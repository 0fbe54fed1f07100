import { paramsIn } from '../../layers/kind/layer.js'
import type { Graph } from '../../network/graph.js'
import type { AnyNetwork } from '../../network/network.js'
import { grouped } from '../../report/units.js'
import { type CaptionLine, captionOf, summaryOf } from '../captions/caption.js'
import { escaped } from '../captions/escape.js'
import { fontFamily, fontSize, lineHeight, shortened } from '../captions/text.js'
import { type Palette, paletteOf } from '../colours/palette.js'
import type { Theme } from '../colours/theme.js'
import { downwards } from '../layout/downwards.js'
import { flatBox } from '../layout/flat-box.js'
import { at, number } from '../layout/geometry.js'
import { type Layout, layoutOf } from '../layout/layout.js'
import { captionGap, halfHeight, hasTextInside, joinRadius, type PositionedBox } from '../layout/piece.js'
import { compact, compactFlat, roomy } from '../layout/spacing.js'
import type { Category } from '../volumes/category.js'
import { type Folded, foldedOf, unfolded } from '../volumes/fold.js'
import { label } from '../volumes/label.js'
import { hasNames } from '../volumes/labels.js'
import type { Style } from '../volumes/styles.js'
import { type Volume, volumesOf } from '../volumes/volumes.js'
import { shapeOf } from './box.js'
import { keyOf } from './key.js'
import { headOf, lineOf } from './lines.js'
import { type Marks, noMarks, pageMarks } from './marks.js'

/** How a picture is made. */
export interface PictureOptions {
  readonly theme: Theme
  /** What it shows, for those who cannot see it. */
  readonly title: string
  /** Whether it stands in a page that has its colours, its key and its tooltips, or alone. */
  readonly inPage: boolean
  /** Whether a repeated block is drawn once, with how often it is repeated. */
  readonly folds: boolean
  readonly style: Style
}

/** An SVG element. */
export interface Picture {
  readonly content: string
  /** In pixels. */
  readonly width: number
  /** How many frames of repeated blocks it has. */
  readonly frames: number
}

/**
 * Draws a network.
 *
 * All colours are `#rrggbb` in attributes, and there are no styles, markers, patterns or ids: what draws SVG at all draws this.
 */
export const pictureOf = (network: AnyNetwork, { theme, title, inPage, folds, style }: PictureOptions): Picture => {
  const palette = paletteOf(theme)
  const marks = inPage ? pageMarks : noMarks
  const layout = layoutOfGraph(network.graph, { folds, style })
  const volumes = layout.placed.map(({ volume }) => volume)
  const key = inPage
    ? undefined
    : keyOf(categoriesOf(volumes), palette, { width: Math.max(layout.width, 480), top: layout.height, isToScale: style === 'volumes' })
  const width = Math.ceil(Math.max(layout.width, key?.width ?? 0))
  const height = Math.ceil(layout.height + (key?.height ?? 0))
  const content = [
    `<svg xmlns="http://www.w3.org/2000/svg"${marks('stridewise')} viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escaped(label(title))}</title>`,
    `<desc>${escaped(descriptionOf(volumes))}</desc>`,
    ...linesOf(layout, palette, marks),
    `<g font-family="${fontFamily}" font-size="${fontSize}" text-anchor="middle">`,
    ...framesOf(layout, palette, marks),
    ...textsOf(layout, palette),
    ...layout.placed.map((each) => volumeOf(each, palette, marks, inPage)),
    ...(key ? [key.content] : []),
    '</g>',
    '</svg>',
    '',
  ].join('\n')
  return { content, width, frames: layout.frames.length }
}

/** Layouts that have been made: a network in another theme is laid out as before. */
const layouts = new WeakMap<Graph, Map<string, Layout>>()

const layoutOfGraph = (graph: Graph, options: Pick<PictureOptions, 'folds' | 'style'>): Layout => {
  const known = layouts.get(graph) ?? new Map<string, Layout>()
  layouts.set(graph, known)
  const key = `${options.style} ${options.folds}`
  const layout = known.get(key) ?? madeLayout(graph, options)
  known.set(key, layout)
  return layout
}

/** The box of a join, which is drawn as a circle. */
const joinBox = { thickness: 2 * joinRadius, height: 2 * joinRadius, depth: 0 }

/** Equal layers are drawn as one only where the picture would be larger than this: a laptop's screen. */
const screen = { width: 1440, height: 900 }

const madeLayout = (graph: Graph, { folds, style }: Pick<PictureOptions, 'folds' | 'style'>): Layout => {
  const volumes = volumesOf(graph, style)
  const layout = (drawn: Folded, spacing = roomy) => layoutOf(drawn, hasNames(graph), spacing)
  const fits = ({ width, height }: Layout): boolean => width <= screen.width && height <= screen.height
  const byBlock = folds ? foldedOf(volumes) : unfolded(volumes)
  if (style === 'graph') return downwards(byBlock, (volume) => (hasTextInside(volume) ? flatBox(volume) : joinBox))
  const large = layout(byBlock)
  if (fits(large)) return large
  const spacing = style === 'blocks' ? compactFlat : compact
  const small = layout(byBlock, spacing)
  if (!folds || fits(small)) return small
  const byLayer = layout(foldedOf(volumes, true), spacing)
  return byLayer.width * byLayer.height < small.width * small.height ? byLayer : small
}

const linesOf = ({ lines }: Layout, { line }: Palette, marks: Marks): string[] => [
  `<g${marks('lines')} fill="none" stroke="${line}" stroke-width="1.2">`,
  ...lines.map((each) => `<path d="${lineOf(each)}"/>`),
  '</g>',
  `<g${marks('heads')} fill="${line}">`,
  // Lines that meet at a volume share a head.
  ...new Set(lines.filter(({ arrow }) => arrow).map((each) => `<path d="${headOf(each)}"/>`)),
  '</g>',
]

/** The frames of repeated blocks. */
const framesOf = ({ frames }: Layout, { ink, line }: Palette, marks: Marks): string[] =>
  frames.map(({ x, y, width, height, frame }) => {
    const [right, bottom, radius] = [x + width, y + height, 6]
    const edge = [
      `M${at({ x: x + radius, y })} L${at({ x: right - radius, y })} Q${at({ x: right, y })} ${at({ x: right, y: y + radius })}`,
      `L${at({ x: right, y: bottom - radius })} Q${at({ x: right, y: bottom })} ${at({ x: right - radius, y: bottom })}`,
      `L${at({ x: x + radius, y: bottom })} Q${at({ x, y: bottom })} ${at({ x, y: bottom - radius })}`,
      `L${at({ x, y: y + radius })} Q${at({ x, y })} ${at({ x: x + radius, y })}z`,
    ].join(' ')
    const text = `<text${marks('ink')} fill="${ink}" font-weight="bold" font-size="13" text-anchor="start" x="${number(x + 8)}" y="${number(y + 15)}">${escaped(frame.label)}</text>`
    return `<g${marks('frame')}><path fill="none" stroke="${line}" stroke-width="0.8" stroke-dasharray="4 3" d="${edge}"/>${text}</g>`
  })

/** The texts beside lines. */
const textsOf = ({ texts = [] }: Layout, { faint }: Palette): string[] =>
  texts.map(({ text, x, y }) => `<text fill="${faint}" text-anchor="start" x="${number(x)}" y="${number(y + 4)}">${text}</text>`)

const volumeOf = (positioned: PositionedBox, palette: Palette, marks: Marks, inPage: boolean): string => {
  const { volume, box, x, y } = positioned
  const isInside = hasTextInside(volume)
  const lines = captionOf(volume)
  const top = isInside ? y - (lines.length * lineHeight) / 2 - 0.5 : y + halfHeight(volume, box) + captionGap
  const line = ({ text, look }: CaptionLine, index: number) => {
    const [fill, mark] = look === 'faint' && !isInside ? [palette.faint, 'faint'] : [palette.ink, 'ink']
    const weight = look === 'strong' ? ' font-weight="bold"' : ''
    return `<text${marks(mark)} fill="${fill}"${weight} x="${number(x)}" y="${number(top + (index + 0.8) * lineHeight)}">${escaped(text)}</text>`
  }
  return [
    `<g${marks('volume', volume.category)}${inPage ? ` data-layer="${escaped(label(volume.name))}"` : ''}>`,
    inPage ? '' : `<title>${escaped(tooltipOf(volume))}</title>`,
    shapeOf(positioned, palette.boxes[volume.category], marks),
    ...lines.map(line),
    '</g>',
  ].join('')
}

const tooltipOf = ({ node, dressing }: Volume): string => {
  const named = (name: string) => shortened(label(name), 320)
  const paramsText = (each: typeof node) =>
    each.sharedWith === undefined ? `${grouped(paramsIn(each.weights))} parameters` : `weights of ${named(each.sharedWith)}`
  return [
    `${named(node.name)}: ${summaryOf(node)}`,
    `${node.inputShapes.map((shape) => shape.join('x')).join(', ') || 'input'} -> ${node.output.join('x')}`,
    `${paramsText(node)}, ${grouped(node.macs)} MACs`,
    ...dressing.map((each) => `then ${named(each.name)}: ${paramsText(each)}`),
  ].join('\n')
}

/** More volumes than these are not told one by one to those who cannot see them. */
const mostTold = 100

/** The captions of a picture, in the order of its layers. */
const descriptionOf = (volumes: readonly Volume[]): string => {
  const told = volumes.slice(0, mostTold).map((volume) =>
    captionOf(volume)
      .map(({ text }) => text)
      .join(', '),
  )
  const more = volumes.length - told.length
  return `Its layers: ${told.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`
}

/** For each layer the name of the volume that shows it: its own, that of the layer it dresses, or that of a block drawn for several. */
export const shownBy = (graph: Graph): Map<string, string> => {
  const volumes = volumesOf(graph)
  const layout = layoutOfGraph(graph, { folds: true, style: 'volumes' })
  const drawn = new Set(layout.placed.map(({ volume }) => volume.name))
  const dressings = new Map(layout.placed.flatMap(({ volume }) => volume.dressing.map(({ name }): [string, string] => [name, volume.name])))
  return new Map(
    volumes.flatMap(({ name, dressing }) => {
      const own = drawn.has(name) ? name : (layout.standsFor.get(name) ?? name)
      return [name, ...dressing.map((layer) => layer.name)].map((layer): [string, string] => [
        layer,
        drawn.has(layer) ? layer : (dressings.get(layer) ?? own),
      ])
    }),
  )
}

/** Every category that a picture shows, in the order of their first volumes. */
export const categoriesOf = (volumes: readonly Volume[]): Category[] => [...new Set(volumes.map(({ category }) => category))]

import type { AnyNetwork } from '../../network/network.js'
import type { NetworkLike } from '../../network/network-like.js'
import { type Block, blocksIn, groupOf } from '../../report/arranged.js'
import { requireNetwork } from '../../report/checked-input.js'
import { oneLine } from '../../report/names.js'
import { type Layer, type Report, report as reportOn } from '../../report/report.js'
import { rowNotesOf } from '../../report/row-notes.js'
import { settingsText } from '../../report/settings-text.js'
import { headlineOf, notesOf } from '../../report/table.js'
import { binaryBytes, decimalBytes, decimalCount, fieldsText, grouped, percent } from '../../report/units.js'
import { anyShapeText } from '../../shape/shape.js'
import { titleOf } from '../captions/caption.js'
import { escaped } from '../captions/escape.js'
import { scaleNote } from '../svg/key.js'
import { categoriesOf, type Picture, type PictureOptions, pictureOf, shownBy } from '../svg/picture.js'
import { categoryOf } from '../volumes/category.js'
import { label } from '../volumes/label.js'
import { volumesOf } from '../volumes/volumes.js'
import { script, sheet } from './page.js'

/** A network on a page, with its report. */
export interface Shown {
  /** Its heading. */
  readonly name: string
  readonly network: NetworkLike
  /** Where it is from, which stands under the heading: the path of its file, say. */
  readonly place?: string
  /** By default a report with its standard options. */
  readonly report?: Report
}

/** What a page is put into: an editor allows no style and no script without its nonce. */
export interface Frame {
  /** A Content-Security-Policy, which stands before everything that it is for. */
  readonly policy: string
  /** Of the page's style and scripts. */
  readonly nonce: string
  /** More style, and a script that runs after the page's own. */
  readonly style: string
  readonly script: string
}

/**
 * Networks as one page of HTML that needs nothing else: each as a picture, with bars of its memory, parameters and MACs layer by
 * layer. Light or dark as the reader's screen is, with a button for the other.
 *
 * @throws {TypeError} when it is given no network
 * @example
 * writeFileSync('lenet.html', html([{ name: 'LeNet-5', network: lenet5() }]))
 */
export const html = (all: readonly Shown[], frame?: Frame): string => {
  const sections = sectionsOf(all)
  const nonce = frame ? ` nonce="${escaped(frame.nonce)}"` : ''
  const title = all.map(({ name, place }) => (place === undefined ? oneLine(name) : `${oneLine(name)} in ${oneLine(place)}`)).join(', ')
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    ...(frame ? [`<meta http-equiv="Content-Security-Policy" content="${escaped(frame.policy)}">`] : []),
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(title)}</title>`,
    `<style${nonce}>${sheet}${frame?.style ?? ''}</style>`,
    '</head>',
    '<body>',
    '<button type="button" id="theme" aria-label="Light or dark">◐</button>',
    ...(all.length > 1 ? [contents(all)] : []),
    ...sections,
    '<div id="tip" role="tooltip" hidden></div>',
    `<script${nonce}>${script}</script>`,
    ...(frame ? [`<script${nonce}>${frame.script}</script>`] : []),
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

/** Links to the networks of a page. */
const contents = (all: readonly Shown[]): string => {
  const links = all.map(({ name, place }, index) => {
    const words = place === undefined ? oneLine(name) : `${oneLine(name)} in ${oneLine(place)}`
    return `<a href="#network-${index + 1}">${escaped(words)}</a>`
  })
  return `<nav class="contents" aria-label="Networks">${links.join('')}</nav>`
}

/** The part of a page for each network. */
export const sectionsOf = (all: readonly Shown[]): readonly string[] =>
  all.map((one, index) => section({ ...one, network: requireNetwork('html', one.network) }, `network-${index + 1}`))

const section = ({ name, network, place, report = reportOn(network) }: Shown & { readonly network: AnyNetwork }, id: string): string => {
  const { totals } = report
  const cards = [
    ['Parameters', grouped(totals.params), `${decimalBytes(totals.bytes.params)} in ${report.dtype}`],
    ['Arithmetic', `${decimalCount(totals.macs)} MACs`, `${decimalCount(totals.flops)} FLOPs for one example`],
    ['Activations', decimalBytes(totals.bytes.activations), `${binaryBytes(totals.bytes.activations)} for batch ${report.batch}`],
    ['Inference', decimalBytes(totals.bytes.inference), `peak of activations at ${oneLine(totals.peak.layer)}`],
    ['Training', decimalBytes(totals.bytes.training), `with ${report.optimizer}, batch ${report.batch}`],
  ]
  const title = `${oneLine(name)} as a picture`
  const drawn = { theme: 'light', title, inPage: true, style: 'volumes' } as const
  const picture = pictureOf(network, { ...drawn, folds: true })
  const whole = picture.frames === 0 ? undefined : wholeOf(network, drawn)
  return [
    `<main id="${id}">`,
    `<h1>${escaped(oneLine(name))}</h1>`,
    ...(place === undefined ? [] : [`<p class="place">${escaped(oneLine(place))}</p>`]),
    `<p class="headline">${escaped(headlineOf(report))}</p>`,
    `<p class="lead">${escaped(`${anyShapeText(network.input, ' × ')} → ${anyShapeText(network.output, ' × ')}`)}</p>`,
    `<nav class="jump" aria-label="Parts of the report"><a href="#${id}-picture">Picture</a><a href="#${id}-layers">Layers</a><a href="#${id}-totals">Totals</a></nav>`,
    `<div class="cards">${cards.map(([what, value, more]) => `<div><span>${escaped(what ?? '')}</span><b>${escaped(value ?? '')}</b><small>${escaped(more ?? '')}</small></div>`).join('')}</div>`,
    totals.summary === '' ? '' : `<p>${escaped(totals.summary)}</p>`,
    `<figure id="${id}-picture">`,
    '<div class="tools">',
    '<button type="button" data-do="fit">Fit</button><button type="button" data-do="in" aria-label="Zoom in">+</button><button type="button" data-do="out" aria-label="Zoom out">−</button>',
    whole === undefined ? '' : '<button type="button" data-do="whole" aria-pressed="false">Show every layer</button>',
    '</div>',
    `<div class="picture" tabindex="0" role="group" aria-label="${escaped(title)}" style="--width:${picture.width}px">${picture.content}</div>`,
    whole === undefined
      ? ''
      : `<div class="picture whole" tabindex="0" role="group" aria-label="${escaped(title)}, every layer" style="--width:${whole.width}px" hidden>${whole.content}</div>`,
    `<figcaption>${categoriesOf(volumesOf(network.graph))
      .map((category) => `<span><i style="background:var(--${category}-front)"></i>${category}</span>`)
      .join('')}<span>${scaleNote}</span></figcaption>`,
    '</figure>',
    `<details open id="${id}-layers"><summary>Layers</summary>`,
    '<input type="search" class="search" placeholder="Search layers" aria-label="Search layers">',
    blocksIn(report).length > 1 && blocksIn(report).some(isFoldable)
      ? '<button type="button" data-do="fold-all" aria-pressed="false">Collapse blocks</button>'
      : '',
    layersTable(network, report, id),
    '</details>',
    `<dl id="${id}-totals">${notesOf(report, oneLine)
      .map(([term, text]) => `<dt>${escaped(term)}</dt><dd>${escaped(text)}</dd>`)
      .join('')}</dl>`,
    '</main>',
  ].join('\n')
}

/** A page has no picture with every layer of a network with more volumes than this: a browser would take long to show it. */
const mostInPage = 2000

/** The picture with every layer; none where it is too large for a page. */
const wholeOf = (network: AnyNetwork, options: Omit<PictureOptions, 'folds'>): Picture | undefined =>
  volumesOf(network.graph, options.style).length > mostInPage ? undefined : pictureOf(network, { ...options, folds: false })

/** What is drawn as bars: the heading, the quantity and its text. */
const quantities = [
  { heading: 'params', of: (layer: Layer) => layer.params, text: (layer: Layer) => grouped(layer.params) },
  { heading: 'MACs', of: (layer: Layer) => layer.macs, text: (layer: Layer) => grouped(layer.macs) },
  {
    heading: 'memory',
    of: (layer: Layer) => layer.bytes,
    text: (layer: Layer) => (layer.bytes === 0 ? 'in place' : decimalBytes(layer.bytes)),
  },
] as const

/** A heading that sorts the table. */
const sorting = (heading: string): string => `<th><button type="button" data-do="sort">${heading}</button></th>`

/** A layer's kind and settings. Reports of earlier releases have no settings. */
const kindOf = ({ kind, settings, input }: Layer): string =>
  settings === undefined ? oneLine(kind) : settingsText({ kind, settings, inputShapes: input })

/** Whether a block has rows to hide under its own. */
const isFoldable = ({ members }: Block): boolean => members.length > 1

/** The row of a block, above those of its layers. */
const blockRow = (block: Block, id: string, largest: readonly number[], columns: number): string => {
  const sum = groupOf(block.name, block.members)
  const bars = quantities.map(({ of, text }, column) => {
    const value = of(sum)
    // A block can have more than the largest layer.
    const share = Math.min(1, value / (largest[column] as number))
    const bar = value === 0 ? '' : `<i style="width:${(share * 100).toFixed(2)}%;background:var(--faint)"></i>`
    return `<td class="bar${value === 0 ? ' none' : ''}" data-value="${value}"><span>${escaped(text(sum))}</span><div>${bar}</div></td>`
  })
  const rest = Array.from({ length: columns - 6 }, () => '<td></td>').join('')
  return [
    `<tr class="block" id="${id}"><th scope="row"><button type="button" data-do="fold" aria-expanded="true">${escaped(oneLine(block.name))}</button></th>`,
    `<td>${sum.kind}</td><td>${escaped(sum.output.join('x'))}</td>${bars.join('')}${rest}</tr>`,
  ].join('')
}

const layersTable = (network: AnyNetwork, report: Report, id: string): string => {
  const { layers, totals } = report
  const blocks = blocksIn(report)
  const folds = blocks.length > 1
  const blockOf = new Map(
    blocks.flatMap((block, index) => block.members.map((layer) => [layer, { block, id: `${id}-block-${index + 1}` }])),
  )
  const notes = rowNotesOf(report, oneLine)
  const sums = quantities.map(({ of }) => layers.reduce((sum, layer) => sum + of(layer), 0))
  const largest = quantities.map(({ of }) => layers.reduce((most, layer) => Math.max(most, of(layer)), 1))
  const drawn = shownBy(network.graph)
  const rows = layers.map((layer, index) => {
    const category = categoryOf(layer.kind)
    const node = network.graph.nodes[index]
    const bars = quantities.map(({ of, text }, column) => {
      const value = of(layer)
      const bar = `<i style="width:${((value / (largest[column] as number)) * 100).toFixed(2)}%;background:var(--${category}-front)"></i>`
      return `<td class="bar${value === 0 ? ' none' : ''}" data-value="${value}"><span>${escaped(text(layer))}</span><div>${value === 0 ? '' : bar}</div></td>`
    })
    const tip = [
      `${oneLine(layer.name)}: ${node ? titleOf(node) : layer.kind}`,
      `${layer.input.map((shape) => shape.join('x')).join(' and ') || 'input'} → ${layer.output.join('x')}`,
      `${grouped(layer.params)} parameters (${percent(layer.params / (sums[0] || 1))})`,
      `${grouped(layer.macs)} MACs (${percent(layer.macs / (sums[1] || 1))})`,
      `memory ${layer.bytes === 0 ? 'in place' : `${decimalBytes(layer.bytes)} (${percent(layer.bytes / (sums[2] || 1))})`}`,
      ...(fieldsText(layer) === '-' ? [] : [`receptive field ${fieldsText(layer)}`]),
      ...(notes?.[index] ? [notes[index]] : []),
    ]
    const own = blockOf.get(layer)
    const isFolded = folds && own !== undefined && isFoldable(own.block)
    return [
      ...(isFolded && own.block.members[0] === layer ? [`${blockRow(own.block, own.id, largest, notes ? 8 : 7)}\n`] : []),
      `<tr${isFolded ? ` data-block="${own.id}"` : ''} data-layer="${escaped(label(layer.name))}" data-drawn="${escaped(label(drawn.get(layer.name) ?? layer.name))}" data-tip="${escaped(tip.join('\n'))}">`,
      `<th scope="row"><i style="background:var(--${category}-front)"></i>${escaped(oneLine(layer.name))}</th>`,
      `<td>${escaped(kindOf(layer))}</td><td>${escaped(layer.output.join('x'))}</td>${bars.join('')}<td class="number">${escaped(fieldsText(layer))}</td>${notes ? `<td>${escaped(notes[index] ?? '')}</td>` : ''}</tr>`,
    ].join('')
  })
  const totalTexts = [grouped(totals.params), grouped(totals.macs), decimalBytes(totals.bytes.activations)]
  const total = `<tr><th scope="row">total</th><td></td><td></td>${totalTexts.map((text) => `<td class="bar"><span>${escaped(text)}</span></td>`).join('')}<td></td>${notes ? '<td></td>' : ''}</tr>`
  return `<div class="wide"><table><thead><tr>${sorting('layer')}${sorting('kind')}${sorting('output')}${quantities.map(({ heading }) => sorting(heading)).join('')}<th class="number">receptive field</th>${notes ? '<th>notes</th>' : ''}</tr></thead><tbody>${rows.join('\n')}</tbody><tfoot>${total}</tfoot></table></div>`
}

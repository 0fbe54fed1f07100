import { paramsIn } from '../../layers/kind/layer.js'
import type { GraphNode } from '../../network/graph.js'
import { biasOf, kernelOf, perAxis, settingsOf } from '../../report/settings-text.js'
import { grouped } from '../../report/units.js'
import { categoryOf } from '../volumes/category.js'
import { label } from '../volumes/label.js'
import { isNumbered } from '../volumes/numbered.js'
import type { Volume } from '../volumes/volumes.js'
import { mostText, shortened, widthOfText } from './text.js'

/** A line under a volume. */
export interface CaptionLine {
  readonly text: string
  readonly look: 'plain' | 'strong' | 'faint'
}

/** Captions that have been made: of each, the layout asks for its size several times. */
const captions = new WeakMap<Volume, readonly CaptionLine[]>()

/** The lines under a volume: its name if it has one, what it is, its other settings, its shape, what dresses it. */
export const captionOf = (volume: Volume): readonly CaptionLine[] => {
  const lines = captions.get(volume) ?? makeCaption(volume)
  captions.set(volume, lines)
  return lines
}

const makeCaption = (volume: Volume): CaptionLine[] => {
  const { name, node, dressing, labels, times, lastOutput, flat } = volume
  if (flat === 'layer') return layerCaption(volume)
  const own = isNumbered(node) ? '' : shortened(label(name).trim())
  const [single = '', ...more] = partsOf(node)
  const operation = times === undefined ? single : `${times} × ${single}`
  return [
    ...(own === '' ? [plain(operation)] : [plain(own), faint(operation)]),
    ...wrapped([...more, ...settingsOf(node), ...(isNormalized(dressing) ? [] : biasOf(node))]).map(faint),
    { text: shortened(`${node.output.join('x')}${rangeOf(node, lastOutput)}`, mostText, true), look: 'strong' },
    ...wrapped(dressing.map(({ kind }) => label(kind))).map((line) => faint(`+ ${line}`)),
    ...labels.slice(0, mostLines).map((each) => faint(shortened(label(each)))),
  ]
}

/** The text of a layer in a graph, whose lines say the shapes: its settings and its parameters. */
const layerCaption = ({ name, node, labels, isOutput, times, lastOutput }: Volume): CaptionLine[] => {
  const own = isNumbered(node) ? '' : shortened(label(name).trim())
  const [single = '', ...more] = partsOf(node)
  const operation = times === undefined ? single : `${times} × ${single}`
  const count = paramsIn(node.weights)
  return [
    { text: own === '' ? operation : own, look: 'strong' },
    ...(own === '' ? [] : [plain(operation)]),
    ...wrapped([...more, ...settingsOf(node), ...biasOf(node)]).map(plain),
    ...(node.kind === 'input' || isOutput || lastOutput !== undefined
      ? [plain(`${node.output.join('x')}${rangeOf(node, lastOutput)}`)]
      : []),
    ...(count === 0 ? [] : [plain(`${grouped(count)} parameters`)]),
    ...labels.slice(0, mostLines).map((each) => plain(shortened(label(each)))),
  ]
}

/** How the output of a repeated block changes: ` … 256` where its channels grow. */
const rangeOf = ({ output }: GraphNode, last: Volume['lastOutput']): string => {
  if (last === undefined || `${last}` === `${output}`) return ''
  return ` … ${`${last.slice(0, -1)}` === `${output.slice(0, -1)}` ? last.at(-1) : last.join('x')}`
}

const plain = (text: string): CaptionLine => ({ text, look: 'plain' })
const faint = (text: string): CaptionLine => ({ text, look: 'faint' })

/** A layer in a few words: `conv2d 7x7 /2`, `dense`. */
export const titleOf = (node: GraphNode): string => {
  const { kind, settings } = node
  const kernel = kernelOf(node)
  const stride = perAxis(settings['stride'])
  return `${label(kind)}${kernel === undefined ? '' : ` ${kernel}`}${stride === undefined || stride === '1' ? '' : ` /${stride}`}`
}

/**
 * A layer with what a paper's tables give first: `conv2d 7x7, 64`. The filters stand apart where the line would be long, and where
 * the kernel is one number too: `conv1d 9` and `64 filters`.
 */
const partsOf = (node: GraphNode): string[] => {
  const kernel = kernelOf(node)
  const { filters } = node.settings
  const operation = shortened(`${label(node.kind)}${kernel === undefined ? '' : ` ${kernel}`}`, 1.5 * mostText)
  if (typeof filters !== 'number') return [operation]
  const whole = `${operation}, ${filters}`
  return kernel?.includes('x') && widthOfText(whole) <= mostText ? [whole] : [operation, filters === 1 ? '1 filter' : `${filters} filters`]
}

/** A layer with all that its caption says of its settings: `conv2d 11x11, 96, stride 4`. */
export const summaryOf = (node: GraphNode): string => [...partsOf(node), ...settingsOf(node), ...biasOf(node)].join(', ')

const isNormalized = ([first]: Volume['dressing']): boolean => first !== undefined && categoryOf(first.kind) === 'normalization'

/** More lines than these are cut. */
const mostLines = 4

/** Parts in lines, as many in each as there is room for. */
const wrapped = (parts: readonly string[]): string[] => {
  const lines: string[] = []
  for (const part of parts) {
    const longer = `${lines.at(-1)}, ${part}`
    if (lines.length > 0 && widthOfText(longer) <= 0.9 * mostText) lines[lines.length - 1] = longer
    else if (lines.length < mostLines) lines.push(shortened(part))
    else return [...lines.slice(0, -1), `${lines.at(-1)}, …`]
  }
  return lines
}

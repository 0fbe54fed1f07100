import type { GraphNode } from '../../network/graph.js'
import { categoryOf } from '../volumes/category.js'
import type { Volume } from '../volumes/volumes.js'
import { label } from './label.js'
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

const makeCaption = ({ name, node, dressing, labels }: Volume): CaptionLine[] => {
  const own = isNumbered(node) ? '' : shortened(label(name).trim())
  const [operation = '', ...more] = partsOf(node)
  return [
    ...(own === '' ? [plain(operation)] : [plain(own), faint(operation)]),
    ...wrapped([...more, ...settingsOf(node), ...(isNormalized(dressing) ? [] : biasOf(node))]).map(faint),
    { text: shortened(node.output.join('x'), mostText, true), look: 'strong' },
    ...wrapped(dressing.map(({ kind }) => label(kind))).map((line) => faint(`+ ${line}`)),
    ...labels.slice(0, mostLines).map((each) => faint(shortened(label(each)))),
  ]
}

const plain = (text: string): CaptionLine => ({ text, look: 'plain' })
const faint = (text: string): CaptionLine => ({ text, look: 'faint' })

/** Whether a layer has no name of its own, but its kind and a number. */
export const isNumbered = ({ name, kind }: GraphNode): boolean => {
  if (name === kind) return true
  const unnumbered = name.replace(/_\d+$/, '')
  return unnumbered !== name && (unnumbered === kind || unnumbered.endsWith(`_${kind}`))
}

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
  return kernel?.includes('x') && widthOfText(whole) <= mostText ? [whole] : [operation, `${filters} filters`]
}

/** A layer with all that its caption says of its settings: `conv2d 11x11, 96, stride 4`. */
export const summaryOf = (node: GraphNode): string => [...partsOf(node), ...settingsOf(node), ...biasOf(node)].join(', ')

/** That a layer has no bias. Before a normalization that is usual, as it subtracts the mean: there only the summary says so. */
const biasOf = ({ settings }: GraphNode): string[] => (settings['bias'] === false ? ['no bias'] : [])

const isNormalized = ([first]: Volume['dressing']): boolean => first !== undefined && categoryOf(first.kind) === 'normalization'

/** Settings of a layer that its operation and its shape do not show, where they are not the usual ones: `stride 2`, `pad 3`. */
const settingsOf = ({ kind, settings, inputShapes }: GraphNode): string[] => {
  const differing = (name: string, word: string, standard: string): string[] => {
    const value = perAxis(settings[name])
    return value === undefined || value === standard ? [] : [`${word} ${value}`]
  }
  const { heads } = settings
  return [
    ...differing('stride', 'stride', '1'),
    ...differing('padding', 'pad', '0').filter((part) => part !== 'pad valid'),
    ...differing('outputPadding', 'output pad', '0'),
    ...differing('dilation', 'dilation', '1'),
    ...differing('groups', 'groups', '1'),
    ...differing('multiplier', 'multiplier', '1'),
    ...(typeof heads === 'number' ? [`${heads} heads`] : []),
    ...(typeof settings['keyValueHeads'] === 'number' && settings['keyValueHeads'] !== heads
      ? [`${settings['keyValueHeads']} key and value heads`]
      : []),
    ...(settings['causal'] ? ['causal'] : []),
    ...(kind === 'windowAttention' ? [`window ${settings['window']}`, ...differing('shift', 'shift', '0')] : []),
    ...(typeof heads === 'number' && inputShapes[1] ? [`keys ${inputShapes[1].join('x')}`] : []),
  ]
}

/** The size of a window, a number for each axis: `3x3`. */
const kernelOf = ({ kind, settings }: GraphNode): string | undefined => {
  const { kernel } = settings
  if (Array.isArray(kernel)) return kernel.join('x')
  if (typeof kernel !== 'number') return undefined
  const axes = Number(/(\d)d$/.exec(kind)?.[1] ?? 1)
  return Array.from({ length: axes }, () => kernel).join('x')
}

/**
 * A setting that can differ from axis to axis: one number where it does not, `2x1` where it does, `0+1` for what differs between
 * the two ends of an axis.
 */
const perAxis = (value: unknown): string | undefined => {
  if (typeof value === 'number' || value === 'same' || value === 'valid') return `${value}`
  if (!Array.isArray(value) || value.length === 0) return undefined
  const each = value.map((axis) => (Array.isArray(axis) ? (axis[0] === axis[1] ? `${axis[0]}` : axis.join('+')) : `${axis}`))
  return each.every((axis) => axis === each[0]) ? each[0] : each.join('x')
}

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

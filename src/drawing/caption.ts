import type { GraphNode } from '../network/graph.js'
import { oneLine } from '../report/names.js'
import type { Volume } from './volumes.js'

/** The lines under a volume: what it is, what dresses it, its shape. */
export const captionOf = ({ name, node, dressing }: Volume): string[] => {
  const own = isNumbered(node) ? titleOf(node) : shortened(oneLine(name))
  const dressed = dressing.map(({ kind }) => kind)
  return [own, dressed.length === 0 ? '' : `+ ${shortened(dressed.join(', '))}`, node.output.join('x')]
}

/** Whether a layer has no name of its own, but its kind and a number. */
export const isNumbered = ({ name, kind }: GraphNode): boolean => name === kind || new RegExp(`(^|_)${kind}_\\d+$`).test(name)

/** A layer in a few words: `conv2d 7x7 /2`, `dense`. */
export const titleOf = ({ kind, settings }: GraphNode): string => {
  const kernel = perAxis(settings['kernel'], kind)
  const stride = perAxis(settings['stride'], kind)
  const step =
    stride === undefined || /^1(x1)*$/.test(stride)
      ? ''
      : ` /${stride.split('x').every((each, _, all) => each === all[0]) ? stride.split('x')[0] : stride}`
  return `${kind}${kernel === undefined ? '' : ` ${kernel}`}${step}`
}

/** A hyperparameter of a window, one number or one for each axis, as `3x3`. */
const perAxis = (value: unknown, kind: string): string | undefined => {
  if (Array.isArray(value)) return value.join('x')
  if (typeof value !== 'number') return undefined
  const axes = Number(/(\d)d$/.exec(kind)?.[1] ?? 1)
  return Array.from({ length: axes }, () => value).join('x')
}

const longest = 22

const shortened = (text: string): string => (text.length <= longest ? text : `${text.slice(0, longest - 1)}…`)

/** About how wide a line of a caption is, in pixels: the font is not known before it is drawn. */
export const widthOfText = (text: string, line: number): number => text.length * (line === 1 ? 5 : 5.7)

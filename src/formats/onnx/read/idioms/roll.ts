import type { OnnxNode } from '../../model.js'
import { fold } from '../folding/fold.js'
import { withAxisLast } from '../operands/axis-last.js'
import { someFeatures } from '../operands/features.js'
import { once, viewAt } from '../operands/lazily.js'
import type { ValueOperand, ViewOperand } from '../operands/operand.js'
import { wholeAxes } from '../operands/views.js'
import type { Reader } from '../reader/reader.js'
import type { Links } from './links.js'
import type { Found, Idioms } from './rewrite.js'

/** `torch.roll`: what stands from a place on, and then what stands before it. Attention in windows takes its image so. */

/** A slice along one axis, in steps of 1. */
interface Cut {
  readonly of: string
  readonly axis: number
  readonly start: number
  readonly end: number
}

const cutOf = (links: Links, node: OnnxNode | undefined): Cut | undefined => {
  if (!node) return undefined
  const [starts, ends, axes] = [links.list(node, 'starts', 1), links.list(node, 'ends', 2), links.list(node, 'axes', 3)]
  const isPlain = node.inputs[4] === undefined || links.number(node.inputs[4]) === 1
  if (!isPlain || starts?.length !== 1 || ends?.length !== 1 || axes?.length !== 1) return undefined
  return { of: node.inputs[0] as string, axis: axes[0] as number, start: starts[0] as number, end: ends[0] as number }
}

/** An end behind every cell. */
const farEnd = 2 ** 31 - 1

const roll = (links: Links, node: OnnxNode): Found | undefined => {
  const slices = node.inputs.map((name) => links.maker(name, 'Slice'))
  const [one, other] = slices.map((slice) => cutOf(links, slice))
  if (node.inputs.length !== 2 || !one || !other || one.of !== other.of || one.axis !== other.axis) return undefined
  const isRoll = one.start === other.end && one.start !== 0 && other.start === 0 && one.end >= farEnd
  if (!isRoll || links.int(node, 'axis', 0) !== one.axis || links.isConstant(one.of)) return undefined
  const covers = slices as OnnxNode[]
  return { covers, inputs: [one.of], read: (read, place) => readRoll(read, place, one, [...covers, node]) }
}

const readRoll = (read: Reader, node: OnnxNode, { axis: along, start }: Cut, operators: readonly OnnxNode[]) => {
  const view = viewAt(read, node)
  if (!view) {
    // Numbers that are known are computed as they stand in the file.
    const isFolded = operators.every((each) => read.has(each.outputs[0] as string) || fold(read, each))
    if (!isFolded) read.fail(node, 'moves what is no output of a layer.')
    return
  }
  const axis = along < 0 ? along + view.digits.length : along
  const parts = view.digits[axis] ?? []
  const [part, ...rest] = parts
  const shape = read.shapeOf(view.of)
  const size = part ? part.size : 1
  const from = start < 0 ? start + size : start
  if (!(from > 0 && from < size)) return read.fail(node, `moves an axis of ${size} cells by ${start}.`)
  const make = once(() => moved(read, node, axis, from, size))
  const isWhole = part && rest.length === 0 && part.axis >= 0 && part.axis < shape.length - 1 && size === shape[part.axis]
  if (!isWhole || view.scale !== 1) return read.hold(node, make())
  const rolls = shape.map((_, each) => view.rolls?.[each] ?? 0)
  rolls[part.axis] = ((rolls[part.axis] as number) + from) % size
  read.hold(node, rolled(read, view, rolls, make))
}

/** A view that begins elsewhere; where it begins at the first cell again, it is as if it had not been moved. */
const rolled = (read: Reader, view: ViewOperand, rolls: readonly number[], make: () => ValueOperand): ValueOperand | ViewOperand => {
  if (rolls.some((cells) => cells !== 0)) return { ...view, rolls, make }
  const { rolls: _, ...still } = view
  const axes = wholeAxes(view.digits, read.shapeOf(view.of))
  return axes && view.offset === 0 && !view.attention ? { is: 'value', node: view.of, axes } : { ...still, make }
}

/** The value moved along an axis of the file, by layers. */
const moved = (read: Reader, node: OnnxNode, axis: number, start: number, size: number): ValueOperand => {
  const value = read.value(node)
  const inner = { ...node, name: '' }
  const rank = value.axes.length - 1
  const own = value.axes[axis] as number
  if (own < 0) return read.fail(node, 'moves its examples.')
  const cut = (before: number, after: number): ValueOperand => {
    if (own === rank - 1) return someFeatures(read, inner, value, before, size - before - after)
    const amount = Array.from({ length: rank - 1 }, (_, each) => (each === own ? [before, after] : [0, 0]))
    return { ...value, node: read.add(inner, 'crop', { amount }, [value.node]) }
  }
  const [late, early] = [cut(start, 0), cut(0, size - start)].map((each) => withAxisLast(read, inner, each, axis))
  if (!late || !early) return read.fail(node, 'moves nothing.')
  return late.back(read.joined(node, [late.turned.node, early.turned.node]))
}

export const rollIdioms: Idioms = { Concat: [roll] }

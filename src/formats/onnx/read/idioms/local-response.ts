import { valuesIn } from '../../../../layers/kind/layer.js'
import type { OnnxNode } from '../../model.js'
import { viewAt } from '../operands/lazily.js'
import { type Digits, isSameParts, reshaped } from '../operands/views.js'
import type { Reader } from '../reader/reader.js'
import type { Links } from './links.js'
import type { Found, Idioms } from './rewrite.js'

/** `nn.LocalResponseNorm` as PyTorch writes it: x / (k + alpha * mean of squares)^beta, whose mean is a pool along the channels. */

interface Pooled {
  readonly of: string
  readonly size: number
  readonly covers: readonly OnnxNode[]
  /** What gives the squares another shape before the pool, and its mean one behind it. */
  readonly before: readonly OnnxNode[]
  readonly after: readonly OnnxNode[]
}

const reshapes = ['Reshape', 'Unsqueeze', 'Squeeze']

/** Operators on shapes that stand one behind the other: how many there may be. */
const longestChain = 4

/** Goes back over what changes shapes only. */
const shapesBehind = (links: Links, name: string): { name: string; steps: OnnxNode[] } => {
  const steps: OnnxNode[] = []
  let at = name
  while (steps.length < longestChain) {
    const node = links.maker(at, ...reshapes) ?? squeezeIn(links, at)
    if (!node) break
    steps.unshift(node)
    at = node.inputs[0] as string
  }
  return { name: at, steps }
}

/** An `If` that takes an axis of size 1 away where there is one: the operator that does. */
const squeezeIn = (links: Links, name: string): OnnxNode | undefined => {
  const choice = links.maker(name, 'If')
  const [branch, other] = ['then_branch', 'else_branch'].map((each) => choice?.attributes[each])
  if (!choice || !branch || !other || !('graph' in branch) || !('graph' in other)) return undefined
  const squeeze = branch.graph.nodes.find(({ operator }) => operator === 'Squeeze')
  const identity = other.graph.nodes.find(({ operator }) => operator === 'Identity')
  const isOfOne = squeeze && identity && squeeze.inputs[0] === identity.inputs[0] && branch.graph.outputs[0]?.name === squeeze.outputs[0]
  return isOfOne ? { ...choice, operator: 'SqueezeIf', inputs: [squeeze.inputs[0] as string] } : undefined
}

/** The mean of squares of neighbours along one axis. */
const pooled = (links: Links, name: string): Pooled | undefined => {
  const after = shapesBehind(links, name)
  const pool = links.maker(after.name, 'AveragePool')
  const kernel = pool && links.list(pool, 'kernel_shape', -1)
  const [size = 0, ...rest] = kernel ?? []
  const isPlain = (attribute: string, value: number): boolean =>
    pool !== undefined && (links.list(pool, attribute, -1) ?? [value]).every((each) => each === value)
  if (!pool || rest.some((cells) => cells !== 1) || !isPlain('strides', 1) || !isPlain('pads', 0) || links.int(pool, 'ceil_mode', 0) !== 0)
    return undefined
  const covers = [pool, ...after.steps]
  const sums: number[] = []
  let at = pool.inputs[0] as string
  for (let pads = 0; pads < 3; pads += 1) {
    const pad = links.maker(at, 'Pad')
    if (!pad) break
    const cells = links.list(pad, 'pads', 1)
    const mode = pad.attributes['mode']
    const filling = pad.inputs[2] ? links.number(pad.inputs[2]) : 0
    if (!cells || (mode && !('text' in mode && mode.text === 'constant')) || filling !== 0) return undefined
    for (const [place, count] of cells.entries()) sums[place] = (sums[place] ?? 0) + count
    covers.push(pad)
    at = pad.inputs[0] as string
  }
  // Batch, one, channels, and what else there is: zeros stand along the channels only.
  const axes = sums.length / 2
  const wanted = sums.map((_, place) => (place === 2 ? Math.floor(size / 2) : place === axes + 2 ? Math.floor((size - 1) / 2) : 0))
  if (axes !== rest.length + 3 || sums.join() !== wanted.join()) return undefined
  const before = shapesBehind(links, at)
  const square = links.maker(before.name, 'Mul', 'Pow')
  const isSquare = square && (square.operator === 'Pow' ? links.number(square.inputs[1]) === 2 : square.inputs[0] === square.inputs[1])
  if (!square || !isSquare) return undefined
  return { of: square.inputs[0] as string, size, covers: [...covers, ...before.steps, square], before: before.steps, after: after.steps }
}

const localResponse = (links: Links, node: OnnxNode): Found | undefined => {
  const power = links.maker(node.inputs[1], 'Pow')
  const beta = links.number(power?.inputs[1])
  const sum = links.maker(power?.inputs[0], 'Add')
  const parts = sum && links.either(sum, (input) => links.number(input))
  const product = parts && links.maker(parts.other, 'Mul')
  const factors = product && links.either(product, (input) => links.number(input))
  const found = factors && pooled(links, factors.other)
  if (!power || beta === undefined || !sum || !parts || !product || !factors || !found || found.of !== node.inputs[0]) return undefined
  const settings = { size: found.size, alpha: single(factors.found), beta: single(beta), k: single(parts.found) }
  const shapes = [...found.before, ...found.after].filter(({ operator }) => operator === 'Reshape').map(({ inputs }) => inputs[1] as string)
  return {
    covers: [power, sum, product, ...found.covers],
    inputs: [found.of, ...shapes],
    read: (read, place) => {
      requireShapes(read, place, links, found)
      const { name } = read.first(place)
      read.holdFirst(place, read.add(place, 'localResponseNorm', settings, [name]))
    },
  }
}

/** A number of the file as it was written. */
const single = (value: number): number => Number(value.toPrecision(7))

/** Refuses a pool whose first axis is not that of the channels, or whose mean does not come back to where its square stood. */
const requireShapes = (read: Reader, node: OnnxNode, links: Links, { before, after }: Pooled) => {
  const fail = (): never =>
    read.fail(node, 'divides by a mean of squares along another axis than the channels, and is no localResponseNorm.')
  const view = viewAt(read, node)
  let next = 1
  const stepped = (digits: Digits, step: OnnxNode): Digits => {
    if (step.operator === 'Reshape') {
      const wanted = read.take(node, next)
      next += 1
      return (wanted.is === 'sizes' ? reshaped(digits, wanted.sizes) : undefined) ?? fail()
    }
    const axes = step.operator === 'SqueezeIf' ? [1] : (links.list(step, 'axes', 1) ?? fail())
    if (step.operator === 'Unsqueeze') return axes.length === 1 && axes[0] === 1 ? [...digits.slice(0, 1), [], ...digits.slice(1)] : fail()
    return axes.length === 1 && axes[0] === 1 && digits[1]?.length === 0 ? digits.filter((_, axis) => axis !== 1) : fail()
  }
  if (!view || view.rolls) return fail()
  const channels = view.digits[1] ?? []
  const wide = before.reduce(stepped, view.digits)
  const isAlong = wide[1]?.length === 0 && isSameParts(wide[2] ?? [], channels) && wide[0]?.every(({ axis }) => axis < 0)
  const back = after.reduce(stepped, wide)
  const isBack = back.length === view.digits.length && back.every((parts, axis) => isSameParts(parts, view.digits[axis] ?? []))
  if (!isAlong || !isBack || valuesIn(channels.map(({ size }) => size)) !== read.shapeOf(view.of).at(-1)) fail()
}

export const localResponseIdioms: Idioms = { Div: [localResponse] }

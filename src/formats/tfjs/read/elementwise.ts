import { valuesIn } from '../../../layers/kind/layer.js'
import type { Shape } from '../../../shape/shape.js'
import { binaryOperators, unaryOperators } from './evaluate.js'
import type { TfNode } from './graph-def.js'
import type { Constant, Formula, Operand, Part, Size, Sizes } from './operands.js'
import { isBatch } from './operands.js'
import { formula, type OperatorReader, type Reader, sizesOperand } from './reader.js'
import { mostOperators } from './realize.js'

/** Operators on each value alone, on two values, and means: parts of formulas. */

/** A formula with one operator more. Parts that have too many operators become layers before. */
export const grown = (read: Reader, node: TfNode, op: string, parts: readonly Part[], shape: Shape, merged: number): Formula => {
  const size = parts.reduce((sum, part) => sum + (part.is === 'formula' && !part.value ? part.size : 1), 1)
  const short = size > mostOperators ? parts.map((part) => (part.is === 'formula' ? read.realize(node, part) : part)) : parts
  return formula(node, op, short, shape, merged)
}

const unary =
  (op: string): OperatorReader =>
  (read, node) => {
    const part = read.part(node, 0)
    if (part.is === 'constant') return computed(read, node, op, [part])
    return grown(read, node, op, [part], part.shape, part.merged)
  }

/** The shape of two parts together: axes of 1 are repeated. */
const together = (node: TfNode, one: Part, other: Part): Shape => {
  const values = [one, other].filter((part) => part.is !== 'constant')
  const [first, second = first] = values as [Exclude<Part, Constant>, Exclude<Part, Constant>?]
  if (first.merged !== second.merged) return node.fail('joins values of which one has axes in that of the batch.')
  const [shape, next] = [first.shape, second.shape]
  const constant = [one, other].find((part) => part.is === 'constant')
  if (constant) {
    const { shape: own } = constant
    const sizes = shape.map((size, axis) => Math.max(size, own[axis + own.length - shape.length] ?? 1))
    // The numbers of the file may not have more axes than the value, nor different ones for each example.
    const isFit =
      own.slice(0, Math.max(own.length - shape.length, 0)).every((size) => size === 1) &&
      own.length <= shape.length + 1 &&
      shape.every((size, axis) => size === sizes[axis] || size === 1) &&
      sizes.every((size, axis) => [1, size].includes(own[axis + own.length - shape.length] ?? 1))
    const text = `computes with numbers of the shape [${own.join(', ')}] on ${shape.join('x')}, which no layer here does.`
    return isFit ? sizes : node.fail(text)
  }
  const isFit = shape.length === next.length && shape.every((size, axis) => size === next[axis] || size === 1 || next[axis] === 1)
  if (!isFit) return node.fail(`joins ${shape.join('x')} and ${next.join('x')}, which no layer here does.`)
  return shape.map((size, axis) => Math.max(size, next[axis] as number))
}

const binary =
  (op: string): OperatorReader =>
  (read, node) => {
    const [first, second] = [read.operand(node, 0), read.operand(node, 1)]
    if (first.is === 'sizes' || second.is === 'sizes') {
      const sizes = withSizes(read, node, op)
      if (sizes) return sizes
    }
    const [one, other] = [read.part(node, 0), read.part(node, 1)]
    if (one.is === 'constant' && other.is === 'constant') return computed(read, node, op, [one, other])
    const parts = [one, other]
    const merged = parts.flatMap((part) => (part.is === 'constant' ? [] : [part.merged]))[0] as number
    return grown(read, node, op, parts, together(node, one, other), merged)
  }

const sizeSteps: Readonly<Record<string, (one: number, other: number) => number>> = {
  Add: (one, other) => one + other,
  AddV2: (one, other) => one + other,
  Sub: (one, other) => one - other,
  Mul: (one, other) => one * other,
  RealDiv: (one, other) => one / other,
  Div: (one, other) => one / other,
  FloorDiv: (one, other) => Math.floor(one / other),
  Maximum: Math.max,
  Minimum: Math.min,
}

/** Arithmetic with sizes; `undefined` where it has a value of the network in it. */
const withSizes = (read: Reader, node: TfNode, op: string): Sizes | undefined => {
  const operands = [read.operand(node, 0), read.operand(node, 1)] as [Operand, Operand]
  if (operands.some((operand) => operand.is !== 'sizes' && operand.is !== 'constant')) return undefined
  const [one, other] = [read.sizes(node, 0), read.sizes(node, 1)]
  const count = Math.max(one.length, other.length)
  const step = sizeSteps[op]
  if (!step) return undefined
  const sizes = Array.from({ length: count }, (_, at): Size => {
    const [x, y] = [one[one.length === 1 ? 0 : at], other[other.length === 1 ? 0 : at]] as [Size | undefined, Size | undefined]
    if (x === undefined || y === undefined) return node.fail('computes with lists of different lengths.')
    if (!isBatch(x) && !isBatch(y)) return step(x, y)
    if (op !== 'Mul' || (isBatch(x) && isBatch(y))) return node.fail('computes with the size of the batch.')
    return isBatch(x) ? { batch: x.batch * (y as number) } : { batch: (y as { batch: number }).batch * x }
  })
  const isList = operands.some((operand) =>
    operand.is === 'sizes' ? operand.isList : operand.is === 'constant' && operand.shape.length > 0,
  )
  return sizesOperand(node, isList, sizes)
}

/** Arithmetic of numbers of the file, which is done at once. */
const computed = (read: Reader, node: TfNode, op: string, parts: readonly Constant[]): Constant => {
  const counts = parts.map(({ shape }) => valuesIn(shape))
  const largest = parts[counts.indexOf(Math.max(...counts))] as Constant
  const columns = largest.shape.at(-1) ?? 1
  for (const { shape } of parts) {
    const isFit =
      shape.length <= largest.shape.length &&
      shape.every((size, axis) => size === 1 || size === largest.shape[axis + largest.shape.length - shape.length])
    const isSame = shape.join() === largest.shape.join()
    if (!isFit || !(isSame || shape.slice(0, -1).every((size) => size === 1)))
      node.fail('computes with numbers of the file whose shapes do not fit.')
  }
  read.spend(node, Math.max(...counts))
  const numbers = () => {
    const values = parts.map(({ numbers }) => numbers())
    if (values.some((each) => each === undefined)) return undefined
    const rows = Math.max(...counts) / columns
    const result = new Float32Array(rows * columns)
    for (let at = 0; at < result.length; at += 1) {
      const [x, y] = values.map((list, part) => {
        const { shape } = parts[part] as Constant
        const own = shape.at(-1) ?? 1
        return (list as Float32Array)[counts[part] === result.length ? at : own === 1 ? 0 : at % columns] as number
      }) as [number, number]
      result[at] = ofNumbers(op, node, x, y)
    }
    return result
  }
  return {
    is: 'constant',
    key: node.name,
    shape: largest.shape,
    isWhole: parts.every(({ isWhole }) => isWhole),
    numbers: known(numbers()),
  }
}

/** Numbers that are there already: computed one from the other without end, they would need a deep stack. */
export const known =
  <Result>(result: Result): (() => Result) =>
  () =>
    result

/** More numbers than that are no part of a formula, and are not kept: they would stand in the memory twice. */
export const mostKept = 2 ** 16

/** Numbers that are read only once where they are few. */
export const once = <Result extends { readonly length: number } | undefined>(compute: () => Result): (() => Result) => {
  let known: { readonly result: Result } | undefined
  return () => {
    if (known) return known.result
    const result = compute()
    if ((result?.length ?? 0) <= mostKept) known = { result }
    return result
  }
}

const ofNumbers = (op: string, node: TfNode, x: number, y: number): number => {
  const step = Object.hasOwn(constantSteps, op) ? constantSteps[op] : undefined
  return step ? step(x, y) : node.fail('computes with numbers of the file alone, which is not known here.')
}

const constantSteps: Readonly<Record<string, (x: number, y: number) => number>> = {
  ...sizeSteps,
  Neg: (x) => -x,
  Sqrt: Math.sqrt,
  Rsqrt: (x) => 1 / Math.sqrt(x),
  Square: (x) => x * x,
  Reciprocal: (x) => 1 / x,
  Abs: Math.abs,
  Exp: Math.exp,
  Pow: (x, y) => x ** y,
  SquaredDifference: (x, y) => (x - y) ** 2,
}

const addN: OperatorReader = (read, node) => {
  const values = node.inputs.map((_, index) => read.value(node, index))
  if (values.length === 1) return values[0] as Operand
  return read.add(node, 'add', {}, values)
}

const clip: OperatorReader = (read, node) => {
  const [part, least, most] = [read.part(node, 0), read.constant(node, 1), read.constant(node, 2)]
  if (part.is === 'constant') return node.fail('computes with numbers of the file alone, which is not known here.')
  return grown(read, node, 'ClipByValue', [part, least, most], part.shape, part.merged)
}

const prelu: OperatorReader = (read, node) => {
  const [part, slopes] = [read.part(node, 0), read.constant(node, 1)]
  if (part.is === 'constant') return node.fail('computes with numbers of the file alone, which is not known here.')
  together(node, part, slopes)
  return grown(read, node, 'Prelu', [part, slopes], part.shape, part.merged)
}

/** A mean, sum or largest value along the positions, or along the channels. */
const reduction =
  (name: 'Mean' | 'Sum' | 'Max'): OperatorReader =>
  (read, node) => {
    const keeps = node.boolean('keep_dims')
    const part = read.part(node, 0)
    if (part.is === 'constant') return node.fail('computes with numbers of the file alone, which is not known here.')
    const axes = read.axes(node, part, read.wholes(node, 1)).sort((one, other) => one - other)
    const last = part.shape.length - 1
    if (axes.length === 1 && axes[0] === last) {
      if (!keeps) return node.fail('leaves the axis of the channels out, which no layer here does.')
      return grown(read, node, `${name} of channels`, [part], [...part.shape.slice(0, -1), 1], part.merged)
    }
    const isSpatial = last > 0 && axes.length === last && axes.every((axis, place) => axis === place)
    if (!isSpatial || name === 'Sum')
      return node.fail(
        `works along the axes ${axes.map((axis) => axis + 1).join(', ')}: here it does along all positions, or along the channels.`,
      )
    if (name === 'Mean' && keeps)
      return grown(read, node, 'Mean of positions', [part], [...part.shape.slice(0, -1).map(() => 1), part.shape[last] as number], 0)
    const value = read.value(node)
    const stem = name === 'Mean' ? 'Avg' : 'Max'
    return keeps ? read.add(node, `adaptive${stem}Pool`, { size: 1 }, [value]) : read.add(node, `global${stem}Pool`, {}, [value])
  }

const softmax =
  (kind: string): OperatorReader =>
  (read, node) => {
    const value = read.rows(node)
    return { ...read.add(node, kind, {}, [value]), merged: value.merged }
  }

export const elementwiseReaders: Readonly<Record<string, OperatorReader>> = {
  ...Object.fromEntries(unaryOperators.map((op) => [op, unary(op)])),
  ...Object.fromEntries(binaryOperators.map((op) => [op, binary(op)])),
  FloorDiv: binary('FloorDiv'),
  AddN: addN,
  ClipByValue: clip,
  Prelu: prelu,
  Mean: reduction('Mean'),
  Sum: reduction('Sum'),
  Max: reduction('Max'),
  Softmax: softmax('softmax'),
  LogSoftmax: softmax('logSoftmax'),
}

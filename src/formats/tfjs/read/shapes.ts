import { valuesIn } from '../../../layers/kind/layer.js'
import type { Shape } from '../../../shape/shape.js'
import { known, mostKept } from './elementwise.js'
import type { TfNode } from './graph-def.js'
import { type Constant, isBatch, type Operand, type Size, type Value } from './operands.js'
import { type OperatorReader, type Reader, sizesOperand } from './reader.js'
import { factorsOf } from './windows.js'

/** Operators that move values, and those on shapes. */

/** What a reshape says, for one example: its sizes, with -1 for one that is left open. */
const targetOf = (read: Reader, node: TfNode, value: Value): { readonly shape: number[]; readonly merged: number } => {
  const sizes = read.sizes(node, 1)
  const [first, ...others] = sizes
  if (first === undefined || others.length === 0 || others.length > 8) return node.fail('must give the batch an axis, and keep others.')
  const rest = others.map((size) => (isBatch(size) ? node.fail('puts the batch on another axis than the first.') : size))
  const total = valuesIn(value.shape)
  const open = rest.filter((size) => size === -1).length
  if (open > 1 || rest.some((size) => size < -1 || size === 0 || !Number.isSafeInteger(size)))
    return node.fail(`gives the sizes ${rest.join(', ')}.`)
  const known = rest.filter((size) => size !== -1).reduce((product, size) => product * size, 1)
  // How many rows there are for each example.
  const rows = isBatch(first) ? first.batch : first === -1 && open === 0 ? total / known : 1
  const each = total / rows
  const shape = rest.map((size) => (size === -1 ? each / known : size))
  if (
    !Number.isSafeInteger(rows) ||
    rows < 1 ||
    !shape.every(Number.isSafeInteger) ||
    shape.reduce((product, size) => product * size, 1) !== each
  )
    return node.fail(
      `makes ${sizes.map((size) => (isBatch(size) ? 'N' : size)).join('x')} of Nx${value.shape.join('x')}, which does not fit.`,
    )
  if (rows === 1) return { shape, merged: 0 }
  // The first axes as they are, where what is left is the same.
  const kept = value.shape.length - shape.length
  const isSame = kept > 0 && shape.every((size, axis) => size === value.shape[axis + kept])
  return isSame ? { shape: [...value.shape], merged: kept } : { shape: [rows, ...shape], merged: 1 }
}

const reshaped = (read: Reader, node: TfNode, value: Value, shape: Shape): Value => {
  if (shape.join() === value.shape.join()) return { ...value, merged: 0 }
  return shape.length === 1 ? read.add(node, 'flatten', { start: 0 }, [value]) : read.add(node, 'reshape', { shape }, [value])
}

/** Numbers of the file in another shape. */
const constantIn = (node: TfNode, constant: Constant, shape: readonly number[]): Constant => {
  const [count, wanted] = [constant.shape, shape].map((sizes) => sizes.reduce((product, size) => product * size, 1))
  return count === wanted
    ? { ...constant, shape }
    : node.fail(`makes ${shape.join('x')} of numbers of the shape ${constant.shape.join('x')}.`)
}

const reshape: OperatorReader = (read, node) => {
  const operand = read.part(node, 0)
  if (operand.is === 'constant') {
    const sizes = read.wholes(node, 1)
    const known = sizes.filter((size) => size !== -1).reduce((product, size) => product * size, 1)
    const total = operand.shape.reduce((product, size) => product * size, 1)
    return constantIn(
      node,
      operand,
      sizes.map((size) => (size === -1 ? total / known : size)),
    )
  }
  const value = read.rows(node)
  const { shape, merged } = targetOf(read, node, value)
  return { ...reshaped(read, node, value, shape), merged }
}

const squeeze: OperatorReader = (read, node) => {
  const part = read.part(node, 0)
  const stated = [...node.wholes('squeeze_dims'), ...node.wholes('axis')]
  if (part.is === 'constant') {
    const rank = part.shape.length
    const axes = stated.map((axis) => (axis < 0 ? axis + rank : axis))
    return constantIn(
      node,
      part,
      part.shape.filter((size, axis) => (axes.length === 0 ? size !== 1 : !axes.includes(axis))),
    )
  }
  const value = read.value(node)
  const axes = stated.length > 0 ? read.axes(node, value, stated) : value.shape.flatMap((size, axis) => (size === 1 ? [axis] : []))
  if (axes.some((axis) => value.shape[axis] !== 1)) node.fail('leaves out an axis of more than one position.')
  const shape = value.shape.filter((_, axis) => !axes.includes(axis))
  return shape.length === 0 ? node.fail('leaves out all axes of an example.') : reshaped(read, node, value, shape)
}

const expandDims: OperatorReader = (read, node) => {
  const part = read.part(node, 0)
  const axis = read.whole(node, 1)
  const rank = part.shape.length + (part.is === 'constant' ? 1 : 2)
  const at = axis < 0 ? axis + rank : axis
  if (at < 0 || at >= rank) return node.fail(`has no axis ${axis} here.`)
  if (part.is === 'constant') return constantIn(node, part, [...part.shape.slice(0, at), 1, ...part.shape.slice(at)])
  if (at === 0) return node.fail('puts another axis before the batch.')
  const value = read.value(node)
  return reshaped(read, node, value, [...value.shape.slice(0, at - 1), 1, ...value.shape.slice(at - 1)])
}

const transpose: OperatorReader = (read, node) => {
  const part = read.part(node, 0)
  const order = read.wholes(node, 1)
  const rank = part.shape.length + (part.is === 'constant' ? 0 : 1)
  if (order.length !== rank || new Set(order).size !== rank || order.some((axis) => axis < 0 || axis >= rank))
    return node.fail(`must have each of ${rank} axes once.`)
  if (part.is === 'constant') return transposedConstant(read, node, part, order)
  if (order[0] !== 0) return node.fail('moves the axis of the batch.')
  const axes = order.slice(1).map((axis) => axis - 1)
  const value = read.value(node)
  return axes.every((axis, place) => axis === place) ? value : read.add(node, 'permute', { axes }, [value])
}

const transposedConstant = (read: Reader, node: TfNode, constant: Constant, order: readonly number[]): Constant => {
  const shape = order.map((axis) => constant.shape[axis] as number)
  const count = shape.reduce((product, size) => product * size, 1)
  // Large ones are put in order once they are needed, and only once.
  if (count > mostKept && constant.key.startsWith('turned ')) return node.fail('turns numbers that were turned before.')
  const steps = constant.shape.map((_, axis) => constant.shape.slice(axis + 1).reduce((product, size) => product * size, 1))
  const numbers = () => {
    const data = constant.numbers()
    return (
      data &&
      Float32Array.from({ length: count }, (_, at) => {
        let [left, from] = [at, 0]
        for (let axis = order.length - 1; axis >= 0; axis -= 1) {
          const size = shape[axis] as number
          from += (left % size) * (steps[order[axis] as number] as number)
          left = Math.floor(left / size)
        }
        return data[from] as number
      })
    )
  }
  const kept = count <= mostKept ? numbers() : undefined
  if (kept) read.turn(node, count)
  return {
    ...constant,
    key: count > mostKept ? `turned ${node.name}` : node.name,
    shape,
    numbers: count <= mostKept ? known(kept) : numbers,
  }
}

/** Where a slice begins and ends along each axis, with the masks of StridedSlice. */
const slice: OperatorReader = (read, node) => {
  const operand = read.operand(node, 0)
  const isStrided = node.op === 'StridedSlice'
  const begin = read.wholes(node, 1)
  const ends = read.wholes(node, 2)
  const strides = isStrided ? read.wholes(node, 3) : begin.map(() => 1)
  const mask = (name: string, axis: number): boolean => isStrided && Math.floor(node.whole(name, 0) / 2 ** axis) % 2 === 1
  if (begin.length !== ends.length || strides.length !== begin.length) return node.fail('must have a beginning and an end for each axis.')
  if (['ellipsis_mask', 'new_axis_mask'].some((name) => isStrided && node.whole(name, 0) !== 0))
    return node.fail('has an ellipsis or a new axis, which is not known here.')
  const range = (axis: number, length: number): { from: number; to: number; isOne: boolean } => {
    const start = begin[axis] as number
    const from = mask('begin_mask', axis) ? 0 : start < 0 ? start + length : start
    if (mask('shrink_axis_mask', axis)) return { from, to: from + 1, isOne: true }
    const end = ends[axis] as number
    const to = isStrided
      ? mask('end_mask', axis)
        ? length
        : end < 0
          ? end + length
          : Math.min(end, length)
      : end === -1
        ? length
        : from + end
    return { from, to, isOne: false }
  }
  if (operand.is === 'sizes' || (operand.is === 'constant' && operand.isWhole && operand.shape.length === 1)) {
    const sizes = read.sizes(node, 0)
    if (begin.length !== 1) return node.fail('takes more axes of a list than it has.')
    const { from, to, isOne } = range(0, sizes.length)
    const found = sizes.slice(from, to).filter((_, at) => at % Math.max(strides[0] as number, 1) === 0)
    if ((strides[0] as number) < 1 || from < 0 || found.length === 0) return node.fail('takes nothing of a list of sizes.')
    return sizesOperand(node, !isOne, found)
  }
  const value = read.value(node)
  const shape = value.shape
  if (begin.length > shape.length + 1) return node.fail(`takes ${begin.length} axes of ${shape.length + 1}.`)
  if (strides.some((stride) => stride !== 1)) return node.fail('takes every second position or fewer, which no layer here does.')
  const ofBatch = range(0, Number.POSITIVE_INFINITY)
  if (ofBatch.isOne || ofBatch.from !== 0 || ofBatch.to !== Number.POSITIVE_INFINITY) return node.fail('takes a part of the batch.')
  const ranges = shape.map((length, axis) => (axis + 1 < begin.length ? range(axis + 1, length) : { from: 0, to: length, isOne: false }))
  if (ranges.some(({ from, to }, axis) => from < 0 || to <= from || to > (shape[axis] as number)))
    return node.fail(`takes positions that Nx${shape.join('x')} does not have.`)
  return cropped(read, node, value, ranges)
}

const cropped = (read: Reader, node: TfNode, value: Value, ranges: readonly { from: number; to: number; isOne: boolean }[]): Operand => {
  const { shape } = value
  const whole = (axis: number): boolean => ranges[axis]?.from === 0 && ranges[axis]?.to === shape[axis]
  const last = shape.length - 1
  const [tokens] = ranges
  if (shape.length === 2 && tokens?.isOne && whole(1) && !ranges[1]?.isOne)
    return read.add(node, 'selectToken', { index: tokens.from }, [value])
  if (last > 0 && !whole(last)) return node.fail('takes some of the channels, which no layer here does.')
  if (last === 0 && !whole(0)) return node.fail('takes some of the features, which no layer here does.')
  const amount = ranges.slice(0, -1).map(({ from, to }, axis) => {
    const end = (shape[axis] as number) - to
    return from === end ? from : [from, end]
  })
  const isCut = amount.some((each) => each !== 0)
  const cut = isCut ? read.add(node, 'crop', { amount }, [value]) : value
  const left = cut.shape.filter((_, axis) => !ranges[axis]?.isOne)
  return left.length === 0 ? node.fail('leaves out all axes of an example.') : reshaped(read, node, cut, left)
}

const pad: OperatorReader = (read, node) => {
  const value = read.value(node)
  const flat = read.wholes(node, 1)
  const rank = value.shape.length
  if (flat.length !== 2 * (rank + 1) || flat.some((size) => size < 0)) return node.fail('must have two numbers for each axis.')
  const pairs = Array.from({ length: rank + 1 }, (_, axis) => [flat[2 * axis] as number, flat[2 * axis + 1] as number])
  if (node.op === 'MirrorPad') return node.fail(`pads by reflection (mode ${node.text('mode', 'REFLECT')}), and zeroPad with zeros.`)
  if (node.op === 'PadV2') {
    const [filler] = read.constant(node, 2).numbers() ?? [Number.NaN]
    if (filler !== 0) return node.fail(`pads with ${filler}, and zeroPad with zeros.`)
  }
  const ends = [pairs[0], pairs.at(-1)] as number[][]
  if (ends.some((pair) => pair.some((size) => size !== 0)) || rank < 2) return node.fail('pads another axis than a spatial one.')
  if (pairs.flat().every((size) => size === 0)) return value
  return read.add(node, 'zeroPad', { amount: pairs.slice(1, -1).map((pair) => (pair[0] === pair[1] ? (pair[0] as number) : pair)) }, [
    value,
  ])
}

const resize =
  (method: 'nearest' | 'bilinear'): OperatorReader =>
  (read, node) => {
    const value = read.value(node)
    if (value.shape.length !== 3) return node.fail(`takes ${value.shape.length + 1} axes, and needs 4.`)
    const wanted = read.sizes(node, 1).map((size) => (isBatch(size) ? node.fail('its size depends on the batch.') : size))
    if (wanted.length !== 2) return node.fail('must have a height and a width.')
    const scale = factorsOf(node, value.shape, wanted)
    const [isAligned, isHalf] = [node.boolean('align_corners'), node.boolean('half_pixel_centers')]
    if (scale.every((factor) => factor === 1)) return value
    if (isAligned) return node.fail('aligns the corners (align_corners), and upsample the edges of the cells.')
    if (method === 'bilinear' && !isHalf)
      return node.fail('places its cells at their corners, and upsample at their centres (half_pixel_centers).')
    const settings = { scale: scale[0] === scale[1] ? scale[0] : scale, ...(method === 'nearest' ? {} : { method }) }
    return read.add(node, 'upsample', settings, [value])
  }

const concat: OperatorReader = (read, node) => {
  const isFirst = node.op === 'Concat'
  const count = node.inputs.length - 1
  const places = Array.from({ length: count }, (_, index) => index + (isFirst ? 1 : 0))
  const operands = places.map((index) => read.operand(node, index))
  if (operands.some(({ is }) => is === 'sizes') || operands.every(({ is }) => is === 'constant'))
    return sizesOperand(
      node,
      true,
      places.flatMap((index) => read.sizes(node, index)),
    )
  const axis = read.whole(node, isFirst ? 0 : count)
  const values = places.map((index) => read.value(node, index))
  if (values.length === 1) return values[0] as Value
  const [first] = values as [Value]
  const [at] = read.axes(node, first, [axis]) as [number]
  const rank = first.shape.length
  if (values.some(({ shape }) => shape.length !== rank || shape.some((size, place) => place !== at && size !== first.shape[place])))
    return node.fail(
      `joins ${values
        .map(({ shape }) => shape.join('x'))
        .slice(0, 8)
        .join(', ')}, which differ in more than axis ${at + 1}.`,
    )
  if (at === rank - 1) return read.add(node, 'concat', {}, values)
  // Along another axis: that one is exchanged with the channels before and behind.
  const axes = Array.from({ length: rank }, (_, place) => (place === at ? rank - 1 : place === rank - 1 ? at : place))
  const turned = values.map((value) => read.add(node, 'permute', { axes }, [value]))
  return read.add(node, 'permute', { axes }, [read.add(node, 'concat', {}, turned)])
}

const pack: OperatorReader = (read, node) => {
  const sizes = node.inputs.map((_, index): Size => {
    const [size, ...others] = read.sizes(node, index)
    return size === undefined || others.length > 0 ? node.fail('stacks values, which no layer here does.') : size
  })
  return sizesOperand(node, true, sizes)
}

const shape: OperatorReader = (read, node) => {
  const part = read.part(node, 0)
  if (part.is === 'constant') return sizesOperand(node, true, part.shape)
  const before = part.shape.slice(0, part.merged).reduce((product, size) => product * size, 1)
  return sizesOperand(node, true, [{ batch: before }, ...part.shape.slice(part.merged)])
}

/** The product of a list of sizes. */
const product: OperatorReader = (read, node) => {
  const sizes = read.sizes(node, 0)
  const batch = sizes.filter(isBatch)
  const rest = sizes.reduce<number>((all, size) => all * (isBatch(size) ? size.batch : size), 1)
  if (batch.length > 1) return node.fail('multiplies the size of the batch by itself.')
  return sizesOperand(node, node.boolean('keep_dims'), [batch.length === 1 ? { batch: rest } : rest])
}

const passedOn: OperatorReader = (read, node) => read.operand(node, 0)

/** Another type of numbers: whole numbers of the network stay what they are. */
const cast: OperatorReader = (read, node) => {
  const operand = read.operand(node, 0)
  const isWhole = /INT|BOOL/.test(node.type('DstT'))
  const isFromFloat = /FLOAT|HALF|DOUBLE/.test(node.type('SrcT'))
  if (operand.is === 'constant') return { ...operand, isWhole }
  if (isWhole && isFromFloat && operand.is !== 'sizes' && !(operand.is === 'value' && read.nodes.get(operand.layer)?.kind === 'input'))
    return node.fail('cuts floats off to whole numbers, which no layer here does.')
  return operand
}

export const shapeReaders: Readonly<Record<string, OperatorReader>> = {
  Reshape: reshape,
  Squeeze: squeeze,
  ExpandDims: expandDims,
  Transpose: transpose,
  StridedSlice: slice,
  Slice: slice,
  Pad: pad,
  PadV2: pad,
  MirrorPad: pad,
  ResizeNearestNeighbor: resize('nearest'),
  ResizeBilinear: resize('bilinear'),
  Concat: concat,
  ConcatV2: concat,
  Pack: pack,
  Shape: shape,
  Prod: product,
  Cast: cast,
  ...Object.fromEntries(
    ['Identity', 'StopGradient', 'PreventGradient', 'Snapshot', 'CheckNumerics', 'PlaceholderWithDefault'].map((op) => [op, passedOn]),
  ),
}

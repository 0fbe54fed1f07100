import { valuesIn } from '../../../layers/kind/layer.js'
import { transpose } from '../../../weights/layout.js'
import type { OnnxNode } from '../model.js'
import { mostAxes } from '../wire/limits.js'
import { listed } from '../words.js'
import { apart } from './dense/windows.js'
import { type Size, sizeText } from './folding/size.js'
import { holdView, viewAt } from './operands/lazily.js'
import type { ConstantTensor, GroupsOperand, ValueOperand } from './operands/operand.js'
import { type Digits, reshaped } from './operands/views.js'
import { lastAxes, type Reader, type Readers } from './reader/reader.js'

/** What arranges values anew: transpositions and reshapes. */

type Read = Readers[string]

const transposeReader: Read = (read, node) => {
  read.known(node, 'perm')
  const operand = read.take(node, 0)
  const rank =
    operand.is === 'value'
      ? operand.axes.length
      : operand.is === 'view'
        ? operand.digits.length
        : operand.is === 'tensor'
          ? operand.dims.length
          : 0
  const perm = read.ints(node, 'perm') ?? Array.from({ length: rank }, (_, axis) => rank - 1 - axis)
  if (
    perm.length !== rank ||
    !perm.every((axis, place) => Number.isInteger(axis) && axis >= 0 && axis < rank && perm.indexOf(axis) === place)
  ) {
    return read.fail(node, `its perm ${listed(perm)} is no order of ${rank} axes.`)
  }
  const turnedValue = (value: ValueOperand): ValueOperand => ({ ...value, axes: perm.map((axis) => value.axes[axis] as number) })
  if (operand.is === 'value') return read.hold(node, turnedValue(operand))
  if (operand.is === 'view') {
    const digits = perm.map((axis) => operand.digits[axis] ?? [])
    return holdView(read, node, operand, { digits }, () => turnedValue(operand.make()))
  }
  if (operand.is !== 'tensor') return read.fail(node, 'turns what is no output of a layer.')
  if (operand.repeated) return read.fail(node, 'turns what is there for each example.')
  const dims = perm.map((axis) => operand.dims[axis] as number)
  read.spend(node, operand.data?.length ?? 0)
  read.hold(node, { ...operand, dims, data: operand.data && transpose(operand.data, operand.dims, perm) })
}

/** The sizes of a value's axes in the file; `undefined` for the batch. */
export const dimsOf = (read: Reader, { node, axes }: ValueOperand): (number | undefined)[] => {
  const shape = read.shapeOf(node)
  return axes.map((axis) => (axis < 0 ? undefined : shape[axis]))
}

const flatten: Read = (read, node) => {
  read.known(node, 'axis')
  const value = read.value(node)
  const axis = read.int(node, 'axis', 1)
  if ((axis < 0 ? axis + value.axes.length : axis) !== 1)
    return read.fail(node, `flattens from axis ${axis}; only 1 leaves the examples apart.`)
  if (value.axes[0] !== -1) return read.fail(node, 'needs its examples on the first axis.')
  const sizes = dimsOf(read, value).slice(1) as number[]
  read.hold(node, reshapeTo(read, node, value, [valuesIn(sizes)]))
}

const reshape: Read = (read, node) => {
  read.known(node, 'allowzero')
  const operand = read.take(node, 0)
  const wanted = read.take(node, 1)
  if (wanted.is !== 'sizes' || wanted.dims.length > 1)
    return read.fail(node, 'its shape must be computed from sizes, or stand in the file.')
  if (wanted.sizes.length > mostAxes) return read.fail(node, `makes ${wanted.sizes.length} axes: more than ${mostAxes} are not read.`)
  if (read.flag(node, 'allowzero', false) && wanted.sizes.includes(0)) return read.fail(node, 'makes an axis of no size.')
  if (operand.is === 'tensor') return reshapeTensor(read, node, operand, wanted.sizes)
  if (operand.is === 'groups') return ungroup(read, node, operand, wanted.sizes)
  const windows = operand.is === 'scores' ? apart(operand, wanted.sizes) : undefined
  if (windows && operand.is === 'scores')
    return read.hold(node, { ...operand, windows, make: () => read.fail(node, 'puts windows apart that no layer here has.') })
  const view = viewAt(read, node)
  const digits = view && reshaped(view.digits, wanted.sizes)
  if (
    !view ||
    !digits ||
    (operand.is === 'value' && (digits.length < 3 || isGrouped(read, operand, digits)) && !digits[0]?.some((part) => part.axis >= 0))
  )
    return read.hold(node, reshapeValue(read, node, wanted.sizes))
  holdView(read, node, view, { digits }, () => asValue(read, node, reshapeValue(read, node, wanted.sizes)))
}

/** Whether the channels of an image become groups, as a group normalization begins. */
const isGrouped = (read: Reader, { node, axes }: ValueOperand, digits: Digits): boolean =>
  digits.length === 3 && axes.length > 2 && axes[0] === -1 && axes[1] === read.shapeOf(node).length - 1

/** A value without an axis of size 1. */
export const withoutOne = (read: Reader, node: OnnxNode, axis: number): ValueOperand => {
  const value = read.value(node)
  const dims = dimsOf(read, value).filter((_, place) => place !== axis)
  if (dims[0] !== undefined) return read.fail(node, 'needs its examples on the first axis.')
  return asValue(read, node, reshapeTo(read, node, value, dims.slice(1) as number[]))
}

/** An operand that is a value. */
const asValue = (read: Reader, node: OnnxNode, operand: ValueOperand | GroupsOperand): ValueOperand =>
  operand.is === 'value' ? operand : read.ungrouped(node, operand)

/** A value in another shape, by layers. */
const reshapeValue = (read: Reader, node: OnnxNode, wanted: readonly Size[]): ValueOperand | GroupsOperand => {
  const value = read.value(node)
  const dims = dimsOf(read, value)
  if (value.axes[0] !== -1) return read.fail(node, 'needs its examples on the first axis.')
  const sizes = wanted.map((size, place) => (size === 0 ? dims[place] : size))
  const total = valuesIn(dims.slice(1) as number[])
  const [batch, ...rest] = sizes
  if (rest.some((size) => typeof size !== 'number')) return read.fail(node, 'puts its examples elsewhere than on the first axis.')
  const known = valuesIn((rest as number[]).filter((size) => size !== -1))
  const open = (rest as number[]).filter((size) => size === -1).length
  const isBatch = batch === undefined || batch === -1 || batch === read.batch || isOne(batch, known, total, open)
  if (!isBatch || open + (batch === -1 ? 1 : 0) > 1)
    return read.fail(node, `its shape ${listed(wanted.map(sizeText))} does not keep the examples apart.`)
  const resolvedSizes = (rest as number[]).map((size) => (size === -1 ? total / known : size))
  if (valuesIn(resolvedSizes) !== total || resolvedSizes.some((size) => !(size >= 1)))
    return read.fail(node, `makes ${listed(resolvedSizes)} of ${total} values.`)
  return reshapeTo(read, node, value, resolvedSizes)
}

/** Whether a shape is that of one example, as a tracer writes it that has seen no more: then it is that of each. */
const isOne = (batch: Size, known: number, total: number, open: number): boolean => batch === 1 && open === 0 && known === total

/** The end of a group normalization: the image in its own shape again. */
const ungroup = (read: Reader, node: OnnxNode, { of, groups, epsilon }: GroupsOperand, wanted: readonly Size[]) => {
  const dims = dimsOf(read, of)
  const isBack = wanted.length === dims.length && wanted.every((size, place) => place === 0 || size === dims[place] || size === 0)
  if (epsilon === undefined || !isBack) return read.fail(node, 'puts channels in groups, and is no group normalization.')
  read.onValue(node, of, 'groupNorm', { groups, affine: false, epsilon })
}

const reshapeTensor = (read: Reader, node: OnnxNode, tensor: ConstantTensor, wanted: readonly Size[]) => {
  if (tensor.repeated) return read.fail(node, 'gives what is there for each example another shape.')
  const total = valuesIn(tensor.dims)
  const known = valuesIn(
    wanted
      .map((size, place) => (size === 0 ? tensor.dims[place] : size))
      .filter((size): size is number => typeof size === 'number' && size > 0),
  )
  const dims = wanted.map((size, place) => (size === 0 ? tensor.dims[place] : size === -1 ? total / known : size)) as number[]
  if (dims.some((size) => typeof size !== 'number') || valuesIn(dims) !== total || dims.some((size) => !(size >= 0)))
    return read.fail(node, `makes ${listed(dims.map(sizeText))} of ${total} values.`)
  read.hold(node, { ...tensor, dims })
}

/**
 * A value in another shape, axis by axis: one becomes several, several that stand beside each other become one, or both.
 *
 * Where the axes that become one do not stand so in the layer before, a permutation puts them so.
 */
export const reshapeTo = (read: Reader, node: OnnxNode, value: ValueOperand, wanted: readonly number[]): ValueOperand | GroupsOperand => {
  const have = dimsOf(read, value).slice(1) as number[]
  if (have.join() === wanted.join()) return value
  const rank = have.length
  const isImage = rank > 1 && value.axes[1] === rank - 1 && value.axes.slice(2).every((axis, place) => axis === place)

  // The whole channels-first image as a vector: which order its values have is decided when all is known.
  if (wanted.length === 1) {
    const isLast = value.axes.every((axis, place) => axis === place - 1)
    const pooled = read.nodeOf(value.node)
    if (pooled.kind.startsWith('adaptive') && have.filter((size) => size !== 1).length <= 1 && pooled.settings['size'] === 1) {
      const kind = pooled.kind === 'adaptiveAvgPool' ? 'globalAvgPool' : 'globalMaxPool'
      return read.lastOf(read.add(node, kind, {}, pooled.inputs))
    }
    const from = isImage || isLast ? value.node : read.arranged(node, value, lastAxes(rank))
    const name = read.add(node, 'flatten', { start: 0 }, [from])
    read.flattened.set(name, isImage && !isLast ? 'first' : 'last')
    return read.lastOf(name)
  }
  // Spatial axes as one, with the channels before them: the tokens of an image.
  if (isImage && rank === 3 && wanted.length === 2 && wanted[0] === have[0]) {
    return { is: 'value', node: read.add(node, 'toTokens', {}, [value.node]), axes: [-1, 1, 0] }
  }
  // Channels with the spatial axes after them anew: a vector or tokens as an image.
  if (wanted[0] === have[0] && (rank === 1 ? wanted.slice(1).every((size) => size === 1) : isImage && rank === 2)) {
    const image = read.add(node, 'reshape', { shape: [...wanted.slice(1), wanted[0] as number] }, [value.node])
    return read.firstOf(image)
  }
  if (isImage && wanted.length === 2) return { is: 'groups', of: value, groups: wanted[0] as number, each: wanted[1] as number }
  const from = read.arranged(node, value, lastAxes(rank))
  return read.lastOf(read.add(node, 'reshape', { shape: wanted }, [from]))
}

export const shapeReaders: Readers = {
  Transpose: transposeReader,
  Flatten: flatten,
  Reshape: reshape,
}

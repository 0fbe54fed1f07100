import { valuesIn } from '../layers/layer.js'
import { transpose } from '../weights/layout.js'
import type { HeldGroups, HeldTensor, HeldValue } from './held.js'
import type { OnnxNode } from './model.js'
import { lastAxes, type Reader, type Readers } from './reader.js'

/** What arranges values anew: transpositions and reshapes, and the sizes that they are computed from. */

type Read = Readers[string]

const transposeReader: Read = (read, node) => {
  read.known(node, 'perm')
  const held = read.take(node, 0)
  const rank = held.is === 'value' ? held.axes.length : held.is === 'tensor' ? held.dims.length : 0
  const perm = read.ints(node, 'perm') ?? Array.from({ length: rank }, (_, axis) => rank - 1 - axis)
  if (
    perm.length !== rank ||
    !perm.every((axis, place) => Number.isInteger(axis) && axis >= 0 && axis < rank && perm.indexOf(axis) === place)
  ) {
    return read.fail(node, `its perm [${perm.join(', ')}] is no order of ${rank} axes.`)
  }
  if (held.is === 'value') return read.hold(node, { ...held, axes: perm.map((axis) => held.axes[axis] as number) })
  if (held.is !== 'tensor') return read.fail(node, 'turns what is no output of a layer.')
  const dims = perm.map((axis) => held.dims[axis] as number)
  read.hold(node, { ...held, dims, data: held.data && transpose(held.data, held.dims, perm) })
}

/** The sizes of a value's axes in the file; `undefined` for the batch. */
export const dimsOf = (read: Reader, { node, axes }: HeldValue): (number | undefined)[] => {
  const shape = read.shapeOf(node)
  return axes.map((axis) => (axis < 0 ? undefined : shape[axis]))
}

const flatten: Read = (read, node) => {
  read.known(node, 'axis')
  const value = read.value(node)
  const axis = read.int(node, 'axis', 1)
  if ((axis < 0 ? axis + value.axes.length : axis) !== 1)
    return read.fail(node, `flattens from axis ${axis}; only 1 leaves the examples apart.`)
  const sizes = dimsOf(read, value).slice(1) as number[]
  reshapeTo(read, node, value, [valuesIn(sizes)])
}

const reshape: Read = (read, node) => {
  read.known(node, 'allowzero')
  const held = read.take(node, 0)
  const wanted = read.take(node, 1)
  if (wanted.is !== 'sizes') return read.fail(node, 'its shape must be computed from sizes, or stand in the file.')
  if (held.is === 'tensor') return reshapeTensor(read, node, held, wanted.sizes)
  if (held.is === 'groups') return ungroup(read, node, held, wanted.sizes)
  const value = read.value(node)
  const dims = dimsOf(read, value)
  if (value.axes[0] !== -1) return read.fail(node, 'needs its examples on the first axis.')
  const sizes = wanted.sizes.map((size, place) => (size === 0 ? dims[place] : size))
  const total = valuesIn(dims.slice(1) as number[])
  const [batch, ...rest] = sizes
  if (rest.includes(undefined)) return read.fail(node, 'puts its examples elsewhere than on the first axis.')
  const known = valuesIn((rest as number[]).filter((size) => size !== -1))
  const open = (rest as number[]).filter((size) => size === -1).length
  const isBatch = batch === undefined || batch === -1 || batch === read.batch
  if (!isBatch || open + (batch === -1 ? 1 : 0) > 1)
    return read.fail(node, `its shape [${wanted.sizes.map((size) => size ?? 'N').join(', ')}] does not keep the examples apart.`)
  const settled = (rest as number[]).map((size) => (size === -1 ? total / known : size))
  if (valuesIn(settled) !== total) return read.fail(node, `makes [${settled.join(', ')}] of ${total} values.`)
  reshapeTo(read, node, value, settled)
}

/** The end of a group normalization: the image in its own shape again. */
const ungroup = (read: Reader, node: OnnxNode, { of, groups, epsilon }: HeldGroups, wanted: readonly (number | undefined)[]) => {
  const dims = dimsOf(read, of)
  const isBack = wanted.length === dims.length && wanted.every((size, place) => place === 0 || size === dims[place] || size === 0)
  if (epsilon === undefined || !isBack) return read.fail(node, 'puts channels in groups, and is no group normalization.')
  read.onValue(node, of, 'groupNorm', { groups, affine: false, epsilon })
}

const reshapeTensor = (read: Reader, node: OnnxNode, tensor: HeldTensor, wanted: readonly (number | undefined)[]) => {
  const total = valuesIn(tensor.dims)
  const known = valuesIn(
    wanted.map((size, place) => (size === 0 ? tensor.dims[place] : size)).filter((size): size is number => size !== undefined && size > 0),
  )
  const dims = wanted.map((size, place) => (size === 0 ? tensor.dims[place] : size === -1 ? total / known : size)) as number[]
  if (dims.includes(undefined as never) || valuesIn(dims) !== total)
    return read.fail(node, `makes [${dims.join(', ')}] of ${total} values.`)
  read.hold(node, { ...tensor, dims })
}

/**
 * A value in another shape, axis by axis: one becomes several, several that stand beside each other become one, or both.
 *
 * Where the axes that become one do not stand so in the layer before, a permutation puts them so.
 */
const reshapeTo = (read: Reader, node: OnnxNode, value: HeldValue, wanted: readonly number[]) => {
  const have = dimsOf(read, value).slice(1) as number[]
  if (have.join() === wanted.join()) return read.hold(node, value)
  const rank = have.length
  const isImage = rank > 1 && value.axes[1] === rank - 1 && value.axes.slice(2).every((axis, place) => axis === place)

  // The whole channels-first image as a vector: which order its values have is decided when all is known.
  if (wanted.length === 1) {
    const isLast = value.axes.every((axis, place) => axis === place - 1)
    const pooled = read.nodeOf(value.node)
    if (pooled.kind.startsWith('adaptive') && have.filter((size) => size !== 1).length <= 1 && pooled.settings['size'] === 1) {
      const kind = pooled.kind === 'adaptiveAvgPool' ? 'globalAvgPool' : 'globalMaxPool'
      return read.holdLast(node, read.add(node, kind, {}, pooled.inputs))
    }
    const from = isImage || isLast ? value.node : read.arranged(node, value, lastAxes(rank))
    const name = read.add(node, 'flatten', { start: 0 }, [from])
    read.flattened.set(name, isImage && !isLast ? 'first' : 'last')
    return read.holdLast(node, name)
  }
  // Spatial axes as one, with the channels before them: the tokens of an image.
  if (isImage && rank === 3 && wanted.length === 2 && wanted[0] === have[0]) {
    return read.hold(node, { is: 'value', node: read.add(node, 'toTokens', {}, [value.node]), axes: [-1, 1, 0] })
  }
  // Channels with the spatial axes after them anew: a vector or tokens as an image.
  if (wanted[0] === have[0] && (rank === 1 ? wanted.slice(1).every((size) => size === 1) : isImage && rank === 2)) {
    const image = read.add(node, 'reshape', { shape: [...wanted.slice(1), wanted[0] as number] }, [value.node])
    return read.holdFirst(node, image)
  }
  if (isImage && wanted.length === 2) return read.hold(node, { is: 'groups', of: value, groups: wanted[0] as number })
  const from = read.arranged(node, value, lastAxes(rank))
  const name = read.add(node, 'reshape', { shape: wanted }, [from])
  read.holdLast(node, name)
}

/** Axes of size 1 that come and go are reshapes of what has them. */
const unsqueeze: Read = (read, node) => {
  read.known(node, 'axes')
  const held = read.take(node, 0)
  const given = read.ints(node, 'axes') ?? read.wholes(node, 1) ?? []
  if (held.is === 'sizes') return read.hold(node, { ...held, isScalar: false })
  const count = (held.is === 'value' ? held.axes.length : held.is === 'tensor' ? held.dims.length : 0) + given.length
  const axes = given.map((axis) => (axis < 0 ? axis + count : axis))
  if (held.is === 'tensor') return read.hold(node, { ...held, dims: withOnes(held.dims, axes, count) })
  const value = read.value(node)
  const dims = withOnes(dimsOf(read, value), axes, count)
  if (dims[0] !== undefined) return read.fail(node, 'puts its examples elsewhere than on the first axis.')
  reshapeTo(read, node, value, dims.slice(1) as number[])
}

const withOnes = <Size>(dims: readonly Size[], axes: readonly number[], count: number): (Size | 1)[] => {
  const rest = [...dims]
  return Array.from({ length: count }, (_, place) => (axes.includes(place) ? 1 : (rest.shift() as Size)))
}

const squeeze: Read = (read, node) => {
  read.known(node, 'axes')
  const held = read.take(node, 0)
  const given = read.ints(node, 'axes') ?? read.wholes(node, 1)
  if (held.is === 'sizes') return read.hold(node, { ...held, isScalar: true })
  if (!given) return read.fail(node, 'does not say which axes go.')
  if (held.is === 'steps') {
    if (given.length === 1 && given[0] === held.direction) return read.hold(node, held.make())
    return read.fail(node, 'takes away another axis than that of the one direction.')
  }
  const count = held.is === 'value' ? held.axes.length : held.is === 'tensor' ? held.dims.length : 0
  const axes = given.map((axis) => (axis < 0 ? axis + count : axis))
  if (held.is === 'tensor') return read.hold(node, { ...held, dims: held.dims.filter((_, place) => !axes.includes(place)) })
  const value = read.value(node)
  const dims = dimsOf(read, value)
  if (axes.some((axis) => dims[axis] !== 1)) return read.fail(node, 'takes away an axis that is not of size 1.')
  reshapeTo(read, node, value, dims.filter((_, place) => !axes.includes(place)).slice(1) as number[])
}

const shape: Read = (read, node) => {
  read.known(node, 'start', 'end')
  const value = read.value(node)
  const dims = dimsOf(read, value)
  const end = read.int(node, 'end', undefined)
  read.hold(node, { is: 'sizes', sizes: dims.slice(read.int(node, 'start', 0), end), isScalar: false })
}

const cast: Read = (read, node) => {
  read.known(node, 'to', 'saturate')
  read.hold(node, read.take(node, 0))
}

export const shapeReaders: Readers = {
  Transpose: transposeReader,
  Flatten: flatten,
  Reshape: reshape,
  Unsqueeze: unsqueeze,
  Squeeze: squeeze,
  Shape: shape,
  Cast: cast,
}

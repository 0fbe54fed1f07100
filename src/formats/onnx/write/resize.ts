import { isWhole, mostPositions, movesInPlace, positionOf, type Resampling, resamplingsOf } from '../../../layers/kind/resampling.js'
import { FormatError } from '../../../network/format-error.js'
import type { GraphNode } from '../../../network/graph.js'
import type { Shape } from '../../../shape/shape.js'
import type { OnnxAttribute } from '../model.js'
import { arranged, type Emitter } from './emitter.js'

/** Interpolation to another size. */

/** The factor of an axis as a float. ONNX rounds the product with it down, so the next float is used if it is too small. */
const scaleOf = ({ cells, size, factor }: Resampling): number => {
  const scale = Math.fround(factor ?? size / cells)
  return Math.floor(cells * scale) < size ? Math.fround(scale * (1 + 2 ** -23)) : scale
}

/** Whether single precision finds the same cells. */
const findsNearest = (axis: Resampling): boolean => {
  if (isWhole(axis)) return true
  const scale = scaleOf(axis)
  return Array.from({ length: axis.size }, (_, place) => place).every(
    (place) => Math.min(Math.floor(Math.fround(place / scale)), axis.cells - 1) === positionOf(axis, place).cell,
  )
}

const attributesOf = (method: string, alignCorners: boolean): Record<string, OnnxAttribute> => {
  if (method === 'nearest')
    return { mode: { text: 'nearest' }, coordinate_transformation_mode: { text: 'asymmetric' }, nearest_mode: { text: 'floor' } }
  return {
    mode: { text: method === 'bicubic' ? 'cubic' : 'linear' },
    coordinate_transformation_mode: { text: alignCorners ? 'align_corners' : 'half_pixel' },
  }
}

/** An `upsample`: a `Resize`, or a `Gather` along each axis where rounding would find other cells. */
export const resized = (emit: Emitter, node: GraphNode): void => {
  const axes = resamplingsOf(node)
  const from = emit.take(node.inputs[0] as string, 'first')
  const { method, alignCorners } = axes[0] as Resampling
  const long = method === 'nearest' ? axes.find((axis) => !isWhole(axis) && axis.size > mostPositions) : undefined
  if (long)
    throw new FormatError(`has ${long.size} positions along an axis: more than ${mostPositions} need a whole factor.`, 'onnx', node.name)
  // ONNX Runtime copies a map that keeps all its sizes, whatever the factors are.
  const isCopied = axes.every(({ cells, size }) => size === cells) && axes.some(movesInPlace)
  if (method === 'nearest' && (isCopied || !axes.every(findsNearest))) {
    gathered(emit, node, axes, from)
    return
  }
  if (isCopied) throw new FormatError(`${node.kind}: ONNX Runtime copies a map that keeps its size. Use another factor.`, 'onnx', node.name)
  const scales = emit.floats(`${node.name}/scales`, [1, 1, ...axes.map(scaleOf)])
  const input = node.inputShapes[0] as Shape
  // ONNX Runtime moves a Transpose behind a cubic resize, and then refuses it. It moves none through a reshape.
  const before = method === 'bicubic' ? emit.reshape(`${node.name}/apart`, from, arranged(input, 'first')) : from
  emit.put(node, 'first', 'Resize', [before, '', scales], attributesOf(method, alignCorners))
}

const gathered = (emit: Emitter, node: GraphNode, axes: readonly Resampling[], from: string): void => {
  let current = from
  const shape = [...(node.inputShapes[0] as Shape)]
  for (const [axis, resampling] of axes.entries()) {
    shape[axis] = resampling.size
    const cells = Array.from({ length: resampling.size }, (_, place) => positionOf(resampling, place).cell)
    const inputs = [current, emit.whole(`${node.name}/cells_${axis}`, cells)]
    const attributes = { axis: { int: axis + 2 } }
    if (axis === axes.length - 1) emit.put(node, 'first', 'Gather', inputs, attributes)
    else current = emit.add('Gather', `${node.name}/axis_${axis}`, { inputs, shape: arranged(shape, 'first'), attributes })
  }
}

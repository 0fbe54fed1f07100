import type { OnnxNode } from '../model.js'
import type { ValueOperand } from './operands/operand.js'
import type { Reader, Readers } from './reader/reader.js'
import { dimsOf, reshapeTo } from './shapes.js'

/** Means and maxima along some axes: pools, which in between may work on axes in another order. */

type Read = Readers[string]

interface Pools {
  readonly adaptive: 'adaptiveAvgPool' | 'adaptiveMaxPool'
  readonly global: 'globalAvgPool' | 'globalMaxPool'
  readonly tokens?: 'meanTokens'
}

/** A reduction along axes of the layer's output, which stay with size 1. */
const pooled = (read: Reader, node: OnnxNode, pool: string, value: ValueOperand, axes: readonly number[]): ValueOperand => {
  const inner = { ...node, name: '' }
  const shape = read.shapeOf(value.node)
  const last = shape.length - 1
  if (!axes.includes(last)) {
    const isAll = axes.length === last
    const size = isAll ? 1 : shape.slice(0, -1).map((cells, axis) => (axes.includes(axis) ? 1 : cells))
    return { ...value, node: read.add(node, pool, { size }, [value.node]) }
  }
  // A pool leaves the last axis as it is: so another one stands there, or an axis of size 1 behind all.
  const kept = shape.findIndex((_, axis) => !axes.includes(axis))
  if (shape.length > 3 && kept < 0) return read.fail(node, 'reduces all of four axes, and pools here at most three.')
  const sizes = shape.map((cells, axis) => (axes.includes(axis) ? 1 : cells))
  if (kept < 0) {
    const line = read.add(inner, 'reshape', { shape: [...shape, 1] }, [value.node])
    const one = read.add(node, pool, { size: 1 }, [line])
    return { ...value, node: read.add(inner, 'reshape', { shape: sizes }, [one]) }
  }
  const order = [...shape.map((_, axis) => axis).filter((axis) => axis !== kept), kept]
  const turned = read.add(inner, 'permute', { axes: order }, [value.node])
  const size = order.slice(0, -1).map((axis) => sizes[axis] as number)
  const made = read.add(node, pool, { size: size.every((each) => each === 1) ? 1 : size }, [turned])
  return { ...value, node: read.add(inner, 'permute', { axes: order.map((_, axis) => order.indexOf(axis)) }, [made]) }
}

const reduce =
  ({ adaptive, global, tokens }: Pools): Read =>
  (read, node) => {
    read.known(node, 'axes', 'keepdims', 'noop_with_empty_axes')
    const value = read.value(node)
    const reduced = read.axes(node, read.ints(node, 'axes') ?? read.wholes(node, 1) ?? [], value.axes.length)
    const axes = reduced.map((axis) => value.axes[axis] as number)
    // Without axes it reduces all, or nothing where noop_with_empty_axes says so: neither is a pool.
    if (axes.length === 0) return read.fail(node, 'reduces all axes, and a pool some.')
    if (axes.includes(-1)) return read.fail(node, 'reduces the examples to one, and a pool each example by itself.')
    const keeps = read.flag(node, 'keepdims', true)
    const rank = value.axes.length - 1
    const isSpatial = axes.length === rank - 1 && !axes.includes(rank - 1) && rank > 1
    if (isSpatial && !keeps) {
      const isTokens = rank === 2 && value.axes.join() === '-1,0,1' && tokens !== undefined
      const name = read.add(node, isTokens ? tokens : global, {}, [value.node])
      // The examples and the channels are left, in the order in which they stood.
      return read.hold(node, { is: 'value', node: name, axes: value.axes.indexOf(-1) < value.axes.indexOf(rank - 1) ? [-1, 0] : [0, -1] })
    }
    const made = pooled(read, node, adaptive, value, axes)
    if (keeps) return read.hold(node, made)
    const dims = dimsOf(read, made).filter((_, place) => !reduced.includes(place))
    if (dims[0] !== undefined || dims.length < 2) return read.fail(node, 'leaves no axis but that of the examples.')
    read.hold(node, reshapeTo(read, node, made, dims.slice(1) as number[]))
  }

export const reductionReaders: Readers = {
  ReduceMean: reduce({ adaptive: 'adaptiveAvgPool', global: 'globalAvgPool', tokens: 'meanTokens' }),
  ReduceMax: reduce({ adaptive: 'adaptiveMaxPool', global: 'globalMaxPool' }),
}

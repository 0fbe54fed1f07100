import type { OnnxNode } from '../../model.js'
import type { Reader } from '../reader/reader.js'
import type { ValueOperand } from './operand.js'

/** Some of the features of a value: what crop does with places, once features stand where places do. */
export const someFeatures = (read: Reader, node: OnnxNode, value: ValueOperand, start: number, size: number): ValueOperand => {
  const inner = { ...node, name: '' }
  const shape = read.shapeOf(value.node)
  const last = shape.length - 1
  const ends: [number, number] = [start, (shape[last] as number) - start - size]
  if (last === 0) {
    const line = read.add(inner, 'reshape', { shape: [shape[0], 1] }, [value.node])
    const cut = read.add(node, 'crop', { amount: [ends] }, [line])
    return { ...value, node: read.add(inner, 'reshape', { shape: [size] }, [cut]) }
  }
  const order = [last, ...shape.slice(0, -1).map((_, axis) => axis)]
  const turned = read.add(inner, 'permute', { axes: order }, [value.node])
  const amount = [ends, ...shape.slice(0, -2).map((): [number, number] => [0, 0])]
  const cut = read.add(node, 'crop', { amount }, [turned])
  return { ...value, node: read.add(inner, 'permute', { axes: order.map((_, axis) => order.indexOf(axis)) }, [cut]) }
}

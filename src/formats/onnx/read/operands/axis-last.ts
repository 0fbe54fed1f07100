import type { OnnxNode } from '../../model.js'
import type { Reader } from '../reader/reader.js'
import type { ValueOperand } from './operand.js'

/** A value with an axis of the file as the last of its layer, where layers work along that one. */
export const withAxisLast = (
  read: Reader,
  node: OnnxNode,
  value: ValueOperand,
  axis: number,
): { turned: ValueOperand; back: (name: string) => ValueOperand } => {
  const own = value.axes[axis] as number
  const last = value.axes.length - 2
  const order = [...Array.from({ length: last + 1 }, (_, each) => each).filter((each) => each !== own), own]
  const turned = own === last ? value.node : read.add({ ...node, name: '' }, 'permute', { axes: order }, [value.node])
  const axes = value.axes.map((each) => (each < 0 ? each : order.indexOf(each)))
  return { turned: { ...value, node: turned, axes }, back: (name) => ({ is: 'value', node: name, axes }) }
}

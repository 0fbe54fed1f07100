import type { Size, Value } from './operands.js'
import { type OperatorReader, sizesOperand } from './reader.js'

/** What joins values along an axis, and lists of sizes. */

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

export const joinReaders: Readonly<Record<string, OperatorReader>> = {
  Concat: concat,
  ConcatV2: concat,
  Pack: pack,
}

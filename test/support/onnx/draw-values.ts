import type { OnnxTensor } from '../../../src/formats/onnx/model.js'
import type { Draw, Drawers } from './draw.js'
import { float, floats, int, model, op, scalar, text, truth, valued } from './models.js'

/** Activations, and sums and products with numbers of the file. */

/** The shape of an example of any rank: a vector, tokens, an image, a volume. */
export const anyShape = (draw: Draw): number[] =>
  draw.of([[draw.whole(1, 6)], draw.list(2, 2, 5), draw.list(3, 2, 5), [2, ...draw.list(3, 2, 3)]])

const plain =
  (operator: string, from: number): Drawers[string] =>
  (draw) =>
    model(anyShape(draw), [op(`${operator} x -> y`)], [], draw.of([9, 11, 13, 17, 20, 22].filter((opset) => opset >= from)))

const withNumbers =
  (operator: string, numbers: Readonly<Record<string, readonly number[]>>, opsets: readonly number[] = [9, 16, 22]): Drawers[string] =>
  (draw) =>
    model(
      anyShape(draw),
      [
        op(
          `${operator} x -> y`,
          draw.some(60, Object.fromEntries(Object.entries(numbers).map(([name, values]) => [name, () => float(draw.of(values))]))),
        ),
      ],
      [],
      draw.of(opsets),
    )

const overChannels =
  (operator: string): Drawers[string] =>
  (draw) => {
    const opset = draw.of([9, 11, 12, 13, 17])
    const shape = draw.often(40) ? [draw.whole(2, 5), ...Array.from({ length: draw.whole(0, 2) }, () => 1)] : anyShape(draw)
    const axis = draw.whole(opset < 11 ? 0 : -1, shape.length)
    return model(shape, [op(`${operator} x -> y`, draw.some(75, { axis: () => int(axis) }))], [], opset)
  }

const gelu: Drawers[string] = (draw) =>
  model(anyShape(draw), [op('Gelu x -> y', draw.some(60, { approximate: () => text(draw.of(['none', 'tanh'])) }))], [], 20)

const largest = 3.4028234663852886e38

const clip: Drawers[string] = (draw) => {
  const opset = draw.of([9, 10, 11, 12, 13, 17])
  const [low, high] = [draw.of([0, 0, 0, -1, -largest, Number.NEGATIVE_INFINITY]), draw.of([6, 6, 1, largest, Number.POSITIVE_INFINITY])]
  const [hasLow, hasHigh] = [draw.often(75), draw.often(65)]
  if (opset < 11)
    return model(
      anyShape(draw),
      [op('Clip x -> y', { ...(hasLow ? { min: float(low) } : {}), ...(hasHigh ? { max: float(high) } : {}) })],
      [],
      opset,
    )
  return model(
    anyShape(draw),
    [op(`Clip x ${hasLow ? 'low' : '_'} ${hasHigh ? 'high' : '_'} -> y`)],
    [scalar('low', low), scalar('high', high)],
    opset,
  )
}

const dropout: Drawers[string] = (draw) => {
  const opset = draw.of([9, 10, 12, 13, 17, 22])
  const mask = draw.often(15) ? ' mask' : ''
  if (opset < 12)
    return model(anyShape(draw), [op(`Dropout x -> y${mask}`, draw.some(50, { ratio: () => float(draw.of([0, 0.3, 0.5])) }))], [], opset)
  const [ratio, training] = [draw.often(60) ? 'ratio' : '_', draw.often(50) ? 'training' : '_']
  return model(
    anyShape(draw),
    [op(`Dropout x ${ratio} ${training} -> y${mask}`, draw.some(20, { seed: () => int(3) }))],
    [scalar('ratio', draw.of([0, 0.3, 0.5])), truth('training', draw.often(50))],
    opset,
  )
}

/** A tensor that is broadcast to a shape behind the batch: for each channel, each value, the last axis, one number, or more axes. */
const broadcast = (draw: Draw, name: string, shape: readonly number[]): OnnxTensor => {
  const ones = shape.map(() => 1)
  const channels = shape[0] as number
  return floats(
    name,
    ...draw.of([
      [channels, ...ones.slice(1)],
      [channels, ...ones.slice(1)],
      [1, channels, ...ones.slice(1)],
      [shape.at(-1) as number],
      [...shape],
      [],
      [1],
      [1, ...ones],
      [1, 1, ...ones],
    ]),
  )
}

const prelu: Drawers[string] = (draw) => {
  const shape = anyShape(draw)
  return model(shape, [op('PRelu x a -> y')], [broadcast(draw, 'a', shape)], draw.of([9, 16]))
}

const withTensor =
  (operator: string): Drawers[string] =>
  (draw) => {
    const shape = anyShape(draw)
    const tensor = draw.often(20)
      ? valued('a', [draw.of([0, 0.5, 1, 2])], draw.of([[], [1], [1, 1, 1, 1, 1]]))
      : broadcast(draw, 'a', shape)
    return model(shape, [op(draw.often(50) ? `${operator} x a -> y` : `${operator} a x -> y`)], [tensor], draw.of([9, 13, 14]))
  }

/** A gelu by its formula, whole or with another number in it. */
const geluByErf: Drawers[string] = (draw) => {
  const rank = draw.often(12) ? 5 : 0
  const number = (name: string, value: number): OnnxTensor =>
    valued(
      name,
      [draw.often(8) ? value * 1.0001 : value],
      Array.from({ length: rank }, () => 1),
    )
  return model(
    [draw.whole(2, 6)],
    [op('Div x root -> d'), op('Erf d -> e'), op('Add e one -> a'), op('Mul x a -> p'), op('Mul p half -> y')],
    [number('root', Math.SQRT2), number('one', 1), number('half', 0.5)],
    13,
  )
}

const cast: Drawers[string] = (draw) => {
  const to = draw.of([1, 1, 11, 10, 7, 6, 3, 9])
  const back = to === 1 ? [op('Cast x -> y', { to: int(to) })] : [op('Cast x -> c', { to: int(to) }), op('Cast c -> y', { to: int(1) })]
  return model(anyShape(draw), back, [], draw.of([9, 13, 19]))
}

const power: Drawers[string] = (draw) => model(anyShape(draw), [op('Pow x exponent -> y')], [scalar('exponent', draw.of([2, 2, 1, 3]))], 13)

export const valueDrawers: Drawers = {
  Abs: plain('Abs', 9),
  Celu: withNumbers('Celu', { alpha: [1, 0.5, 2] }, [12, 16, 21]),
  Pow: power,
  Relu: plain('Relu', 9),
  Sigmoid: plain('Sigmoid', 9),
  Tanh: plain('Tanh', 9),
  Softplus: plain('Softplus', 9),
  HardSwish: plain('HardSwish', 14),
  Mish: plain('Mish', 18),
  Identity: plain('Identity', 9),
  LeakyRelu: withNumbers('LeakyRelu', { alpha: [0.01, 0.2, 1.5, -0.3] }),
  Elu: withNumbers('Elu', { alpha: [1, 0.5, 2] }),
  Selu: withNumbers('Selu', { alpha: [1.6732632, 1.6732631921768188, 1.5], gamma: [1.050701, 1.0507010221481323, 1] }),
  HardSigmoid: withNumbers('HardSigmoid', { alpha: [1 / 6, 1 / 6, 0.2], beta: [0.5, 0.4] }),
  Gelu: gelu,
  Erf: geluByErf,
  Softmax: overChannels('Softmax'),
  LogSoftmax: overChannels('LogSoftmax'),
  Clip: clip,
  Dropout: dropout,
  PRelu: prelu,
  Mul: withTensor('Mul'),
  Add: withTensor('Add'),
  Div: withTensor('Div'),
  Cast: cast,
  Neg: plain('Neg', 9),
}

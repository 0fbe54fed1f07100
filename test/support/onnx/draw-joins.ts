import type { Drawers } from './draw.js'
import { order } from './draw-shapes.js'
import { float, floats, int, ints, model, op, text, wholes } from './models.js'

/** Operators that join values, recurrences, and weights that are computed of weights. */

const concat: Drawers[string] = (draw) => {
  const shape = draw.of([[4], [3, 3], [2, 3, 3], [3, 3, 3]])
  const axis = draw.often(60) ? 1 : draw.whole(-1, shape.length)
  // Axes of one size may be turned: the join must not take one for the other.
  const turned = draw.often(40) && shape.length > 1
  const perm = order(draw, shape.length + 1, true)
  return model(
    shape,
    [
      op('Relu x -> r'),
      ...(turned ? [op('Transpose x -> z', { perm: ints(...perm) })] : [op('Tanh x -> z')]),
      op('Concat r z -> y', { axis: int(axis) }),
    ],
    [],
    13,
  )
}

/** Two branches, of which one may be turned or have a size less. */
const joined =
  (operator: string): Drawers[string] =>
  (draw) => {
    const shape = draw.of([[4], [3, 3], [2, 3, 3], [3, 3, 3]])
    const turned = draw.often(50) && shape.length > 1
    const first = draw.of(['Relu', 'Tanh', 'Sigmoid', 'HardSigmoid'])
    const attributes = first === 'HardSigmoid' ? { alpha: float(1 / 6), beta: float(0.5) } : {}
    const before = draw.often(70)
      ? [op(`${first} x -> z`, attributes)]
      : shape.length > 1
        ? [op('GlobalAveragePool x -> z')]
        : [op('Softplus x -> q'), op('Tanh q -> z')]
    const nodes = [...before, ...(turned ? [op('Transpose z -> t', { perm: ints(...order(draw, shape.length + 1, draw.often(85))) })] : [])]
    const other = turned ? 't' : 'z'
    return model(shape, [...nodes, op(draw.often(50) ? `${operator} x ${other} -> y` : `${operator} ${other} x -> y`)], [], 14)
  }

/** The gates of a recurrence, with what this package's have no word for now and then. */
const recurrent =
  (operator: 'LSTM' | 'GRU'): Drawers[string] =>
  (draw) => {
    const gates = operator === 'LSTM' ? 4 : 3
    const [steps, features, units] = [draw.whole(1, 4), draw.whole(1, 3), draw.whole(1, 3)]
    const opset = draw.of([9, 14])
    const attributes = {
      hidden_size: int(units),
      ...(operator === 'GRU' ? draw.some(85, { linear_before_reset: () => int(draw.often(85) ? 1 : 0) }) : {}),
      ...draw.some(15, { direction: () => text(draw.of(['forward', 'reverse'])) }),
      ...draw.some(5, { clip: () => float(0.3) }),
      ...(opset >= 14 ? draw.some(5, { layout: () => int(0) }) : {}),
      ...(operator === 'LSTM' ? draw.some(5, { input_forget: () => int(draw.whole(0, 1)) }) : {}),
    }
    const bias = draw.often(70) ? 'b' : '_'
    const all = draw.often(50)
    const outputs = all ? '-> all' : '-> _ last'
    const rest = all ? [op('Squeeze all one -> s'), op('Transpose s -> y', { perm: ints(1, 0, 2) })] : [op('Squeeze last zero -> y')]
    const older = all
      ? [op('Squeeze all -> s', { axes: ints(1) }), op('Transpose s -> y', { perm: ints(1, 0, 2) })]
      : [op('Squeeze last -> y', { axes: ints(0) })]
    return model(
      [steps, features],
      [
        op('Transpose x -> t', { perm: ints(1, 0, 2) }),
        op(`${operator} t w r ${bias} ${outputs}`, attributes),
        ...(opset < 13 ? older : rest),
      ],
      [
        floats('w', 1, gates * units, features),
        floats('r', 1, gates * units, units),
        floats('b', 1, 2 * gates * units),
        wholes('one', [1]),
        wholes('zero', [0]),
      ],
      opset,
    )
  }

/** Parts of a matrix, of which one is taken. */
const split: Drawers[string] = (draw) => {
  const opset = draw.of([11, 13, 17, 18])
  const rows = draw.whole(2, 7)
  const count = draw.whole(2, Math.min(3, rows))
  const parts = [...Array.from({ length: count - 1 }, () => 1), rows - count + 1]
  const given = draw.often(60) || (opset < 18 && rows % count !== 0)
  const names = parts.map((_, index) => `p${index}`)
  const taken = draw.of(names)
  const attributes = {
    ...draw.some(50, { axis: () => int(0) }),
    ...(given && opset < 13 ? { split: ints(...parts) } : {}),
    ...(!given && opset >= 18 ? { num_outputs: int(count) } : {}),
  }
  const nodes = [
    op(`Split w${given && opset >= 13 ? ' s' : ''} -> ${names.join(' ')}`, attributes),
    op(`Gemm x ${taken} -> y`, { transB: int(1) }),
  ]
  return model([3], nodes, [floats('w', rows, 3), wholes('s', parts)], opset)
}

/** Weights that are computed of weights. */
const computedWeights: Drawers[string] = (draw) => {
  const way = draw.whole(0, 4)
  if (way === 0) return model([4], [op('Transpose w -> t', { perm: ints(1, 0) }), op('MatMul x t -> y')], [floats('w', 3, 4)])
  if (way === 1)
    return model(
      [4],
      [op('Concat v w -> t', { axis: int(draw.of([0, 0, 1])) }), op('Gemm x t -> y', { transB: int(1) })],
      [floats('v', 2, 4), floats('w', 2, 4)],
    )
  if (way === 2)
    return model(
      [4],
      [op('Expand w s -> t'), op('Gemm x t -> y', { transB: int(1) })],
      [floats('w', 1, 4), wholes('s', [draw.whole(1, 4), 4])],
    )
  if (way === 3)
    return model(
      [4],
      [op('Reshape w s -> t'), op('Gemm x t -> y', { transB: int(draw.whole(0, 1)) })],
      [
        floats('w', 2, 8),
        wholes(
          's',
          draw.of([
            [4, 4],
            [-1, 4],
            [0, -1],
          ]),
        ),
      ],
    )
  return model(
    [3, 4],
    [op('Expand w s -> t'), op('Add x t -> y')],
    [floats('w', 4), wholes('s', draw.of([[2, 3, 4], [3, 4], [1, 1, 4], [4], [1, 1, 1, 4]]))],
  )
}

export const joinDrawers: Drawers = {
  Concat: concat,
  'Mul of two': joined('Mul'),
  'Add of two': joined('Add'),
  Sum: joined('Sum'),
  LSTM: recurrent('LSTM'),
  GRU: recurrent('GRU'),
  Split: split,
  'weights of weights': computedWeights,
  Sub: joined('Sub'),
  Mean: joined('Mean'),
  Max: joined('Max'),
  Min: joined('Min'),
}

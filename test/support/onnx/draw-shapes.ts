import type { Draw, Drawers } from './draw.js'
import { float, floats, int, ints, model, op, product, wholes } from './models.js'

/** Operators that arrange values anew, join them, or take products with matrices. */

const shapes = (draw: Draw): number[] => draw.of([[6], [4, 6], [2, 3, 4], [4, 3, 2], [2, 2, 3, 2]])

/** A permutation of a number of axes, mostly with the first in its place. */
export const order = (draw: Draw, count: number, fixed = draw.often(85)): number[] => {
  const left = Array.from({ length: count }, (_, axis) => axis)
  const first = fixed ? left.splice(0, 1) : []
  return [...first, ...Array.from({ length: left.length }, () => left.splice(draw.whole(0, left.length - 1), 1)[0] as number)]
}

const transpose: Drawers[string] = (draw) => {
  const shape = shapes(draw)
  return model(shape, [op('Transpose x -> y', draw.some(90, { perm: () => ints(...order(draw, shape.length + 1)) }))], [], draw.of([9, 13]))
}

const flatten: Drawers[string] = (draw) => {
  const shape = shapes(draw)
  const opset = draw.of([9, 11, 13])
  const axis = draw.often(60) ? 1 : draw.whole(opset < 11 ? 0 : -1, shape.length + 1)
  return model(shape, [op('Flatten x -> y', draw.some(80, { axis: () => int(axis) }))], [], opset)
}

const reshape: Drawers[string] = (draw) => {
  const shape = shapes(draw)
  const total = product(shape)
  const parts = [...shape]
  // Two axes as one, or one as two, or something else with as many values.
  const at = draw.whole(0, parts.length - 1)
  if (draw.often(50) && parts.length > 1)
    parts.splice(
      Math.min(at, parts.length - 2),
      2,
      (parts[Math.min(at, parts.length - 2)] as number) * (parts[Math.min(at, parts.length - 2) + 1] as number),
    )
  else if ((parts[at] as number) % 2 === 0) parts.splice(at, 1, 2, (parts[at] as number) / 2)
  else parts.splice(0, parts.length, total)
  const open = draw.often(40) ? draw.whole(0, parts.length - 1) : -1
  const wanted = parts.map((size, place) =>
    place === open ? -1 : place < shape.length && size === shape[place] && draw.often(40) ? 0 : size,
  )
  const opset = draw.of([9, 13, 14, 19])
  const [batch, first] = draw.of([
    ['N', 0],
    ['N', open < 0 ? -1 : 0],
    [2, 2],
    ['N', 2],
  ] as [number | string, number][])
  return model(
    shape,
    [op('Reshape x s -> y', opset >= 14 ? draw.some(30, { allowzero: () => int(draw.whole(0, 1)) }) : {})],
    [wholes('s', [first, ...wanted])],
    opset,
    batch,
  )
}

const squeezed =
  (operator: string): Drawers[string] =>
  (draw) => {
    const opset = draw.of([9, 11, 13])
    const isLess = operator === 'Squeeze'
    const shape = isLess
      ? draw.of([
          [3, 1],
          [3, 1, 1],
          [1, 4, 3],
          [3, 4, 1],
        ])
      : draw.of([[4], [3, 4], [2, 3, 4]])
    const count = shape.length + 1 + (isLess ? 0 : 1)
    const ones = isLess ? [...shape.entries()].filter(([, size]) => size === 1).map(([axis]) => axis + 1) : [draw.whole(0, count - 1)]
    const axes = ones.filter((_, at) => at === 0 || draw.often(70)).map((axis) => (opset >= 11 && draw.often(30) ? axis - count : axis))
    const given = !isLess || draw.often(90)
    if (opset < 13) return model(shape, [op(`${operator} x -> y`, given ? { axes: ints(...axes) } : {})], [], opset)
    return model(shape, [op(`${operator} x${given ? ' a' : ''} -> y`)], [wholes('a', axes)], opset)
  }

const reduce =
  (operator: string): Drawers[string] =>
  (draw) => {
    const opset = draw.of([9, 11, 13, 17, 18, 20])
    const shape = draw.of([[4], [4, 6], [2, 3, 4], [2, 3, 3, 2]])
    const spatial = shape.slice(1).map((_, axis) => axis + 2)
    const axes = (draw.often(70) ? spatial : [draw.whole(1, shape.length)]).map((axis) =>
      opset >= 11 && draw.often(30) ? axis - shape.length - 1 : axis,
    )
    const attributes = draw.some(60, { keepdims: () => int(draw.whole(0, 1)) })
    const inside = opset < (operator === 'ReduceMax' ? 18 : 18)
    const given = draw.often(85)
    // Behind a transposition the axes stand elsewhere, the batch too.
    const turned = draw.often(35)
    const perm = order(draw, shape.length + 1, false)
    const from = turned ? 't' : 'x'
    const nodes = [
      ...(turned ? [op('Transpose x -> t', { perm: ints(...perm) })] : []),
      ...(inside
        ? [op(`${operator} ${from} -> y`, { ...attributes, ...(given ? { axes: ints(...axes) } : {}) })]
        : [
            op(`${operator} ${from}${given ? ' a' : ''} -> y`, {
              ...attributes,
              ...draw.some(20, { noop_with_empty_axes: () => int(draw.whole(0, 1)) }),
            }),
          ]),
    ]
    return model(shape, nodes, [wholes('a', axes)], opset)
  }

const gemm: Drawers[string] = (draw) => {
  const [features, units] = [draw.whole(1, 4), draw.whole(1, 4)]
  const turned = draw.often(60)
  const attributes = {
    ...draw.some(30, { alpha: () => float(draw.of([1, 1, 0.5])), beta: () => float(draw.of([1, 1, 0.5])) }),
    ...(turned ? { transB: int(1) } : draw.some(30, { transB: () => int(0) })),
    ...draw.some(15, { transA: () => int(draw.of([0, 0, 1])) }),
  }
  const bias = draw.of([[units], [1, units], [], [1], [units, 1], [2, units], [2, 1]])
  return model(
    [features],
    [op(`Gemm x w${draw.often(75) ? ' c' : ''} -> y`, attributes)],
    [floats('w', ...(turned ? [units, features] : [features, units])), floats('c', ...bias)],
    draw.of([11, 13]),
    draw.often(20) ? 4 : 'N',
  )
}

const matMul: Drawers[string] = (draw) => {
  const shape = draw.of([[4], [3, 4], [4, 4], [2, 3, 4]])
  return model(
    shape,
    [op(draw.often(85) ? 'MatMul x w -> y' : 'MatMul w x -> y')],
    [floats('w', ...draw.of([[4, 3], [4, 4], [4], [1, 4, 3]]))],
    13,
  )
}

const gather: Drawers[string] = (draw) => {
  const shape = draw.of([
    [3, 4],
    [4, 3],
    [2, 3, 4],
  ])
  const axis = draw.whole(-1, shape.length)
  return model(
    shape,
    [op('Gather x i -> y', draw.some(90, { axis: () => int(axis) }))],
    [wholes('i', [draw.whole(-2, 1)], draw.of([[], [], [1]]))],
    13,
  )
}

/** Cut, and cut again from the sizes of a value: what becomes of sizes is seen in the shape that they make. */
const sizes: Drawers[string] = (draw) => {
  const opset = draw.of([9, 13, 15])
  const shape = [2, 3, 4]
  const ends = opset >= 15 ? draw.some(50, { start: () => int(draw.of([0, 0, 1, -4])), end: () => int(draw.of([1, 2, -2])) }) : {}
  const cut = opset < 10 ? op('Slice s -> c', { starts: ints(0), ends: ints(draw.whole(1, 2)), axes: ints(0) }) : op('Slice s from to -> c')
  const rest = draw.of([[12, 2], [-1], [24]])
  return model(
    shape,
    [op('Shape x -> s', ends), cut, op('Concat c rest -> t', { axis: int(0) }), op('Reshape x t -> y')],
    [wholes('from', [draw.of([0, 0, 0, 1])]), wholes('to', [draw.whole(1, 2)]), wholes('rest', rest)],
    opset,
  )
}

export const shapeDrawers: Drawers = {
  Transpose: transpose,
  Flatten: flatten,
  Reshape: reshape,
  Squeeze: squeezed('Squeeze'),
  Unsqueeze: squeezed('Unsqueeze'),
  ReduceMean: reduce('ReduceMean'),
  ReduceMax: reduce('ReduceMax'),
  Gemm: gemm,
  MatMul: matMul,
  Gather: gather,
  Shape: sizes,
}

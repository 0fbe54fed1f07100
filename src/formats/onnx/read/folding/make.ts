import { valuesIn } from '../../../../layers/kind/layer.js'
import { elementTypes } from '../../model.js'
import { broadcast, broadcastStrides, chosen, type Evaluator, type Evaluators, isSmall, type Known, numbersIn, placesOf } from './known.js'
import { add, multiply, type Size, unknown } from './size.js'

/** What makes numbers, repeats them, sums them up or gives them another type. */

const range: Evaluator = ({ inputs, spend }) => {
  const ends = inputs.map((known) => (known?.values.length === 1 ? known.values[0] : undefined))
  const [start, end, by] = ends
  if (typeof start !== 'number' || typeof end !== 'number' || typeof by !== 'number' || by === 0) return undefined
  const count = Math.max(0, Math.ceil((end - start) / by))
  if (!isSmall([count])) return undefined
  spend(count)
  return { type: inputs[0]?.type ?? 'whole', dims: [count], values: Array.from({ length: count }, (_, at) => start + at * by) }
}

/** The shape is broadcast to that of the numbers, and the other way round. */
const expand: Evaluator = ({ inputs: [known, shape], spend }) => {
  const wanted = numbersIn(shape)
  const dims = known && wanted && isSmall(wanted) ? broadcast([known.dims, wanted]) : undefined
  if (!known || !dims || !isSmall(dims)) return undefined
  spend(valuesIn(dims))
  return chosen(known, dims, placesOf(dims, broadcastStrides(known.dims, dims)))
}

const tile: Evaluator = ({ inputs: [known, times], spend }) => {
  const repeats = numbersIn(times)
  if (!known || repeats?.length !== known.dims.length) return undefined
  const dims = known.dims.map((size, axis) => size * (repeats[axis] as number))
  if (!isSmall(dims)) return undefined
  spend(valuesIn(dims))
  const own = known.dims.map((_, axis) => valuesIn(known.dims.slice(axis + 1)))
  const steps = dims.map((_, axis) => valuesIn(dims.slice(axis + 1)))
  return chosen(known, dims, (at) =>
    dims.reduce(
      (place, size, axis) =>
        place + ((Math.floor(at / (steps[axis] as number)) % size) % (known.dims[axis] as number)) * (own[axis] as number),
      0,
    ),
  )
}

/** One number of all: sums and products, where no axes are named. */
const reduced =
  (start: number, join: (so: Size, value: Size) => Size | typeof unknown): Evaluator =>
  ({ read, node, inputs: [known, axes], spend }) => {
    if (!known) return undefined
    const said = node.attributes['axes'] ? read.ints(node, 'axes') : axes ? numbersIn(axes) : undefined
    const isAll = said === undefined || said.length === known.dims.length
    if (!isAll || (said === undefined && read.flag(node, 'noop_with_empty_axes', false))) return undefined
    spend(known.values.length)
    let so: Size = start
    for (const value of known.values) {
      const next = join(so, value)
      if (next === unknown) return undefined
      so = next
    }
    return { ...known, dims: read.flag(node, 'keepdims', true) ? known.dims.map(() => 1) : [], values: [so] }
  }

const wholes: ReadonlySet<number> = new Set([elementTypes.int32, elementTypes.int64])
const floats: ReadonlySet<number> = new Set([elementTypes.float, elementTypes.double])

/** Another type: of floats, what is behind the point is cut off. */
const cast: Evaluator = ({ read, node, inputs: [known], spend }) => {
  const to = read.int(node, 'to', 0)
  if (!known) return undefined
  spend(known.values.length)
  const map = (type: Known['type'], change: (value: number) => number): Known => ({
    type,
    dims: known.dims,
    values: Array.from(known.values as ArrayLike<Size>, (value) => (typeof value === 'number' ? change(value) : value)),
  })
  if (wholes.has(to)) return map('whole', Math.trunc)
  if (floats.has(to)) return map('float', Math.fround)
  if (to !== elementTypes.bool) return undefined
  return {
    ...map('truth', (value) => Number(value !== 0)),
    values: Array.from(known.values as ArrayLike<Size>, (value) => Number(value !== 0)),
  }
}

export const makingEvaluators: Evaluators = {
  Cast: cast,
  Expand: expand,
  Range: range,
  ReduceProd: reduced(1, multiply),
  ReduceSum: reduced(0, add),
  Size: ({ inputs: [known] }) => known && { type: 'whole', dims: [], values: [known.values.length] },
  Shape: ({ inputs: [known], read, node }) => {
    if (!known) return undefined
    const dims = known.dims.slice(read.int(node, 'start', 0), read.int(node, 'end', undefined))
    return { type: 'whole', dims: [dims.length], values: dims }
  },
  Tile: tile,
}

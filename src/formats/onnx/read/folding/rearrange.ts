import { valuesIn } from '../../../../layers/kind/layer.js'
import { mostAxes } from '../../wire/limits.js'
import { axisIn, chosen, type Evaluator, type Evaluators, isSmall, type Known, numbersIn, placesOf, type Step, stridesOf } from './known.js'

/** What arranges known numbers anew, or takes some of them. */

/** A list that is an attribute in older files, and an input in newer ones. */
const listOf = ({ read, node, inputs }: Step, name: string, index: number): number[] | undefined =>
  node.attributes[name] ? [...(read.ints(node, name) ?? [])] : numbersIn(inputs[index])

/** Axes, each once, as numbers from 0. */
const axesOf = (axes: readonly number[], count: number): number[] | undefined => {
  const found = axes.map((axis) => axisIn(axis, count))
  return found.includes(undefined) || new Set(found).size !== found.length ? undefined : (found as number[])
}

const unsqueeze: Evaluator = (step) => {
  const [known] = step.inputs
  const axes = listOf(step, 'axes', 1)
  const count = (known?.dims.length ?? 0) + (axes?.length ?? 0)
  const added = axes && count <= mostAxes ? axesOf(axes, count) : undefined
  if (!known || !added) return undefined
  const rest = [...known.dims]
  return { ...known, dims: Array.from({ length: count }, (_, axis) => (added.includes(axis) ? 1 : (rest.shift() as number))) }
}

const squeeze: Evaluator = (step) => {
  const [known] = step.inputs
  if (!known) return undefined
  const said = listOf(step, 'axes', 1)
  const axes = said ? axesOf(said, known.dims.length) : known.dims.flatMap((size, axis) => (size === 1 ? [axis] : []))
  if (!axes?.every((axis) => known.dims[axis] === 1)) return undefined
  return { ...known, dims: known.dims.filter((_, axis) => !axes.includes(axis)) }
}

const reshape: Evaluator = ({ read, node, inputs: [known, shape] }) => {
  const wanted = numbersIn(shape)
  if (!known || !wanted) return undefined
  const keepsZero = read.flag(node, 'allowzero', false)
  const sizes = wanted.map((size, axis) => (size === 0 && !keepsZero ? (known.dims[axis] ?? -2) : size))
  const total = valuesIn(known.dims)
  const open = sizes.filter((size) => size === -1).length
  const product = valuesIn(sizes.filter((size) => size !== -1))
  const dims = open === 1 && product > 0 ? sizes.map((size) => (size === -1 ? total / product : size)) : sizes
  return isSmall(dims, Number.POSITIVE_INFINITY) && valuesIn(dims) === total ? { ...known, dims } : undefined
}

const flatten: Evaluator = ({ read, node, inputs: [known] }) => {
  if (!known) return undefined
  const said = read.int(node, 'axis', 1)
  const axis = said === known.dims.length ? said : axisIn(said, known.dims.length)
  return axis === undefined ? undefined : { ...known, dims: [valuesIn(known.dims.slice(0, axis)), valuesIn(known.dims.slice(axis))] }
}

const transpose: Evaluator = ({ read, node, inputs: [known], spend }) => {
  if (!known) return undefined
  const rank = known.dims.length
  const order = axesOf(read.ints(node, 'perm') ?? Array.from({ length: rank }, (_, axis) => rank - 1 - axis), rank)
  if (order?.length !== rank) return undefined
  spend(known.values.length)
  const strides = stridesOf(known.dims)
  const dims = order.map((axis) => known.dims[axis] as number)
  return chosen(
    known,
    dims,
    placesOf(
      dims,
      order.map((axis) => strides[axis] as number),
    ),
  )
}

const gather: Evaluator = ({ read, node, inputs: [known, index], spend }) => {
  if (!known || !index || known.dims.length === 0) return undefined
  const axis = axisIn(read.int(node, 'axis', 0), known.dims.length)
  const places = numbersIn({ ...index, dims: [index.values.length] })?.map((place) => axisIn(place, known.dims[axis as number] as number))
  if (axis === undefined || !places || places.includes(undefined)) return undefined
  const dims = [...known.dims.slice(0, axis), ...index.dims, ...known.dims.slice(axis + 1)]
  if (!isSmall(dims, Number.POSITIVE_INFINITY)) return undefined
  spend(valuesIn(dims))
  const inner = valuesIn(known.dims.slice(axis + 1))
  const size = known.dims[axis] as number
  return chosen(known, dims, (at) => {
    const [outer, place] = [Math.floor(at / (inner * places.length)), Math.floor(at / inner) % places.length]
    return (outer * size + (places[place] as number)) * inner + (at % inner)
  })
}

const slice: Evaluator = (step) => {
  const [known] = step.inputs
  const [starts, ends] = [listOf(step, 'starts', 1), listOf(step, 'ends', 2)]
  if (!known || !starts || !ends || starts.length !== ends.length) return undefined
  const axes = axesOf(listOf(step, 'axes', 3) ?? starts.map((_, axis) => axis), known.dims.length)
  const steps = step.inputs[4] ? numbersIn(step.inputs[4]) : starts.map(() => 1)
  if (axes?.length !== starts.length || steps?.length !== starts.length || steps.includes(0)) return undefined
  const strides = stridesOf(known.dims)
  const dims = [...known.dims]
  let offset = 0
  for (const [index, axis] of axes.entries()) {
    const size = known.dims[axis] as number
    const by = steps[index] as number
    const [least, most] = by > 0 ? [0, size] : [-1, size - 1]
    const clamp = (place: number): number => Math.min(Math.max(place < 0 ? place + size : place, least), most)
    const start = clamp(starts[index] as number)
    // An end before the first cell is said as a number far below zero.
    const end = clamp(ends[index] as number)
    dims[axis] = Math.max(0, Math.ceil((end - start) / by))
    offset += start * (strides[axis] as number)
    strides[axis] = (strides[axis] as number) * by
  }
  step.spend(valuesIn(dims))
  return chosen(known, dims, placesOf(dims, strides, offset))
}

const concat: Evaluator = ({ read, node, inputs, spend }) => {
  const parts = inputs as readonly Known[]
  const [first] = parts
  const said = read.int(node, 'axis', undefined)
  if (!first || parts.includes(undefined as never) || said === undefined) return undefined
  const axis = axisIn(said, first.dims.length)
  if (axis === undefined) return undefined
  const isAlike = ({ type, dims }: Known): boolean =>
    type === first.type && dims.length === first.dims.length && dims.every((size, place) => place === axis || size === first.dims[place])
  if (!parts.every(isAlike)) return undefined
  const dims = first.dims.map((size, place) => (place === axis ? parts.reduce((sum, part) => sum + (part.dims[axis] as number), 0) : size))
  spend(valuesIn(dims))
  // Nothing times any number of rows.
  const outer = valuesIn(dims) === 0 ? 0 : valuesIn(dims.slice(0, axis))
  const all: Known['values'][number][] = []
  for (let row = 0; row < outer; row += 1)
    for (const { values, dims: own } of parts) {
      const each = valuesIn(own.slice(axis))
      for (let at = row * each; at < (row + 1) * each; at += 1) all.push(values[at])
    }
  return { type: first.type, dims, values: all }
}

/** Some values replaced, at places that are counted along the first axes. */
const scatter: Evaluator = ({ read, node, inputs: [known, places, updates], spend }) => {
  if (!known || !places || !updates || known.type !== updates.type || read.text(node, 'reduction', 'none') !== 'none') return undefined
  const depth = places.dims.at(-1) ?? 0
  const rest = known.dims.slice(depth)
  const dims = [...places.dims.slice(0, -1), ...rest]
  const all = numbersIn({ ...places, dims: [places.values.length] })
  if (!all || depth < 1 || depth > known.dims.length || dims.join() !== updates.dims.join()) return undefined
  spend(known.values.length + updates.values.length)
  const each = valuesIn(rest)
  const strides = stridesOf(known.dims)
  const values = Array.from(known.values as ArrayLike<Known['values'][number]>)
  for (let at = 0; at < all.length / depth; at += 1) {
    let place = 0
    for (let axis = 0; axis < depth; axis += 1) {
      const index = axisIn(all[at * depth + axis] as number, known.dims[axis] as number)
      if (index === undefined) return undefined
      place += index * (strides[axis] as number)
    }
    for (let inner = 0; inner < each; inner += 1) values[place + inner] = updates.values[at * each + inner]
  }
  return { ...known, values }
}

export const rearrangingEvaluators: Evaluators = {
  Concat: concat,
  Flatten: flatten,
  Gather: gather,
  Identity: ({ inputs: [known] }) => known,
  Dropout: ({ inputs: [known], node }) => (node.inputs[2] ? undefined : known),
  Reshape: reshape,
  ScatterND: scatter,
  Slice: slice,
  Squeeze: squeeze,
  Transpose: transpose,
  Unsqueeze: unsqueeze,
}

import { valuesIn } from '../../../../layers/kind/layer.js'
import { broadcast, broadcastStrides, type Evaluator, type Evaluators, type Known, placesOf, type Step } from './known.js'
import { add, type Computed, divide, isEqual, multiply, type Size, unknown } from './size.js'

/** Arithmetic, comparisons and choices, value by value. */

/** Two numbers, where neither is a multiple of the batch. */
const onNumbers =
  (compute: (one: number, other: number) => number) =>
  (one: Size, other: Size): Computed =>
    typeof one === 'number' && typeof other === 'number' ? compute(one, other) : unknown

type Pairwise = (one: Size, other: Size, isWhole: boolean, step: Step) => Computed

/** Values pair by pair, in the shape that both are broadcast to. */
const pairwise = (step: Step, one: Known, other: Known, type: Known['type'], compute: Pairwise): Known | undefined => {
  const dims = broadcast([one.dims, other.dims])
  if (!dims || one.type !== other.type) return undefined
  const count = valuesIn(dims)
  step.spend(count)
  const [left, right] = [one, other].map((each) => placesOf(dims, broadcastStrides(each.dims, dims))) as [
    (at: number) => number,
    (at: number) => number,
  ]
  const isWhole = one.type !== 'float'
  const values: Size[] = []
  for (let at = 0; at < count; at += 1) {
    const value = compute(one.values[left(at)], other.values[right(at)], isWhole, step)
    if (value === unknown || Number.isNaN(value)) return undefined
    values.push(value)
  }
  return { type, dims, values }
}

const joined =
  (compute: Pairwise): Evaluator =>
  (step) => {
    const [first, ...rest] = step.inputs
    return rest.reduce<Known | undefined>((so, next) => so && next && pairwise(step, so, next, so.type, compute), first)
  }

const compared =
  (compute: (one: Size, other: Size, step: Step) => boolean | typeof unknown): Evaluator =>
  (step) => {
    const [one, other] = step.inputs
    const truth: Pairwise = (left, right) => {
      const value = compute(left, right, step)
      return value === unknown ? unknown : Number(value)
    }
    return one && other && pairwise(step, one, other, 'truth', truth)
  }

const ordered = (compute: (one: number, other: number) => boolean) =>
  compared((one, other, { batch }) => {
    const [left, right] = [one, other].map((size) =>
      typeof size === 'number' ? size : batch === undefined ? undefined : (size?.times ?? 1) * batch,
    )
    return left === undefined || right === undefined ? unknown : compute(left, right)
  })

/** Value by value: a multiple of the batch stays as it is where it is a whole number in any case. */
const each =
  (compute: (value: number) => number, type?: Known['type'], keepsBatch = false): Evaluator =>
  ({ inputs: [known], spend }) => {
    if (!known) return undefined
    spend(known.values.length)
    const values: Size[] = []
    for (const value of known.values) {
      if (typeof value !== 'number' && !keepsBatch) return undefined
      const found = typeof value === 'number' ? compute(value) : value
      if (Number.isNaN(found)) return undefined
      values.push(found)
    }
    return { ...known, ...(type ? { type } : {}), values }
  }

const roundEven = (value: number): number => {
  const below = Math.floor(value)
  return value - below === 0.5 ? 2 * Math.round(below / 2) : Math.round(value)
}

const where: Evaluator = ({ inputs: [condition, one, other], spend }) => {
  if (!condition || !one || !other || condition.type !== 'truth' || one.type !== other.type) return undefined
  const dims = broadcast([condition.dims, one.dims, other.dims])
  if (!dims) return undefined
  const count = valuesIn(dims)
  spend(count)
  const [test, left, right] = [condition, one, other].map((known) => {
    const places = placesOf(dims, broadcastStrides(known.dims, dims))
    return (at: number): Size => known.values[places(at)]
  }) as [(at: number) => Size, (at: number) => Size, (at: number) => Size]
  return { type: one.type, dims, values: Array.from({ length: count }, (_, at) => (test(at) ? left(at) : right(at))) }
}

/** What is left over has the sign of the divisor, or with `fmod` that of the dividend. */
const mod: Evaluator = (step) => {
  const [one, other] = step.inputs
  const isOfDividend = step.read.flag(step.node, 'fmod', false)
  return (
    one &&
    other &&
    pairwise(
      step,
      one,
      other,
      one.type,
      onNumbers((left, right) => (isOfDividend ? left % right : left - right * Math.floor(left / right))),
    )
  )
}

export const arithmeticEvaluators: Evaluators = {
  Abs: each(Math.abs),
  Add: joined(add),
  And: joined(onNumbers((one, other) => one * other)),
  Ceil: each(Math.ceil, undefined, true),
  Cos: each(Math.cos),
  Div: joined(divide),
  Equal: compared((one, other, { batch }) => isEqual(one, other, batch)),
  Exp: each(Math.exp),
  Floor: each(Math.floor, undefined, true),
  Greater: ordered((one, other) => one > other),
  GreaterOrEqual: ordered((one, other) => one >= other),
  Less: ordered((one, other) => one < other),
  LessOrEqual: ordered((one, other) => one <= other),
  Log: each(Math.log),
  Max: joined(onNumbers((one, other) => Math.max(one, other))),
  Min: joined(onNumbers((one, other) => Math.min(one, other))),
  Mod: mod,
  Mul: joined(multiply),
  Neg: each((value) => 0 - value),
  Not: each((value) => 1 - value),
  Or: joined(onNumbers((one, other) => Math.max(one, other))),
  Pow: joined(onNumbers((one, other) => one ** other)),
  Reciprocal: each((value) => 1 / value),
  Round: each(roundEven, undefined, true),
  Sign: each(Math.sign),
  Sin: each(Math.sin),
  Sqrt: each(Math.sqrt),
  Sub: joined((one, other) => {
    if (typeof other === 'number') return add(one, -other)
    return isEqual(one, other, undefined) === true ? 0 : unknown
  }),
  Sum: joined(add),
  Where: where,
}

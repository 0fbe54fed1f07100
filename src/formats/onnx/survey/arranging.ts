import { valuesIn } from '../../../layers/kind/layer.js'
import { axisIn, broadcast } from '../read/folding/known.js'
import { type Answer, listAt, type Question, type ShapeRules, type Sizes, sizesAt } from './value.js'

/** Shape rules of what works on each value alone, and of what arranges values anew. */

/** As many values as the first input, in its shape. */
const same = (question: Question): Answer | undefined => {
  const input = sizesAt(question, 0)
  return input && { outputs: question.node.outputs.map((_, index) => (index === 0 ? input : undefined)), macs: 0 }
}

const together = (question: Question): Answer | undefined => {
  const shapes = question.inputs.map((_, index) => sizesAt(question, index))
  const known = shapes.filter((sizes): sizes is Sizes => sizes !== undefined)
  const output = known.length === shapes.length && shapes.length > 0 ? broadcast(known) : undefined
  return output && { outputs: [output], macs: 0 }
}

const view = (output: Sizes | undefined): Answer | undefined => output && { outputs: [output], macs: 0, isView: true }

const reshape = (question: Question): Answer | undefined => {
  const input = sizesAt(question, 0)
  const wanted = listAt(question, 'shape', 1)
  if (!input || !wanted) return undefined
  const keepsZero = question.read.flag(question.node, 'allowzero', false)
  const sizes = wanted.map((size, axis) => (size === 0 && !keepsZero ? (input[axis] ?? 0) : size))
  const rest = valuesIn(sizes.filter((size) => size !== -1))
  const output = sizes.map((size) => (size === -1 ? valuesIn(input) / rest : size))
  return valuesIn(output) === valuesIn(input) ? view(output) : undefined
}

const flatten = (question: Question): Answer | undefined => {
  const input = sizesAt(question, 0)
  const said = question.read.int(question.node, 'axis', 1)
  const axis = input && (said < 0 ? said + input.length : said)
  return input && axis !== undefined && axis >= 0 && axis <= input.length
    ? view([valuesIn(input.slice(0, axis)), valuesIn(input.slice(axis))])
    : undefined
}

const axesOf = (question: Question, rank: number): number[] | undefined => {
  const axes = listAt(question, 'axes', 1)?.map((axis) => axisIn(axis, rank))
  return axes && !axes.includes(undefined) ? (axes as number[]) : undefined
}

const squeeze = (question: Question): Answer | undefined => {
  const input = sizesAt(question, 0)
  const isAll = !question.node.attributes['axes'] && !question.node.inputs[1]
  const axes = input && (isAll ? input.flatMap((size, axis) => (size === 1 ? [axis] : [])) : axesOf(question, input.length))
  return input && axes ? view(input.filter((_, axis) => !axes.includes(axis))) : undefined
}

const unsqueeze = (question: Question): Answer | undefined => {
  const input = sizesAt(question, 0)
  const rank = (input?.length ?? 0) + (listAt(question, 'axes', 1)?.length ?? 0)
  const axes = input && rank <= 32 ? axesOf(question, rank) : undefined
  if (!input || !axes) return undefined
  const rest = [...input]
  return view(Array.from({ length: rank }, (_, axis) => (axes.includes(axis) ? 1 : (rest.shift() as number))))
}

const transpose = (question: Question): Answer | undefined => {
  const input = sizesAt(question, 0)
  const order = question.read.ints(question.node, 'perm') ?? input?.map((_, axis) => input.length - 1 - axis)
  if (!input || order?.length !== input.length) return undefined
  const output = order.map((axis) => input[axis] ?? -1)
  return output.includes(-1) ? undefined : { outputs: [output], macs: 0 }
}

const concat = (question: Question): Answer | undefined => {
  const shapes = question.inputs.map((_, index) => sizesAt(question, index))
  const [first] = shapes
  const axis = first && axisIn(question.read.int(question.node, 'axis', 1), first.length)
  if (!first || axis === undefined || !shapes.every((sizes) => sizes?.length === first.length)) return undefined
  const total = shapes.reduce((sum, sizes) => sum + ((sizes as Sizes)[axis] as number), 0)
  return { outputs: [first.map((size, place) => (place === axis ? total : size))], macs: 0 }
}

const slice = (question: Question): Answer | undefined => {
  const input = sizesAt(question, 0)
  const [starts, ends] = [listAt(question, 'starts', 1), listAt(question, 'ends', 2)]
  if (!input || !starts || !ends) return undefined
  const axes = question.node.attributes['axes'] || question.node.inputs[3] ? listAt(question, 'axes', 3) : starts.map((_, axis) => axis)
  const steps = question.node.inputs[4] ? listAt(question, 'steps', 4) : starts.map(() => 1)
  if (axes?.length !== starts.length || steps?.length !== starts.length || ends.length !== starts.length) return undefined
  const output = [...input]
  for (const [index, said] of axes.entries()) {
    const axis = axisIn(said, input.length)
    const by = steps[index] as number
    if (axis === undefined || by === 0) return undefined
    const size = input[axis] as number
    const [least, most] = by > 0 ? [0, size] : [-1, size - 1]
    const clamp = (place: number): number => Math.min(Math.max(place < 0 ? place + size : place, least), most)
    output[axis] = Math.max(0, Math.ceil((clamp(ends[index] as number) - clamp(starts[index] as number)) / by))
  }
  return { outputs: [output], macs: 0 }
}

const split = (question: Question): Answer | undefined => {
  const input = sizesAt(question, 0)
  const axis = input && axisIn(question.read.int(question.node, 'axis', 0), input.length)
  if (!input || axis === undefined) return undefined
  const { length } = question.node.outputs
  const size = input[axis] as number
  const most = Math.ceil(size / length)
  const parts = listAt(question, 'split', 1) ?? Array.from({ length }, (_, index) => Math.min(most, size - index * most))
  if (parts.length !== length) return undefined
  return { outputs: parts.map((part) => input.map((each, place) => (place === axis ? part : each))), macs: 0 }
}

const gather = (question: Question): Answer | undefined => {
  const [input, places] = [sizesAt(question, 0), sizesAt(question, 1)]
  const axis = input && axisIn(question.read.int(question.node, 'axis', 0), input.length)
  return input && places && axis !== undefined
    ? { outputs: [[...input.slice(0, axis), ...places, ...input.slice(axis + 1)]], macs: 0 }
    : undefined
}

const expand = (question: Question): Answer | undefined => {
  const [input, wanted] = [sizesAt(question, 0), listAt(question, 'shape', 1)]
  const output = input && wanted ? broadcast([input, wanted]) : undefined
  return output && { outputs: [output], macs: 0 }
}

const tile = (question: Question): Answer | undefined => {
  const [input, times] = [sizesAt(question, 0), listAt(question, 'repeats', 1)]
  return input && times?.length === input.length
    ? { outputs: [input.map((size, axis) => size * (times[axis] as number))], macs: 0 }
    : undefined
}

const reduce = (question: Question): Answer | undefined => {
  const { read, node } = question
  const input = sizesAt(question, 0)
  if (!input) return undefined
  // No axes at all are all of them.
  const isSaid = (node.attributes['axes'] !== undefined || (node.inputs[1] ?? '') !== '') && listAt(question, 'axes', 1)?.length !== 0
  if (!isSaid && read.int(node, 'noop_with_empty_axes', 0) === 1) return same(question)
  const axes = isSaid ? axesOf(question, input.length) : input.map((_, axis) => axis)
  if (!axes) return undefined
  const keeps = read.int(node, 'keepdims', 1) === 1
  return { outputs: [input.flatMap((size, axis) => (axes.includes(axis) ? (keeps ? [1] : []) : [size]))], macs: 0 }
}

/** The place of the largest or smallest value along an axis. */
const placeOf = (question: Question): Answer | undefined => {
  const input = sizesAt(question, 0)
  const axis = input && axisIn(question.read.int(question.node, 'axis', 0), input.length)
  if (!input || axis === undefined) return undefined
  const keeps = question.read.int(question.node, 'keepdims', 1) === 1
  return { outputs: [input.flatMap((size, place) => (place === axis ? (keeps ? [1] : []) : [size]))], macs: 0 }
}

const topK = (question: Question): Answer | undefined => {
  const input = sizesAt(question, 0)
  const axis = input && axisIn(question.read.int(question.node, 'axis', -1), input.length)
  const [wanted] = listAt(question, 'k', 1) ?? []
  if (!input || axis === undefined || wanted === undefined) return undefined
  const output = input.map((size, place) => (place === axis ? wanted : size))
  return { outputs: [output, output], macs: 0 }
}

const each = (names: string, rule: (question: Question) => Answer | undefined): ShapeRules =>
  Object.fromEntries(names.split(' ').map((name) => [name, rule]))

export const arrangingRules: ShapeRules = {
  ...each(
    'Abs Acos Acosh Asin Asinh Atan Atanh BatchNormalization BitwiseNot Cast Ceil Celu Clip Cos Cosh CumSum Dropout Elu Erf Exp Floor Gelu ' +
      'GroupNormalization HardSigmoid HardSwish Hardmax InstanceNormalization IsInf IsNaN LRN LayerNormalization LeakyRelu Log LogSoftmax ' +
      'LpNormalization MeanVarianceNormalization Mish Neg Not QuantizeLinear DequantizeLinear Reciprocal Relu Round Selu Shrink Sigmoid ' +
      'Sign Sin Sinh Softmax Softplus Softsign Sqrt Tan Tanh ThresholdedRelu Trilu',
    same,
  ),
  ...each(
    'Add And Div Equal Greater GreaterOrEqual Less LessOrEqual Max Mean Min Mod Mul Or PRelu Pow Sub Sum Where Xor BitwiseAnd BitwiseOr',
    together,
  ),
  ...each('ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean ReduceMin ReduceProd ReduceSum ReduceSumSquare', reduce),
  ...each('ArgMax ArgMin', placeOf),
  Identity: (question) => view(sizesAt(question, 0)),
  Reshape: reshape,
  Flatten: flatten,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  Transpose: transpose,
  Concat: concat,
  Slice: slice,
  Split: split,
  Gather: gather,
  GatherElements: (question) => {
    const places = sizesAt(question, 1)
    return places && { outputs: [places], macs: 0 }
  },
  ScatterND: same,
  ScatterElements: same,
  Expand: expand,
  Tile: tile,
  TopK: topK,
}

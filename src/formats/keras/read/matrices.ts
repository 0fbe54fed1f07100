import { type LayerConfig, text } from '../config.js'
import { activated } from './activations.js'
import type { Plan, Value } from './layer.js'
import { one, type Reader } from './layer-reader.js'

/** Products of Keras: with a matrix of weights, and of two matrices. */

/** On an image a dense layer works on each position alone, as a 1x1 convolution does. */
const dense: Reader = (plan, config, inputs) => {
  const units = config.whole('units', 1)
  const bias = config.boolean('use_bias', true) ? {} : { bias: false }
  const input = one(inputs)
  const rank = input.shape.length - 1
  if (rank > 3) return config.refuse(`it has no place on ${input.shape.join('x')}: reshape it before.`)
  const value =
    rank > 1
      ? plan.add(config.layer, `conv${rank}d`, { filters: units, kernel: 1, ...bias }, input)
      : plan.add(config.layer, 'dense', { units, ...bias }, input)
  return activated(plan, config, value)
}

/** A product of two matrices: which axes are summed up says which of them is turned. */
const dot: Reader = (plan, config, inputs) => {
  const rank = inputs[0]?.shape.length
  if (inputs.length !== 2 || (rank !== 1 && rank !== 2) || inputs[1]?.shape.length !== rank)
    return config.refuse('it takes two vectors or two matrices here. Use it on two inputs of one axis each, or of two.')
  config.only('normalize', [false], 'scales its inputs, which no layer here does.')
  const stated = config.any('axes', undefined)
  const axes = (Array.isArray(stated) ? stated : [stated, stated]).map((axis) => (axis < 0 ? axis + rank + 1 : axis))
  if (rank === 1) {
    if (axes.length !== 2 || axes.some((axis) => axis !== 1))
      return config.refuse(`axes ${text(stated)} sum up no axis of a vector. Use 1.`)
    return vectorDot(plan, config, inputs as readonly [Value, Value])
  }
  if (axes.length !== 2 || axes.some((axis) => axis !== 1 && axis !== 2))
    return config.refuse(`axes ${text(stated)} sum up no axis of a matrix. Use 1 or 2 for each.`)
  const matrices = inputs.map((input, index) =>
    axes[index] === 2 - index ? input : plan.addAfter(config.layer, 'permute', { axes: [1, 0] }, input),
  )
  const [first, second] = matrices as [Value, Value]
  return plan.join(config.layer, 'matmul', matrices, [first.shape[0] as number, second.shape[1] as number])
}

/** The product of two vectors: that of a row and a column. */
const vectorDot = (plan: Plan, { layer }: LayerConfig, [first, second]: readonly [Value, Value]): Value => {
  const [row, column] = [first.shape[0] as number, second.shape[0] as number]
  const matrices = [
    plan.addAfter(layer, 'reshape', { shape: [1, row] }, first),
    plan.addAfter(layer, 'reshape', { shape: [column, 1] }, second),
  ]
  return plan.add(layer, 'reshape', { shape: [1] }, plan.joinAfter(layer, 'matmul', matrices, [1, 1]))
}

export const matrixReaders: Readonly<Record<string, Reader>> = {
  Dense: dense,
  Dot: dot,
}

import { pyTorchKeys, toPyTorch } from '../../src/formats/pytorch/index.js'
import { moduleOf } from '../../src/formats/pytorch/module.js'
import type { AnyNetwork } from '../../src/index.js'
import { valuesIn } from '../../src/layers/kind/layer.js'
import { FormatError } from '../../src/network/format-error.js'
import { initialize } from '../../src/weights/initialize.js'
import { transpose } from '../../src/weights/layout.js'
import type { Weights } from '../../src/weights/weights.js'
import { numbers } from './onnx.js'
import type { TorchCase } from './torch.js'

/** The same weights and the same input for every framework, and how far their outputs are from each other. */

/** Samples of an input. */
export const batch = 2

/** Weights that nothing hides behind: no scale is 1, no shift 0. */
export const weightsOf = (network: AnyNetwork): Weights =>
  new Map(
    [...initialize(network, { seed: 1 })].map(([name, tensor], index) => {
      const drawn = numbers(tensor.data.length, index + 2)
      const data = tensor.data.map((value, at) => value + 0.1 * Math.abs(drawn[at] as number))
      return [name, { ...tensor, data }]
    }),
  )

export const wantsIndices = ({ graph }: AnyNetwork): boolean => graph.nodes.some(({ kind }) => kind === 'embedding')

export const inputOf = (network: AnyNetwork): Float32Array => {
  const drawn = numbers(batch * valuesIn(network.input as readonly number[]))
  if (!wantsIndices(network)) return drawn
  const vocabularies = network.graph.nodes.flatMap(({ kind, settings }) => (kind === 'embedding' ? [settings['vocabulary'] as number] : []))
  const words = Math.min(10, ...vocabularies)
  return drawn.map((value) => Math.min(words - 1, Math.floor((words / 2) * (value + 1))))
}

/** Values in the order of PyTorch's axes, from the channels last, or the other way round. */
export const arranged = (data: Float32Array, shape: readonly number[], axes: readonly number[], back = false): Float32Array => {
  const all = [0, ...axes.map((axis) => axis + 1)]
  const sizes = [batch, ...shape]
  return back
    ? transpose(
        data,
        all.map((axis) => sizes[axis] as number),
        all.map((_, axis) => all.indexOf(axis)),
      )
    : transpose(data, sizes, all)
}

export const torchCase = (id: string, network: AnyNetwork, weights: Weights): TorchCase => {
  const keys = pyTorchKeys(network)
  const { input: tensor } = moduleOf(network, 'Model')
  return {
    id,
    source: toPyTorch(network, { name: 'Model' }),
    name: 'Model',
    input: [batch, ...tensor.axes.map((axis) => tensor.shape[axis] as number)],
    integer: wantsIndices(network),
    data: [...arranged(inputOf(network), tensor.shape, tensor.axes)],
    weights: Object.fromEntries([...weights].map(([name, { shape, data }]) => [keys[name] as string, { shape, data: [...data] }])),
  }
}

/** How far two lists are from each other, beside the size of their values. */
export const distance = (one: Float32Array | readonly number[], other: Float32Array | readonly number[]): number => {
  if (one.length !== other.length) return Number.POSITIVE_INFINITY
  let far = 0
  for (const [index, value] of one.entries()) {
    const wanted = other[index] as number
    if (value === wanted) continue
    far = Math.max(far, Math.abs(value - wanted) / Math.max(1, Math.abs(wanted)))
    if (Number.isNaN(value) || Number.isNaN(wanted)) return Number.POSITIVE_INFINITY
  }
  return far
}

/** All parameters, those that are not trained too; an LSTM of Keras has one bias for each gate, not two, in each direction. */
export const paramsIn = ({ graph }: AnyNetwork): number =>
  graph.nodes
    .flatMap(({ weights }) => weights)
    .filter(({ name }) => name !== 'recurrentBias' && name !== 'backwardRecurrentBias')
    .reduce((sum, { shape }) => sum + valuesIn(shape), 0)

/** The sentence with which a format refuses a network; nothing when it takes it. */
export const refusalOf = (run: () => unknown): string | undefined => {
  try {
    run()
    return undefined
  } catch (error) {
    if (error instanceof FormatError) return error.message
    throw error
  }
}

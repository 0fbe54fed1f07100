import { pyTorchKeys, toPyTorch } from '../../src/formats/pytorch/index.js'
import { moduleOf } from '../../src/formats/pytorch/module.js'
import type { AnyNetwork } from '../../src/index.js'
import { feedsOf } from './graph-runs.js'
import { arranged, batch, weightsOf } from './same-values.js'
import type { TorchAnswer, TorchCase } from './torch.js'

/** Networks with several inputs and outputs as modules of PyTorch. */

export const graphCase = (id: string, network: AnyNetwork): TorchCase => {
  const keys = pyTorchKeys(network)
  const tensors = moduleOf(network, 'Model').inputs.map(({ tensor }) => tensor)
  return {
    id,
    source: toPyTorch(network, { name: 'Model' }),
    name: 'Model',
    input: [],
    inputs: [...feedsOf(network).values()].map(({ shape, data }, index) => {
      const { axes } = tensors[index] as (typeof tensors)[number]
      return { sizes: [batch, ...axes.map((axis) => shape[axis] as number)], data: [...arranged(data, shape, axes)] }
    }),
    weights: Object.fromEntries(
      [...weightsOf(network)].map(([name, { shape, data }]) => [keys[name] as string, { shape, data: [...data] }]),
    ),
  }
}

/** The values that PyTorch gives, channels last: each output by its name. */
export const graphAnswers = (network: AnyNetwork, { named = {} }: TorchAnswer): Map<string, Float32Array> =>
  new Map(
    moduleOf(network, 'Model').outputs.map(({ name, tensor }) => [
      name,
      arranged(Float32Array.from(named[name] ?? []), tensor.shape, tensor.axes, true),
    ]),
  )

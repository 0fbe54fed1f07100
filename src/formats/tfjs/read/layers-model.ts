import { FormatError } from '../../../network/format-error.js'
import { named } from '../../../shape/printable.js'
import { readLayers } from '../../keras/read/read.js'
import { type FindWeight, kerasWeights } from '../../keras/read/weights.js'
import type { StoredTensor } from './manifest.js'

/*
 * A layers model: the JSON of Keras, with weights beside it.
 */

/** The network of a layers model, and its weights. */
export const readLayersModel = (model: Readonly<Record<string, unknown>>, tensors: ReadonlyMap<string, StoredTensor>, sizes: unknown) => {
  const { network, layers } = readLayers(model, sizes)
  return { network, weights: kerasWeights(network.graph, layers, weightIn(tensors), 'tfjs') }
}

/**
 * Finds a weight by the names in its path: `conv1/kernel`, `model/conv1/kernel`, `lstm/lstm_cell/bias`. The last is the weight, and one before
 * it is the layer.
 */
const weightIn = (tensors: ReadonlyMap<string, StoredTensor>): FindWeight => {
  const byName = new Map<string, { readonly parts: readonly string[]; readonly tensor: StoredTensor }[]>()
  for (const tensor of tensors.values()) {
    const parts = tensor.name.split('/')
    for (const part of new Set(parts.slice(0, -1))) {
      const key = `${part}/${parts.at(-1)}`
      const known = byName.get(key)
      if (known) known.push({ parts, tensor })
      else byName.set(key, [{ parts, tensor }])
    }
  }
  return (way, names) => {
    const layers = [...way].reverse()
    for (const layer of layers.slice(0, 2)) {
      for (const name of names) {
        const found = byName.get(`${layer}/${name}`) ?? []
        // Of several models with a layer of this name, the one that it stands in.
        const inner = found.length > 1 ? found.filter(({ parts }) => way.slice(0, -1).every((part) => parts.includes(part))) : found
        const [one, another] = inner
        if (another && one) throw new FormatError(`has several tensors as its ${name}.`, 'tfjs', named(way.join('/')))
        const data = one?.tensor.read()
        if (data) return data as Float32Array
      }
    }
    return undefined
  }
}

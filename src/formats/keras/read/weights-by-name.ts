import { FormatError } from '../../../network/format-error.js'
import { named } from '../../../shape/printable.js'
import type { FindWeight } from './weights.js'

/** A tensor of a file, under its path. */
export interface NamedTensor {
  /** `['model', 'conv1', 'kernel']`: the last is the weight, and one before it is the layer. */
  readonly path: readonly string[]
  /** Its numbers; `undefined` where they are not at hand. */
  readonly read: () => Float32Array | undefined
}

/**
 * Finds a weight by the names in its path: `conv1/kernel`, `model/conv1/kernel`, `lstm/lstm_cell/bias`.
 *
 * @param isGrouped whether each path begins with the layer of the outermost model
 */
export const weightByName = (tensors: Iterable<NamedTensor>, isGrouped: boolean, format: string): FindWeight => {
  const byName = new Map<string, NamedTensor[]>()
  for (const tensor of tensors) {
    const { path } = tensor
    for (const part of new Set(path.slice(0, -1))) {
      const key = `${part}/${path.at(-1)}`
      const known = byName.get(key)
      if (known) known.push(tensor)
      else byName.set(key, [tensor])
    }
  }
  const owners = new Map<NamedTensor, string>()
  return (way, names) => {
    const layers = [...way].reverse()
    const layer = way.join('/')
    for (const own of layers.slice(0, 2)) {
      for (const name of names) {
        const all = byName.get(`${own}/${name}`) ?? []
        const found = isGrouped ? all.filter(({ path }) => path[0] === way[0]) : all
        // Of several models with a layer of this name, the one that it stands in.
        const inner = found.length > 1 ? found.filter(({ path }) => way.slice(0, -1).every((part) => path.includes(part))) : found
        const [one, another] = inner
        if (another && one) throw new FormatError(`has several tensors as its ${name}.`, format, named(layer))
        const data = one?.read()
        if (!one || !data) continue
        const owner = owners.get(one)
        if (owner !== undefined && owner !== layer)
          throw new FormatError(`has the same tensor as its ${name} as ${named(owner)}.`, format, named(layer))
        owners.set(one, layer)
        return data
      }
    }
    return undefined
  }
}

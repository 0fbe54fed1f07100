import { extname, resolve } from 'node:path'
import { FormatError } from '../../network/format-error.js'
import type { AnyNetwork } from '../../network/network.js'
import { named } from '../../shape/printable.js'
import { checkWeights } from '../../weights/check.js'
import type { Weights } from '../../weights/weights.js'
import { UsageError } from '../output/exit.js'
import { readWhole } from './bytes.js'
import { requireReadable } from './found.js'

/*
 * Weights of one's own: a safetensors file.
 */

/**
 * The absolute path of a file of weights.
 *
 * @throws {UsageError} when there is none, or when its name is not that of a safetensors file
 */
export const requireWeightsFile = (path: string): string => {
  const file = resolve(path)
  if (extname(file) !== '.safetensors') {
    throw new UsageError(
      `--weights must be seed, inputs or a file that ends in .safetensors, not ${named(path)}. In Python: safetensors.torch.save_file(model.state_dict(), 'model.safetensors').`,
    )
  }
  requireReadable(file)
  return file
}

/**
 * The weights in a safetensors file, which must be those of a network: under the names of its layers, or under the keys that the
 * class of `export --to pytorch` has for them.
 *
 * @throws {FormatError} with the place where the file is damaged, or with the tensor that does not fit
 */
export const readWeightsFile = async (file: string, network: AnyNetwork): Promise<Weights> => {
  const { readSafetensors } = await import('../../formats/safetensors/index.js')
  const tensors = readSafetensors(readWhole(file))
  const keys = await keysOf(network)
  const weights = withoutWrapper(tensors, keys)
  const found = (names: readonly string[]) => names.filter((name) => weights.has(name)).length
  const [names, theirs] = [keys.map(([name]) => name), keys.map(([, key]) => key)]
  if (found(theirs) <= found(names)) {
    checkWeights(network, weights)
    return weights
  }
  const missing = keys.find(([, key]) => !weights.has(key))
  if (missing) throw new FormatError("is missing: the network has it, under PyTorch's keys as most of the file.", 'weights', missing[1])
  return underOwnNames(weights, keys, network)
}

/** Weights under the names of the layers. What is wrong with one is told under the key that it has in the file. */
const underOwnNames = (weights: Weights, keys: readonly Key[], network: AnyNetwork): Weights => {
  const names = new Map(keys.map(([name, key]) => [key, name]))
  const renamed = new Map([...weights].map(([key, tensor]) => [names.get(key) ?? counterOf(key, names) ?? key, tensor]))
  try {
    checkWeights(network, renamed)
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    const { message, format, place } = error
    const key = keys.find(([name]) => name === place)?.[1] ?? place
    throw new FormatError(message.slice(new FormatError('', format, place).message.length), format, key)
  }
  return renamed
}

/** What PyTorch puts before the keys of a model inside another: of several devices, or compiled. */
const wrappers = ['module.', '_orig_mod.']

/** Weights without the name of a wrapper, where all of them have it and no layer has. */
const withoutWrapper = (weights: Weights, keys: readonly Key[]): Weights => {
  const wrapper = wrappers.find((each) => weights.size > 0 && [...weights.keys()].every((key) => key.startsWith(each)))
  if (wrapper === undefined || keys.some((pair) => pair.some((name) => name.startsWith(wrapper)))) return weights
  return new Map([...weights].map(([key, tensor]) => [key.slice(wrapper.length), tensor]))
}

/** PyTorch's counter of steps stands beside the mean of a normalization. */
const counterOf = (key: string, names: ReadonlyMap<string, string>): string | undefined => {
  const counter = /num_batches_tracked$/
  return counter.test(key) ? names.get(key.replace(counter, 'running_mean'))?.replace(/running_mean$/, 'num_batches_tracked') : undefined
}

/** A tensor's name here, and its key in PyTorch. */
type Key = readonly [name: string, key: string]

const keysOf = async (network: AnyNetwork): Promise<Key[]> => {
  const { pyTorchKeys } = await import('../../formats/pytorch/index.js')
  try {
    return Object.entries(pyTorchKeys(network))
  } catch (error) {
    // What PyTorch cannot compute has no class.
    if (error instanceof FormatError) return []
    throw error
  }
}

import { extname, resolve } from 'node:path'
import { FormatError } from '../../../network/format-error.js'
import type { AnyNetwork } from '../../../network/network.js'
import { named } from '../../../shape/printable.js'
import { checkWeights } from '../../../weights/check.js'
import type { Weights } from '../../../weights/weights.js'
import { UsageError } from '../../output/exit.js'
import { requireReadable } from '../found.js'
import { readWholeFile } from './bytes.js'

/* The user's weights, in a safetensors file. */

/**
 * The absolute path of a file of weights.
 *
 * @throws {UsageError} when there is no such file, or it does not end in .safetensors
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
 * Reads the weights in a safetensors file, which must match a network. Their names are those of its layers, or the keys of the class
 * that `export --to pytorch` writes.
 *
 * @throws {FormatError} with the place of the damage, or with the tensor that does not match
 */
export const readWeightsFile = async (file: string, network: AnyNetwork): Promise<Weights> => {
  const { readSafetensors } = await import('../../../formats/safetensors/index.js')
  const tensors = readSafetensors(readWholeFile(file))
  const keys = await keysOf(network)
  const weights = withoutWrapper(tensors, keys)
  const countFound = (names: readonly string[]) => names.filter((name) => weights.has(name)).length
  const [names, pyTorchNames] = [keys.map(([name]) => name), keys.map(([, key]) => key)]
  if (countFound(pyTorchNames) <= countFound(names)) {
    checkWeights(network, weights)
    return weights
  }
  const missing = keys.find(([, key]) => !weights.has(key))
  if (missing) throw new FormatError("is missing: the network has it, under PyTorch's keys as most of the file.", 'weights', missing[1])
  return underOwnNames(weights, keys, network)
}

/** Renames weights to the names of the layers. Errors mention the key in the file. */
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

/** Prefixes that PyTorch adds to the keys of a wrapped model: for several devices, or compiled. */
const wrappers = ['module.', '_orig_mod.']

/** Removes the prefix of a wrapper if all weights have it and no layer does. */
const withoutWrapper = (weights: Weights, keys: readonly Key[]): Weights => {
  const wrapper = wrappers.find((prefix) => weights.size > 0 && [...weights.keys()].every((key) => key.startsWith(prefix)))
  if (wrapper === undefined || keys.some((pair) => pair.some((name) => name.startsWith(wrapper)))) return weights
  return new Map([...weights].map(([key, tensor]) => [key.slice(wrapper.length), tensor]))
}

/** The name of PyTorch's batch counter, which accompanies the mean of a normalization. */
const counterOf = (key: string, names: ReadonlyMap<string, string>): string | undefined => {
  const counter = /num_batches_tracked$/
  return counter.test(key) ? names.get(key.replace(counter, 'running_mean'))?.replace(/running_mean$/, 'num_batches_tracked') : undefined
}

/** A tensor's name in this package, and its key in PyTorch. */
type Key = readonly [name: string, key: string]

const keysOf = async (network: AnyNetwork): Promise<Key[]> => {
  const { pyTorchKeys } = await import('../../../formats/pytorch/index.js')
  try {
    return Object.entries(pyTorchKeys(network))
  } catch (error) {
    // A network that PyTorch cannot represent has no class.
    if (error instanceof FormatError) return []
    throw error
  }
}

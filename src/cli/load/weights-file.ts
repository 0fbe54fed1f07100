import { statSync } from 'node:fs'
import { extname, resolve } from 'node:path'
import { FormatError } from '../../formats/error.js'
import type { AnyNetwork } from '../../network/network.js'
import { checkWeights } from '../../weights/check.js'
import type { Weights } from '../../weights/weights.js'
import { UsageError } from '../output/exit.js'
import { shownPath } from '../output/problem.js'
import { readWhole } from './bytes.js'

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
      `--weights must be seed, inputs or a file that ends in .safetensors, not ${path}. In Python: safetensors.torch.save_file(model.state_dict(), 'model.safetensors').`,
    )
  }
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) throw new UsageError(`There is no file ${shownPath(file)}.`)
  return file
}

/**
 * The weights in a safetensors file, which must be those of a network: under the names of its layers, or under the keys that the
 * class of `export --to pytorch` has for them.
 *
 * @throws {FormatError} with the place where the file is damaged, or with the tensor that does not fit
 */
export const readWeightsFile = async (file: string, network: AnyNetwork): Promise<Weights> => {
  const { readSafetensors } = await import('../../safetensors/index.js')
  const weights = await underOwnNames(readSafetensors(readWhole(file)), network)
  checkWeights(network, weights)
  return weights
}

const underOwnNames = async (weights: Weights, network: AnyNetwork): Promise<Weights> => {
  const keys = await keysOf(network)
  // All or nothing: a file that has both kinds of names is a mistake, which is told in the names of the layers.
  if (keys.length === 0 || !keys.every(([, key]) => weights.has(key))) return weights
  const names = new Map(keys.map(([name, key]) => [key, name]))
  return new Map([...weights].map(([key, tensor]) => [names.get(key) ?? counterOf(key, names) ?? key, tensor]))
}

/** PyTorch's counter of steps stands beside the mean of a normalization. */
const counterOf = (key: string, names: ReadonlyMap<string, string>): string | undefined => {
  const counter = /num_batches_tracked$/
  return counter.test(key) ? names.get(key.replace(counter, 'running_mean'))?.replace(/running_mean$/, 'num_batches_tracked') : undefined
}

const keysOf = async (network: AnyNetwork): Promise<[name: string, key: string][]> => {
  const { pyTorchKeys } = await import('../../pytorch/index.js')
  try {
    return Object.entries(pyTorchKeys(network))
  } catch (error) {
    // What PyTorch cannot compute has no class.
    if (error instanceof FormatError) return []
    throw error
  }
}

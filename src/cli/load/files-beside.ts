import { closeSync, constants, fstatSync, openSync, realpathSync, type Stats, statSync } from 'node:fs'
import { basename, dirname, join, relative, sep } from 'node:path'
import type { External, ExternalFiles } from '../../formats/onnx/wire/external.js'
import { named } from '../../formats/onnx/words.js'
import { FormatError } from '../../network/format-error.js'
import { shownPath } from '../output/problem.js'
import { progress, type Show } from '../output/progress.js'
import { readPart } from './bytes.js'

/* The files of weights beside an ONNX model. An untrusted model must not read files elsewhere, whatever their names. */

/** Tensors up to this size in bytes are read even without weights, since the network may depend on their values. */
const smallTensor = 2 ** 20

/** File names that may lead out of the model's folder: absolute paths, drives, `..`, and control characters. */
const unsafeLocation = /^$|^[/\\]|:|(^|[/\\])\.\.([/\\]|$)|\p{Cc}/u

/**
 * Reads tensors from the files beside a model. Unless weights are wanted it reads only small tensors, and the files may be missing.
 *
 * @param files records which bytes of each file are used
 */
export const filesBeside = (model: string, wantsWeights: boolean, files: ExternalFiles): External => {
  const shows = new Map<string, Show>()
  return (tensor, bytes) => {
    const name = named(tensor.name)
    const location = tensor.external?.['location'] ?? ''
    if (unsafeLocation.test(location))
      throw new FormatError(`stands in the file '${named(location)}', which is not beside the model.`, 'onnx', name)
    const path = join(dirname(model), location)
    const found = statOf(path)
    if (!found && !wantsWeights) return undefined
    const fail = (fault: string): never => {
      throw new FormatError(`stands in the file ${named(shownPath(path))}, which ${fault}.`, 'onnx', name)
    }
    if (!found) return fail('is not there')
    if (!found.isFile()) return fail('is not a file')
    const handle = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    try {
      const opened = fstatSync(handle)
      // Look up the real path after opening the file, since links may change at any time.
      const real = realpathSync(path)
      if (!opened.isFile() || !isSame(opened, statSync(real))) return fail('is not a file')
      if (isSame(opened, statSync(model))) return fail('is the model itself')
      if (!foldersOf(model).some((folder) => isInside(folder, real))) return fail('is a link to one that is not beside the model')
      const offset = files.place(tensor, real, opened.size, bytes)
      if (!wantsWeights && bytes > smallTensor) return undefined
      const show = shows.get(real) ?? cumulative(progress(basename(path), opened.size))
      shows.set(real, show)
      return readIn(handle, offset, bytes, show)
    } finally {
      closeSync(handle)
    }
  }
}

/** The status of a path; undefined if nothing is there or it cannot be read. */
const statOf = (path: string): Stats | undefined => {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}

const isSame = (one: Stats, other: Stats): boolean => one.dev === other.dev && one.ino === other.ino

/** The folder of the model, and the folder of its real path: some download caches store files by content hash and link to them. */
const foldersOf = (model: string): string[] => [realpathSync(dirname(model)), dirname(realpathSync(model))]

const isInside = (folder: string, path: string): boolean => {
  const relativePath = relative(folder, path)
  return relativePath !== '' && relativePath !== '..' && !relativePath.startsWith(`..${sep}`) && join(folder, relativePath) === path
}

/** Reads a part of a file, and reports progress as increments. */
const readIn = (handle: number, offset: number, length: number, show: Show): Uint8Array => {
  let sum = 0
  return readPart(handle, offset, length, (done) => {
    show(done - sum)
    sum = done
  })
}

/** Adds up increments of progress. */
const cumulative = (show: Show): Show => {
  let sum = 0
  return (part) => {
    sum += part
    show(sum)
  }
}

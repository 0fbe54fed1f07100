import { closeSync, constants, fstatSync, openSync, realpathSync, type Stats, statSync } from 'node:fs'
import { basename, dirname, join, relative, sep } from 'node:path'
import type { External, ExternalFiles } from '../../formats/onnx/wire/external.js'
import { named } from '../../formats/onnx/words.js'
import { FormatError } from '../../network/format-error.js'
import { shownPath } from '../output/problem.js'
import { progress, type Show } from '../output/progress.js'
import { readPart } from './bytes.js'

/*
 * The files of weights beside an ONNX model. A model of others must not reach for files that lie elsewhere, by whatever name.
 */

/** Bytes of a tensor that the network may depend on, and which is read even when no weights are asked for. */
const small = 2 ** 20

/** Names that are none of a file in the model's folder: absolute ones, those with a drive, a way up, or what no name has. */
const elsewhere = /^$|^[/\\]|:|(^|[/\\])\.\.([/\\]|$)|\p{Cc}/u

/**
 * Reads tensors from the files beside a model. Without a wish for weights only small ones are read, and the files need not be there.
 *
 * @param files counts what is taken of each
 */
export const filesBeside = (model: string, wantsWeights: boolean, files: ExternalFiles): External => {
  const shows = new Map<string, Show>()
  return (tensor, bytes) => {
    const name = named(tensor.name)
    const location = tensor.external?.['location'] ?? ''
    if (elsewhere.test(location))
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
      // The real path is that of the file that is open: links may be laid anew at any time.
      const real = realpathSync(path)
      if (!opened.isFile() || !isSame(opened, statSync(real))) return fail('is not a file')
      if (isSame(opened, statSync(model))) return fail('is the model itself')
      if (!foldersOf(model).some((folder) => isInside(folder, real))) return fail('is a link to one that is not beside the model')
      const offset = files.place(tensor, real, opened.size, bytes)
      if (!wantsWeights && bytes > small) return undefined
      const show = shows.get(real) ?? counted(progress(basename(path), opened.size))
      shows.set(real, show)
      return readIn(handle, offset, bytes, show)
    } finally {
      closeSync(handle)
    }
  }
}

/** What lies under a path; nothing where nothing does, or nothing can. */
const statOf = (path: string): Stats | undefined => {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}

const isSame = (one: Stats, other: Stats): boolean => one.dev === other.dev && one.ino === other.ino

/** The folder of a model, and that of the file that it is a link to: tools that keep files by their content have links to all of them. */
const foldersOf = (model: string): string[] => [realpathSync(dirname(model)), dirname(realpathSync(model))]

const isInside = (folder: string, path: string): boolean => {
  const way = relative(folder, path)
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && join(folder, way) === path
}

/** Reads a part of a file, and shows how far all its parts are. */
const readIn = (handle: number, offset: number, length: number, show: Show): Uint8Array => {
  let sum = 0
  return readPart(handle, offset, length, (done) => {
    show(done - sum)
    sum = done
  })
}

/** Shows what is read in parts, which are added. */
const counted = (show: Show): Show => {
  let sum = 0
  return (part) => {
    sum += part
    show(sum)
  }
}

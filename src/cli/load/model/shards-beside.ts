import { basename, dirname, join } from 'node:path'
import { smallTensor } from '../../../formats/onnx/wire/limits.js'
import type { Place, ReadBytes } from '../../../formats/tfjs/read/manifest.js'
import { FormatError } from '../../../network/format-error.js'
import { named } from '../../../shape/printable.js'
import { shownPath } from '../../output/problem.js'
import { progress, type Show } from '../../output/progress.js'
import { counted, withFileBeside } from './beside.js'
import { readIn } from './files-beside.js'

/*
 * The files of weights beside a model of TensorFlow.js: a tensor may begin in one and end in the next.
 */

/** Files of one group. */
const mostFiles = 4096

/** Reads tensors from the files beside a model. Without a wish for weights only small ones are read, and the files need not be there. */
export const shardsBeside = (model: string, wantsWeights: boolean): ReadBytes => {
  const groups = new Map<readonly string[], readonly number[]>()
  /** Where each file stands: in which group, and in which place of it. */
  const places = new Map<string, { readonly paths: readonly string[]; readonly index: number }>()
  const shows = new Map<string, Show>()
  return (place) => {
    if (!wantsWeights && place.length > smallTensor) return undefined
    const fail = (sentence: string): never => {
      throw new FormatError(sentence, 'tfjs', place.name)
    }
    /** Bytes of a file; of none where it is not there. */
    const sizeOf = (path: string, index: number): number => {
      const size = withFileBeside(model, path, fail, (file) => {
        // A file that is named again and again would make much memory of a small one.
        const before = places.get(file.real)
        if (before && (before.paths !== place.paths || before.index !== index))
          fail(`stands in the file ${named(shownPath(file.path))}, which weightsManifest names twice.`)
        places.set(file.real, { paths: place.paths, index })
        return file.size
      })
      return size ?? (wantsWeights ? fail(`stands in the file ${named(shownPath(join(dirname(model), path)))}, which is not there.`) : -1)
    }
    if (place.paths.length > mostFiles) fail(`stands in one of ${place.paths.length} files: more than ${mostFiles} are not read.`)
    const found = groups.get(place.paths) ?? place.paths.map(sizeOf)
    groups.set(place.paths, found)
    if (found.includes(-1)) return undefined
    const whole = found.reduce((sum, size) => sum + size, 0)
    if (whole < place.offset + place.length) fail(`needs ${place.length} bytes from byte ${place.offset} on, and the files have ${whole}.`)
    const parts = partsOf(place, found).map(({ path, offset, length }) =>
      withFileBeside(model, path, fail, ({ handle, size, real }) => {
        const show = shows.get(real) ?? counted(progress(basename(path), size))
        shows.set(real, show)
        return readIn(handle, offset, length, show)
      }),
    )
    const [only] = parts
    return parts.length === 1 ? only : joined(parts.map((part) => part ?? new Uint8Array(0)))
  }
}

/** The parts of files that a tensor stands in. */
const partsOf = ({ paths, offset, length }: Place, sizes: readonly number[]): { path: string; offset: number; length: number }[] => {
  const parts: { path: string; offset: number; length: number }[] = []
  let start = 0
  for (const [index, path] of paths.entries()) {
    const size = sizes[index] as number
    const [from, to] = [Math.max(offset, start), Math.min(offset + length, start + size)]
    if (to > from) parts.push({ path, offset: from - start, length: to - from })
    start += size
  }
  return parts
}

const joined = (parts: readonly Uint8Array[]): Uint8Array => {
  const result = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    result.set(part, at)
    at += part.length
  }
  return result
}

import { basename, dirname, join } from 'node:path'
import type { External, ExternalFiles } from '../../../formats/onnx/wire/external.js'
import { smallTensor } from '../../../formats/onnx/wire/limits.js'
import { named } from '../../../formats/onnx/words.js'
import { FormatError } from '../../../network/format-error.js'
import { shownPath } from '../../output/problem.js'
import { progress, type Show } from '../../output/progress.js'
import { counted, withFileBeside } from './beside.js'
import { readPart } from './bytes.js'

/* The files of weights beside an ONNX model. An untrusted model must not read files elsewhere, whatever their names. */

/**
 * Reads tensors from the files beside a model. Unless weights are wanted it reads only small tensors, and the files may be missing.
 *
 * @param files records which bytes of each file are used
 */
export const filesBeside = (model: string, wantsWeights: boolean, files: ExternalFiles): External => {
  const shows = new Map<string, Show>()
  return (tensor, bytes) => {
    const location = tensor.external?.['location'] ?? ''
    const fail = (sentence: string): never => {
      throw new FormatError(sentence, 'onnx', named(tensor.name))
    }
    let isThere = false
    const found = withFileBeside(model, location, fail, ({ handle, size, real, path }) => {
      isThere = true
      const offset = files.place(tensor, real, size, bytes)
      if (!wantsWeights && bytes > smallTensor) return undefined
      const show = shows.get(real) ?? counted(progress(basename(path), size))
      shows.set(real, show)
      return readIn(handle, offset, bytes, show)
    })
    return isThere || !wantsWeights
      ? found
      : fail(`stands in the file ${named(shownPath(join(dirname(model), location)))}, which is not there.`)
  }
}

/** Reads a part of a file, and reports progress as increments. */
export const readIn = (handle: number, offset: number, length: number, show: Show): Uint8Array => {
  let sum = 0
  return readPart(handle, offset, length, (done) => {
    show(done - sum)
    sum = done
  })
}

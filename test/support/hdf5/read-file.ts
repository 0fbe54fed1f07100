import { extname } from 'node:path'
import { afterAll } from 'vitest'
import { type Hdf5Thread, type readHdf5, startHdf5 } from '../../../src/cli/load/hdf5/read.js'
import { readKerasHdf5File } from '../../../src/cli/load/model/keras-hdf5.js'
import { readKerasZip } from '../../../src/cli/load/model/keras-zip.js'
import type { ModelOfFile } from '../../../src/cli/load/model/model-file.js'

/** Reads files of Keras with the thread of the built command. One thread reads many files, as long as none of them ends it. */

let thread: Hdf5Thread | undefined
afterAll(() => thread?.end())

/** Bytes of the largest file: what is larger gets no more memory. */
export const mostBytes = 2 ** 16

export const read: typeof readHdf5 = (request) => {
  if (!thread || thread.hasEnded()) thread = startHdf5(new URL('../../../dist/cli/hdf5.cjs', import.meta.url), mostBytes)
  return thread.read(request)
}

/** The network and the weights in an .h5 or .keras file. */
export const readKerasFile = (file: string, wantsWeights = true): Promise<ModelOfFile> =>
  (extname(file) === '.keras' ? readKerasZip : readKerasHdf5File)(file, wantsWeights, undefined, read)

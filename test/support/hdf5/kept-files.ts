import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fileInZip } from '../../../src/cli/load/model/zip.js'
import { zipOf } from '../zip.js'

/** The files of Keras that are kept with the tests, and what damages the HDF5 in them. */

const folder = fileURLToPath(new URL('../../formats/keras/keras-files/', import.meta.url))

/** A file that is kept. */
export interface KeptFile {
  readonly name: string
  readonly extension: string
  /** Its HDF5. */
  readonly hdf5: Uint8Array
  /** A file of its form with other bytes as its HDF5. */
  readonly with: (hdf5: Uint8Array, isPacked: boolean) => Uint8Array
}

const partsOf = (file: string): Record<string, Uint8Array> => {
  const handle = openSync(file, 'r')
  try {
    const names = ['metadata.json', 'config.json', 'model.weights.h5']
    return Object.fromEntries(names.map((name) => [name, fileInZip(handle, name, 2 ** 20) as Uint8Array]))
  } finally {
    closeSync(handle)
  }
}

export const keptFiles: readonly KeptFile[] = readdirSync(folder).map((name) => {
  const file = join(folder, name)
  const extension = extname(name)
  if (extension === '.h5') return { name, extension, hdf5: readFileSync(file), with: (hdf5) => hdf5 }
  const parts = partsOf(file)
  return {
    name,
    extension,
    hdf5: parts['model.weights.h5'] as Uint8Array,
    with: (hdf5, isPacked) => zipOf({ ...parts, 'model.weights.h5': hdf5 }, isPacked),
  }
})

import { closeSync, openSync, readSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'
import { Hdf5Fault } from './fault.js'
import type { Hdf5Answer, Hdf5Request, Hdf5Source } from './message.js'
import { boundThread, metered } from './metered.js'

/*
 * The thread that reads HDF5. The command ends it when it takes too long, or too much memory.
 */

const port = parentPort as NonNullable<typeof parentPort>

const bytesOf = (source: Hdf5Source): ArrayBuffer => {
  if ('bytes' in source) return source.bytes
  const bytes = new ArrayBuffer(source.length)
  const handle = openSync(source.file, 'r')
  try {
    let done = 0
    while (done < source.length) {
      const part = new Uint8Array(bytes, done, Math.min(source.length - done, 2 ** 26))
      const count = readSync(handle, part, { position: source.start + done })
      if (count === 0) throw new Hdf5Fault('ended while it was read.')
      done += count
    }
  } finally {
    closeSync(handle)
  }
  return bytes
}

const answer = (message: Hdf5Answer, ...moved: ArrayBuffer[]): void => port.postMessage(message, moved)

boundThread()
const reader = import('./contents.js')
port.on('message', async ({ source, size, wantsTensors }: Hdf5Request) => {
  const { contentsOf } = await reader
  try {
    const bytes = bytesOf(source)
    answer({ loaded: true })
    const contents = contentsOf(metered(bytes), size, wantsTensors)
    const isOfMemory = 'bytes' in source
    answer({ contents, bytes: isOfMemory ? bytes : undefined }, ...(isOfMemory ? [bytes] : []))
  } catch (error) {
    if (!(error instanceof Hdf5Fault)) throw error
    answer({ fault: error.message, place: error.place })
  }
})

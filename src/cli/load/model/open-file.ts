import { closeSync, fstatSync, openSync } from 'node:fs'
import { endProgress } from '../../output/progress.js'

/** Opens a file to read parts of it, and closes it and ends the progress line afterwards. */
export const withOpenFile = async <Result>(file: string, use: (handle: number, size: number) => Promise<Result>): Promise<Result> => {
  const handle = openSync(file, 'r')
  try {
    return await use(handle, fstatSync(handle).size)
  } finally {
    endProgress()
    closeSync(handle)
  }
}

import { chmodSync, existsSync, linkSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { UsageError } from './exit.js'
import { shownPath } from './problem.js'

/** Whether a file that is there may be replaced. */
export interface WriteOptions {
  readonly force: boolean
}

/**
 * Writes a file whole or not at all: into a temporary file beside it, which then takes its name.
 *
 * @throws {UsageError} when the file is there and may not be replaced, or when it cannot be written
 */
export const writeWhole = (path: string, content: string | Uint8Array, { force }: WriteOptions): void => {
  const target = existsSync(path) ? realpathSync(path) : resolve(path)
  const taken = () => new UsageError(`${shownPath(target)} exists already. Give --force to replace it.`)
  if (existsSync(target) && !force) throw taken()
  if (existsSync(target) && !statSync(target).isFile()) throw new UsageError(`${shownPath(target)} is no file.`)
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`)
  try {
    writeFileSync(temporary, content, { flag: 'wx' })
    if (existsSync(target)) chmodSync(temporary, statSync(target).mode)
    if (force) renameSync(temporary, target)
    else linkOrRename(temporary, target)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') throw taken()
    if (code === 'ENOENT') throw new UsageError(`${shownPath(target)} cannot be written: there is no folder ${shownPath(dirname(target))}.`)
    throw new UsageError(`${shownPath(target)} cannot be written: ${message}`)
  } finally {
    rmSync(temporary, { force: true })
  }
}

/** Gives the file its name if nobody else took it in between; where the file system has no links, a plain rename has to do. */
const linkOrRename = (temporary: string, target: string): void => {
  try {
    linkSync(temporary, target)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error
    renameSync(temporary, target)
  }
}

import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { UsageError } from '../output/exit.js'
import { shownPath } from '../output/problem.js'

/* Checks paths from the command line and from configurations, and explains why one cannot be read. */

/** What the system's error codes mean for a path. Each continues a sentence that starts with the path. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: 'may not be read or written: permission is denied',
  EPERM: 'may not be read or written: the system does not permit it',
  EROFS: 'cannot be written: its file system is read-only',
  ELOOP: 'is a link that leads back to itself',
  ENAMETOOLONG: 'has too long a name',
  ENOENT: 'is not there',
  ENOTDIR: 'lies in what is no folder',
  EISDIR: 'is a folder',
  ENOSPC: 'cannot be written: the disk is full',
  EMFILE: 'cannot be opened: too many files are open',
}

/** Whether an error is a system error, about a path or a process. */
export const isOfSystem = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && 'syscall' in error

/** A sentence that explains a system error for a path. */
export const systemSentence = ({ code = '', message, path = '' }: NodeJS.ErrnoException, target = path): string => {
  const reason = reasons[code]
  return reason === undefined || target === '' ? `The system says: ${message}.` : `${shownPath(resolve(target))} ${reason}.`
}

/**
 * The status of a path; undefined if nothing is there.
 *
 * @throws {UsageError} when the status cannot be read
 */
export const statOf = (path: string): Stats | undefined => {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch (error) {
    if (!isOfSystem(error)) throw error
    if (error.code === 'ENOTDIR') return undefined
    throw new UsageError(systemSentence(error, path))
  }
}

/**
 * Rejects an empty path, which would mean the working directory.
 *
 * @throws {UsageError} when the path is empty
 */
export const requireName = (path: string): void => {
  if (path === '') throw new UsageError('The name of a file is empty.')
}

/**
 * Checks that a path is a readable file.
 *
 * @param advice what to do if it is a folder
 * @throws {UsageError} when the path is empty, does not exist, is a folder, a pipe or the like, or is not readable
 */
export const requireReadable = (path: string, advice = ''): void => {
  requireName(path)
  const file = resolve(path)
  const found = statOf(file)
  if (!found && path.includes('\uFFFD'))
    throw new UsageError(`There is no file ${shownPath(file)}. A name that is not UTF-8 cannot be read.`)
  if (!found) throw new UsageError(`There is no file ${shownPath(file)}.`)
  if (found.isDirectory()) throw new UsageError(`${shownPath(file)} is a folder.${advice}`)
  if (!found.isFile()) throw new UsageError(`${shownPath(file)} is no file: it is ${kindOf(found)}.`)
  try {
    closeSync(openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)))
  } catch (error) {
    if (isOfSystem(error)) throw new UsageError(systemSentence(error, file))
    throw error
  }
}

const kindOf = (found: Stats): string => {
  if (found.isFIFO()) return 'a pipe'
  if (found.isSocket()) return 'a socket'
  return found.isCharacterDevice() || found.isBlockDevice() ? 'a device' : 'something else'
}

/** The maximum size of a configuration in bytes. */
const maxConfigurationSize = 2 ** 24

/**
 * Reads the text of a configuration, without a byte order mark.
 *
 * @throws {UsageError} when the file cannot be read, or is not UTF-8
 */
export const readConfiguration = (path: string): string => {
  requireReadable(path)
  const handle = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    // The path may refer to another file by now.
    const opened = fstatSync(handle)
    if (!opened.isFile() || opened.size > maxConfigurationSize)
      throw new UsageError(`${shownPath(resolve(path))} is too large for a configuration.`)
    const bytes = readFileSync(handle)
    const text = bytes.toString('utf8')
    if (!Buffer.from(text).equals(bytes)) throw new UsageError(`${shownPath(resolve(path))} is not written in UTF-8.`)
    return text.replace(/^\uFEFF/, '')
  } finally {
    closeSync(handle)
  }
}

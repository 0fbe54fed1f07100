import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { UsageError } from '../output/exit.js'
import { shownPath } from '../output/problem.js'

/*
 * Paths that are given, or looked for: what lies there, and what keeps it from being read, in a sentence.
 */

/** What the system's error codes mean for a path; each continues a sentence that begins with the path. */
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

/** Whether an error is one of the system, about a path or a process. */
export const isOfSystem = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && 'syscall' in error

/** What an error of the system says of a path, in a sentence. */
export const systemSentence = ({ code = '', message, path = '' }: NodeJS.ErrnoException, of = path): string => {
  const reason = reasons[code]
  return reason === undefined || of === '' ? `The system says: ${message}.` : `${shownPath(resolve(of))} ${reason}.`
}

/**
 * What lies under a path; undefined where nothing does.
 *
 * @throws {UsageError} when that cannot be known
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
 * Checks that a path is not empty: that would be the folder where the command runs.
 *
 * @throws {UsageError} when it is
 */
export const requireName = (path: string): void => {
  if (path === '') throw new UsageError('The name of a file is empty.')
}

/**
 * Checks that a path is a file that can be read.
 *
 * @param advice what to do where it is a folder
 * @throws {UsageError} when it is empty, when there is none, or when it is a folder, a pipe or the like, or may not be read
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

/** Bytes that a configuration may have. */
const most = 2 ** 24

/**
 * The text of a configuration, without the mark that some editors put before it.
 *
 * @throws {UsageError} when it cannot be read, or is no text of UTF-8
 */
export const readConfiguration = (path: string): string => {
  requireReadable(path)
  const handle = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    // It may be another file by now.
    const opened = fstatSync(handle)
    if (!opened.isFile() || opened.size > most) throw new UsageError(`${shownPath(resolve(path))} is too large for a configuration.`)
    const bytes = readFileSync(handle)
    const text = bytes.toString('utf8')
    if (!Buffer.from(text).equals(bytes)) throw new UsageError(`${shownPath(resolve(path))} is not written in UTF-8.`)
    return text.replace(/^\uFEFF/, '')
  } finally {
    closeSync(handle)
  }
}

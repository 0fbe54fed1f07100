import { chmodSync, existsSync, linkSync, lstatSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { isOfSystem, systemSentence } from '../load/found.js'
import { atEnd } from './ending.js'
import { UsageError } from './exit.js'
import { sweep, temporaryName } from './leftovers.js'
import { shownPath } from './problem.js'
import { endProgress } from './progress.js'
import { print, printNote } from './terminal.js'

/** Whether a file that is there may be replaced. */
export interface WriteOptions {
  readonly force: boolean
}

/** A file that is to be written; its pieces are asked for one after the other. */
export interface FileContent {
  readonly path: string
  readonly pieces: Iterable<string | Uint8Array>
  /** Whether the command made the name, which the user did not give: a link there is not followed. */
  readonly isDerived?: boolean
}

/** Whether a path is that of a symbolic link, whatever it leads to. */
const isLink = (path: string): boolean => {
  try {
    return lstatSync(path).isSymbolicLink()
  } catch {
    // What is wrong with the path is said where it is written.
    return false
  }
}

/**
 * Refuses a link under a name that the command made: it would replace a file elsewhere that nobody named.
 *
 * @throws {UsageError}
 */
export const requireNoLink = (path: string): void => {
  if (isLink(path)) throw new UsageError(`${shownPath(resolve(path))} is a link to another file. Remove it, or give another name.`)
}

/**
 * The file that a path means, which may be written.
 *
 * @throws {UsageError} when it is there and may not be replaced, or when it is no file
 */
export const requireFree = (path: string, { force }: WriteOptions): string => {
  const target = existsSync(path) ? realpathSync(path) : resolve(path)
  if (!existsSync(target)) return target
  if (statSync(target).isDirectory()) throw new UsageError(`${shownPath(target)} is a folder. Name a file in it.`)
  if (!force) throw taken(target)
  if (!statSync(target).isFile()) throw new UsageError(`${shownPath(target)} is not a file.`)
  return target
}

/**
 * Refuses an output that is a file which is read: it would be lost, also where --force is given.
 *
 * @throws {UsageError}
 */
export const requireOther = (output: string | undefined, inputs: readonly string[]): void => {
  if (output === undefined || !existsSync(output)) return
  const target = realpathSync(output)
  if (inputs.some((input) => existsSync(input) && realpathSync(input) === target))
    throw new UsageError(`${shownPath(resolve(output))} is the file that is read. Give the output another name.`)
}

/**
 * Writes a file whole or not at all: into a temporary file beside it, which then takes its name.
 *
 * @throws {UsageError} when the file is there and may not be replaced, or when it cannot be written
 */
export const writeWhole = (path: string, content: string | Uint8Array, options: WriteOptions): void => {
  const target = requireFree(path, options)
  const temporary = temporaryOf(target)
  try {
    writeFileSync(temporary, content, { flag: 'wx' })
    place(temporary, target, options)
  } catch (error) {
    throw failure(error, target)
  } finally {
    remove(temporary)
  }
}

/** Where a result goes. */
export interface ResultOptions {
  /** A file; none for standard output. */
  readonly output?: string
  readonly force?: boolean
}

/**
 * Prints a result, or writes it to the file that is asked for, and tells so.
 *
 * @throws {UsageError} when the file is there and may not be replaced, or when it cannot be written
 */
export const putResult = (text: string, { output, force = false }: ResultOptions): void => {
  if (output === undefined) {
    print(text)
    return
  }
  writeWhole(output, text, { force })
  printWritten(output, Buffer.byteLength(text))
}

/** Tells of a file that was written. */
export const printWritten = (path: string, bytes: number): void => {
  const shown = shownPath(resolve(path))
  // A link stays, and the file that it leads to is another.
  const through = isLink(path) ? ` through the link ${shown}` : ''
  printNote(`${through ? shownPath(realpathSync(path)) : shown} written${through}, ${bytes.toLocaleString('en-US')} bytes`)
}

/**
 * Writes files that belong together, piece by piece: none takes its name before all are complete. When the command is
 * interrupted, nothing is left behind.
 *
 * @throws {UsageError} when a file is there and may not be replaced, or when it cannot be written
 */
export const writeFiles = async (files: readonly FileContent[], options: WriteOptions): Promise<void> => {
  const parts = files.map(({ path, pieces, isDerived }): Part => {
    if (isDerived) requireNoLink(path)
    const target = requireFree(path, options)
    return { target, temporary: temporaryOf(target), pieces }
  })
  const twice = parts.find(({ target }, index) => parts.findIndex((other) => other.target === target) !== index)
  if (twice) throw new UsageError(`${shownPath(twice.target)} cannot be written twice. Give another name.`)
  const clean = () => {
    for (const { temporary } of parts) remove(temporary)
  }
  const release = atEnd(clean)
  try {
    for (const part of parts) await writePieces(part)
    placeAll(parts, options)
  } finally {
    release()
    clean()
    endProgress()
  }
}

/** A file that is being written. */
interface Part {
  readonly target: string
  readonly temporary: string
  readonly pieces: Iterable<string | Uint8Array>
}

const writePieces = async ({ target, temporary, pieces }: Part): Promise<void> => {
  const file = await open(temporary, 'wx').catch((error) => {
    throw failure(error, target)
  })
  try {
    for (const piece of pieces) {
      const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece
      await file.writeFile(bytes).catch((error) => {
        throw failure(error, target)
      })
      // So that the command can be interrupted, whatever the pieces take to make.
      await new Promise(setImmediate)
    }
  } finally {
    await file.close()
  }
}

/** Gives all files their names; if one cannot have its own, those that were not there before are taken away again. */
const placeAll = (parts: readonly Part[], options: WriteOptions): void => {
  const folders: string[] = []
  for (const { target, temporary } of parts) {
    const isNew = !existsSync(target)
    try {
      place(temporary, target, options)
    } catch (error) {
      for (const other of folders) rmSync(other, { force: true })
      throw failure(error, target)
    }
    if (isNew) folders.push(target)
  }
}

/** Removes a temporary file. What went wrong with it has been told. */
const remove = (temporary: string): void => {
  try {
    rmSync(temporary, { force: true })
  } catch {
    // It was never there, as when its folder is none.
  }
}

/** A file beside the one that is written, which takes its name in the end. */
const temporaryOf = (target: string): string => {
  const folder = dirname(target)
  sweep(folder)
  return join(folder, temporaryName())
}

const taken = (target: string) => new UsageError(`${shownPath(target)} already exists. Use --force to overwrite it.`)

const failure = (error: unknown, target: string): UsageError => {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'EEXIST') return taken(target)
  if (code === 'ENOENT') return new UsageError(`${shownPath(target)} cannot be written: there is no folder ${shownPath(dirname(target))}.`)
  return new UsageError(isOfSystem(error) ? systemSentence(error, target) : `${shownPath(target)} cannot be written: ${message}`)
}

/** Gives a file its name. */
const place = (temporary: string, target: string, { force }: WriteOptions): void => {
  if (existsSync(target)) chmodSync(temporary, statSync(target).mode)
  if (force) renameSync(temporary, target)
  else linkOrRename(temporary, target)
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

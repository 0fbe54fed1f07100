import { closeSync, constants, fstatSync, openSync, realpathSync, type Stats, statSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { named } from '../../../shape/printable.js'
import { shownPath } from '../../output/problem.js'
import type { Show } from '../../output/progress.js'

/*
 * Files beside a model. A model of others must not reach for files that lie elsewhere, by whatever name.
 */

/** A file beside a model, which is open. */
export interface FileBeside {
  readonly handle: number
  readonly size: number
  /** Its path without links. */
  readonly real: string
  readonly path: string
}

/** Names that are none of a file in the model's folder: absolute ones, those with a drive, a way up, or what no name has. */
const elsewhere = /^$|^[/\\]|:|(^|[/\\])\.\.([/\\]|$)|\p{Cc}/u

/**
 * Opens a file beside a model for a moment.
 *
 * @param location what the model calls it
 * @param fail refuses it, with a sentence that goes on after what needs the file
 * @returns what `use` gives; `undefined` where there is no such file
 */
export const withFileBeside = <Result>(
  model: string,
  location: string,
  fail: (sentence: string) => never,
  use: (file: FileBeside) => Result,
): Result | undefined => {
  if (elsewhere.test(location)) return fail(`stands in the file '${named(location)}', which is not beside the model.`)
  const path = join(dirname(model), location)
  const found = statOf(path)
  if (!found) return undefined
  const wrong = (fault: string): never => fail(`stands in the file ${named(shownPath(path))}, which ${fault}.`)
  if (!found.isFile()) return wrong('is not a file')
  const handle = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const opened = fstatSync(handle)
    // The real path is that of the file that is open: links may be laid anew at any time.
    const real = realpathSync(path)
    if (!opened.isFile() || !isSame(opened, statSync(real))) return wrong('is not a file')
    if (isSame(opened, statSync(model))) return wrong('is the model itself')
    if (!foldersOf(model).some((folder) => isInside(folder, real))) return wrong('is a link to one that is not beside the model')
    return use({ handle, size: opened.size, real, path })
  } finally {
    closeSync(handle)
  }
}

/** What lies under a path; nothing where nothing does, or nothing can. */
const statOf = (path: string): Stats | undefined => {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}

const isSame = (one: Stats, other: Stats): boolean => one.dev === other.dev && one.ino === other.ino

/** The folder of a model, and that of the file that it is a link to: tools that keep files by their content have links to all of them. */
const foldersOf = (model: string): string[] => [realpathSync(dirname(model)), dirname(realpathSync(model))]

const isInside = (folder: string, path: string): boolean => {
  const way = relative(folder, path)
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && join(folder, way) === path
}

/** Shows what is read in parts, which are added. */
export const counted = (show: Show): Show => {
  let sum = 0
  return (part) => {
    sum += part
    show(sum)
  }
}

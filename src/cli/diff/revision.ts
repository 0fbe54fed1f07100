import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { named } from '../../shape/printable.js'
import { atEnd } from '../output/ending.js'
import { UsageError } from '../output/exit.js'
import { sweep, temporaryName } from '../output/leftovers.js'
import { shownPath } from '../output/problem.js'

/** Files at a revision. */
export interface Revision {
  /**
   * The path of a file or a folder in a copy of its git repository at the revision; undefined if it did not exist yet.
   *
   * @throws {UsageError} when it is not in a git repository, or the revision does not exist
   */
  readonly pathOf: (path: string) => string | undefined
}

/** Calls `use` with a revision. It leaves the repository unchanged and removes the copies afterwards. */
export const atRevision = async <Result>(name: string, use: (revision: Revision) => Promise<Result>): Promise<Result> => {
  const copies = new Map<string, Copy>()
  const remove = () => {
    for (const { folder } of copies.values()) rmSync(folder, { recursive: true, force: true })
  }
  const release = atEnd(remove)
  const pathOf = (file: string): string | undefined => {
    const path = realPathOf(resolve(file))
    const top = git(folderOf(path), ['rev-parse', '--show-toplevel']).stdout?.trim()
    if (!top) throw new UsageError(`${shownPath(file)} is in no git repository, so there is no --base to compare it with.`)
    const commit = commitOf(top, name)
    const inside = relative(top, path).replaceAll('\\', '/')
    if (git(top, ['cat-file', '-e', `${commit}:${inside}`]).status !== 0) return undefined
    const copy = copies.get(top) ?? { top, folder: temporaryFolder() }
    if (!copies.has(top)) {
      copies.set(top, copy)
      fill(copy, name, commit)
    }
    linkModules(copy, inside)
    return join(treeOf(copy), inside)
  }
  try {
    return await use({ pathOf })
  } finally {
    release()
    remove()
  }
}

/** A new temporary folder. */
const temporaryFolder = (): string => {
  const folder = realpathSync(tmpdir())
  sweep(folder)
  return mkdtempSync(join(folder, temporaryName()))
}

/** A copy of a repository, in a folder of its own. */
interface Copy {
  /** The root folder of the repository. */
  readonly top: string
  readonly folder: string
}

const treeOf = ({ folder }: Copy): string => join(folder, 'tree')

/** A path with symbolic links resolved. If the file is gone, only those of its existing folders. */
const realPathOf = (path: string): string => {
  const existing = nearest(path)
  return join(realpathSync(existing), relative(existing, path))
}

/** The path itself, or its nearest existing parent. */
const nearest = (path: string): string => (existsSync(path) || path === dirname(path) ? path : nearest(dirname(path)))

/** The existing folder that a path is or is in. */
const folderOf = (path: string): string => {
  const found = nearest(path)
  return statSync(found).isDirectory() ? found : dirname(found)
}

/**
 * The commit of a revision. The revision is passed unchanged, since in `:/text` everything after the slash is the text.
 *
 * @throws {UsageError} when the revision does not exist, or is a range
 */
const commitOf = (top: string, revision: string): string => {
  const object = git(top, ['rev-parse', '--verify', '--quiet', '--end-of-options', revision]).stdout?.trim() ?? ''
  const commit = /^[\da-f]+$/.test(object) ? git(top, ['rev-parse', '--verify', '--quiet', `${object}^{commit}`]).stdout?.trim() : ''
  if (commit) return commit
  if (/^\^|\.\.|\^[@!-]/.test(revision)) throw new UsageError(`${named(revision)} is a range: name one revision, such as main.`)
  throw new UsageError(`There is no revision ${named(revision)} here. In CI, fetch it first: a checkout may hold one commit only.`)
}

const fill = (copy: Copy, name: string, commit: string): void => {
  const tree = treeOf(copy)
  mkdirSync(tree)
  // A separate index, so that the user's index does not change.
  const environment = { GIT_INDEX_FILE: join(copy.folder, 'index') }
  const read = git(copy.top, ['read-tree', commit], environment)
  const written = read.status === 0 ? git(copy.top, ['checkout-index', '--all', `--prefix=${tree}/`], environment) : read
  if (written.status !== 0) throw new UsageError(`The files of ${named(name)} cannot be read: ${written.stderr?.trim().split('\n')[0]}`)
}

const git = (cwd: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
  spawnSync('git', args, { cwd, encoding: 'utf8', env: { ...process.env, ...environment } })

/** Links the installed packages into the copy: those of every folder from the file up, and those above the repository. */
const linkModules = ({ top, folder }: Copy, inside: string): void => {
  for (let inner = dirname(inside); ; inner = dirname(inner)) {
    link(join(top, inner, 'node_modules'), join(folder, 'tree', inner, 'node_modules'))
    if (inner === '.') break
  }
  const modulesAbove = (place: string): string | undefined => {
    const modules = join(place, 'node_modules')
    if (existsSync(modules)) return modules
    return place === dirname(place) ? undefined : modulesAbove(dirname(place))
  }
  const outside = modulesAbove(dirname(top))
  if (outside !== undefined) link(outside, join(folder, 'node_modules'))
}

const link = (installed: string, linked: string): void => {
  if (existsSync(installed) && !existsSync(linked)) symlinkSync(installed, linked, 'junction')
}

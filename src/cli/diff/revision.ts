import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { atEnd } from '../output/ending.js'
import { UsageError } from '../output/exit.js'
import { shownPath } from '../output/problem.js'

/**
 * Calls `use` with the path that a file has in a copy of its git repository at a revision; undefined where it was not there yet.
 * The repository itself is not touched, and the copy is taken away afterwards.
 *
 * @throws {UsageError} when the file is in no git repository, or when there is no such revision
 */
export const atRevision = async <Result>(
  file: string,
  revision: string,
  use: (path: string | undefined) => Promise<Result>,
): Promise<Result> => {
  const path = existsSync(file) ? realpathSync(file) : file
  const top = git(dirname(path), ['rev-parse', '--show-toplevel']).stdout?.trim()
  if (!top) throw new UsageError(`${shownPath(file)} is in no git repository, so there is no --base to compare it with.`)
  const commit = git(top, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]).stdout?.trim()
  if (!commit) throw new UsageError(`There is no revision ${revision} here. In CI, fetch it first: a checkout may hold one commit only.`)
  const inside = relative(top, path)
  const known = git(top, ['cat-file', '-e', `${commit}:${inside.replaceAll('\\', '/')}`]).status === 0
  if (!known) return use(undefined)

  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'stridewise-base-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  const release = atEnd(remove)
  try {
    const tree = join(folder, 'tree')
    mkdirSync(tree)
    // An index of its own: the user's stays as it is.
    const environment = { GIT_INDEX_FILE: join(folder, 'index') }
    const read = git(top, ['read-tree', commit], environment)
    const written = read.status === 0 ? git(top, ['checkout-index', '--all', `--prefix=${tree}/`], environment) : read
    if (written.status !== 0) throw new UsageError(`The files of ${revision} cannot be read: ${written.stderr?.trim().split('\n')[0]}`)
    linkModules(top, tree, inside)
    return await use(join(tree, inside))
  } finally {
    release()
    remove()
  }
}

const git = (cwd: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
  spawnSync('git', args, { cwd, encoding: 'utf8', env: { ...process.env, ...environment } })

/** Makes the packages that are installed now known to the copy: of every folder from the file up, and those above the repository. */
const linkModules = (top: string, tree: string, inside: string): void => {
  for (let folder = dirname(inside); ; folder = dirname(folder)) {
    const installed = join(top, folder, 'node_modules')
    const linked = join(tree, folder, 'node_modules')
    if (existsSync(installed) && !existsSync(linked)) symlinkSync(installed, linked, 'junction')
    if (folder === '.') break
  }
  const above = (folder: string): string | undefined => {
    const modules = join(folder, 'node_modules')
    if (existsSync(modules)) return modules
    return folder === dirname(folder) ? undefined : above(dirname(folder))
  }
  const outside = above(dirname(top))
  if (outside !== undefined) symlinkSync(outside, join(dirname(tree), 'node_modules'), 'junction')
}

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, parse, resolve } from 'node:path'
import { atEnd } from '../output/ending.js'
import { UsageError } from '../output/exit.js'
import { sweep, temporaryName } from '../output/leftovers.js'
import { shownPath } from '../output/problem.js'
import type { Compiler } from './compiler.js'

/*
 * The user's own settings, on nothing but the files that are asked for: a temporary tsconfig.json that extends his.
 */

/** Calls `use` with the path of a project file that holds `files`, and takes it away afterwards. */
export const withProject = async <Result>(
  compiler: Compiler,
  config: string | undefined,
  files: readonly string[],
  use: (project: string) => Result | Promise<Result>,
): Promise<Result> => {
  const folder = cacheFolder(dirname(config ?? (files[0] as string)))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  const release = atEnd(remove)
  try {
    const project = join(folder, 'tsconfig.json')
    writeFileSync(project, JSON.stringify(settingsOf(compiler, config, files)))
    return await use(project)
  } finally {
    release()
    remove()
  }
}

/** What a project without a tsconfig.json is checked with. */
const standard = { target: 'ES2022', module: 'NodeNext', moduleResolution: 'NodeNext', strict: true, skipLibCheck: true }

const settingsOf = (compiler: Compiler, config: string | undefined, files: readonly string[]): unknown => {
  const user = config === undefined ? undefined : shownConfig(compiler, config)
  const compilerOptions = {
    ...(user ? {} : standard),
    noEmit: true,
    // Whole sentences in messages and hovers.
    noErrorTruncation: true,
    // What belongs to writing files, and would be refused without it.
    composite: false,
    incremental: false,
    emitDeclarationOnly: false,
    tsBuildInfoFile: null,
    ...(user?.compilerOptions['isolatedDeclarations'] === true ? { declaration: true } : {}),
    rootDir: parse(files[0] as string).root,
  }
  // Declarations of the project's own globals belong to it without an import.
  const ambient = (user?.files ?? []).filter((file) => /\.d\.[mc]?ts$/.test(file)).map((file) => resolve(dirname(config as string), file))
  return {
    ...(config === undefined ? {} : { extends: config }),
    compilerOptions,
    files: [...files, ...ambient],
    include: [],
    references: [],
  }
}

/** A tsconfig.json as the compiler understands it, with everything that it extends and the files that it names. */
const shownConfig = ({ tsc }: Compiler, config: string): { compilerOptions: Record<string, unknown>; files?: string[] } => {
  const { stdout } = spawnSync(process.execPath, [tsc, '--showConfig', '-p', config], { encoding: 'utf8', maxBuffer: 2 ** 28 })
  try {
    return JSON.parse(stdout)
  } catch {
    // A project that names no files of its own is no mistake here.
    if (/error TS1800[23]/.test(stdout)) return { compilerOptions: {} }
    throw new UsageError(`${shownPath(config)} cannot be read: ${stdout.trim().split('\n')[0]}`)
  }
}

/**
 * A folder for the temporary project. Types are looked for from there upwards, so it lies in the nearest node_modules, where
 * tools keep such files; elsewhere when that cannot be written.
 */
const cacheFolder = (start: string): string => {
  for (let folder = start; ; folder = dirname(folder)) {
    const modules = join(folder, 'node_modules')
    if (existsSync(modules)) {
      try {
        mkdirSync(join(modules, '.cache'), { recursive: true })
        return temporaryIn(join(modules, '.cache'))
      } catch {
        break
      }
    }
    if (folder === dirname(folder)) break
  }
  return temporaryIn(tmpdir())
}

/** A new folder in another. Its path goes through no link: the compiler names files from where it really is. */
const temporaryIn = (folder: string): string => {
  sweep(folder)
  return realpathSync(mkdtempSync(join(folder, temporaryName())))
}

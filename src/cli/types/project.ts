import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, parse, resolve } from 'node:path'
import { atEnd } from '../output/ending.js'
import { UsageError } from '../output/exit.js'
import { sweep, temporaryName } from '../output/leftovers.js'
import { shownPath } from '../output/problem.js'
import type { Compiler } from './compiler.js'
import { runCompiler } from './run-compiler.js'

/* A temporary tsconfig.json that extends the user's own, but includes only the requested files. */

/** Calls `use` with the path of a project file that lists `files`, and removes it afterwards. */
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
    writeFileSync(project, JSON.stringify(await settingsOf(compiler, config, files)))
    return await use(project)
  } finally {
    release()
    remove()
  }
}

/** The options for a project without a tsconfig.json. */
const defaultOptions = { target: 'ES2022', module: 'NodeNext', moduleResolution: 'NodeNext', strict: true, skipLibCheck: true }

const settingsOf = async (compiler: Compiler, config: string | undefined, files: readonly string[]): Promise<unknown> => {
  const user = config === undefined ? undefined : await shownConfig(compiler, config)
  const compilerOptions = {
    ...(user ? {} : defaultOptions),
    noEmit: true,
    // Do not truncate messages and hovers.
    noErrorTruncation: true,
    // Options for output files, which would be invalid without output.
    composite: false,
    incremental: false,
    emitDeclarationOnly: false,
    tsBuildInfoFile: null,
    ...(user?.compilerOptions['isolatedDeclarations'] === true ? { declaration: true } : {}),
    rootDir: parse(files[0] as string).root,
  }
  // Declarations of the project's globals are part of it without an import.
  const ambient = (user?.files ?? []).filter((file) => /\.d\.[mc]?ts$/.test(file)).map((file) => resolve(dirname(config as string), file))
  return {
    ...(config === undefined ? {} : { extends: config }),
    compilerOptions,
    files: [...files, ...ambient],
    include: [],
    references: [],
  }
}

/** The part of a configuration that matters here. */
interface ShownConfig {
  readonly compilerOptions: Readonly<Record<string, unknown>>
  readonly files?: readonly string[]
}

/** A tsconfig.json as the compiler resolves it, including what it extends, and the files that it lists. */
const shownConfig = async (compiler: Compiler, config: string): Promise<ShownConfig> => {
  const { stdout } = await runCompiler(compiler, ['--showConfig', '-p', config], process.cwd())
  try {
    return JSON.parse(stdout)
  } catch {
    // A project that lists no files is not an error here.
    if (/error TS1800[23]/.test(stdout)) return { compilerOptions: {} }
    throw new UsageError(`${shownPath(config)} cannot be read: ${stdout.trim().split('\n')[0]}`)
  }
}

/**
 * A folder for the temporary project. The compiler resolves types from there upwards, so it is in the nearest node_modules, where tools
 * keep such files; if that is not writable, in the system's temporary folder.
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

/** Creates a folder inside another. Its path is the real path, which the compiler uses for file names. */
const temporaryIn = (folder: string): string => {
  sweep(folder)
  return realpathSync(mkdtempSync(join(folder, temporaryName())))
}

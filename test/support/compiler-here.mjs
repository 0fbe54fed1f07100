// Runs TypeScript's command line in this process, where it is JavaScript: a process that has run it before does it several times as
// fast as one that has just started. Declarations of this repository and of its node_modules are parsed once.
import { existsSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, sep } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

/** TypeScript that is JavaScript has its interface in a file; the native one has none. */
const libraryOf = (script) => {
  if (!script.endsWith(join(sep, 'bin/tsc')) || !existsSync(script)) return undefined
  const path = join(realpathSync(script), '../../lib/typescript.js')
  return existsSync(path) ? path : undefined
}

class Exit {
  constructor(status) {
    this.status = status
  }
}

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Parsed and bound declarations, by the compiler, what affects them, and their paths: those of this repository. */
const ownDeclarations = new Map()

/** Those of the folder outside that a compiler ran in last. */
const visited = { folder: '', declarations: new Map() }

/** Where declarations at a path in `node_modules` are remembered; undefined for all else, which a test may write anew. */
const rememberedFor = (path, folder) => {
  if (!/\.d\.[cm]?ts$/.test(path)) return undefined
  if (path.startsWith(root)) return ownDeclarations
  if (!path.startsWith(join(folder, 'node_modules', sep))) return undefined
  if (visited.folder !== folder) Object.assign(visited, { folder, declarations: new Map() })
  return visited.declarations
}

/** Makes a host take declarations that another program has parsed with the same options. */
const sharesDeclarations = (ts, host, options, folder) => {
  const { getSourceFile } = host
  const { project, configFilePath, configFile, outDir, ...others } = options
  const how = `${ts.version} ${JSON.stringify(others)}`
  host.getSourceFile = (path, version, ...rest) => {
    const declarations = rememberedFor(path, folder)
    if (!declarations) return getSourceFile(path, version, ...rest)
    const { setExternalModuleIndicator, ...parsing } = typeof version === 'object' ? version : { languageVersion: version }
    const key = `${how} ${JSON.stringify(parsing)} ${path}`
    const text = host.readFile(path)
    const known = declarations.get(key)
    if (known !== undefined && known.text === text) return known
    const file = getSourceFile(path, version, ...rest)
    if (file) declarations.set(key, file)
    return file
  }
}

/** Options under which the command line does more than check a project, or writes something else. */
const others = [
  'build',
  'watch',
  'incremental',
  'composite',
  'pretty',
  'showConfig',
  'listFiles',
  'traceResolution',
  'diagnostics',
  'extendedDiagnostics',
]

/** Does what the command line does with `-p` and a file, with shared declarations; undefined for all else. */
const checkProject = (ts, system, args) => {
  const { options, fileNames, errors, watchOptions } = ts.parseCommandLine(args, system.readFile)
  const { project } = options
  if (errors.length > 0 || fileNames.length > 0 || !project || system.directoryExists(project) || !system.fileExists(project)) return
  const report = ts.createDiagnosticReporter(system)
  const folder = system.getCurrentDirectory()
  const absolute = ts.convertToOptionsWithAbsolutePaths(options, (path) => ts.getNormalizedAbsolutePath(path, folder))
  const config = ts.parseConfigFileWithSystem(project, absolute, new Map(), watchOptions, system, report)
  if (!config || others.some((name) => config.options[name])) return
  const host = ts.createCompilerHostWorker(config.options, undefined, system)
  host.jsDocParsingMode = ts.JSDocParsingMode?.ParseForTypeErrors
  const canonical = ts.createGetCanonicalFileName(host.useCaseSensitiveFileNames())
  ts.changeCompilerHostLikeToUseCache(host, (path) => ts.toPath(path, folder, canonical))
  sharesDeclarations(ts, host, config.options, folder)
  const program = ts.createProgram({
    rootNames: config.fileNames,
    options: config.options,
    projectReferences: config.projectReferences,
    host,
    configFileParsingDiagnostics: ts.getConfigFileParsingDiagnostics(config),
  })
  system.exit(ts.emitFilesAndReportErrorsAndGetExitStatus(program, report, (text) => system.write(text + system.newLine)))
}

/**
 * What `node .../bin/tsc` prints and how it ends; undefined where it has to be run as a process.
 *
 * @param {readonly string[]} command the script, and its arguments
 * @param {string} [folder] the working directory
 * @returns {{ stdout: string, stderr: string, status: number, signal: null } | undefined}
 */
export const runCompilerHere = ([script = '', ...args], folder = process.cwd()) => {
  const path = libraryOf(script)
  if (path === undefined) return undefined
  const ts = createRequire(path)(path)
  const texts = []
  const system = {
    ...ts.sys,
    args,
    write: (text) => texts.push(text),
    writeOutputIsTTY: () => false,
    getCurrentDirectory: () => process.cwd(),
    exit: (status) => {
      throw new Exit(status)
    },
  }
  const before = process.cwd()
  process.chdir(folder)
  try {
    checkProject(ts, system, args)
    ts.executeCommandLine(system, () => {}, args)
    return undefined
  } catch (error) {
    // One that breaks down says so in its own process.
    if (!(error instanceof Exit)) return undefined
    return { stdout: texts.join(''), stderr: '', status: error.status ?? 0, signal: null }
  } finally {
    process.chdir(before)
  }
}

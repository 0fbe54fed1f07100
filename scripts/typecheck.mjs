// Type-checks the sources, the command, the tests, the examples and the site, one after the other in one process. Each file is parsed
// once, and checked once, in the first project that contains it. After `npm run build`, `--built` leaves out the sources of the library:
// the compiler checked them when it wrote their declarations.
//
// `--native` runs the native compiler instead, which takes a third of the time. `npm test` uses it, `npm run test:long` does not.
import { spawnSync } from 'node:child_process'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { compilerCommand } from './compilers.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const sources = 'tsconfig.json'
const others = [
  'tsconfig.cli.json',
  'test/tsconfig.json',
  'examples/tsconfig.json',
  'docs/.vitepress/tsconfig.json',
  'editors/vscode/tsconfig.json',
]

/** Parsed files, by the options that affect parsing and the path. */
const parsed = new Map()
const checked = new Set()

/** A host whose programs share source files, provided that all options that affect parsing and binding are equal. */
const hostOf = (options) => {
  const host = ts.createCompilerHost(options)
  const { getSourceFile } = host
  const { module, moduleResolution, lib, target } = options
  const how = JSON.stringify({ module, moduleResolution, lib, target })
  host.getSourceFile = (path, ...rest) => {
    const key = `${how} ${path}`
    if (!parsed.has(key)) parsed.set(key, getSourceFile(path, ...rest))
    return parsed.get(key)
  }
  return host
}

/** Settings and files of a project; problems in its settings are added to `faults`. */
const read = (project, faults) => {
  const system = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (fault) => faults.push(fault) }
  return ts.getParsedCommandLineOfConfigFile(root + project, {}, system)
}

/** The diagnostics of `tsc -p`, without files that an earlier project has checked. */
const check = (project) => {
  const faults = []
  const config = read(project, faults)
  if (!config) return faults
  const program = ts.createProgram({
    rootNames: config.fileNames,
    options: config.options,
    host: hostOf(config.options),
    configFileParsingDiagnostics: ts.getConfigFileParsingDiagnostics(config),
  })
  faults.push(...program.getConfigFileParsingDiagnostics(), ...program.getOptionsDiagnostics(), ...program.getGlobalDiagnostics())
  for (const file of program.getSourceFiles()) {
    if (checked.has(file.fileName)) continue
    checked.add(file.fileName)
    faults.push(...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file))
  }
  return faults
}

const format = { getCanonicalFileName: (path) => path, getCurrentDirectory: ts.sys.getCurrentDirectory, getNewLine: () => '\n' }

/** Runs the native compiler, which prints what it finds. */
const checkNatively = (project) => {
  const [program, args] = compilerCommand('typescript-7.0', ['-p', root + project])
  return spawnSync(program, args, { stdio: 'inherit' }).status === 0
}

const isNative = process.argv.includes('--native')
const isBuilt = process.argv.includes('--built')
if (isBuilt) for (const file of read('tsconfig.build.json', []).fileNames) checked.add(file)

for (const project of isBuilt ? others : [sources, ...others]) {
  if (isNative) {
    if (checkNatively(project)) continue
    process.exitCode = 1
    break
  }
  const faults = check(project)
  if (faults.length === 0) continue
  process.stdout.write(
    ts.sys.writeOutputIsTTY?.() ? ts.formatDiagnosticsWithColorAndContext(faults, format) : ts.formatDiagnostics(faults, format),
  )
  process.exitCode = 1
  // Stop here, since later projects may fail for the same reason.
  break
}

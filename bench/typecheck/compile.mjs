import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compilerCommand, isNative } from '../../scripts/compilers.mjs'

/** Runs a compiler on a single file that imports the built package, and reads its statistics. */

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The paths to a built package under its own name. */
export const pathsTo = (dist) => ({
  stridewise: [join(dist, 'index.d.ts')],
  'stridewise/*': ['*/index.d.ts', 'formats/*/index.d.ts'].map((path) => join(dist, path)),
})

/** The options for the fixtures: strict, with the built package under its own name. */
export const compilerOptions = {
  target: 'ES2022',
  lib: ['ES2022'],
  module: 'ESNext',
  moduleResolution: 'Bundler',
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  types: [],
  paths: pathsTo(join(root, 'dist')),
}

/**
 * The cost of checking a file in a separate process: counts, seconds and memory. A crash, an unexpected number of errors or missing
 * statistics are failures, with the reason.
 *
 * @param {string} compiler the name of its package in node_modules
 * @param {string} file the fixture
 * @param {string} folder an empty folder for the tsconfig
 * @param {object} expected
 * @param {number} [expected.errors] the expected number of errors
 * @param {string} [expected.says] the expected text of the errors
 * @param {object} [expected.paths] the paths of other packages
 * @param {boolean} [expected.libraries] whether to check the declarations too (`skipLibCheck: false`)
 */
export const compile = (compiler, file, folder, { errors = 0, says = '', paths = {}, libraries = false } = {}) => {
  mkdirSync(folder, { recursive: true })
  const config = join(folder, 'tsconfig.json')
  writeFileSync(config, JSON.stringify({ compilerOptions: optionsWith(paths, libraries), files: [file] }))

  const [program, args] = compilerCommand(compiler, ['-p', config, '--extendedDiagnostics', '--pretty', 'false'])
  const { status, signal, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' })
  const number = (name) => {
    const found = new RegExp(`^${name}:\\s+([\\d.]+)`, 'm').exec(stdout)
    return found ? Number(found[1]) : undefined
  }
  const found = {
    instantiations: number('Instantiations'),
    types: number('Types'),
    checkSeconds: number('Check time'),
    memoryMegabytes: Math.round((number('Memory used') ?? 0) / 1024),
  }
  if (signal || status === null) return { ...found, failure: `killed by ${signal}` }
  const said = `${stdout}${stderr}`
  const failure = failureOf(said.match(/error TS\d+/g)?.length ?? 0, said, found, errors, says)
  return { ...found, failure: failure ?? ((status === 0) !== (errors === 0) ? `exit code ${status}:\n${said.slice(0, 500)}` : undefined) }
}

/**
 * Only the counts, which are the same as those of `compile`. The JavaScript compilers run in this process, and parse the package and
 * its library once.
 */
export const count = (compiler, file, folder, { errors = 0, says = '', paths = {}, libraries = false } = {}) => {
  if (isNative(compiler)) return compile(compiler, file, folder, { errors, says, paths, libraries })
  const ts = createRequire(import.meta.url)(join(root, 'node_modules', compiler))
  const { options } = ts.convertCompilerOptionsFromJson(optionsWith(paths, libraries), root)
  const host = ts.createCompilerHost(options)
  const parse = host.getSourceFile
  host.getSourceFile = (name, ...how) => {
    const key = `${compiler} ${name}`
    if (name === file) return parse(name, ...how)
    if (!parsed.has(key)) parsed.set(key, parse(name, ...how))
    return parsed.get(key)
  }
  try {
    const program = ts.createProgram([file], options, host)
    const diagnostics = ts.getPreEmitDiagnostics(program)
    const found = { instantiations: program.getInstantiationCount(), types: program.getTypeCount() }
    const said = diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')).join('\n')
    return { ...found, failure: failureOf(diagnostics.length, said, found, errors, says) }
  } catch (error) {
    return { failure: `${error}` }
  }
}

const optionsWith = (paths, libraries) => ({ ...compilerOptions, skipLibCheck: !libraries, paths: { ...compilerOptions.paths, ...paths } })

/** The files that all fixtures share, by compiler and name. */
const parsed = new Map()

const failureOf = (reported, said, { instantiations, types }, errors, says) => {
  const first = said.split('\n').slice(0, 5).join('\n')
  if (reported !== errors) return `${reported} errors instead of ${errors}:\n${first}`
  if (!said.includes(says)) return `nothing of '${says}':\n${first}`
  if (instantiations === undefined || types === undefined) return `no figures:\n${first}`
  return undefined
}

import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Runs a compiler on one file that imports the built package, and reads what it says of its own work. */

const root = fileURLToPath(new URL('../..', import.meta.url))

/** How the fixtures are checked: strictly, with the built package under its own name. */
export const compilerOptions = {
  target: 'ES2022',
  lib: ['ES2022'],
  module: 'ESNext',
  moduleResolution: 'Bundler',
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  types: [],
  paths: { stridewise: [join(root, 'dist/index.d.ts')], 'stridewise/*': [join(root, 'dist/*/index.d.ts')] },
}

/**
 * What checking the file cost. A crash, an unexpected count of errors and missing figures are failures, with the reason.
 *
 * @param {string} compiler the name of its package in node_modules
 * @param {string} file the fixture
 * @param {string} folder an empty folder for the tsconfig
 * @param {object} expected
 * @param {number} [expected.errors] how many errors there should be
 * @param {string} [expected.says] what the errors have to say
 * @param {object} [expected.paths] where other packages are
 */
export const compile = (compiler, file, folder, { errors = 0, says = '', paths = {} } = {}) => {
  mkdirSync(folder, { recursive: true })
  const config = join(folder, 'tsconfig.json')
  writeFileSync(
    config,
    JSON.stringify({ compilerOptions: { ...compilerOptions, paths: { ...compilerOptions.paths, ...paths } }, files: [file] }),
  )

  const tsc = join(root, 'node_modules', compiler, 'bin/tsc')
  const more = compiler === 'typescript-7.0' ? ['--singleThreaded'] : []
  const run = spawnSync(process.execPath, [tsc, '-p', config, '--extendedDiagnostics', '--pretty', 'false', ...more], { encoding: 'utf8' })
  const number = (name) => {
    const found = new RegExp(`^${name}:\\s+([\\d.]+)`, 'm').exec(run.stdout)
    return found ? Number(found[1]) : undefined
  }
  const found = {
    instantiations: number('Instantiations'),
    types: number('Types'),
    checkSeconds: number('Check time'),
    memoryMegabytes: Math.round((number('Memory used') ?? 0) / 1024),
  }
  const reported = run.stdout.match(/error TS\d+/g)?.length ?? 0
  return { ...found, failure: failureOf(run, found, reported, errors, says) }
}

const failureOf = ({ status, signal, stdout, stderr }, { instantiations, types }, reported, errors, says) => {
  const said = `${stdout}${stderr}`.split('\n').slice(0, 5).join('\n')
  if (signal || status === null) return `killed by ${signal}`
  if (reported !== errors) return `${reported} errors instead of ${errors}:\n${said}`
  if (!stdout.includes(says)) return `nothing of '${says}':\n${said}`
  if ((status === 0) !== (errors === 0)) return `exit code ${status}:\n${said}`
  if (instantiations === undefined || types === undefined) return `no figures:\n${said}`
  return undefined
}

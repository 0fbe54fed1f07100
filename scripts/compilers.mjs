// The versions of TypeScript that the package is tested with, and how they are run.
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const modules = fileURLToPath(new URL('../node_modules/', import.meta.url))

/** Every version, by the name under which it is installed; oldest first. */
export const everyCompiler = /** @type {const} */ (['typescript-5.4', 'typescript-5.9', 'typescript', 'typescript-7.0', 'typescript-7.1'])

/** The version that this package is developed with. */
export const mainCompiler = 'typescript'

/**
 * Whether a version is the native compiler rather than a script that Node runs.
 *
 * @param {string} compiler
 */
export const isNative = (compiler) => compiler.startsWith('typescript-7')

/**
 * The program of a native compiler. Its package has a script that starts it in a second process, which goes on when the script is
 * killed: this is run in its place.
 *
 * @param {string} compiler
 */
export const nativeProgram = (compiler) => {
  const { resolve } = createRequire(join(modules, compiler, 'package.json'))
  const folder = dirname(resolve(`@typescript/typescript-${process.platform}-${process.arch}/package.json`))
  return join(folder, 'lib', process.platform === 'win32' ? 'tsc.exe' : 'tsc')
}

/** Kilobytes of memory that a command may take before it is refused more. */
const mostMemory = 4_000_000

/**
 * A command that cannot take all memory, where the system has limits.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @returns {[program: string, args: string[]]}
 */
export const inLimits = (program, args) =>
  process.platform === 'win32'
    ? [program, [...args]]
    : ['/bin/sh', ['-c', `ulimit -d ${mostMemory} 2> /dev/null; exec "$@"`, 'sh', program, ...args]]

/**
 * The command that runs a compiler.
 *
 * @param {string} compiler
 * @param {readonly string[]} args
 * @returns {[program: string, args: string[]]}
 */
export const compilerCommand = (compiler, args) =>
  isNative(compiler)
    ? inLimits(nativeProgram(compiler), ['--singleThreaded', ...args])
    : [process.execPath, [join(modules, compiler, 'bin/tsc'), ...args]]

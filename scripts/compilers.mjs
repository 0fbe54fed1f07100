// The versions of TypeScript that the package is tested with, and how to run them.
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const modules = fileURLToPath(new URL('../node_modules/', import.meta.url))

/** Every version, by the name of its package, oldest first. */
export const everyCompiler = /** @type {const} */ (['typescript-5.4', 'typescript-5.9', 'typescript', 'typescript-7.0', 'typescript-7.1'])

/** The version that this package is developed with. */
export const mainCompiler = 'typescript'

/**
 * Whether a version is the native compiler, not a script for Node.
 *
 * @param {string} compiler
 */
export const isNative = (compiler) => compiler.startsWith('typescript-7')

/**
 * The executable of a native compiler. The script in its package starts it as a child process, which would survive the script, so the
 * executable is run directly.
 *
 * @param {string} compiler
 */
export const nativeProgram = (compiler) => {
  const { resolve } = createRequire(join(modules, compiler, 'package.json'))
  const folder = dirname(resolve(`@typescript/typescript-${process.platform}-${process.arch}/package.json`))
  return join(folder, 'lib', process.platform === 'win32' ? 'tsc.exe' : 'tsc')
}

/** The memory limit of a command in kilobytes. */
const mostMemory = 4_000_000

/**
 * A command with a memory limit, on systems that support one.
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
 * Options of Node for a process that runs compilers: they leave much behind, and collecting it takes a fifth of their time. With more
 * room for what is new, and for what stays until the end, Node looks through it less often.
 */
export const roomForCompilers = ['--max-semi-space-size=64', '--initial-old-space-size=1500']

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

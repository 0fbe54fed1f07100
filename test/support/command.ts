import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { inLimits } from '../../scripts/compilers.mjs'
import { root } from './compiler.js'

/** The built command, run in a folder of its own as its users run it. */

const binary = join(root, 'dist/cli/stridewise.js')

/** Commands that run: none outlives its test's process, nor does a compiler that it started. */
const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const { pid } of running) {
    try {
      process.kill(-(pid as number), 'SIGKILL')
    } catch {
      // It has ended.
    }
  }
})

/**
 * Arguments of the command with a time for the user's files that no machine needs, however busy it is. Where a test gives a limit,
 * that one stays: it is for files that never end.
 */
export const patiently = ([command = '', ...args]: readonly string[]): string[] =>
  ['report', 'check', 'diff', 'export'].includes(command) && !args.includes('--timeout')
    ? [command, '--timeout', '3600', ...args]
    : [command, ...args]

/** What a run of the command gave. */
export interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A user's project: a folder with files, in which the package is installed. */
export interface Project {
  readonly folder: string
  readonly write: (path: string, text: string) => string
  /** @param within a folder of the project to run it in */
  readonly run: (args: readonly string[], environment?: Readonly<Record<string, string>>, within?: string) => Promise<Ran>
  readonly remove: () => void
}

/**
 * Makes a project.
 *
 * @param compiler the folder in this package's node_modules of the TypeScript that it has; none if it has none
 */
export const projectOf = (files: Readonly<Record<string, string>>, compiler?: string): Project => {
  if (!existsSync(binary)) throw new Error('The package is not built: run `npm run build` first.')
  const folder = mkdtempSync(join(tmpdir(), 'stridewise-command-'))
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(root, join(folder, 'node_modules/stridewise'))
  if (compiler !== undefined) symlinkSync(join(root, 'node_modules', compiler), join(folder, 'node_modules/typescript'))
  const write = (path: string, text: string): string => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
    return join(folder, path)
  }
  for (const [path, text] of Object.entries(files)) write(path, text)
  const run: Project['run'] = (args, environment = {}, within = '.') =>
    new Promise((done) => {
      const { GITHUB_ACTIONS: _, GITHUB_STEP_SUMMARY: __, GITHUB_WORKSPACE: ___, ...env } = process.env
      const [program, all] = inLimits(process.execPath, [binary, ...patiently(args)])
      // A group of its own, so that what the command starts can be ended with it.
      const child = spawn(program, all, { cwd: join(folder, within), env: { ...env, ...environment }, detached: true })
      running.add(child)
      const texts = { stdout: '', stderr: '' }
      child.stdout.on('data', (data) => {
        texts.stdout += data
      })
      child.stderr.on('data', (data) => {
        texts.stderr += data
      })
      child.on('close', (code) => {
        running.delete(child)
        done({ code, ...texts })
      })
    })
  return { folder, write, run, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Files that go wrong, each in its own way, by their names; `network` is the export that they would have. */
export const faulty = {
  'shape.ts':
    "import { input } from 'stridewise'\n\nexport const network = input(7, 7, 1)\n  .relu()\n  .conv2d(8, 3, { stride: 3 as number })\n",
  'syntax.ts': "import { input } from 'stridewise'\nexport const network = input(7, 7, 1).relu(\nexport const more = 3\n",
  'syntax.mjs': "import { input } from 'stridewise'\nexport const network = input(7, 7, 1).relu(\nexport const more = 3\n",
  'no-network.ts': 'export const size: number = 3\nexport const build = () => 4\n',
  'no-export.ts': 'const size: number = 3\nvoid size\n',
  'throws.ts': "const size: number = 3\nthrow new Error('no weights for ' + size)\n",
  'throws-text.ts': "throw 'no weights'\n",
  'hangs.ts': 'while (true) {}\n',
  'waits.ts': 'export const network: unknown = await new Promise(() => {})\n',
  'exits.ts': "console.log('before the end')\nprocess.exit(0)\n",
  'fills-memory.ts': 'const all: number[][] = []\nwhile (true) all.push(new Array(1e7).fill(1.5))\n',
  'misspelt.ts': "import { input } from 'stridewize'\nexport const network = input(7).dense(2)\n",
  'no-neighbour.ts': "import { input } from './layers.js'\nexport const network = input(7).dense(2)\n",
}

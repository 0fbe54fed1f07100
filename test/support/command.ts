import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inLimits, roomForCompilers } from '../../scripts/compilers.mjs'
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

/** What {@link server} is asked: the built command, arguments, the working directory, the environment, and how often the project's files were written. */
interface Request {
  readonly binary: string
  readonly args: readonly string[]
  readonly folder: string
  readonly environment: NodeJS.ProcessEnv
  readonly version: number
}

/** Runs in one process, which keeps what it has loaded; then comes a new one. */
const mostRuns = 100

/** Folders of projects that are in use. */
const projects = new Set<string>()

let server: { readonly process: ChildProcess; runs: number } | undefined
let lastRun: Promise<unknown> = Promise.resolve()

const startServer = (): ChildProcess => {
  const [program, all] = inLimits(process.execPath, [...roomForCompilers, fileURLToPath(new URL('./command-server.mjs', import.meta.url))])
  const child = spawn(program, all, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], detached: true })
  running.add(child)
  child.on('close', () => running.delete(child))
  // It must not keep this process from ending.
  child.unref()
  child.channel?.unref()
  return child
}

/** Between two files of tests there is none that needs it; the next begins sooner than this. */
const idleTime = 10_000
let waiting: NodeJS.Timeout | undefined

/** Ends the process soon, unless it is asked again: to start it takes as long as many runs do. */
const endServerWhenIdle = (): void => {
  clearTimeout(waiting)
  waiting = setTimeout(endServer, idleTime).unref()
}

export const endServer = async (): Promise<void> => {
  clearTimeout(waiting)
  if (!server) return
  const { process: child } = server
  server = undefined
  const ended = new Promise((done) => child.on('exit', done))
  child.disconnect()
  await ended
}

/** Has the command run in the process that has run it before; one run at a time. */
const ask = (request: Request): Promise<Ran> => {
  clearTimeout(waiting)
  const answer = lastRun
    .then(() => (server && server.runs >= mostRuns ? endServer() : undefined))
    .then(
      () =>
        new Promise<Ran>((done, fail) => {
          server ??= { process: startServer(), runs: 0 }
          server.runs += 1
          const { process: child } = server
          child.channel?.ref()
          const end = () => {
            child.channel?.unref()
            child.off('message', answered)
            child.off('exit', ended)
          }
          const answered = (ran: unknown) => {
            end()
            done(ran as Ran)
          }
          const ended = (code: number | null) => {
            end()
            server = undefined
            fail(new Error(`The process in which the command runs ended with ${code}, at: ${request.args.join(' ')}`))
          }
          child.on('message', answered)
          child.on('exit', ended)
          child.send(request)
        }),
    )
  lastRun = answer.catch(() => {})
  return answer
}

/** What a run of the command gave. */
export interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a built command, which may lie elsewhere, as {@link Project.run} does; `endServer` is for when it has done its last. */
export const runBuilt = (
  command: string,
  args: readonly string[],
  folder: string,
  environment: Readonly<Record<string, string>> = {},
  version = 0,
): Promise<Ran> => ask({ binary: command, args: patiently(args), folder, environment: outside(environment), version })

/** The environment of a run, which is none of a workflow. */
const outside = (environment: Readonly<Record<string, string>>): NodeJS.ProcessEnv => {
  const { GITHUB_ACTIONS: _, GITHUB_STEP_SUMMARY: __, GITHUB_WORKSPACE: ___, ...env } = process.env
  return { ...env, ...environment }
}

type Run = (args: readonly string[], environment?: Readonly<Record<string, string>>, within?: string) => Promise<Ran>

/** A user's project: a folder with files, in which the package is installed. */
export interface Project {
  readonly folder: string
  readonly write: (path: string, text: string) => string
  /**
   * Runs the command in a process that has run it before: what it says, and its exit code, are those of a process of its own.
   *
   * @param within a folder of the project to run it in
   */
  readonly run: Run
  /** Runs the command in a process of its own, for what is a matter of processes. */
  readonly runAlone: Run
  /** Removes the folder; after the last project the process in which the command runs ends, unless another project follows soon. */
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
  let version = 0
  const write = (path: string, text: string): string => {
    version += 1
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
    return join(folder, path)
  }
  for (const [path, text] of Object.entries(files)) write(path, text)
  const run: Project['run'] = (args, environment = {}, within = '.') => runBuilt(binary, args, join(folder, within), environment, version)
  const runAlone: Project['runAlone'] = (args, environment = {}, within = '.') =>
    new Promise((done) => {
      const [program, all] = inLimits(process.execPath, [binary, ...patiently(args)])
      // A group of its own, so that what the command starts can be ended with it.
      const child = spawn(program, all, { cwd: join(folder, within), env: outside(environment), detached: true })
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
  const remove = () => {
    rmSync(folder, { recursive: true, force: true })
    projects.delete(folder)
    if (projects.size === 0) endServerWhenIdle()
  }
  projects.add(folder)
  return { folder, write, run, runAlone, remove }
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
  // Never ends, as an endless loop, but takes nothing of the processor.
  'hangs.ts': 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)\n',
  'waits.ts': 'export const network: unknown = await new Promise(() => {})\n',
  'exits.ts': "console.log('before the end')\nprocess.exit(0)\n",
  'fills-memory.ts': 'const all: number[][] = []\nwhile (true) all.push(new Array(1e7).fill(1.5))\n',
  'misspelt.ts': "import { input } from 'stridewize'\nexport const network = input(7).dense(2)\n",
  'no-neighbour.ts': "import { input } from './layers.js'\nexport const network = input(7).dense(2)\n",
}

// Runs the built command again and again in one process, for tests of what it says and of its exit codes: a process for each run
// would take most of its time to start. What the command starts, the process of a user's file and the compiler, runs here too where
// that makes no difference. test/support/command.ts starts it.
import childProcess from 'node:child_process'
import { EventEmitter } from 'node:events'
import fs, { readFileSync } from 'node:fs'
import { createRequire, syncBuiltinESMExports } from 'node:module'
import { dirname, extname, join, sep } from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import workerThreads from 'node:worker_threads'
import { runCompilerHere } from './compiler-here.mjs'

const require = createRequire(import.meta.url)
const { spawn, spawnSync } = childProcess
const { readSync, writeSync } = fs
const { exit } = process
const send = process.send.bind(process)
const written = { stdout: process.stdout.write, stderr: process.stderr.write }

/** The run that is going on: its program, what it has written, and how often its project's files have changed. */
let run
/** The user's file that is running, as the command sees its process. */
let current
let count = 0

for (const name of ['stdout', 'stderr']) {
  process[name].write = (text, encoding, done) => {
    const bytes = Buffer.from(text, typeof encoding === 'string' ? encoding : 'utf8')
    const file = current
    // What the command prints of what a file prints comes this way once more.
    current = undefined
    if (file) file[name].emit('data', bytes)
    else run?.[name].push(bytes)
    current = file
    const then = typeof encoding === 'function' ? encoding : done
    if (then) process.nextTick(then)
    return true
  }
}

/** Files that need a process of their own: they ask for something of it, never end, or fill its memory. */
const needsProcess = /\bprocess\b|child_process|\bwhile\b|Atomics|new Promise|require\(/

/** JavaScript files that this process has imported, and can import only once. */
const imported = new Map()

const runsHere = (file) => {
  const kind = extname(file)
  if (!['.ts', '.mts', '.mjs'].includes(kind)) return false
  if (needsProcess.test(readFileSync(file, 'utf8'))) return false
  if (kind !== '.mjs') return true
  const version = imported.get(file) ?? run.version
  imported.set(file, version)
  return version === run.version
}

const stream = () => Object.assign(new EventEmitter(), { destroy: () => {} })

/** Files run one after the other. */
let last = Promise.resolve()

/** What the pipe of a user's process has for it, and takes from it, while it runs here. */
let pipe

fs.readSync = (handle, ...others) => {
  if (handle !== 3 || !pipe) return readSync(handle, ...others)
  const { length } = pipe.request
  others[0].set(pipe.request)
  pipe.request = Buffer.alloc(0)
  return length
}
fs.writeSync = (handle, ...others) => {
  if (handle !== 3 || !pipe) return writeSync(handle, ...others)
  const [bytes, start = 0] = others
  pipe.answer.emit('data', Buffer.from(bytes.subarray(start)))
  return bytes.length - start
}

/** Runs the process of a user's file here. */
const runHere = (path, child, request) => {
  last = last.then(async () => {
    current = child
    pipe = { request: Buffer.from(request), answer: child.stdio[3] }
    const ended = new Promise((done) => {
      process.exit = done
    })
    delete require.cache[path]
    require(path)
    // The process ends by `exit`, which its last line calls.
    await ended
    process.exit = exit
    pipe = undefined
    current = undefined
    setImmediate(() => child.emit('close', 0, null))
  })
}

/** Gives a process of its own to a file, with what the command already waits for. */
const runApart = (args, options, child, request) => {
  const apart = spawn(process.execPath, args, options)
  child.pid = apart.pid
  child.kill = (signal) => apart.kill(signal)
  for (const [index, own] of child.stdio.entries()) {
    apart.stdio[index]?.on('data', (data) => own.emit('data', data))
    apart.stdio[index]?.on('error', () => {})
    own.destroy = () => apart.stdio[index]?.destroy()
  }
  child.unref = () => apart.unref()
  apart.on('error', (error) => child.emit('error', error))
  apart.on('close', (...ending) => child.emit('close', ...ending))
  apart.stdio[3].write(request)
}

/** A process that has run here. */
const ranHere = ({ stdout, stderr, status }) => {
  const child = Object.assign(new EventEmitter(), { stdout: stream(), stderr: stream(), kill: () => true })
  setImmediate(() => {
    child.stdout.emit('data', Buffer.from(stdout))
    child.stderr.emit('data', Buffer.from(stderr))
    child.emit('close', status, null)
  })
  return child
}

/** Runs a user's file, or the compiler, here instead of in a separate process. A user's file begins when the request arrives. */
const spawnHere = (program, args, options) => {
  const compiled = run && program === process.execPath && runCompilerHere(args, options?.cwd)
  if (compiled) return ranHere(compiled)
  if (!run || args.at(-1) !== join(dirname(run.binary), 'worker.cjs')) return spawn(program, args, options)
  const stdio = Array.from({ length: 5 }, stream)
  const child = Object.assign(new EventEmitter(), { stdio, stdout: stdio[1], stderr: stdio[2], kill: () => true, unref: () => {} })
  stdio[3].write = (request) => {
    if (runsHere(JSON.parse(request).file)) runHere(args.at(-1), child, request)
    else runApart(args, options, child, request)
  }
  return child
}

childProcess.spawn = spawnHere
childProcess.spawnSync = (program, args, options) =>
  (program === process.execPath && runCompilerHere(args, options?.cwd)) || spawnSync(program, args, options)
/** One that is made of a text would end this process with a user's file that never ends. */
const { Worker } = workerThreads
workerThreads.Worker = class {
  constructor(file, options) {
    // biome-ignore lint/correctness/noConstructorReturn: any other thread is a real one
    if (!options.eval) return new Worker(file, options)
  }
  unref() {}
}
syncBuiltinESMExports()

process.on('message', async ({ binary, args, folder, environment, version }) => {
  run = { binary, stdout: [], stderr: [], version }
  for (const name of Object.keys(process.env)) delete process.env[name]
  Object.assign(process.env, environment)
  process.chdir(folder)
  process.argv = [process.execPath, binary, ...args]
  process.exitCode = undefined
  count += 1
  await import(`${pathToFileURL(binary).href}?${count}`)
  const { exitCode: code = 0 } = process
  process.exitCode = undefined
  process.stdout.removeAllListeners('error')
  process.stderr.removeAllListeners('error')
  for (const path of Object.keys(require.cache))
    if (path.startsWith(folder + sep) && !path.includes(`${sep}node_modules${sep}`)) delete require.cache[path]
  const texts = { stdout: Buffer.concat(run.stdout).toString(), stderr: Buffer.concat(run.stderr).toString() }
  run = undefined
  send({ code, ...texts })
})

// What goes wrong here is no answer of the command.
process.on('uncaughtException', (error) => {
  written.stderr.call(process.stderr, `${error.stack}\n`)
  process.exit(70)
})
process.on('disconnect', () => process.exit())

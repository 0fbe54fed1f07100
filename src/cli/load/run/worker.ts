import { extname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { receive, send } from './channel.js'
import { withColumns } from './columns.js'
import { networksIn, plainNetwork, textOf } from './exports.js'
import { importTransformed } from './jiti.js'
import type { LoadAnswer, LoadRequest, Thrown } from './loaded.js'
import { isUsersFile } from './users-file.js'
import { watch } from './watchdog.js'

/* The process that runs a user's file. It can hang, exit or run out of memory without affecting the command. */

/** Whether the running code differs from the text of the file. */
let isTransformed = false

const thrownOf = (error: unknown): Thrown => {
  try {
    if (error instanceof Error || (typeof error === 'object' && error !== null && 'message' in error)) {
      const { name, message, stack, code } = error as Error & { code?: unknown }
      const frames = String(stack ?? '')
      return {
        name: String(name),
        message: String(message),
        stack: isTransformed ? withColumns(frames, isUsersFile) : frames,
        ...(typeof code === 'string' ? { code } : {}),
      }
    }
  } catch {
    // Its properties throw, or are not strings.
  }
  return { name: 'thrown', message: textOf(error), stack: '' }
}

/**
 * Ignores Node's warning about ES syntax in a package without `"type": "module"`, since the file runs anyway, and the one about the loader
 * that direct.ts uses.
 */
const ignoreModuleWarnings = (): void => {
  const listeners = process.listeners('warning')
  process.removeAllListeners('warning')
  process.on('warning', (warning) => {
    if (/\bES module\b|USE_MAIN_CONTEXT_DEFAULT_LOADER/i.test(warning.message)) return
    for (const listener of listeners) listener(warning)
  })
}

/**
 * Has what the file prints written at once. This process exits as soon as the file has run, and what still waits to be written would be
 * lost. Both streams are made when they are first asked for, which takes time.
 */
const printAtOnce = (): void => {
  for (const name of ['stdout', 'stderr'] as const) {
    const { get } = Object.getOwnPropertyDescriptor(process, name) ?? {}
    const stream = (): unknown => {
      const found = get?.call(process)
      found?._handle?.setBlocking?.(true)
      return found
    }
    if (get) Object.defineProperty(process, name, { get: stream, configurable: true, enumerable: true })
  }
}

/** Rejects with an error that nobody catches: one that a timer throws, or a rejection that nobody handles. */
const uncaught = (): { readonly error: Promise<never>; readonly release: () => void } => {
  let release = (): void => {}
  const error = new Promise<never>((_, fail) => {
    const listener = (error: unknown): void => {
      // The file may have a listener of its own.
      if (process.listenerCount('uncaughtException') === 1) fail(error)
    }
    process.on('uncaughtException', listener)
    release = () => process.off('uncaughtException', listener)
  })
  return { error, release }
}

/** Waits until timers that are due have run, and it is known which rejections nobody handles. */
const aTurn = async (): Promise<void> => {
  await new Promise((done) => setTimeout(done, 1))
  await new Promise((done) => setImmediate(done))
}

/**
 * Imports the file. JavaScript runs unchanged. If Node rejects ES syntax in a .js file because its package.json lacks `"type":
 * "module"`, the file is loaded like TypeScript, which accepts both forms and reports the position of real syntax errors.
 */
const importFile = async (file: string): Promise<Record<string, unknown>> => {
  isTransformed = !/^\.[mc]?js$/.test(extname(file))
  if (isTransformed) return importTransformed(file)
  try {
    return await import(pathToFileURL(file).href)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    isTransformed = true
    return importTransformed(file)
  }
}

const answerTo = async ({ file, exports, timeout, parent, memory }: LoadRequest): Promise<LoadAnswer> => {
  watch({ parent, timeout, memory })
  ignoreModuleWarnings()
  printAtOnce()
  const { error, release } = uncaught()
  try {
    const { networks, others } = networksIn(await Promise.race([importFile(file), error]), exports)
    const answer = { networks: networks.map(({ name, network }) => ({ name, network: plainNetwork(network) })), others }
    await Promise.race([aTurn(), error])
    return answer
  } catch (error) {
    return { thrown: thrownOf(error) }
  } finally {
    release()
  }
}

const run = async (): Promise<void> => {
  const request = receive()
  if (request) send(await answerTo(request))
  // This also ends whatever the file left running, such as a timer or a server; not its warnings, which Node prints a moment later.
  setImmediate(() => process.exit())
}

run()

import { extname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { networksIn, plainNetwork } from './exports.js'
import { importTypeScript } from './jiti.js'
import type { LoadAnswer, LoadRequest, Thrown } from './loaded.js'

/*
 * The process in which a user's file runs. It can hang, exit and fill the memory without taking the command with it.
 */

// What the file left running, a timer or a server, ends with it.
const answer = (message: LoadAnswer): void => {
  process.send?.(message, () => process.exit())
}

const thrownOf = (error: unknown): Thrown => {
  if (!(error instanceof Error) && !(typeof error === 'object' && error !== null && 'message' in error)) {
    return { name: 'thrown', message: String(error), stack: '' }
  }
  const { name, message, stack, code } = error as Error & { code?: unknown }
  return { name: String(name), message: String(message), stack: String(stack ?? ''), ...(typeof code === 'string' ? { code } : {}) }
}

const { file, exports } = JSON.parse(process.argv[2] as string) as LoadRequest

const importFile = (): Promise<Record<string, unknown>> =>
  /^\.[mc]?js$/.test(extname(file)) ? import(pathToFileURL(file).href) : importTypeScript(file)

try {
  const found = networksIn(await importFile(), exports)
  answer({ networks: found.networks.map(({ name, network }) => ({ name, network: plainNetwork(network) })), others: found.others })
} catch (error) {
  answer({ thrown: thrownOf(error) })
}

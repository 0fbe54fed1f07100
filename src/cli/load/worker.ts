import { extname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { networksIn, plainNetwork, textOf } from './exports.js'
import { importTypeScript } from './jiti.js'
import type { LoadAnswer, LoadRequest, Thrown } from './loaded.js'
import { watch } from './watchdog.js'

/*
 * The process in which a user's file runs. It can hang, exit and fill the memory without taking the command with it.
 */

const { file, exports, timeout, parent, memory } = JSON.parse(process.argv[2] as string) as LoadRequest

// What the file left running, a timer or a server, ends with it.
const answer = (message: LoadAnswer): void => {
  process.send?.(message, () => process.exit())
}

/** Whether what runs is not the text of the file itself. */
let isTransformed = !/^\.[mc]?js$/.test(extname(file))

const thrownOf = (error: unknown): Thrown => {
  try {
    if (error instanceof Error || (typeof error === 'object' && error !== null && 'message' in error)) {
      const { name, message, stack, code } = error as Error & { code?: unknown }
      return {
        name: String(name),
        message: String(message),
        stack: String(stack ?? ''),
        isTransformed,
        ...(typeof code === 'string' ? { code } : {}),
      }
    }
  } catch {
    // Its properties throw, or are no text.
  }
  return { name: 'thrown', message: textOf(error), stack: '', isTransformed }
}

/** Node warns of ES syntax in a package that does not say `"type": "module"`. It is read all the same, so that is nobody's concern. */
const passOverModuleWarnings = (): void => {
  const shown = process.listeners('warning')
  process.removeAllListeners('warning')
  process.on('warning', (warning) => {
    if (/\bES module\b/i.test(warning.message)) return
    for (const show of shown) show(warning)
  })
}

/**
 * JavaScript runs as it is. Where Node does not read it, because ES syntax stands in a .js file whose package.json does not say
 * `"type": "module"`, it is read as TypeScript is, which takes either; and of true syntax errors that tells the place.
 */
const importFile = async (): Promise<Record<string, unknown>> => {
  if (isTransformed) return importTypeScript(file)
  try {
    return await import(pathToFileURL(file).href)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    isTransformed = true
    return importTypeScript(file)
  }
}

watch({ parent, timeout, memory })
passOverModuleWarnings()
try {
  const found = networksIn(await importFile(), exports)
  answer({ networks: found.networks.map(({ name, network }) => ({ name, network: plainNetwork(network) })), others: found.others })
} catch (error) {
  answer({ thrown: thrownOf(error) })
}

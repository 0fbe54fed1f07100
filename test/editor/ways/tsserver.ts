import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../../support/compiler.js'
import type { Workspace } from '../workspace.js'
import { indexOf, placeOf, type Way } from './way.js'

/** A real tsserver of TypeScript 5.4 to 6.0 with the built plugin in it, asked as an editor asks it. */
export class TsServer {
  readonly #process: ChildProcess
  readonly #answers = new Map<number, (answer: { success: boolean; message?: string; body?: never }) => void>()
  #received = Buffer.alloc(0)
  #last = 0

  constructor(module: string, args: readonly string[], folder: string) {
    this.#process = spawn(
      process.execPath,
      [join(root, 'node_modules', module, 'lib/tsserver.js'), '--disableAutomaticTypingAcquisition', ...args],
      {
        cwd: folder,
        stdio: ['pipe', 'pipe', 'ignore'],
      },
    )
    this.#process.stdout?.on('data', (chunk: Buffer) => {
      this.#received = Buffer.concat([this.#received, chunk])
      this.#read()
    })
    this.#process.on('exit', () => {
      for (const answer of this.#answers.values()) answer({ success: false, message: 'tsserver ended.' })
    })
  }

  tell(command: string, args: object): void {
    this.#last += 1
    this.#process.stdin?.write(`${JSON.stringify({ seq: this.#last, type: 'request', command, arguments: args })}\n`)
  }

  async ask<Body>(command: string, args: object): Promise<Body> {
    const answer = new Promise<{ success: boolean; message?: string; body?: never }>((resolve) =>
      this.#answers.set(this.#last + 1, resolve),
    )
    this.tell(command, args)
    const { success, message, body } = await answer
    if (!success && message !== 'No content available.') throw new Error(`${command}: ${message}`)
    return body as Body
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.on('exit', resolve))
    this.tell('exit', {})
    await ended
  }

  #read(): void {
    for (;;) {
      const head = /^Content-Length: (\d+)\r\n\r\n/.exec(this.#received.toString('latin1', 0, 60))
      if (!head || this.#received.length < head[0].length + Number(head[1])) return
      const end = head[0].length + Number(head[1])
      const message = JSON.parse(this.#received.toString('utf8', head[0].length, end))
      this.#received = this.#received.subarray(end)
      if (message.type === 'response') this.#answers.get(message.request_seq)?.(message)
    }
  }
}

/** 5.4 refuses a slash in the name of a plugin, and reads a backslash as one. */
const nameIn = (module: string): string => (module === 'typescript-5.4' ? 'stridewise\\ts-plugin' : 'stridewise/ts-plugin')

/** The plugin, as tsconfig.json names it. */
export const withPlugin = (module: string, { folder, files }: Workspace): Way => {
  const server = new TsServer(
    module,
    ['--allowLocalPluginLoads', '--pluginProbeLocations', folder, '--globalPlugins', nameIn(module)],
    folder,
  )
  const pathOf = (file: string): string => join(folder, file)
  const textOf = (file: string): string => files.get(file) as string
  for (const file of files.keys()) server.tell('open', { file: pathOf(file), fileContent: textOf(file) })
  server.tell('configure', { preferences: { includeCompletionsWithInsertText: true } })
  const at = (file: string, position: number) => {
    const { line, character } = placeOf(textOf(file), position)
    return { file: pathOf(file), line: line + 1, offset: character + 1 }
  }
  type Place = { line: number; offset: number }
  const from = (file: string, { line, offset }: Place): number => indexOf(textOf(file), line - 1, offset - 1)

  return {
    async hints(file) {
      type Hint = { text: string; position: Place }
      const found = await server.ask<Hint[]>('provideInlayHints', { file: pathOf(file), start: 0, length: textOf(file).length })
      return found.map(({ text, position }) => ({ position: from(file, position), label: text })).sort((a, b) => a.position - b.position)
    },

    async fixes(file) {
      type Found = { start: Place; end: Place; code: number }
      const errors = await server.ask<Found[]>('semanticDiagnosticsSync', { file: pathOf(file) })
      const all = await Promise.all(
        errors.map(async ({ start, end, code }) => {
          type Action = {
            fixName: string
            description: string
            changes: { textChanges: { start: Place; end: Place; newText: string }[] }[]
          }
          const range = { startLine: start.line, startOffset: start.offset, endLine: end.line, endOffset: end.offset }
          const actions = await server.ask<Action[]>('getCodeFixes', { file: pathOf(file), ...range, errorCodes: [code] })
          const own = actions.filter(({ fixName }) => fixName === 'stridewise')
          const fixes = own.map(({ description, changes }) => ({
            title: description,
            edits: changes.flatMap(({ textChanges }) =>
              textChanges.map((change) => ({ start: from(file, change.start), end: from(file, change.end), text: change.newText })),
            ),
          }))
          return { start: from(file, start), fixes }
        }),
      )
      return all.sort((a, b) => a.start - b.start)
    },

    async completions(file, position) {
      type Entry = { name: string; sortText: string; labelDetails?: { description?: string } }
      const found = await server.ask<{ entries: Entry[] } | undefined>('completionInfo', at(file, position))
      const entries = [...(found?.entries ?? [])].sort((a, b) => (a.sortText < b.sortText ? -1 : a.sortText > b.sortText ? 1 : 0))
      return {
        own: entries.flatMap(({ name, labelDetails }) => (labelDetails?.description ? [`${name}: ${labelDetails.description}`] : [])),
        last: entries
          .filter(({ sortText }) => sortText.startsWith('~'))
          .map(({ name }) => name)
          .sort(),
      }
    },

    async hover(file, position) {
      const found = await server.ask<{ documentation: string | { text: string }[] } | undefined>('quickinfo', at(file, position))
      const { documentation = '' } = found ?? {}
      const text = typeof documentation === 'string' ? documentation : documentation.map((part) => part.text).join('')
      const lines = text.split('\n').filter((line) => /^[\w ]+: `/.test(line))
      return lines.map((line) => line.trimEnd()).join('\n')
    },

    close: () => server.close(),
  }
}

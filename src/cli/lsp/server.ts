import { setMaxListeners } from 'node:events'
import { type Settings, settingMistakes, settingsFrom } from '../../editor/settings.js'
import { longestText } from '../../editor/source/tokens.js'
import { UsageError } from '../output/exit.js'
import type { Backend } from './backend.js'
import { Backends } from './backends.js'
import { Client, codes, sentenceOf } from './client.js'
import { type Asked, codeActions, codeLenses, completion, diagnosticsOf, hover, inlayHints } from './features.js'
import { EndedError, OpenRequests } from './open-requests.js'
import {
  addressIn,
  changesIn,
  type Fields,
  fields,
  type Id,
  isId,
  list,
  ParamsError,
  pathOf,
  positionIn,
  rangeIn,
  textIn,
} from './params.js'
import { Runs } from './runs.js'
import { OpenText } from './text.js'

/*
 * The language server: what the client sends, and what it gets back.
 */

/** Most files that are open at a time. */
const mostFiles = 2_000

const capabilities = {
  positionEncoding: 'utf-16',
  textDocumentSync: { openClose: true, change: 1, save: true },
  inlayHintProvider: true,
  hoverProvider: true,
  codeActionProvider: { codeActionKinds: ['quickfix'] },
  codeLensProvider: {},
  completionProvider: { triggerCharacters: ['.', ':', '(', '[', ',', ' ', "'", '"'] },
}

/** Settings of the extension for VS Code, which an editor may send with the server's. */
const settingsOfExtension = { codeLens: undefined, panel: undefined }

/** What the server is started with. */
export interface ServerOptions {
  readonly version: string
  /** Whether it also gives TypeScript's own errors, hovers and completions. */
  readonly standalone: boolean
  readonly send: (message: object) => void
  /** Ends the process. */
  readonly exit: (code: number) => void
}

type Handler = (params: unknown, signal: AbortSignal) => unknown

/** A language server without its streams. */
export class Server {
  readonly #options: ServerOptions
  readonly #client: Client
  readonly #files = new Map<string, OpenText>()
  readonly #open = new OpenRequests()
  readonly #runs: Runs
  readonly #backends: Backends
  #settings: Settings = settingsFrom(undefined)
  #root: string | undefined
  #mayRun = false
  #state: 'new' | 'ready' | 'shut' = 'new'
  #checking: ReturnType<typeof setTimeout> | undefined
  #checks = new AbortController()

  constructor(options: ServerOptions) {
    this.#options = options
    this.#client = new Client(options.send)
    this.#backends = new Backends({
      open: () => this.#files.values(),
      root: () => this.#root,
      askClient: (method, params) => this.#client.ask(method, params),
      tell: (sentence) => this.#client.tell(sentence),
    })
    this.#runs = new Runs({
      fileAt: (uri) => (this.#state === 'ready' ? this.#files.get(uri) : undefined),
      tell: (sentence) => this.#client.tell(sentence),
      changed: () => this.#client.ask('workspace/codeLens/refresh', undefined),
    })
  }

  /** Takes a message of the client. */
  receive(text: string): void {
    let message: Fields
    try {
      message = fields(JSON.parse(text))
    } catch {
      this.#client.fail(null, codes.parse, 'A message is not JSON.')
      return
    }
    const { id, method, params } = message
    // An answer to what the server asked.
    if (method === undefined && id !== undefined) return
    // It is sent back, so it may not be whatever there is.
    if (id !== undefined && !isId(id)) this.#client.fail(null, codes.request, 'The id of a request must be a number or a short text.')
    else if (typeof method !== 'string') this.#client.fail(id ?? null, codes.request, 'A message has no method.')
    else if (id === undefined) this.#notified(method, params)
    else void this.#requested(id, method, params)
  }

  end(): void {
    clearTimeout(this.#checking)
    this.#backends.end()
  }

  readonly #requests: Readonly<Record<string, Handler>> = {
    initialize: (params) => this.#initialize(fields(params)),
    shutdown: () => {
      this.#state = 'shut'
      this.#backends.end()
      return null
    },
    'textDocument/inlayHint': (params, signal) => {
      const range = rangeIn(fields(params)['range'])
      return this.#about(params, signal, [], (asked) => inlayHints(asked, range, this.#settings))
    },
    'textDocument/hover': (params, signal) => {
      const position = positionIn(fields(params)['position'])
      return this.#about(params, signal, null, (asked) => hover(asked, position, this.#options.standalone))
    },
    'textDocument/completion': (params, signal) => {
      const position = positionIn(fields(params)['position'])
      return this.#about(params, signal, null, (asked) => completion(asked, position, this.#options.standalone))
    },
    'textDocument/codeAction': (params, signal) => {
      const { range, context } = fields(params)
      const where = rangeIn(range)
      return this.#about(params, signal, [], (asked) => codeActions(asked, where, context))
    },
    'textDocument/codeLens': (params, signal) =>
      this.#about(params, signal, [], (asked) => codeLenses(asked, this.#runs.totals(asked.file))),
  }

  readonly #notifications: Readonly<Record<string, (params: unknown) => unknown>> = {
    initialized: () => undefined,
    exit: () => this.#options.exit(this.#state === 'shut' ? 0 : 1),
    '$/cancelRequest': (params) => {
      const { id } = fields(params)
      if (isId(id)) this.#open.cancel(id)
    },
    'textDocument/didOpen': (params) => {
      const { languageId, version, text } = fields(fields(params)['textDocument'])
      this.#put(addressIn(params), textIn(languageId, 'languageId'), version, textIn(text, 'text'))
    },
    'textDocument/didChange': (params) => {
      const file = this.#files.get(addressIn(params))
      const { text, range } = fields(list(fields(params)['contentChanges']).at(-1))
      if (range !== undefined) throw new ParamsError('Changes must have the whole text.')
      if (file) this.#put(file.uri, file.language, fields(fields(params)['textDocument'])['version'], textIn(text, 'text'))
    },
    'textDocument/didClose': (params) => {
      const file = this.#files.get(addressIn(params))
      if (file) this.#remove(file)
    },
    'textDocument/didSave': (params) => {
      const file = this.#files.get(addressIn(params))
      if (file) this.#run(file)
    },
    'workspace/didChangeWatchedFiles': (params) => {
      const changes = changesIn(params)
      for (const backend of this.#backends.all()) backend.changedOnDisk(changes)
    },
    'workspace/didChangeConfiguration': (params) => {
      const given = fields(fields(params)['settings'])['stridewise']
      this.#settings = settingsFrom(given)
      this.#tellMistakes(given, settingsOfExtension)
      if (this.#state === 'ready') this.#client.ask('workspace/inlayHint/refresh', undefined)
    },
  }

  #initialize(params: Fields): object {
    if (this.#state !== 'new') throw new ParamsError('The server is initialized already.')
    const { initializationOptions, rootUri, workspaceFolders } = params
    this.#root = pathOf(rootUri) ?? pathOf(fields(list(workspaceFolders)[0])['uri'])
    this.#settings = settingsFrom(initializationOptions)
    this.#tellMistakes(initializationOptions, {})
    this.#mayRun = fields(initializationOptions)['run'] === true
    this.#state = 'ready'
    return { capabilities, serverInfo: { name: 'stridewise', version: this.#options.version } }
  }

  /** Tells the user what is wrong in the settings. */
  #tellMistakes(given: unknown, others: Readonly<Record<string, undefined>>): void {
    for (const sentence of settingMistakes(given, { run: [true, false], ...others })) this.#client.tell(sentence)
  }

  async #requested(id: Id, method: string, params: unknown): Promise<void> {
    const handler = Object.hasOwn(this.#requests, method) ? this.#requests[method] : undefined
    if (!handler) return this.#client.fail(id, codes.method, 'The server does not know this method.')
    if (this.#state !== 'ready' && method !== 'initialize') {
      return this.#client.fail(
        id,
        this.#state === 'new' ? codes.early : codes.request,
        `The server is ${this.#state === 'new' ? 'not initialized' : 'shut down'}.`,
      )
    }
    try {
      this.#client.answer(id, await this.#open.answer(id, method, params, (signal) => handler(params, signal)))
    } catch (error) {
      const code = error instanceof EndedError ? error.code : error instanceof ParamsError ? codes.params : codes.internal
      this.#client.fail(id, code, sentenceOf(error))
    }
  }

  #notified(method: string, params: unknown): void {
    const handler = Object.hasOwn(this.#notifications, method) ? this.#notifications[method] : undefined
    if (!handler || (this.#state !== 'ready' && method !== 'exit')) return
    try {
      handler(params)
    } catch (error) {
      this.#client.tell(sentenceOf(error))
    }
  }

  /** What is answered about a file: nothing of one that does not import the package. */
  async #about<Result>(params: unknown, signal: AbortSignal, nothing: Result, use: (asked: Asked) => Promise<Result>): Promise<Result> {
    const file = this.#files.get(addressIn(params))
    if (!file?.source.imports.any) return nothing
    const backend = this.#backendFor(file)
    return backend ? use({ backend, file, signal }) : nothing
  }

  #backendFor(file: OpenText): Backend | undefined {
    try {
      return this.#backends.for(file)
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      this.#client.tell(error.message)
      return undefined
    }
  }

  #put(uri: string, language: string, version: unknown, text: string): void {
    const path = pathOf(uri)
    if (path === undefined) return
    const before = this.#files.get(uri)
    if (text.length > longestText) {
      // Places in the text of before would be others in this one.
      if (before) this.#remove(before)
      return
    }
    if (!before && this.#files.size >= mostFiles) return
    const file = new OpenText(uri, path, language, typeof version === 'number' && Number.isInteger(version) ? version : 0, text)
    this.#files.set(uri, file)
    if (before) this.#open.endAbout(uri)
    const running = this.#backends.running(file)
    if (before) running?.change(file)
    else running?.open(file)
    // Its compiler starts before the first question.
    if (!running && file.source.imports.any) this.#backendFor(file)
    if (!before) this.#run(file)
    if (!this.#options.standalone) return
    // A file that no longer imports the package is not checked again.
    if (before?.source.imports.any && !file.source.imports.any) this.#client.publish(file, [])
    this.#checkSoon()
  }

  #remove(file: OpenText): void {
    this.#open.endAbout(file.uri)
    this.#backends.running(file)?.close(file)
    this.#files.delete(file.uri)
    this.#runs.forget(file)
    if (this.#options.standalone) this.#client.publish(file, [])
  }

  /** Runs a saved file for its totals, where the client allows it. */
  #run(file: OpenText): void {
    if (this.#mayRun && file.source.imports.any) this.#runs.add(file)
  }

  /** Checks the open files once the user pauses. */
  #checkSoon(): void {
    clearTimeout(this.#checking)
    this.#checks.abort()
    this.#checks = new AbortController()
    const { signal } = this.#checks
    // One listener for each open file.
    setMaxListeners(0, signal)
    this.#checking = setTimeout(() => {
      for (const file of this.#files.values()) {
        if (!file.source.imports.any) continue
        const backend = this.#backendFor(file)
        if (!backend) continue
        diagnosticsOf({ backend, file, signal }).then(
          (found) => this.#files.get(file.uri) === file && this.#client.publish(file, found),
          (error) => !signal.aborted && this.#client.tell(sentenceOf(error)),
        )
      }
    }, 150)
  }
}

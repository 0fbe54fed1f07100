import type { RunTotals } from '../../editor/lens/lens.js'
import { type Settings, settingsFrom } from '../../editor/settings.js'
import { longestText } from '../../editor/source/tokens.js'
import { UsageError } from '../output/exit.js'
import type { Backend } from './backend.js'
import { Backends } from './backends.js'
import { Client, codes, sentenceOf } from './client.js'
import { codeActions, codeLenses, completion, diagnosticsOf, hover, inlayHints } from './features.js'
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
import { OpenText } from './text.js'
import { totalsOf } from './totals.js'

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
  completionProvider: { triggerCharacters: ['.', ':', '(', ',', ' ', "'", '"'] },
}

/** What the server is started with. */
export interface ServerOptions {
  readonly version: string
  /** Whether it also gives TypeScript's own errors, hovers and completions. */
  readonly standalone: boolean
  readonly send: (message: object) => void
  /** Ends the process. */
  readonly exit: (code: number) => void
}

type Handler = (params: unknown) => unknown

/** A language server without its streams. */
export class Server {
  readonly #options: ServerOptions
  readonly #client: Client
  readonly #files = new Map<string, OpenText>()
  readonly #totals = new Map<string, ReadonlyMap<string, RunTotals>>()
  /** Requests that are not answered yet, and those of them that are cancelled. */
  readonly #open = new Set<Id>()
  readonly #cancelled = new Set<Id>()
  /** Files that are to run. */
  readonly #waiting = new Set<string>()
  #isRunning = false
  readonly #backends: Backends
  #settings: Settings = settingsFrom(undefined)
  #root: string | undefined
  #mayRun = false
  #state: 'new' | 'ready' | 'shut' = 'new'
  #checking: ReturnType<typeof setTimeout> | undefined

  constructor(options: ServerOptions) {
    this.#options = options
    this.#client = new Client(options.send)
    this.#backends = new Backends({
      open: () => this.#files.values(),
      root: () => this.#root,
      askClient: (method, params) => this.#client.ask(method, params),
      tell: (sentence) => this.#client.tell(sentence),
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
    'textDocument/inlayHint': (params) => {
      const range = rangeIn(fields(params)['range'])
      return this.#about(params, [], (backend, file) => inlayHints(backend, file, range, this.#settings))
    },
    'textDocument/hover': (params) => {
      const position = positionIn(fields(params)['position'])
      return this.#about(params, null, (backend, file) => hover(backend, file, position, this.#options.standalone))
    },
    'textDocument/completion': (params) => {
      const position = positionIn(fields(params)['position'])
      return this.#about(params, null, (backend, file) => completion(backend, file, position, this.#options.standalone))
    },
    'textDocument/codeAction': (params) => {
      const { range, context } = fields(params)
      const where = rangeIn(range)
      return this.#about(params, [], (backend, file) => codeActions(backend, file, where, context))
    },
    'textDocument/codeLens': (params) =>
      this.#about(params, [], (backend, file) => codeLenses(backend, file, this.#totals.get(file.path) ?? new Map())),
  }

  readonly #notifications: Readonly<Record<string, Handler>> = {
    initialized: () => undefined,
    exit: () => this.#options.exit(this.#state === 'shut' ? 0 : 1),
    '$/cancelRequest': (params) => {
      const { id } = fields(params)
      if (isId(id) && this.#open.has(id)) this.#cancelled.add(id)
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
      this.#settings = settingsFrom(fields(fields(params)['settings'])['stridewise'])
      if (this.#state === 'ready') this.#client.ask('workspace/inlayHint/refresh', undefined)
    },
  }

  #initialize(params: Fields): object {
    if (this.#state !== 'new') throw new ParamsError('The server is initialized already.')
    const { initializationOptions, rootUri, workspaceFolders } = params
    this.#root = pathOf(rootUri) ?? pathOf(fields(list(workspaceFolders)[0])['uri'])
    this.#settings = settingsFrom(initializationOptions)
    this.#mayRun = fields(initializationOptions)['run'] === true
    this.#state = 'ready'
    return { capabilities, serverInfo: { name: 'stridewise', version: this.#options.version } }
  }

  async #requested(id: Id, method: string, params: unknown): Promise<void> {
    this.#open.add(id)
    const handler = Object.hasOwn(this.#requests, method) ? this.#requests[method] : undefined
    try {
      if (!handler) return this.#client.fail(id, codes.method, 'The server does not know this method.')
      if (this.#state !== 'ready' && method !== 'initialize') {
        return this.#client.fail(
          id,
          this.#state === 'new' ? codes.early : codes.request,
          `The server is ${this.#state === 'new' ? 'not initialized' : 'shut down'}.`,
        )
      }
      const result = await handler(params)
      this.#open.delete(id)
      if (this.#cancelled.delete(id)) this.#client.fail(id, codes.cancelled, 'The request was cancelled.')
      else this.#client.answer(id, result)
    } catch (error) {
      this.#client.fail(id, error instanceof ParamsError ? codes.params : codes.internal, sentenceOf(error))
    } finally {
      this.#open.delete(id)
      this.#cancelled.delete(id)
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
  async #about<Result>(params: unknown, nothing: Result, use: (backend: Backend, file: OpenText) => Promise<Result>): Promise<Result> {
    const file = this.#files.get(addressIn(params))
    if (!file?.source.imports.any) return nothing
    const backend = this.#backendFor(file)
    return backend ? use(backend, file) : nothing
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
    const running = this.#backends.running(file)
    if (before) running?.change(file)
    else running?.open(file)
    // Its compiler starts before the first question.
    if (!running && file.source.imports.any) this.#backendFor(file)
    if (!before) this.#run(file)
    if (this.#options.standalone) this.#checkSoon()
  }

  #remove(file: OpenText): void {
    this.#backends.running(file)?.close(file)
    this.#files.delete(file.uri)
    this.#totals.delete(file.path)
    if (this.#options.standalone) this.#client.publish(file, [])
  }

  /** Runs a saved file for its totals, where the client allows it; one after the other, however many are opened and saved. */
  #run(file: OpenText): void {
    if (!this.#mayRun || !file.source.imports.any) return
    this.#waiting.add(file.uri)
    if (!this.#isRunning) void this.#runWaiting()
  }

  async #runWaiting(): Promise<void> {
    this.#isRunning = true
    // Those that are saved meanwhile stand behind.
    for (const uri of this.#waiting) {
      this.#waiting.delete(uri)
      const file = this.#files.get(uri)
      if (!file || this.#state !== 'ready') continue
      const totals = await totalsOf(file.path)
      if (!this.#files.has(uri) || this.#state !== 'ready') continue
      this.#totals.set(file.path, totals)
      this.#client.ask('workspace/codeLens/refresh', undefined)
    }
    this.#isRunning = false
  }

  /** Checks the open files once the user pauses. */
  #checkSoon(): void {
    clearTimeout(this.#checking)
    this.#checking = setTimeout(() => {
      for (const file of this.#files.values()) {
        if (!file.source.imports.any) continue
        const backend = this.#backendFor(file)
        if (!backend) continue
        diagnosticsOf(backend, file).then(
          (found) => this.#files.get(file.uri) === file && this.#client.publish(file, found),
          (error) => this.#client.tell(sentenceOf(error)),
        )
      }
    }, 150)
  }
}

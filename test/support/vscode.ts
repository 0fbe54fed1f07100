/*
 * What the extension uses of VS Code, without a window: documents, the providers that it registers, and a panel that remembers what its
 * page is told. test/editors/vscode/web.test.ts runs a real VS Code.
 */

import { posix } from 'node:path'

export class Position {
  constructor(
    readonly line: number,
    readonly character: number,
  ) {}
  compareTo(other: Position): number {
    return this.line - other.line || this.character - other.character
  }
}

export class Range {
  constructor(
    readonly start: Position,
    readonly end: Position,
  ) {}
  intersection(other: Range): Range | undefined {
    const start = this.start.compareTo(other.start) > 0 ? this.start : other.start
    const end = this.end.compareTo(other.end) < 0 ? this.end : other.end
    return start.compareTo(end) > 0 ? undefined : new Range(start, end)
  }
}

export class Selection extends Range {
  get active(): Position {
    return this.end
  }
}

export class Uri {
  private constructor(
    readonly scheme: string,
    readonly path: string,
  ) {}
  static parse(text: string): Uri {
    const [, scheme = '', path = ''] = /^(\w+):(?:\/\/)?(.*)$/s.exec(text) ?? []
    return new Uri(scheme, path)
  }
  static joinPath({ scheme, path }: Uri, ...parts: string[]): Uri {
    return new Uri(scheme, posix.join(path, ...parts))
  }
  toString(): string {
    return `${this.scheme}://${this.path}`
  }
}

/** A document, whose text can be changed. */
export class TextDocument {
  version = 1
  #text: string
  constructor(
    readonly uri: Uri,
    readonly languageId: string,
    text: string,
  ) {
    this.#text = text
  }
  getText(): string {
    return this.#text
  }
  positionAt(index: number): Position {
    const lines = this.#text.slice(0, index).split('\n')
    return new Position(lines.length - 1, lines.at(-1)?.length ?? 0)
  }
  offsetAt({ line, character }: Position): number {
    const before = this.#text.split('\n').slice(0, line)
    return before.reduce((sum, { length }) => sum + length + 1, 0) + character
  }
  change(text: string): void {
    this.#text = text
    this.version += 1
    fake.events.changed.fire({ document: this })
  }
}

export class EventEmitter<Value> {
  readonly #listeners = new Set<(value: Value) => void>()
  readonly event = (listener: (value: Value) => void): { dispose: () => void } => {
    this.#listeners.add(listener)
    return { dispose: () => void this.#listeners.delete(listener) }
  }
  fire(value: Value): void {
    for (const listener of this.#listeners) listener(value)
  }
}

export class InlayHint {
  paddingLeft?: boolean
  tooltip?: string
  constructor(
    readonly position: Position,
    readonly label: string,
    readonly kind: number,
  ) {}
}

export class CodeAction {
  isPreferred?: boolean
  diagnostics?: readonly unknown[]
  edit?: WorkspaceEdit
  constructor(
    readonly title: string,
    readonly kind: string,
  ) {}
}

export class WorkspaceEdit {
  readonly edits: { readonly range: Range; readonly text: string }[] = []
  replace(_: Uri, range: Range, text: string): void {
    this.edits.push({ range, text })
  }
}

export class CompletionItem {
  constructor(
    readonly label: { readonly label: string; readonly description: string },
    readonly kind: number,
  ) {}
}

export class MarkdownString {
  constructor(readonly value: string) {}
}

export class Hover {
  readonly contents: readonly MarkdownString[]
  constructor(
    contents: MarkdownString,
    readonly range?: Range,
  ) {
    this.contents = [contents]
  }
}

export class CodeLens {
  constructor(
    readonly range: Range,
    readonly command: { readonly title: string; readonly command: string; readonly arguments: readonly unknown[] },
  ) {}
}

export const InlayHintKind = { Type: 1 }
export const CodeActionKind = { QuickFix: 'quickfix' }
export const CompletionItemKind = { Value: 11, Reference: 17 }
export const DiagnosticSeverity = { Error: 0, Warning: 1 }
export const ViewColumn = { Beside: -2 }
export const TextEditorRevealType = { InCenterIfOutsideViewport: 2 }

interface FakePanel {
  title: string
  webview: { html: string; postMessage: (message: unknown) => Promise<boolean>; onDidReceiveMessage: EventEmitter<unknown>['event'] }
  options: unknown
  reveal: () => void
  onDidDispose: EventEmitter<void>['event']
  dispose: () => void
}

/** What a test sets and reads. */
export const fake = {
  /** The code of TypeScript's hover at an index of a document. */
  hover: async (_: TextDocument, _index: number): Promise<string | undefined> => undefined,
  /** Hovers of another TypeScript, which come first. */
  hoverBefore: undefined as string | undefined,
  diagnostics: (_: TextDocument): readonly unknown[] => [],
  settings: new Map<string, unknown>(),
  files: new Map<string, Uint8Array>(),
  documents: [] as TextDocument[],
  editors: [] as { document: TextDocument; selection: Selection; viewColumn: number; revealRange: (range: Range) => void }[],
  providers: {} as Record<string, unknown>,
  commands: new Map<string, (...args: unknown[]) => unknown>(),
  contexts: new Map<string, unknown>(),
  errors: [] as string[],
  external: [] as string[],
  /** What the page is told. */
  told: [] as unknown[],
  panel: undefined as FakePanel | undefined,
  panelOptions: undefined as unknown,
  fromPage: new EventEmitter<unknown>(),
  selected: undefined as Range | undefined,
  events: {
    changed: new EventEmitter<unknown>(),
    editor: new EventEmitter<unknown>(),
    selection: new EventEmitter<unknown>(),
    configuration: new EventEmitter<unknown>(),
    diagnostics: new EventEmitter<unknown>(),
    file: new EventEmitter<unknown>(),
  },
}

const provider =
  (name: string) =>
  (_: unknown, given: unknown): { dispose: () => void } => {
    fake.providers[name] = given
    return { dispose: () => {} }
  }

export const languages = {
  registerInlayHintsProvider: provider('hints'),
  registerCodeLensProvider: provider('lenses'),
  registerHoverProvider: provider('hovers'),
  registerCompletionItemProvider: provider('completions'),
  registerCodeActionsProvider: provider('fixes'),
  getDiagnostics: (uri: Uri) => {
    const document = fake.documents.find((each) => `${each.uri}` === `${uri}`)
    return document ? fake.diagnostics(document) : []
  },
  onDidChangeDiagnostics: fake.events.diagnostics.event,
}

/** As VS Code: the hovers of all providers, this extension's too. */
const hoversAt = async (uri: Uri, position: Position): Promise<readonly Hover[]> => {
  const document = fake.documents.find((each) => `${each.uri}` === `${uri}`) as TextDocument
  const code = await fake.hover(document, document.offsetAt(position))
  const own = (await (fake.providers['hovers'] as { provideHover: (...args: unknown[]) => Promise<Hover | undefined> }).provideHover(
    document,
    position,
    undefined,
  )) as Hover | undefined
  const codes = [fake.hoverBefore, code].flatMap((each) => each ?? [])
  return [...(own ? [own] : []), ...codes.map((each) => new Hover(new MarkdownString(`\n\`\`\`typescript\n${each}\n\`\`\`\n`)))]
}

export const commands = {
  registerCommand: (name: string, run: (...args: unknown[]) => unknown) => {
    fake.commands.set(name, run)
    return { dispose: () => {} }
  },
  executeCommand: async (name: string, ...args: unknown[]): Promise<unknown> => {
    if (name === 'vscode.executeHoverProvider') return hoversAt(args[0] as Uri, args[1] as Position)
    if (name === 'setContext') fake.contexts.set(args[0] as string, args[1])
    return undefined
  },
}

export const window = {
  get activeTextEditor() {
    return fake.editors[0]
  },
  get visibleTextEditors() {
    return fake.editors
  },
  onDidChangeActiveTextEditor: fake.events.editor.event,
  onDidChangeTextEditorSelection: fake.events.selection.event,
  createWebviewPanel: (_: string, title: string, __: unknown, options: unknown): FakePanel => {
    const ended = new EventEmitter<void>()
    fake.panelOptions = options
    fake.panel = {
      title,
      options,
      webview: {
        html: '',
        postMessage: async (message) => {
          fake.told.push(message)
          return true
        },
        onDidReceiveMessage: fake.fromPage.event,
      },
      reveal: () => {},
      onDidDispose: ended.event,
      dispose: () => ended.fire(),
    }
    return fake.panel
  },
  showTextDocument: async (document: TextDocument, { selection }: { selection?: Range } = {}) => {
    fake.selected = selection
    const editor = { document, selection: new Selection(new Position(0, 0), new Position(0, 0)), viewColumn: 1, revealRange: () => {} }
    if (!fake.editors.some((each) => each.document === document)) fake.editors.unshift(editor)
    return editor
  },
  showOpenDialog: async () => undefined,
  showErrorMessage: async (message: string) => void fake.errors.push(message),
}

export const workspace = {
  get textDocuments() {
    return fake.documents
  },
  getConfiguration: (section: string) => ({ get: (name: string) => fake.settings.get(`${section}.${name}`) }),
  onDidChangeTextDocument: fake.events.changed.event,
  onDidChangeConfiguration: fake.events.configuration.event,
  getWorkspaceFolder: () => ({ uri: Uri.parse('file:///') }),
  createFileSystemWatcher: () => {
    const { event } = fake.events.file
    return { onDidChange: event, onDidCreate: event, onDidDelete: event, dispose: () => {} }
  },
  openTextDocument: async ({ language, content }: { language: string; content: string }) => {
    const document = new TextDocument(Uri.parse(`untitled:Untitled-${fake.documents.length}`), language, content)
    fake.documents.push(document)
    return document
  },
  fs: {
    stat: async (uri: Uri) => ({ size: (fake.files.get(uri.path) as Uint8Array).length }),
    readFile: async (uri: Uri) => fake.files.get(uri.path),
  },
}

export const env = { openExternal: async (uri: Uri) => void fake.external.push(`${uri}`) }

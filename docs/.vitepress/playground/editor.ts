// The feature called suggest is inline suggestions only; this is the list that opens after a point.
import 'monaco-editor/editor/contrib/suggest/browser/suggestController'
import 'monaco-editor/features/bracketMatching/register'
import 'monaco-editor/features/caretOperations/register'
import 'monaco-editor/features/clipboard/register'
import 'monaco-editor/features/comment/register'
import 'monaco-editor/features/contextmenu/register'
import 'monaco-editor/features/find/register'
import 'monaco-editor/features/gotoError/register'
import 'monaco-editor/features/hover/register'
import 'monaco-editor/features/linesOperations/register'
import 'monaco-editor/features/parameterHints/register'
import 'monaco-editor/features/snippet/register'
import 'monaco-editor/features/toggleTabFocusMode/register'
import 'monaco-editor/languages/definitions/typescript/register'
import { editor, Uri } from 'monaco-editor/editor'
import EditorWorker from 'monaco-editor/editor/editor.worker?worker'
import * as typescript from 'monaco-editor/languages/features/typescript/register'
import TypeScriptWorker from 'monaco-editor/languages/features/typescript/ts.worker?worker'
import { showShapes } from './shapes.js'

/* The playground's editor: the library's own declarations and the TypeScript compiler, in the page. */

/** Every declaration file of the package, as text by its path. */
const declarations = import.meta.glob<string>(['../../../dist/**/*.d.{ts,cts}', '!../../../dist/{cli,drawing,formats/tfjs}/**'], {
  query: '?raw',
  import: 'default',
  eager: true,
})

self.MonacoEnvironment = {
  getWorker: (_, label) => (label === 'typescript' ? new TypeScriptWorker() : new EditorWorker()),
}

const { typescriptDefaults } = typescript

typescriptDefaults.setCompilerOptions({
  target: typescript.ScriptTarget.ESNext,
  // What is run has to be a script: its imports become calls.
  module: typescript.ModuleKind.CommonJS,
  moduleResolution: typescript.ModuleResolutionKind.NodeJs,
  lib: ['lib.es2022.d.ts'],
  strict: true,
  noErrorTruncation: true,
  baseUrl: 'file:///',
  paths: {
    stridewise: ['stridewise/index.d.ts'],
    'stridewise/*': ['stridewise/*/index.d.ts', 'stridewise/formats/*/index.d.ts'],
  },
})
typescriptDefaults.setEagerModelSync(true)
typescriptDefaults.addExtraLib('declare const console: { log(...values: unknown[]): void }', 'file:///console.d.ts')
for (const [path, text] of Object.entries(declarations)) {
  typescriptDefaults.addExtraLib(text, `file:///stridewise/${path.split('/dist/')[1]}`)
}

// Comments and hints have more contrast than in the editor's own themes: 4.5 is what text needs.
editor.defineTheme('dark', {
  base: 'vs-dark',
  inherit: true,
  rules: [{ token: 'comment', foreground: '7fb069' }],
  colors: { 'editorInlayHint.foreground': '#a9b1bb' },
})
editor.defineTheme('light', { base: 'vs', inherit: true, rules: [], colors: { 'editorInlayHint.foreground': '#5b6570' } })
const theme = (dark: boolean): string => (dark ? 'dark' : 'light')

const uri = Uri.parse('file:///network.ts')

/** Milliseconds that a check may take: some types take forever. */
const longestCheck = 60_000

const checking = { noSyntaxValidation: false, noSemanticValidation: false, noSuggestionDiagnostics: false } as const
const notChecking = { noSyntaxValidation: true, noSemanticValidation: true, noSuggestionDiagnostics: true } as const

let isStopped = false

/** Ends the compiler's worker and all that waits for it. Another one begins with the next text. */
const stopCompiler = (): void => {
  isStopped = true
  // The editor ends the worker when its settings change, and asks a new one for nothing.
  typescriptDefaults.setDiagnosticsOptions(notChecking)
}

const startCompiler = (): void => {
  if (!isStopped) return
  isStopped = false
  typescriptDefaults.setDiagnosticsOptions(checking)
}

/** What a promise gives; the compiler is stopped when that takes too long. */
const inTime = async <Value>(promise: Promise<Value>): Promise<Value> => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      stopCompiler()
      reject(new LateError())
    }, longestCheck)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

class LateError extends Error {}

const sentenceOfFailure = (error: unknown): string =>
  error instanceof LateError
    ? `The compiler did not finish in ${longestCheck / 1000} seconds and was stopped. Change the code to check it again.`
    : 'The compiler cannot check this code. It is too long, or nested too deeply.'

/** A mistake in the code. */
export interface Complaint {
  readonly line: number
  readonly column: number
  readonly text: string
}

/** An editor in a page. */
export interface PlaygroundEditor {
  readonly text: () => string
  readonly write: (text: string) => void
  readonly dark: (dark: boolean) => void
  readonly goTo: (complaint: Complaint) => void
  /** Ends it. Its text lives on for the next editor, whose changes are no longer told here. */
  readonly close: () => void
  /** Fulfilled once the compiler runs. */
  readonly started: Promise<void>
  /** The compiler's errors in the code, and the code as a script. */
  readonly compile: () => Promise<{ complaints: Complaint[]; script: string }>
}

/** Opens an editor in an element; `changed` is called some time after a change. */
export const openEditor = (element: HTMLElement, text: string, dark: boolean, changed: () => void): PlaygroundEditor => {
  const model = editor.getModel(uri) ?? editor.createModel(text, 'typescript', uri)
  model.setValue(text)
  const view = editor.create(element, {
    model,
    theme: theme(dark),
    automaticLayout: true,
    minimap: { enabled: false },
    lineNumbersMinChars: 3,
    folding: false,
    wordWrap: 'on',
    wrappingIndent: 'indent',
    overviewRulerLanes: 0,
    renderFinalNewline: 'on',
    quickSuggestions: { other: true, strings: true, comments: false },
    scrollBeyondLastLine: false,
    fontSize: 13,
    fixedOverflowWidgets: true,
    inlayHints: { enabled: 'on', fontSize: 12 },
    lightbulb: { enabled: editor.ShowLightbulbIconMode.On },
    ariaLabel: 'An architecture in TypeScript. Control and M switches whether Tab leaves the editor.',
  })
  showShapesOnce()
  let waiting: ReturnType<typeof setTimeout> | undefined
  const listener = model.onDidChangeContent(() => {
    clearTimeout(waiting)
    waiting = setTimeout(changed, 250)
  })
  return {
    started: registered().then(() => undefined),
    text: () => model.getValue(),
    write: (value) => model.setValue(value),
    dark: (isDark) => editor.setTheme(theme(isDark)),
    goTo: ({ line, column }) => {
      view.setPosition({ lineNumber: line, column })
      view.revealLineInCenter(line)
      view.focus()
    },
    close: () => {
      clearTimeout(waiting)
      listener.dispose()
      view.dispose()
    },
    compile: async () => {
      startCompiler()
      const worker = await (await registered())(uri)
      const answers = Promise.all([
        worker.getSyntacticDiagnostics(`${uri}`),
        worker.getSemanticDiagnostics(`${uri}`),
        worker.getEmitOutput(`${uri}`),
      ])
      const checked = await inTime(answers).catch(sentenceOfFailure)
      if (typeof checked === 'string') return { complaints: [{ line: 1, column: 1, text: checked }], script: '' }
      const [syntactic, semantic, emitted] = checked
      const complaints = [...syntactic, ...semantic].map(({ start = 0, messageText }) => {
        const { lineNumber, column } = model.getPositionAt(start)
        return { line: lineNumber, column, text: sentenceOf(flat(messageText)) }
      })
      return { complaints, script: emitted.outputFiles[0]?.text ?? '' }
    },
  }
}

/** The compiler's worker. It is registered some time after the first model of its language, and until then asking for it fails. */
const registered = async (patience = 12_000): ReturnType<typeof typescript.getTypeScriptWorker> => {
  try {
    return await typescript.getTypeScriptWorker()
  } catch (error) {
    if (patience === 0) throw error
    await new Promise((resolve) => setTimeout(resolve, 50))
    return registered(patience - 1)
  }
}

let isShowing = false

/** Adds shapes and quick fixes, once for all editors of the page. */
const showShapesOnce = (): void => {
  if (isShowing) return
  isShowing = true
  showShapes(async (index) => {
    if (isStopped) return undefined
    const worker = await (await registered())(uri)
    const info: { readonly displayParts?: readonly { readonly text: string }[] } | undefined = await worker.getQuickInfoAtPosition(
      `${uri}`,
      index,
    )
    return info?.displayParts?.map(({ text }) => text).join('')
  })
}

type MessageText = string | { readonly messageText: string; readonly next?: readonly MessageText[] | undefined }

/** A message with those that explain it: the last of them says most. */
const flat = (message: MessageText): string =>
  typeof message === 'string' ? message : [message.messageText, ...(message.next ?? []).map(flat)].join('\n')

/** The library's own sentence, where a message has one: what the compiler puts around it is in the hover. */
const sentenceOf = (text: string): string => /type '"(.+)"'\.$/.exec(text)?.[1] ?? text

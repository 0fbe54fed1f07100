import * as vscode from 'vscode'
import { label } from '../../../../src/drawing/volumes/label.js'
import type { FoundNetwork } from '../../../../src/editor/evaluate/evaluate.js'
import { rangeOf, sourceIn } from '../documents.js'
import { networksIn } from '../networks.js'
import { isOn } from '../settings.js'
import { contentOf, fromPage, pageWith, type ToPage } from './page.js'
import { codeOfLayer, layersAt } from './place.js'

/*
 * The panel beside the editor: the network under the cursor as a picture and a table.
 */

/** What the panel shows. */
interface Shown {
  readonly document: vscode.TextDocument
  readonly name: string
  readonly network: FoundNetwork | undefined
}

/** Milliseconds without typing after which the picture is drawn anew. */
const pause = 150

/** The panel; there is one. */
export class Panel {
  #panel: vscode.WebviewPanel | undefined
  #isReady = false
  #shown: Shown | undefined
  /** What the page has been told last, as HTML. */
  #content: string | undefined
  #waiting: ReturnType<typeof setTimeout> | undefined

  /** Shows a network of the active editor: one by its name, or the one under the cursor. */
  show(address?: string, name?: string): void {
    if (!this.#panel) this.#open()
    this.#panel?.reveal(undefined, true)
    const open = vscode.window.visibleTextEditors.find(({ document }) => `${document.uri}` === address)
    const editor = open ?? vscode.window.activeTextEditor
    if (!editor) return
    const { document, selection } = editor
    const wanted = name ?? underCursor(networksIn(document), document.offsetAt(selection.active), undefined)
    if (wanted !== undefined) this.#shown = { document, name: wanted, network: undefined }
    this.#update(editor, wanted)
  }

  /** The text has changed, or the cursor is elsewhere. */
  moved(editor: vscode.TextEditor | undefined): void {
    if (!this.#panel || !editor || !sourceIn(editor.document)) return
    clearTimeout(this.#waiting)
    this.#waiting = setTimeout(() => this.#update(editor), pause)
  }

  dispose(): void {
    clearTimeout(this.#waiting)
    this.#panel?.dispose()
  }

  #open(): void {
    const panel = vscode.window.createWebviewPanel(
      'stridewise.network',
      'Network',
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      {
        enableScripts: true,
        localResourceRoots: [],
        retainContextWhenHidden: true,
      },
    )
    this.#panel = panel
    this.#isReady = false
    this.#content = undefined
    panel.webview.onDidReceiveMessage((message: unknown) => this.#received(message))
    panel.onDidDispose(() => {
      this.#panel = undefined
      this.#shown = undefined
      clearTimeout(this.#waiting)
    })
    panel.webview.html = pageWith(nonce())
  }

  #tell(message: ToPage): void {
    if (this.#isReady) void this.#panel?.webview.postMessage(message)
  }

  #received(message: unknown): void {
    const told = fromPage(message)
    if (told?.kind === 'ready') {
      this.#isReady = true
      this.#content = undefined
      const editor = this.#editorOf(this.#shown?.document) ?? vscode.window.activeTextEditor
      if (editor) this.#update(editor, this.#shown?.name)
    } else if (told?.kind === 'layer') void this.#select(told.name)
  }

  #editorOf(document: vscode.TextDocument | undefined): vscode.TextEditor | undefined {
    return vscode.window.visibleTextEditors.find((editor) => editor.document === document)
  }

  /** Draws the network under the cursor, or the one of a name. */
  #update(editor: vscode.TextEditor, name?: string): void {
    const { document, selection } = editor
    const isOther = this.#shown !== undefined && this.#shown.document !== document
    const follows = isOn('panel.followsCursor', document)
    if (isOther && !follows && name === undefined) return
    const found = networksIn(document)
    const position = document.offsetAt(selection.active)
    const kept = isOther ? undefined : this.#shown?.name
    const wanted = name ?? (follows ? underCursor(found, position, kept) : kept)
    const own = found.find((each) => each.name === wanted)
    if (!own) {
      this.#shown = undefined
      this.#content = undefined
      this.#tell({ kind: 'nothing', sentence: 'There is no network at the cursor.' })
      return
    }
    const before = kept === own.name ? this.#shown?.network : undefined
    if (this.#panel) this.#panel.title = own.name
    if ('network' in own) {
      this.#shown = { document, name: own.name, network: own }
      const content = contentOf(own.name, own.network)
      // The same network stays as it is, with what its reader has scrolled and opened.
      if (content !== this.#content) this.#tell({ kind: 'network', name: own.name, content })
      this.#content = this.#isReady ? content : undefined
      this.#tell({ kind: 'here', layers: layersAt(own, position) })
      return
    }
    this.#shown = { document, name: own.name, network: before }
    if (!('message' in own)) {
      this.#content = undefined
      this.#tell({ kind: 'nothing', sentence: `${own.name} is not drawn: ${own.reason}. For its report, run: npx stridewise report FILE` })
      return
    }
    // As many layers as fit stand before the one that does not.
    const fitting = own.before?.network.graph.nodes.length
    const faulty = fitting === undefined ? undefined : before?.network.graph.nodes[fitting]
    if (!before && own.before) this.#tell({ kind: 'network', name: own.name, content: contentOf(own.name, own.before.network) })
    this.#content = undefined
    this.#tell({ kind: 'mistake', sentence: own.message, layer: faulty && label(faulty.name) })
  }

  /** Selects the code of a layer. */
  async #select(name: string): Promise<void> {
    const { document, network } = this.#shown ?? {}
    const own = document && networksIn(document).find((each) => each.name === network?.name)
    // The text has changed since the picture was drawn.
    if (!document || !network || !own || own !== network) return
    const code = codeOfLayer(network, name)
    if (!code) return
    const range = rangeOf(document, code)
    const viewColumn = this.#editorOf(document)?.viewColumn
    const editor = await vscode.window.showTextDocument(document, {
      ...(viewColumn ? { viewColumn } : {}),
      preserveFocus: false,
      selection: range,
    })
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport)
  }
}

/** The name of the constant under the cursor; else the one that is shown, or the last before the cursor. */
const underCursor = (
  found: readonly { readonly name: string; readonly start: number; readonly end: number }[],
  position: number,
  shown: string | undefined,
): string | undefined => {
  const here = found.find(({ start, end }) => start <= position && position <= end)
  const kept = found.find(({ name }) => name === shown)
  return (here ?? kept ?? found.filter(({ end }) => end <= position).at(-1) ?? found[0])?.name
}

const nonce = (): string => Array.from(crypto.getRandomValues(new Uint8Array(18)), (byte) => byte.toString(36).padStart(2, '0')).join('')

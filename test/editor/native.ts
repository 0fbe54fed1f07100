import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { inLimits, nativeProgram } from '../../scripts/compilers.mjs'
import { lineAt } from './classic.js'
import type { Compiler, Editor } from './editor.js'
import { LanguageServer } from './language-server.js'
import type { Workspace } from './workspace.js'

/** The language server of the native compiler, in a separate process. */
export const native = (version: string, module: string): Compiler => ({
  version,
  open: async (workspace) => nativeEditor(module, workspace),
})

interface Position {
  readonly line: number
  readonly character: number
}

interface Range {
  readonly start: Position
  readonly end: Position
}

type Text = string | { readonly value: string }

const plain = (text: Text | undefined): string => (typeof text === 'string' ? text : (text?.value ?? ''))

const formats = ['markdown', 'plaintext']

const capabilities = {
  general: { positionEncodings: ['utf-16'] },
  textDocument: {
    hover: { contentFormat: formats },
    completion: { completionItem: { documentationFormat: formats, resolveSupport: { properties: ['documentation'] } } },
    signatureHelp: { signatureInformation: { documentationFormat: formats, parameterInformation: { labelOffsetSupport: true } } },
    diagnostic: {},
    inlayHint: {},
    definition: {},
  },
}

const nativeEditor = async (module: string, { folder, files }: Workspace): Promise<Editor> => {
  const [program, args] = inLimits(nativeProgram(module), ['--lsp', '--stdio'])
  const server = new LanguageServer(program, args, folder)
  await server.ask('initialize', { processId: process.pid, rootUri: pathToFileURL(folder).href, capabilities })
  server.tell('initialized', {})
  const inlayHints = { variableTypes: { enabled: true } }
  server.tell('workspace/didChangeConfiguration', { settings: { typescript: { inlayHints }, javascript: { inlayHints } } })
  const uriOf = (file: string) => pathToFileURL(join(folder, file)).href
  for (const [file, text] of files) {
    const languageId = file.endsWith('.js') ? 'javascript' : 'typescript'
    server.tell('textDocument/didOpen', { textDocument: { uri: uriOf(file), languageId, version: 1, text } })
  }
  const textOf = (file: string): string => files.get(file) as string
  const at = (file: string, position: number) => ({ textDocument: { uri: uriOf(file) }, position: placeOf(textOf(file), position) })

  return {
    async hover(file, position) {
      const found = await server.ask<{ contents: Text } | null>('textDocument/hover', at(file, position))
      if (!found) return undefined
      const [, code = '', documentation = ''] = /^```\w+\n(.*?)\n```\n*(.*)$/s.exec(plain(found.contents)) ?? []
      return { code, documentation }
    },

    async diagnostics(file) {
      type Item = { range: Range; code: number; severity: number; message: string }
      const { items } = await server.ask<{ items: Item[] }>('textDocument/diagnostic', { textDocument: { uri: uriOf(file) } })
      return items
        .filter(({ severity }) => severity === 1)
        .map(({ range, code, message }) => {
          const start = offsetOf(textOf(file), range.start)
          return { code, text: message, start, underlined: textOf(file).slice(start, offsetOf(textOf(file), range.end)) }
        })
        .sort((a, b) => a.start - b.start)
    },

    async completions(file, position) {
      type Item = { label: string; detail?: string; documentation?: Text }
      const found = await server.ask<{ items: Item[] } | Item[] | null>('textDocument/completion', at(file, position))
      const items = Array.isArray(found) ? found : (found?.items ?? [])
      const resolved = items.length > 40 ? items : await Promise.all(items.map((item) => server.ask<Item>('completionItem/resolve', item)))
      return resolved.map(({ label, detail = '', documentation }) => ({
        name: label.replace(/\?$/, ''),
        documentation: plain(documentation),
        code: detail,
      }))
    },

    async signature(file, position) {
      type Information = { label: string; documentation?: Text; parameters?: { label: string | [number, number]; documentation?: Text }[] }
      type Help = { signatures: Information[]; activeSignature?: number }
      const help = await server.ask<Help | null>('textDocument/signatureHelp', at(file, position))
      const found = help?.signatures[help.activeSignature ?? 0]
      if (!found) return undefined
      const parameters = (found.parameters ?? []).map(({ label, documentation }) => ({
        code: typeof label === 'string' ? label : found.label.slice(...label),
        documentation: plain(documentation),
      }))
      return { code: found.label, documentation: plain(found.documentation), parameters }
    },

    async inlayHints(file) {
      type Hint = { position: Position; label: string | { value: string }[] }
      const range = { start: placeOf(textOf(file), 0), end: placeOf(textOf(file), textOf(file).length) }
      const hints = await server.ask<Hint[] | null>('textDocument/inlayHint', { textDocument: { uri: uriOf(file) }, range })
      return (hints ?? []).map(({ position, label }) => ({
        position: offsetOf(textOf(file), position),
        text: typeof label === 'string' ? label : label.map(({ value }) => value).join(''),
      }))
    },

    async definition(file, position) {
      type Location = { uri: string; range: Range }
      const found = await server.ask<Location | Location[] | null>('textDocument/definition', at(file, position))
      const locations = Array.isArray(found) ? found : found ? [found] : []
      return locations.map(({ uri, range }) => {
        const path = fileURLToPath(uri)
        return lineAt(folder, path, offsetOf(readFileSync(path, 'utf8'), range.start))
      })
    },

    close: () => server.close(),
  }
}

const placeOf = (text: string, position: number): Position => {
  const before = text.slice(0, position)
  return { line: before.split('\n').length - 1, character: position - (before.lastIndexOf('\n') + 1) }
}

const offsetOf = (text: string, { line, character }: Position): number => {
  const before = text.split('\n').slice(0, line)
  return before.reduce((sum, each) => sum + each.length + 1, 0) + character
}

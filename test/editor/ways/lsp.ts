import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '../../support/compiler.js'
import { LanguageServer } from '../language-server.js'
import type { Workspace } from '../workspace.js'
import { indexOf, placeOf, type Way } from './way.js'

/** The built `stridewise lsp`, for a user's folder that has one of the compilers. */

interface Position {
  readonly line: number
  readonly character: number
}

interface Range {
  readonly start: Position
  readonly end: Position
}

/** Starts the language server in a workspace. */
export const startServer = async (
  module: string,
  { folder }: Workspace,
  initializationOptions: object = {},
  args: readonly string[] = [],
): Promise<LanguageServer> => {
  symlinkSync(join(root, 'node_modules', module), join(folder, 'node_modules/typescript'), 'dir')
  const server = new LanguageServer(process.execPath, [join(root, 'dist/cli/stridewise.js'), 'lsp', ...args], folder)
  await server.ask('initialize', { processId: process.pid, rootUri: pathToFileURL(folder).href, capabilities: {}, initializationOptions })
  server.tell('initialized', {})
  return server
}

export const throughServer = async (module: string, workspace: Workspace): Promise<Way> => {
  const { folder, files } = workspace
  const server = await startServer(module, workspace, {}, ['--standalone'])
  const textOf = (file: string): string => files.get(file) as string
  const uriOf = (file: string): string => pathToFileURL(join(folder, file)).href
  const indexIn = (file: string, { line, character }: Position): number => indexOf(textOf(file), line, character)
  for (const [file, text] of files) {
    server.tell('textDocument/didOpen', { textDocument: { uri: uriOf(file), languageId: 'typescript', version: 1, text } })
  }
  const at = (file: string, position: number) => ({ textDocument: { uri: uriOf(file) }, position: placeOf(textOf(file), position) })

  return {
    async hints(file) {
      const range = { start: placeOf(textOf(file), 0), end: placeOf(textOf(file), textOf(file).length) }
      type Hint = { position: Position; label: string }
      const found = await server.ask<Hint[]>('textDocument/inlayHint', { textDocument: { uri: uriOf(file) }, range })
      return found.map(({ position, label }) => ({ position: indexIn(file, position), label }))
    },

    async fixes(file) {
      type Published = { uri: string; diagnostics: { range: Range; message: string }[] }
      const { diagnostics } = (await server.told(
        'textDocument/publishDiagnostics',
        (params) => (params as Published).uri === uriOf(file),
      )) as Published
      const all = await Promise.all(
        diagnostics.map(async (diagnostic) => {
          type Action = { title: string; diagnostics?: unknown[]; edit: { changes: Record<string, { range: Range; newText: string }[]> } }
          const context = { diagnostics: [diagnostic] }
          const actions = await server.ask<Action[]>('textDocument/codeAction', {
            textDocument: { uri: uriOf(file) },
            range: diagnostic.range,
            context,
          })
          const fixes = actions
            .filter((action) => action.diagnostics)
            .map(({ title, edit }) => ({
              title,
              edits: (edit.changes[uriOf(file)] ?? []).map(({ range, newText }) => ({
                start: indexIn(file, range.start),
                end: indexIn(file, range.end),
                text: newText,
              })),
            }))
          return { start: indexIn(file, diagnostic.range.start), fixes }
        }),
      )
      return all.sort((a, b) => a.start - b.start)
    },

    async completions(file, position) {
      type Item = { label: string; sortText?: string; labelDetails?: { description?: string } }
      const { items } = await server.ask<{ items: Item[] }>('textDocument/completion', at(file, position))
      const sorted = [...items].sort((a, b) =>
        (a.sortText ?? '') < (b.sortText ?? '') ? -1 : (a.sortText ?? '') > (b.sortText ?? '') ? 1 : 0,
      )
      return {
        own: sorted.flatMap(({ label, labelDetails }) => (labelDetails?.description ? [`${label}: ${labelDetails.description}`] : [])),
        last: sorted
          .filter(({ sortText = '' }) => sortText.startsWith('~'))
          .map(({ label }) => label)
          .sort(),
      }
    },

    async hover(file, position) {
      const found = await server.ask<{ contents: { value: string } } | null>('textDocument/hover', at(file, position))
      const lines = (found?.contents.value ?? '').split('\n').filter((line) => /^[\w ]+: `/.test(line))
      return lines.map((line) => line.trimEnd()).join('\n')
    },

    close: () => server.close(),
  }
}

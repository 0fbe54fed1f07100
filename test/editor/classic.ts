import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, relative } from 'node:path'
import type ts from 'typescript'
import type { Compiler, Editor } from './editor.js'
import type { Workspace } from './workspace.js'

/** The language service of the JavaScript compilers, in this process. */
export const classic = (version: string, module: string): Compiler => ({
  version,
  open: async (workspace) => classicEditor(createRequire(import.meta.url)(module), workspace),
})

/** The parsed files of each compiler: its own files and the package's do not change. */
const registries = new Map<typeof ts, ts.DocumentRegistry>()

const registryOf = (compiler: typeof ts): ts.DocumentRegistry => {
  const registry = registries.get(compiler) ?? compiler.createDocumentRegistry(compiler.sys.useCaseSensitiveFileNames)
  registries.set(compiler, registry)
  return registry
}

const classicEditor = (compiler: typeof ts, { folder, files }: Workspace): Editor => {
  const { config } = compiler.readConfigFile(join(folder, 'tsconfig.json'), compiler.sys.readFile)
  const { options, fileNames } = compiler.parseJsonConfigFileContent(config, compiler.sys, folder)
  const host: ts.LanguageServiceHost = {
    ...compiler.sys,
    useCaseSensitiveFileNames: () => compiler.sys.useCaseSensitiveFileNames,
    getScriptFileNames: () => fileNames,
    getScriptVersion: () => '1',
    getScriptSnapshot: (path) => {
      const text = compiler.sys.readFile(path)
      return text === undefined ? undefined : compiler.ScriptSnapshot.fromString(text)
    },
    getCurrentDirectory: () => folder,
    getCompilationSettings: () => options,
    getDefaultLibFileName: compiler.getDefaultLibFilePath,
  }
  const service = compiler.createLanguageService(host, registryOf(compiler))
  const textOf = (file: string): string => files.get(file) as string
  const shown = (parts: ts.SymbolDisplayPart[] | undefined): string => compiler.displayPartsToString(parts)

  return {
    async hover(file, position) {
      const info = service.getQuickInfoAtPosition(join(folder, file), position)
      if (!info) return undefined
      return { code: shown(info.displayParts), documentation: [shown(info.documentation), ...(info.tags ?? []).map(tagText)].join('\n\n') }
    },

    async diagnostics(file) {
      const path = join(folder, file)
      return [...service.getSyntacticDiagnostics(path), ...service.getSemanticDiagnostics(path)]
        .map(({ code, messageText, start = 0, length = 0 }) => ({
          code,
          text: compiler.flattenDiagnosticMessageText(messageText, '\n'),
          start,
          underlined: textOf(file).slice(start, start + length),
        }))
        .sort((a, b) => a.start - b.start)
    },

    async completions(file, position) {
      const path = join(folder, file)
      const { entries = [] } = service.getCompletionsAtPosition(path, position, {}) ?? {}
      return entries.map(({ name }) => ({
        name,
        get documentation() {
          const details = service.getCompletionEntryDetails(path, position, name, undefined, undefined, undefined, undefined)
          return shown(details?.documentation)
        },
        get code() {
          const details = service.getCompletionEntryDetails(path, position, name, undefined, undefined, undefined, undefined)
          return shown(details?.displayParts)
        },
      }))
    },

    async signature(file, position) {
      const help = service.getSignatureHelpItems(join(folder, file), position, undefined)
      const item = help?.items[help.selectedItemIndex]
      if (!item) return undefined
      const parameters = item.parameters.map(({ displayParts, documentation }) => ({
        code: shown(displayParts),
        documentation: shown(documentation),
      }))
      const code = `${shown(item.prefixDisplayParts)}${parameters.map((each) => each.code).join(', ')}${shown(item.suffixDisplayParts)}`
      return { code, documentation: shown(item.documentation), parameters }
    },

    async inlayHints(file) {
      const span = { start: 0, length: textOf(file).length }
      const hints = service.provideInlayHints(join(folder, file), span, { includeInlayVariableTypeHints: true })
      return hints.map(({ position, text, displayParts }) => ({
        position,
        text: displayParts ? displayParts.map((part) => part.text).join('') : text,
      }))
    },

    async definition(file, position) {
      const found = service.getDefinitionAtPosition(join(folder, file), position) ?? []
      return found.map(({ fileName, textSpan }) => lineAt(folder, fileName, textSpan.start))
    },

    async close() {
      // What is disposed of is taken out of what all share.
    },
  }
}

const tagText = ({ name, text = [] }: ts.JSDocTagInfo): string => `@${name} ${text.map((part) => part.text).join('')}`

/** The line of code in which a position stands. */
export const lineAt = (folder: string, path: string, position: number): { file: string; line: string } => {
  const text = readFileSync(path, 'utf8')
  const begin = text.lastIndexOf('\n', position - 1) + 1
  const end = text.indexOf('\n', position)
  const file = path.includes('/dist/') ? path.slice(path.lastIndexOf('/dist/') + 1) : relative(folder, path)
  return { file, line: text.slice(begin, end < 0 ? text.length : end).trim() }
}

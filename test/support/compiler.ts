import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

/** TypeScript as a user's editor runs it: against the built package, on files that may exist only here. */

/** The package's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

const settings = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  strict: true,
  noErrorTruncation: true,
  types: ['node'],
  noEmit: true,
} satisfies ts.CompilerOptions

/** A compiler error at a place in a file. */
export interface Complaint {
  /** Line, from 0. */
  readonly line: number
  /** `TS2322: Type 'number' is not assignable to ...` */
  readonly text: string
}

/** One file, as the compiler sees it. */
export interface Checked {
  readonly source: ts.SourceFile
  readonly complaints: readonly Complaint[]
  /** What an editor shows for the name at a position. */
  readonly hover: (position: number) => string
}

/** Files that do not change, as they are read: TypeScript's own, the types of Node and the package's. */
const registry = ts.createDocumentRegistry(ts.sys.useCaseSensitiveFileNames, root)

/** An editor's compiler for files, given as texts by their paths in the package's folder; `stridewise` is the built package. */
const serviceFor = (files: ReadonlyMap<string, string>): ts.LanguageService => {
  if (!existsSync(`${root}dist/index.d.ts`)) throw new Error('The package is not built: run `npm run build` first.')
  const texts = new Map([...files].map(([path, text]) => [root + path, text]))
  const read = (path: string) => texts.get(path) ?? (existsSync(path) ? readFileSync(path, 'utf8') : undefined)
  const host: ts.LanguageServiceHost = {
    getScriptFileNames: () => [...texts.keys()],
    // Texts may differ from those that another test had at the same path.
    getScriptVersion: (path) => texts.get(path) ?? '',
    getScriptSnapshot: (path) => {
      const text = read(path)
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
    },
    getCurrentDirectory: () => root,
    getCompilationSettings: () => settings,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (path) => texts.has(path) || ts.sys.fileExists(path),
    readFile: read,
    directoryExists: ts.sys.directoryExists,
    realpath: (path) => ts.sys.realpath?.(path) ?? path,
  }
  return ts.createLanguageService(host, registry)
}

/** Checks files, given as for {@link serviceFor}. */
export const check = (files: ReadonlyMap<string, string>): Map<string, Checked> => {
  const service = serviceFor(files)
  return new Map([...files.keys()].map((path) => [path, look(service, root + path)]))
}

/** How many types the compiler instantiates to complete a text at a position, beyond those of the check before. */
export const costOfCompletions = (text: string, position: number): number => {
  const path = 'completed.ts'
  const service = serviceFor(new Map([[path, text]]))
  const count = () => service.getProgram()?.getInstantiationCount() ?? Number.NaN
  service.getSemanticDiagnostics(root + path)
  const before = count()
  service.getCompletionsAtPosition(root + path, position, {})
  return count() - before
}

const look = (service: ts.LanguageService, path: string): Checked => {
  const source = service.getProgram()?.getSourceFile(path)
  if (!source) throw new Error(`The compiler does not know ${path}.`)
  const diagnostics = [...service.getSyntacticDiagnostics(path), ...service.getSemanticDiagnostics(path)]
  return {
    source,
    complaints: diagnostics.map(({ start = 0, code, messageText }) => ({
      line: source.getLineAndCharacterOfPosition(start).line,
      text: `TS${code}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`.replace(/\s+/g, ' '),
    })),
    hover: (position) => ts.displayPartsToString(service.getQuickInfoAtPosition(path, position)?.displayParts),
  }
}

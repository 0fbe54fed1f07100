import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

/** Compiles source text against this package with the compiler's API, and says what it found. */

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The file that the source is taken for: beside the tests, so that it sees what they see. */
const fileName = `${root}test/evaluated.ts`

/** A mistake that the compiler reports, and where. */
export interface Diagnostic {
  readonly code: number
  /** The message with its details, a line each. */
  readonly text: string
  /** 1 for the first line of the source. */
  readonly line: number
  /** 1 for the first column. */
  readonly column: number
  /** The source that an editor would underline. */
  readonly underlined: string
}

/** What {@link evaluateTypes} found. */
export interface Evaluation {
  /** The type of every alias and constant at the top of the source, as the compiler prints it. */
  readonly types: Readonly<Record<string, string>>
  readonly diagnostics: readonly Diagnostic[]
  readonly instantiations: number
}

const configFile = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile)
const { options: ownOptions } = ts.parseJsonConfigFileContent(configFile.config, ts.sys, root)

/** Where `from 'stridewise'` leads: to the sources, or to the built package. */
const targets = {
  src: { stridewise: ['./src/index.ts'], 'stridewise/report': ['./src/report/index.ts'] },
  dist: { stridewise: ['./dist/index.d.ts'], 'stridewise/report': ['./dist/report.d.ts'] },
}

export type Target = keyof typeof targets

/** Files are parsed once; only the checker begins anew with each source. */
const parsed = new Map<string, ts.SourceFile | undefined>()
const programs = new Map<Target, ts.Program>()

const parse = (name: string, version: ts.ScriptTarget | ts.CreateSourceFileOptions): ts.SourceFile | undefined => {
  if (!parsed.has(name)) {
    const text = ts.sys.readFile(name)
    parsed.set(name, text === undefined ? undefined : ts.createSourceFile(name, text, version))
  }
  return parsed.get(name)
}

const printed = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.InTypeAlias | ts.TypeFormatFlags.UseSingleQuotesForStringLiteralType

/**
 * Type-checks a source that may import `'stridewise'` and `'stridewise/report'`.
 *
 * @example
 * evaluateTypes(`import type { Add } from 'stridewise'; type Sum = Add<1, 2>`).types.Sum // '3'
 */
export const evaluateTypes = (source: string, target: Target = 'src'): Evaluation => {
  if (target === 'dist' && !existsSync(`${root}dist/index.d.ts`)) throw new Error('The package is not built: npm run build')
  const options: ts.CompilerOptions = { ...ownOptions, types: [], paths: targets[target], pathsBasePath: root }
  const host = ts.createCompilerHost(options)
  const { fileExists, readFile } = host
  host.fileExists = (name) => name === fileName || fileExists(name)
  host.readFile = (name) => (name === fileName ? source : readFile(name))
  host.getSourceFile = (name, version) => (name === fileName ? ts.createSourceFile(name, source, version, true) : parse(name, version))

  const program = ts.createProgram([fileName], options, host, programs.get(target))
  programs.set(target, program)
  const file = program.getSourceFile(fileName) as ts.SourceFile
  const diagnostics = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(plain(file))
  const types = typesIn(file, program.getTypeChecker())
  return { types, diagnostics, instantiations: program.getInstantiationCount() }
}

const typesIn = (file: ts.SourceFile, checker: ts.TypeChecker): Record<string, string> => {
  const types: Record<string, string> = {}
  for (const statement of file.statements) {
    if (ts.isTypeAliasDeclaration(statement)) {
      types[statement.name.text] = checker.typeToString(checker.getTypeAtLocation(statement.name), undefined, printed)
    }
    if (!ts.isVariableStatement(statement)) continue
    for (const { name } of statement.declarationList.declarations) {
      if (ts.isIdentifier(name)) types[name.text] = checker.typeToString(checker.getTypeAtLocation(name), undefined, printed)
    }
  }
  return types
}

const plain =
  (file: ts.SourceFile) =>
  ({ code, messageText, start = 0, length = 0 }: ts.Diagnostic): Diagnostic => {
    const { line, character } = file.getLineAndCharacterOfPosition(start)
    return {
      code,
      text: ts.flattenDiagnosticMessageText(messageText, '\n'),
      line: line + 1,
      column: character + 1,
      underlined: file.text.slice(start, start + length),
    }
  }

import { createRequire } from 'node:module'
import { join } from 'node:path'
import { UsageError } from '../output/exit.js'
import type { Compiler } from '../types/compiler.js'
import { native } from './native.js'
import { noTruncation, type SyntaxNode, type TypedFile } from './typed-file.js'

/*
 * Asks a project's compiler for the types of its expressions. TypeScript up to 6 and TypeScript 7 (native.ts) have different APIs, but
 * similar nodes.
 */

/** Calls `use` with a file of a project. The project is a tsconfig.json that lists the file. */
export const withTypes = async <Result>(
  compiler: Compiler,
  project: string,
  file: string,
  use: (typed: TypedFile) => Result,
): Promise<Result> => {
  const major = Number(compiler.version.split('.')[0])
  if (major < 7) return classic(compiler, project, file, use)
  try {
    return await native(compiler, project, file, use)
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`TypeScript ${compiler.version} does not answer as 7.0 and 7.1 do: ${(error as Error).message}`)
  }
}

const classic = <Result>(compiler: Compiler, project: string, file: string, use: (typed: TypedFile) => Result): Result => {
  const ts = createRequire(join(compiler.folder, 'package.json'))(compiler.folder) as typeof import('typescript')
  const parsed = ts.getParsedCommandLineOfConfigFile(project, undefined, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} })
  if (!parsed) throw new UsageError(`TypeScript ${compiler.version} cannot read the project.`)
  const program = ts.createProgram(parsed.fileNames, parsed.options)
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(file)
  if (!source) throw new UsageError(`TypeScript ${compiler.version} does not take ${file} into its program.`)
  return use({
    source: source as unknown as SyntaxNode,
    complaints: () =>
      [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(({ start = 0, code, messageText }) => ({
        at: start,
        code,
        text: ts.flattenDiagnosticMessageText(messageText, '\n'),
      })),
    isCall: ({ kind }) => kind === ts.SyntaxKind.CallExpression,
    typesOf: (nodes) =>
      nodes.map((node) => {
        const expression = node as unknown as import('typescript').Node
        return checker.typeToString(checker.getTypeAtLocation(expression), expression, noTruncation)
      }),
  })
}

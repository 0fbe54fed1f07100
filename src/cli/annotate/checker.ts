import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { UsageError } from '../output/exit.js'
import type { Compiler } from '../types/compiler.js'

/*
 * The compiler of a project, asked for the types of its expressions. TypeScript up to 6 has one interface for that, TypeScript 7
 * another, which is not settled yet; their nodes are alike.
 */

/** A node of a syntax tree, as all versions have it. */
export interface SyntaxNode {
  readonly kind: number
  readonly end: number
  getStart(source?: unknown): number
  forEachChild(visit: (node: SyntaxNode) => undefined): unknown
}

/** What the compiler has against a place in a file. */
export interface Complaint {
  /** Index in the text, from 0. */
  readonly at: number
  readonly code: number
  /** With all that hangs under it, in lines of its own. */
  readonly text: string
}

/** A file as the compiler sees it. */
export interface TypedFile {
  readonly complaints: () => Complaint[]
  readonly source: SyntaxNode
  readonly isCall: (node: SyntaxNode) => boolean
  /** The types of expressions as text, never shortened. */
  readonly typesOf: (nodes: readonly SyntaxNode[]) => string[]
}

/** TypeFormatFlags.NoTruncation, the same in all versions. */
const noTruncation = 1

/** Calls `use` with a file of a project, a tsconfig.json that names it. */
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
    throw new UsageError(`TypeScript ${compiler.version} does not answer as 7.0 does: ${(error as Error).message}`)
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

/** The parts of TypeScript 7's interface that are used here. */
interface NativeInterface {
  readonly API: new (options: {
    cwd: string
  }) => {
    updateSnapshot(changes: { openProjects: string[] }): { getProject(config: string): NativeProject | undefined }
    close(): void
    readonly client?: { readonly channel?: { readonly child?: { kill(signal: 'SIGKILL'): boolean } } }
  }
}

interface NativeProject {
  readonly program: {
    getSourceFile(file: string): SyntaxNode | undefined
    getSyntacticDiagnostics(file: string): readonly NativeDiagnostic[]
    getSemanticDiagnostics(file: string): readonly NativeDiagnostic[]
  }
  readonly checker: {
    getTypeAtLocation(nodes: readonly SyntaxNode[]): (object | undefined)[]
    typeToString(type: object, at: SyntaxNode, flags: number): string
  }
}

interface NativeDiagnostic {
  readonly pos: number
  readonly code: number
  readonly text: string
  readonly messageChain?: readonly NativeDiagnostic[]
}

const flattened = ({ text, messageChain = [] }: NativeDiagnostic): string => [text, ...messageChain.map(flattened)].join('\n')

const native = async <Result>(compiler: Compiler, project: string, file: string, use: (typed: TypedFile) => Result): Promise<Result> => {
  const resolve = createRequire(join(compiler.folder, 'package.json')).resolve
  const load = (name: string) => import(pathToFileURL(resolve(name)).href)
  const { API } = (await load('typescript/unstable/sync')) as NativeInterface
  const { SyntaxKind } = (await load('typescript/unstable/ast')) as { SyntaxKind: { CallExpression: number } }
  const api = new API({ cwd: compiler.folder })
  try {
    const opened = api.updateSnapshot({ openProjects: [project] }).getProject(project)
    if (!opened) throw new UsageError(`TypeScript ${compiler.version} cannot read the project.`)
    const { program, checker } = opened
    const source = program.getSourceFile(file)
    if (!source) throw new UsageError(`TypeScript ${compiler.version} does not take ${file} into its program.`)
    return use({
      source,
      complaints: () =>
        [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map((each) => ({
          at: each.pos,
          code: each.code,
          text: flattened(each),
        })),
      isCall: ({ kind }) => kind === SyntaxKind.CallExpression,
      typesOf: (nodes) => {
        const types = nodes.length === 0 ? [] : checker.getTypeAtLocation(nodes)
        return types.map((type, index) => (type ? checker.typeToString(type, nodes[index] as SyntaxNode, noTruncation) : ''))
      },
    })
  } finally {
    // Asked to end, the server may still write 'context canceled' where errors go. It has nothing to save.
    if (!api.client?.channel?.child?.kill('SIGKILL')) api.close()
  }
}

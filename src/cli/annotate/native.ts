import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { UsageError } from '../output/exit.js'
import type { Compiler } from '../types/compiler.js'
import { noTruncation, type SyntaxNode, type TypedFile } from './typed-file.js'

/*
 * TypeScript 7 runs in a separate process, with a JavaScript API. 7.0 exports it from `typescript/unstable`, 7.1 from `typescript`,
 * with other names for opening a project.
 */

/** The part of the API that both versions have. */
interface NativeApi {
  close(): void
  readonly client?: { readonly channel?: { readonly child?: { kill(signal: 'SIGKILL'): boolean } } }
}

/** How 7.0 opens a project. */
interface Api70 extends NativeApi {
  updateSnapshot(changes: { openProjects: string[] }): { getProject(config: string): NativeProject | undefined }
}

/** How 7.1 opens a project. */
interface Api71 extends NativeApi {
  createSnapshot(changes: { openProjects: string[] }): { getConfiguredProject(config: string): NativeProject | undefined }
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

const flattenMessage = ({ text, messageChain = [] }: NativeDiagnostic): string => [text, ...messageChain.map(flattenMessage)].join('\n')

const projectIn = (api: Api70 | Api71, config: string): NativeProject | undefined =>
  'createSnapshot' in api
    ? api.createSnapshot({ openProjects: [config] }).getConfiguredProject(config)
    : api.updateSnapshot({ openProjects: [config] }).getProject(config)

/** Loads a module of the compiler's package by its name in 7.1. In 7.0 it is under `unstable`. */
const loaderOf = ({ folder }: Compiler): (<Part>(name: string) => Promise<Part>) => {
  const { resolve } = createRequire(join(folder, 'package.json'))
  const pathOf = (name: string): string => {
    try {
      return resolve(`typescript/${name}`)
    } catch {
      return resolve(`typescript/unstable/${name}`)
    }
  }
  return (name) => import(pathToFileURL(pathOf(name)).href)
}

/** Calls `use` with a file of a project in TypeScript 7. */
export const native = async <Result>(
  compiler: Compiler,
  project: string,
  file: string,
  use: (typed: TypedFile) => Result,
): Promise<Result> => {
  const load = loaderOf(compiler)
  const { API } = await load<{ API: new (options: { cwd: string }) => Api70 | Api71 }>('sync')
  const { SyntaxKind } = await load<{ SyntaxKind: { CallExpression: number } }>('ast')
  const api = new API({ cwd: compiler.folder })
  try {
    const opened = projectIn(api, project)
    if (!opened) throw new UsageError(`TypeScript ${compiler.version} cannot read the project.`)
    const { program, checker } = opened
    const source = program.getSourceFile(file)
    if (!source) throw new UsageError(`TypeScript ${compiler.version} does not take ${file} into its program.`)
    return use({
      source,
      complaints: () =>
        [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map((diagnostic) => ({
          at: diagnostic.pos,
          code: diagnostic.code,
          text: flattenMessage(diagnostic),
        })),
      isCall: ({ kind }) => kind === SyntaxKind.CallExpression,
      typesOf: (nodes) => {
        const types = nodes.length === 0 ? [] : checker.getTypeAtLocation(nodes)
        return types.map((type, index) => (type ? checker.typeToString(type, nodes[index] as SyntaxNode, noTruncation) : ''))
      },
    })
  } finally {
    // On a regular shutdown the server may print 'context canceled' to standard error. It has nothing to save.
    if (!api.client?.channel?.child?.kill('SIGKILL')) api.close()
  }
}

import type ts from 'typescript'
import type { Diagnostic } from '../fixes/sentence.js'
import type { Answer, Question } from '../types/answer.js'
import { openFile } from './open-file.js'

/*
 * What `stridewise lsp` asks a tsserver with this plugin: types that are not shortened, and errors with their places.
 */

/** The name of the request. */
export const requestName = 'stridewise'

/** What is asked. */
export interface PluginRequest {
  readonly file: string
  readonly questions: readonly Question[]
  /** Whether the errors are asked for too, which takes a check of the file. */
  readonly diagnostics?: boolean
}

/** What is answered. */
export interface PluginResponse {
  readonly answers: readonly (readonly [number, Answer])[]
  readonly diagnostics?: readonly (Diagnostic & { readonly code: number })[]
}

const mostQuestions = 20_000

const isQuestion = (value: unknown): value is Question =>
  typeof value === 'object' &&
  value !== null &&
  'position' in value &&
  'end' in value &&
  Number.isInteger(value.position) &&
  Number.isInteger(value.end)

/** Adds the request to a session, once for all its projects. */
export const answerRequests = (compiler: typeof ts, info: ts.server.PluginCreateInfo): void => {
  const { session } = info
  if (!session || known.has(session)) return
  known.add(session)
  session.addProtocolHandler(requestName, ({ arguments: given }) => {
    const { file, questions, diagnostics } = (given ?? {}) as Partial<PluginRequest>
    const path = typeof file === 'string' ? compiler.server.toNormalizedPath(file) : undefined
    const { projectService } = info.project
    const script = path === undefined ? undefined : projectService.getScriptInfo(path)
    const project = script?.containingProjects.length ? projectService.getDefaultProjectForFile(script.fileName, true) : undefined
    const opened = project && script ? openFile(compiler, project.getLanguageService(), script.fileName) : undefined
    const asked = Array.isArray(questions) ? questions.filter(isQuestion).slice(0, mostQuestions) : []
    const response: PluginResponse = {
      answers: opened ? [...opened.ask(asked)] : [],
      ...(diagnostics === true ? { diagnostics: opened?.diagnostics() ?? [] } : {}),
    }
    return { response, responseRequired: true }
  })
}

const known = new WeakSet<object>()

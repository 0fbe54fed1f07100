import * as vscode from 'vscode'
import type { Diagnostic } from '../../../src/editor/fixes/sentence.js'
import type { Source } from '../../../src/editor/source/source.js'
import type { Answer, Answers, Question } from '../../../src/editor/types/answer.js'
import { answerOfHover } from '../../../src/editor/types/hover-text.js'
import { answersOfHovers } from '../../../src/editor/types/hovers.js'

/*
 * What TypeScript says of a document, by the hovers that VS Code shows. So every version of TypeScript answers, whichever extension
 * runs it, and nothing is started beside it.
 */

/** How many hovers are asked for at a time. */
const mostAtATime = 8

/** Answers of one version of a document. */
interface Known {
  readonly version: number
  readonly answers: Map<number, Promise<Answer>>
}

const known = new WeakMap<vscode.TextDocument, Known>()

/**
 * How many times this extension itself asks at a place just now: its own hovers stay out of the answers. Before and after a change it may
 * ask at the same place at once.
 */
const asking = new Map<string, number>()

const count = (key: string, by: number): void => {
  const times = (asking.get(key) ?? 0) + by
  if (times === 0) asking.delete(key)
  else asking.set(key, times)
}

const keyOf = (document: vscode.TextDocument, position: vscode.Position): string => `${document.uri} ${position.line} ${position.character}`

/** Whether a hover is asked for by this extension. */
export const isAsking = (document: vscode.TextDocument, position: vscode.Position): boolean => asking.has(keyOf(document, position))

/** Forgets what TypeScript has said of a document: it has checked another file, or has only now loaded the project. */
export const forget = (document: vscode.TextDocument): void => void known.delete(document)

/** Asks TypeScript about places in a document. */
export const ask = (
  document: vscode.TextDocument,
  source: Source,
  questions: readonly Question[],
  token?: vscode.CancellationToken,
): Promise<Answers> => {
  let own = known.get(document)
  if (own?.version !== document.version) {
    own = { version: document.version, answers: new Map() }
    known.set(document, own)
  }
  const { answers, version } = own
  let open = 0
  const waiting: (() => void)[] = []
  /** Some hovers are asked for at a time, and none of a text that is no more. */
  const inTurn = async (make: () => Promise<Answer>): Promise<Answer> => {
    if (open >= mostAtATime) await new Promise<void>((resolve) => waiting.push(resolve))
    open += 1
    try {
      return token?.isCancellationRequested || document.version !== version ? {} : await make()
    } finally {
      open -= 1
      waiting.shift()?.()
    }
  }
  return answersOfHovers(source, questions, async (position, kind) => {
    const answer = answers.get(position) ?? inTurn(() => answerAt(document, position, kind))
    answers.set(position, answer)
    const given = await answer
    // While the project loads, TypeScript says that everything is any.
    if (given.type === undefined) answers.delete(position)
    return given
  })
}

/** What a hover says; of several, as two versions of TypeScript give them, the first that knows the type. */
const answerAt = async (document: vscode.TextDocument, index: number, kind: Question['kind']): Promise<Answer> => {
  const answers = (await hoversAt(document, index)).map((code) => answerOfHover(code, kind))
  return answers.find(({ type }) => type !== undefined && type !== 'any') ?? answers[0] ?? {}
}

/** The code in TypeScript's own hovers. */
const hoversAt = async (document: vscode.TextDocument, index: number): Promise<readonly string[]> => {
  const position = document.positionAt(index)
  const key = keyOf(document, position)
  count(key, 1)
  try {
    const hovers = await vscode.commands.executeCommand<readonly vscode.Hover[]>('vscode.executeHoverProvider', document.uri, position)
    return (hovers ?? [])
      .flatMap(({ contents }) => contents)
      .flatMap((content) => {
        const text = typeof content === 'string' ? content : content.value
        const code = /```(?:typescript|ts|tsx|javascript)\r?\n([\s\S]*?)\r?\n```/.exec(text)?.[1]
        return code === undefined || code.startsWith('(loading...)') ? [] : [code]
      })
  } finally {
    count(key, -1)
  }
}

/** TypeScript's errors in a document. */
export const mistakesIn = (document: vscode.TextDocument): readonly (Diagnostic & { readonly shown: vscode.Diagnostic })[] =>
  vscode.languages
    .getDiagnostics(document.uri)
    .filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error)
    .map((shown) => ({
      start: document.offsetAt(shown.range.start),
      end: document.offsetAt(shown.range.end),
      text: shown.message,
      shown,
    }))

import type ts from 'typescript'
import type { Diagnostic } from '../fixes/sentence.js'
import { callNamedAt, type Source, sourceOf } from '../source/source.js'
import type { Answers, Question } from '../types/answer.js'
import { areWritten, fewerOf } from '../types/fewer.js'
import { answersOfChecker } from './checker.js'

/*
 * A file of the language service, as the library works on it.
 */

/** A file that imports the package. */
export interface OpenFile {
  readonly source: Source
  readonly ask: (questions: readonly Question[]) => Answers
  /** The compiler's errors in it, with their codes. */
  readonly diagnostics: () => readonly (Diagnostic & { readonly code: number })[]
}

/** What was read of each file; the compiler makes another object of a file when its text changes. */
const sources = new WeakMap<ts.SourceFile, Source>()

/** A file that imports the package; undefined for any other, of which nothing is read or computed. */
export const openFile = (compiler: typeof ts, service: ts.LanguageService, name: string): OpenFile | undefined => {
  const program = service.getProgram()
  const file = program?.getSourceFile(name)
  if (!program || !file) return undefined
  const source = sources.get(file) ?? sourceOf(file.text)
  sources.set(file, source)
  if (!source.imports.any) return undefined
  return {
    source,
    ask: (questions) => {
      const isWritten = (position: number): boolean => {
        const call = callNamedAt(source, position)
        return call !== undefined && areWritten(source, call)
      }
      const checked = (some: readonly Question[]): Answers => answersOfChecker(compiler, program.getTypeChecker(), file, some, isWritten)
      const { asked, complete } = fewerOf(source, questions)
      const { answers, missing } = complete(checked(asked))
      return missing.length === 0 ? answers : new Map([...answers, ...checked(missing)])
    },
    diagnostics: () =>
      [...service.getSyntacticDiagnostics(name), ...service.getSemanticDiagnostics(name)].map(
        ({ start = 0, length = 0, code, messageText }) => ({
          start,
          end: start + length,
          code,
          text: compiler.flattenDiagnosticMessageText(messageText, '\n'),
        }),
      ),
  }
}

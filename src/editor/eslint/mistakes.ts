import type ts from 'typescript'
import { type Fix, fixesFor } from '../fixes/fixes.js'
import { type Diagnostic, sentenceIn } from '../fixes/sentence.js'
import { sourceOf } from '../source/source.js'

/*
 * The mistakes of a file that the package has a sentence or a fix for, by a program of the compiler.
 */

/** A mistake, what the package says of it, and its fixes. */
export interface Mistake {
  readonly start: number
  /** Index behind what is underlined. */
  readonly end: number
  readonly text: string
  readonly fixes: readonly Fix[]
}

/** Whether a text imports the package: of any other file nothing is asked. */
export const importsPackage = (text: string): boolean => sourceOf(text).imports.any

/** What the compiler finds in a file, as far as it is the package's: its own sentences, and misspelt names of its options and methods. */
export const mistakesIn = (program: ts.Program, file: ts.SourceFile): readonly Mistake[] => {
  const source = sourceOf(file.text)
  return program.getSemanticDiagnostics(file).flatMap(({ start = 0, length = 0, messageText }): readonly Mistake[] => {
    const diagnostic: Diagnostic = { start, end: start + length, text: wholeText(messageText) }
    const fixes = fixesFor(source, diagnostic)
    const sentence = sentenceIn(diagnostic)
    if (sentence === undefined && fixes.length === 0) return []
    return [{ ...diagnostic, text: sentence ?? firstLine(diagnostic.text), fixes }]
  })
}

const firstLine = (text: string): string => text.split('\n')[0] as string

/** A message and its details, each in a line of its own. */
const wholeText = (message: string | ts.DiagnosticMessageChain): string =>
  typeof message === 'string' ? message : [message.messageText, ...(message.next ?? []).map(wholeText)].join('\n')

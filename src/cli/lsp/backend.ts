import type { Diagnostic } from '../../editor/fixes/sentence.js'
import type { Answers, Question } from '../../editor/types/answer.js'
import type { OpenText } from './text.js'
import type { Work } from './turns.js'

/** An error of the compiler. */
export interface CompilerError extends Diagnostic {
  readonly code: number
}

/** Something that TypeScript offers. */
export interface Offer {
  readonly label: string
  readonly sortText: string
  /** The item as the protocol has it. */
  readonly item: Readonly<Record<string, unknown>>
}

/** TypeScript in a process of its own, asked about open files: the native compiler's language server, or a tsserver. */
export interface Backend {
  /** `TypeScript 7.0.2`. */
  readonly name: string
  /** Whether the process still runs. */
  readonly isAlive: () => boolean
  open(file: OpenText): void
  change(file: OpenText): void
  close(file: OpenText): void
  /** Files outside of the editor have changed. */
  changedOnDisk(changes: readonly unknown[]): void
  ask(file: OpenText, questions: readonly Question[], work: Work): Promise<Answers>
  diagnostics(file: OpenText, work: Work): Promise<readonly CompilerError[]>
  /** TypeScript's own hover, as Markdown. */
  hover(file: OpenText, position: number, work: Work): Promise<string | undefined>
  /** TypeScript's own completions. */
  completions(file: OpenText, position: number, work: Work): Promise<readonly Offer[]>
  end(): void
}

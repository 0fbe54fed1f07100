import type { Workspace } from './workspace.js'

/**
 * What a user's editor asks a compiler while a file is open, whichever compiler it is: the language service of TypeScript 5.4,
 * 5.9 and 6.0, or the language server of 7.0. Files are named by their paths in the workspace; positions count UTF-16 units from 0.
 */
export interface Editor {
  /** What is shown for the name at a position, or `undefined` for no name. */
  hover(file: string, position: number): Promise<Hover | undefined>
  /** What is underlined as an error, in the order of the text. */
  diagnostics(file: string): Promise<readonly Diagnostic[]>
  /** What is offered at a position. */
  completions(file: string, position: number): Promise<readonly Completion[]>
  /** What is shown of a call inside its parentheses, or `undefined` outside of a call. */
  signature(file: string, position: number): Promise<Signature | undefined>
  /** The types shown in grey behind names. */
  inlayHints(file: string): Promise<readonly InlayHint[]>
  /** Where the name at a position is declared: the line of code there. */
  definition(file: string, position: number): Promise<readonly Definition[]>
  close(): Promise<void>
}

export interface Hover {
  /** The declaration, as code. */
  readonly code: string
  /** The docstring, tags and all. */
  readonly documentation: string
}

export interface Diagnostic {
  readonly code: number
  /** The message with its details, a line each. */
  readonly text: string
  readonly start: number
  /** The source under the squiggle. */
  readonly underlined: string
}

export interface Completion {
  readonly name: string
  readonly documentation: string
  /** What it is, as the popup beside the list shows it; empty where the editor was not asked for it. */
  readonly code: string
}

export interface Signature {
  /** The whole signature, as code. */
  readonly code: string
  readonly documentation: string
  readonly parameters: readonly { readonly code: string; readonly documentation: string }[]
}

export interface InlayHint {
  readonly position: number
  readonly text: string
}

export interface Definition {
  /** Path in the workspace or in the package. */
  readonly file: string
  /** The line of code, trimmed. */
  readonly line: string
}

/** A compiler that users may have. */
export interface Compiler {
  /** `5.4`, as in the golden files. */
  readonly version: string
  open(workspace: Workspace): Promise<Editor>
}

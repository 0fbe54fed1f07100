/*
 * How the library asks a compiler. Each way into an editor has its own: the checker of the language service, or hovers of a server.
 */

/** A place whose type is asked for. */
export interface Question {
  /** A call, whose result and arguments are meant, or a name. */
  readonly kind: 'call' | 'name'
  /** Where its name begins. */
  readonly position: number
  /** Index behind the call; behind the name where it is none. */
  readonly end: number
}

/** What a compiler says of a {@link Question}. Types are texts, never shortened. */
export interface Answer {
  /** The type of the name, or of what the call gives. */
  readonly type?: string
  /** The type of what a method is called on. */
  readonly receiver?: string
  /** The types of the arguments: literals where the compiler knows them. */
  readonly args?: readonly (string | undefined)[]
}

/** Answers by the positions of their questions. */
export type Answers = ReadonlyMap<number, Answer>

import type { Span } from '../source/source.js'

/*
 * The part of TypeScript in which networks are written: constants, functions, calls, lists and objects. Types are left out.
 */

/** An expression. */
export type Expression =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'list'; readonly items: readonly Item[] }
  | { readonly kind: 'object'; readonly members: readonly ObjectMember[] }
  | FunctionExpression
  | Invocation
  | { readonly kind: 'member'; readonly of: Expression; readonly name: string }
  | { readonly kind: 'index'; readonly of: Expression; readonly at: Expression }
  | { readonly kind: 'negative'; readonly of: Expression }
  | { readonly kind: 'arithmetic'; readonly sign: ArithmeticSign; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'equality'; readonly isEqual: boolean; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'choice'; readonly condition: Expression; readonly yes: Expression; readonly no: Expression }

export type ArithmeticSign = '+' | '-' | '*' | '/' | '%'

/** An item of a list, or an argument. */
export interface Item {
  readonly value: Expression
  readonly isSpread: boolean
}

/** A member of an object; one that is spread into it has no name. */
export interface ObjectMember {
  readonly name?: string
  readonly value: Expression
}

/** `(x) => x.relu()`, or a function with a body. */
export interface FunctionExpression {
  readonly kind: 'function'
  readonly parameters: readonly Parameter[]
  readonly body: readonly Statement[]
}

export interface Parameter {
  readonly name: string
  readonly isRest: boolean
  readonly standard?: Expression
}

/** A call of a function or of a method. */
export interface Invocation {
  readonly kind: 'call'
  readonly callee: Expression
  readonly args: readonly Item[]
  /** From the name of what is called to the closing parenthesis. */
  readonly span: Span
}

/** A statement in the body of a function. */
export type Statement =
  | { readonly kind: 'constant'; readonly name: string; readonly value: Expression }
  | { readonly kind: 'return'; readonly value: Expression }

/** What stands in a text is not read: a statement or an expression of another kind. */
export class UnreadError extends Error {
  override readonly name = 'UnreadError'
}

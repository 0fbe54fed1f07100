import { TokenType } from 'sucrase/dist/esm/parser/tokenizer/types.js'

/* The kinds of tokens that erased.ts tells apart, and how it refuses a file. */

/** The kinds of tokens. */
export const kinds = TokenType as Readonly<Record<RefusedKind | UsedKind, number>>
type RefusedKind = '_class' | '_enum' | 'at' | 'jsxTagStart' | 'hash'
type UsedKind =
  | 'name'
  | 'string'
  | 'num'
  | 'semi'
  | 'comma'
  | 'eq'
  | 'dot'
  | 'star'
  | 'eof'
  | 'parenL'
  | 'parenR'
  | 'bracketL'
  | 'braceL'
  | 'braceR'
  | 'backQuote'
  | 'slash'
  | 'regexp'
  | 'plus'
  | 'minus'
  | 'preIncDec'
  | 'postIncDec'
  | '_import'
  | '_export'
  | '_default'
  | '_function'
  | '_const'
  | '_let'
  | '_var'
  | '_as'
  | '_return'
  | '_with'

/** What would go on with the expression before it, once the types between them are gone. */
export const continuing = new Set([
  kinds.parenL,
  kinds.bracketL,
  kinds.backQuote,
  kinds.slash,
  kinds.regexp,
  kinds.plus,
  kinds.minus,
  kinds.preIncDec,
  kinds.postIncDec,
  kinds.star,
  kinds.dot,
])

/** Why a file goes through Babel. */
class Refused extends Error {}

/** Leaves a file to Babel. */
export const refuse = (): never => {
  throw new Refused()
}

/** Whether a name can be written as it is. */
export const isName = (name: string): boolean => /^[\p{ID_Start}$_][\p{ID_Continue}$\u200C\u200D]*$/u.test(name)

import { longestText, type Token } from '../source/tokens.js'
import { UnreadError } from './syntax.js'

/*
 * A place in tokens, and the ways over types, which are not read.
 */

/** Tokens of type arguments: longer ones are not read. */
export const longestTypes = 400

const statementWords: ReadonlySet<string> = new Set(['export', 'const', 'let', 'var', 'function', 'import', 'class', 'return'])

/** A place in the tokens of one text. */
export class Cursor {
  constructor(
    readonly tokens: readonly Token[],
    readonly pairs: ReadonlyMap<number, number>,
    /** The index of the next token. */
    public at = 0,
  ) {}

  /** The text of a sign or a word ahead; undefined at the end, and for strings. */
  peek(ahead = 0): string | undefined {
    const token = this.tokens[this.at + ahead]
    return token?.kind === 'sign' || token?.kind === 'name' ? token.text : undefined
  }

  take(text: string): boolean {
    if (this.peek() !== text) return false
    this.at += 1
    return true
  }

  expect(text: string): void {
    if (!this.take(text)) this.refuse()
  }

  /** @throws {UnreadError} always */
  refuse(): never {
    const token = this.tokens[this.at]
    throw new UnreadError(token ? `'${token.text.slice(0, 40)}' is not read without running the file` : 'the file ends in an expression')
  }

  name(): string {
    const token = this.tokens[this.at]
    if (token?.kind !== 'name') this.refuse()
    this.at += 1
    return token.text
  }

  /** Whether `<...>` ahead holds the type arguments of a call. */
  hasTypeArguments(): boolean {
    if (this.peek() !== '<') return false
    const after = new Cursor(this.tokens, this.pairs, this.at)
    try {
      after.skipTypeArguments()
    } catch {
      return false
    }
    return after.peek() === '('
  }

  /** Goes behind `<...>`. */
  skipTypeArguments(): void {
    const begin = this.at
    let depth = 0
    do {
      if (this.at - begin > longestTypes) this.refuse()
      if (this.peek() === '<') depth += 1
      if (this.peek() === '>') depth -= 1
      this.#skipOne()
    } while (depth > 0)
  }

  /** Goes to the first of some signs, or to a new statement, outside of brackets. A type may hold any of them inside. It ends after `most` tokens. */
  skipType(ends: readonly string[], most = Number.POSITIVE_INFINITY): void {
    const begin = this.at
    let depth = 0
    while (this.at < this.tokens.length && this.at - begin <= most) {
      const text = this.peek()
      if (text === '<') depth += 1
      else if (text === '>') depth -= 1
      else if (depth === 0 && text !== undefined && ends.includes(text)) return
      else if (depth === 0 && text !== undefined && statementWords.has(text)) return
      this.#skipOne()
    }
  }

  #skipOne(): void {
    if (this.at >= Math.min(this.tokens.length, longestText)) this.refuse()
    const other = this.pairs.get(this.at)
    this.at = other !== undefined && other > this.at ? other + 1 : this.at + 1
  }
}

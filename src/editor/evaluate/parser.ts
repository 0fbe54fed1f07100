import { Cursor, longestTypes } from './cursor.js'
import {
  type ArithmeticSign,
  type Expression,
  type FunctionExpression,
  type Item,
  type ObjectMember,
  type Parameter,
  type Statement,
  UnreadError,
} from './syntax.js'

/*
 * Reads expressions out of tokens.
 */

/** Deeper expressions are not read. */
const deepest = 200

const products: ReadonlySet<string> = new Set(['*', '/', '%'])
const sums: ReadonlySet<string> = new Set(['+', '-'])
const constants: Readonly<Record<string, unknown>> = { true: true, false: false, undefined: undefined, null: null }

/** A reader of the tokens of one text. */
export class Parser extends Cursor {
  #depth = 0

  /** An expression without a comma. */
  expression(): Expression {
    return this.#nested(() => this.#choice())
  }

  #nested(read: () => Expression): Expression {
    this.#depth += 1
    if (this.#depth > deepest) throw new UnreadError('an expression is nested too deeply')
    try {
      return read()
    } finally {
      this.#depth -= 1
    }
  }

  #choice(): Expression {
    const condition = this.#equality()
    if (this.peek() !== '?' || this.peek(1) === '?') return condition
    this.at += 1
    const yes = this.expression()
    this.expect(':')
    return { kind: 'choice', condition, yes, no: this.expression() }
  }

  #equality(): Expression {
    const left = this.#sum()
    const isEqual = this.peek() === '='
    if (!isEqual && this.peek() !== '!') return left
    if (this.peek(1) !== '=' || this.peek(2) !== '=') return left
    this.at += 3
    return { kind: 'equality', isEqual, left, right: this.#sum() }
  }

  #sum(): Expression {
    return this.#operations(sums, () => this.#operations(products, () => this.#unary()))
  }

  #operations(signs: ReadonlySet<string>, operand: () => Expression): Expression {
    let left = operand()
    for (;;) {
      const sign = this.peek()
      // `**`, `+=` and their kin are not read.
      if (sign === undefined || !signs.has(sign)) return left
      if (this.peek(1) === sign || this.peek(1) === '=') this.refuse()
      this.at += 1
      left = { kind: 'arithmetic', sign: sign as ArithmeticSign, left, right: operand() }
    }
  }

  #unary(): Expression {
    if (this.take('-')) return { kind: 'negative', of: this.#nested(() => this.#unary()) }
    return this.#withoutType(this.#postfix(this.#primary()))
  }

  /** Leaves out `as const`, `as Type`, `satisfies Type` and `!`. */
  #withoutType(value: Expression): Expression {
    for (;;) {
      if (this.peek() === '!' && this.peek(1) !== '=') this.at += 1
      else if (this.peek() === 'as' || this.peek() === 'satisfies') {
        this.at += 1
        if (!this.take('const')) this.skipType([',', ';', ')', ']', '}', '?', ':', '=', '+', '-', '*', '/', '.'])
      } else return value
    }
  }

  #postfix(begin: Expression): Expression {
    let value = begin
    const beginAt = this.at - 1
    for (;;) {
      const nameAt = this.at + 1
      if (this.take('.')) value = { kind: 'member', of: value, name: this.name() }
      else if (this.peek() === '[' && value.kind !== 'function') {
        this.at += 1
        const at = this.expression()
        this.expect(']')
        value = { kind: 'index', of: value, at }
        continue
      } else if (this.peek() !== '(' && !this.hasTypeArguments()) return value
      if (this.hasTypeArguments()) this.skipTypeArguments()
      if (this.peek() !== '(') continue
      if (value.kind !== 'name' && value.kind !== 'member') this.refuse()
      value = this.#call(value, value.kind === 'member' ? nameAt : beginAt)
    }
  }

  #call(callee: Expression, first: number): Expression {
    const start = (this.tokens[first] ?? this.tokens[this.at])?.start ?? 0
    const close = this.pairs.get(this.at)
    if (close === undefined) this.refuse()
    const args = this.#items(')')
    return { kind: 'call', callee, args, span: { start, end: this.tokens[close]?.end ?? start } }
  }

  /** What stands between brackets, which are taken. */
  #items(closing: ')' | ']'): readonly Item[] {
    this.at += 1
    const items: Item[] = []
    while (!this.take(closing)) {
      const isSpread = this.take('...')
      items.push({ value: this.expression(), isSpread })
      if (this.peek() !== closing) this.expect(',')
    }
    return items
  }

  #primary(): Expression {
    const token = this.tokens[this.at]
    if (!token) this.refuse()
    if (token.kind === 'number') return this.#value(Number(token.text.replaceAll('_', '').replace(/n$/, '')))
    if (token.kind === 'string') return token.text.includes('\\') ? this.refuse() : this.#value(token.text.slice(1, -1))
    if (token.kind === 'template')
      return /[\\$]/.test(token.text) || !/^`.*`$/s.test(token.text) ? this.refuse() : this.#value(token.text.slice(1, -1))
    if (token.text === '[') return { kind: 'list', items: this.#items(']') }
    if (token.text === '{') return this.#object()
    if (token.text === '<' || (token.text === '(' && this.#isFunction())) return this.#arrow()
    if (this.take('(')) {
      const inside = this.expression()
      this.expect(')')
      return inside
    }
    if (token.kind !== 'name') this.refuse()
    if (this.peek(1) === '=>') return this.#arrow()
    if (Object.hasOwn(constants, token.text)) return this.#value(constants[token.text])
    if (token.text === 'function' || token.text === 'async') this.refuse()
    this.at += 1
    return { kind: 'name', name: token.text }
  }

  #value(value: unknown): Expression {
    this.at += 1
    return { kind: 'value', value }
  }

  #object(): Expression {
    this.at += 1
    const members: ObjectMember[] = []
    while (!this.take('}')) {
      if (this.take('...')) members.push({ value: this.expression() })
      else {
        const token = this.tokens[this.at]
        const name = token?.kind === 'string' && !token.text.includes('\\') ? token.text.slice(1, -1) : this.name()
        if (token?.kind === 'string') this.at += 1
        members.push({ name, value: this.take(':') ? this.expression() : { kind: 'name', name } })
      }
      if (this.peek() !== '}') this.expect(',')
    }
    return { kind: 'object', members }
  }

  /** Whether the parenthesis ahead holds the parameters of an arrow function. */
  #isFunction(): boolean {
    const close = this.pairs.get(this.at)
    if (close === undefined) return false
    const behind = this.tokens[close + 1]?.text
    if (behind !== ':') return behind === '=>'
    const after = new Cursor(this.tokens, this.pairs, close + 2)
    after.skipType(['=>', ',', ';', ')', ']', '}'], longestTypes)
    return after.peek() === '=>'
  }

  #arrow(): FunctionExpression {
    const parameters = this.peek() === '(' || this.peek() === '<' ? this.parameters() : [{ name: this.name(), isRest: false }]
    if (this.take(':')) this.skipType(['=>'])
    this.expect('=>')
    if (this.peek() === '{') return { kind: 'function', parameters, body: this.body() }
    return { kind: 'function', parameters, body: [{ kind: 'return', value: this.expression() }] }
  }

  /** Type parameters and parameters. */
  parameters(): readonly Parameter[] {
    if (this.peek() === '<') this.skipTypeArguments()
    this.expect('(')
    const parameters: Parameter[] = []
    while (!this.take(')')) {
      const isRest = this.take('...')
      const name = this.name()
      this.take('?')
      if (this.take(':')) this.skipType([',', ')', '='])
      const standard = this.take('=') ? this.expression() : undefined
      parameters.push({ name, isRest, ...(standard ? { standard } : {}) })
      if (this.peek() !== ')') this.expect(',')
    }
    return parameters
  }

  /** The body of a function: constants, and what it returns. */
  body(): readonly Statement[] {
    this.expect('{')
    const statements: Statement[] = []
    while (!this.take('}')) {
      if (this.take(';')) continue
      if (this.take('return')) statements.push({ kind: 'return', value: this.expression() })
      else if (this.take('const')) statements.push(this.constant())
      else this.refuse()
    }
    return statements
  }

  /** A name with its value, behind `const`. */
  constant(): Statement & { readonly kind: 'constant' } {
    const name = this.name()
    if (this.take(':')) this.skipType(['='])
    this.expect('=')
    return { kind: 'constant', name, value: this.expression() }
  }
}

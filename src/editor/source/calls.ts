import type { Token } from './tokens.js'

/*
 * The calls of a text, chains and arguments, out of its tokens.
 */

/** A part of a text by its tokens: from `first` up to `last`, both in it; empty where `last` is before `first`. */
export interface Part {
  readonly first: number
  readonly last: number
  /** Index in the text where it begins. */
  readonly start: number
  /** Index behind it. */
  readonly end: number
}

/** A call such as `.conv2d(8, 3)` or `block(relu())`. */
export interface Call {
  /** `'conv2d'` of `net.conv2d` and of `sw.conv2d`. */
  readonly name: string
  /** Where the name stands. */
  readonly nameStart: number
  readonly nameEnd: number
  /** Index of the dot before the name; undefined for a plain function. */
  readonly dot?: number
  /** Where the whole expression begins: `input` of `input(7).relu()`. */
  readonly start: number
  /** Index behind the opening parenthesis. */
  readonly open: number
  /** Index of the closing parenthesis, or of the end of the text where it is missing. */
  readonly close: number
  readonly isClosed: boolean
  /** Index behind the call. */
  readonly end: number
  readonly args: readonly Part[]
  /** The call that gives what this method is called on. */
  readonly receiver?: Call
  /** The innermost call around, in whose arguments this one stands. */
  readonly parent?: Call
}

/** Words that stand before parentheses and call nothing. */
export const noFunctions: ReadonlySet<string> = new Set([
  ...['if', 'for', 'while', 'switch', 'catch', 'function', 'return', 'typeof', 'await', 'in', 'of', 'with', 'void', 'async'],
])

/** Of calls without a closing parenthesis the last ones have arguments: those in which the user writes. */
const mostUnclosed = 64

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }

/** For each bracket the index of its other half; a bracket that has none is left out. */
export const bracketsOf = (tokens: readonly Token[]): ReadonlyMap<number, number> => {
  const pairs = new Map<number, number>()
  const open: { sign: string; at: number }[] = []
  /** How many are open of each, so that none is looked for among thousands of others in vain. */
  const counts = new Map<string, number>()
  const count = (sign: string, more: number): void => void counts.set(sign, (counts.get(sign) ?? 0) + more)
  tokens.forEach(({ kind, text }, at) => {
    // In a template a value stands between the parts `...${` and `}...`.
    const begins = kind === 'template' ? text.endsWith('${') : kind === 'sign' && text in closing
    const ends = kind === 'template' ? text.startsWith('}') : kind === 'sign' && [')', ']', '}'].includes(text)
    if (ends) {
      const wanted = kind === 'template' ? '`' : text
      // A bracket that is left open ends where one around it does.
      while ((counts.get(wanted) ?? 0) > 0) {
        const last = open.pop() as { sign: string; at: number }
        count(last.sign, -1)
        if (last.sign !== wanted) continue
        pairs.set(last.at, at)
        pairs.set(at, last.at)
        break
      }
    }
    if (begins) {
      const sign = kind === 'template' ? '`' : (closing[text] as string)
      count(sign, 1)
      open.push({ sign, at })
    }
  })
  return pairs
}

/** A part between two tokens, which are not in it. */
export const partBetween = (tokens: readonly Token[], before: number, after: number): Part => {
  const [first, last] = [before + 1, after - 1]
  const start = tokens[first]?.start ?? tokens[before]?.end ?? 0
  return { first, last, start, end: last < first ? start : (tokens[last] as Token).end }
}

/** The parts between commas, from behind the token `before` up to the token `after`. A comma at the end begins no part. */
export const partsBetween = (
  tokens: readonly Token[],
  pairs: ReadonlyMap<number, number>,
  before: number,
  after: number,
): readonly Part[] => {
  const parts: Part[] = []
  let begin = before
  for (let at = before + 1; at < after; at += 1) {
    const other = pairs.get(at)
    if (other !== undefined && other > at && other < after) at = other
    else if (tokens[at]?.text === ',' && tokens[at]?.kind === 'sign') {
      parts.push(partBetween(tokens, begin, at))
      begin = at
    }
  }
  const last = partBetween(tokens, begin, after)
  return last.last < last.first ? parts : [...parts, last]
}

/** The token before type arguments that end at a token: `conv2d` of `conv2d<8, 3>(`. */
export const beforeTypeArguments = (tokens: readonly Token[], pairs: ReadonlyMap<number, number>, end: number): number => {
  let depth = 0
  for (let at = end; at >= 0 && end - at < 400; at -= 1) {
    const { kind, text } = tokens[at] as Token
    if (kind === 'sign' && text === '>') depth += 1
    else if (kind === 'sign' && text === '<') {
      depth -= 1
      if (depth === 0) return at - 1
    } else if (kind === 'sign' && [';', '&&', '=>'].includes(text)) return -1
    else at = Math.min(at, pairs.get(at) ?? at)
  }
  return -1
}

/** Words before a call. Behind any other word a name begins a member of a class: `static method() {`. */
const beforeCalls = new Set([
  ...['return', 'case', 'extends', 'else', 'do', 'await', 'yield', 'new', 'typeof', 'void', 'delete', 'throw', 'in', 'of'],
  ...['instanceof', 'as', 'satisfies', 'default', 'implements', 'export', 'const', 'let', 'var'],
])

/** Whether parentheses behind a name hold the parameters of a method that is declared there: `method() {`, `method(): Type`. */
export const isDeclaredMethod = (tokens: readonly Token[], pairs: ReadonlyMap<number, number>, named: number, open: number): boolean => {
  const close = pairs.get(open)
  const behind = close === undefined ? undefined : tokens[close + 1]
  if (behind?.kind !== 'sign' || (behind.text !== '{' && behind.text !== ':')) return false
  const before = tokens[named - 1]
  if (before?.kind !== 'sign') return before !== undefined && !beforeCalls.has(before.text)
  return ['{', '}', ';', ',', ')', ']'].includes(before.text) || (before.text === '*' && behind.text === '{')
}

/** Where the expression begins that ends at a token: what stands before a dot. */
const beginOf = (tokens: readonly Token[], pairs: ReadonlyMap<number, number>, calls: ReadonlyMap<number, Call>, end: number): number => {
  let at = end
  for (;;) {
    const token = tokens[at]
    const call = calls.get(at)
    if (call) return call.start
    const opening = token?.text === ')' || token?.text === ']' ? pairs.get(at) : undefined
    if (opening !== undefined) {
      const before = tokens[opening - 1]
      // An index, `nets[0]`, belongs to the name before it.
      if (token?.text === ']' && before && (before.kind === 'name' || before.text === ')' || before.text === ']')) {
        at = opening - 1
        continue
      }
      return (tokens[opening] as Token).start
    }
    const before = tokens[at - 1]
    // `net!` is the same value.
    if (token?.text === '!' && before?.end === token.start && at >= 1) at -= 1
    else if ((before?.text === '.' || before?.text === '?.') && at >= 2) at -= 2
    else return token?.start ?? 0
  }
}

/** The calls of a text in the order of their opening parentheses. */
export const callsOf = (tokens: readonly Token[], pairs: ReadonlyMap<number, number>, length: number): readonly Call[] => {
  const calls: Call[] = []
  const endingAt = new Map<number, Call>()
  const around: { call: Call; last: number }[] = []
  let unclosed = tokens.filter(({ kind, text }, at) => kind === 'sign' && text === '(' && !pairs.has(at)).length
  tokens.forEach((token, at) => {
    while (around.length > 0 && (around.at(-1) as { last: number }).last < at) around.pop()
    if (token.text !== '(' || token.kind !== 'sign') return
    if (!pairs.has(at)) unclosed -= 1
    const named = tokens[at - 1]?.text === '>' ? beforeTypeArguments(tokens, pairs, at - 1) : at - 1
    const name = tokens[named]
    if (name?.kind !== 'name' || noFunctions.has(name.text) || tokens[named - 1]?.text === 'function') return
    const before = tokens[named - 1]
    if (isDeclaredMethod(tokens, pairs, named, at)) return
    const isMethod = before?.kind === 'sign' && (before.text === '.' || before.text === '?.')
    const last = pairs.get(at)
    const isClosed = last !== undefined
    const after = last ?? tokens.length
    const close = isClosed ? (tokens[after] as Token).start : length
    const receiver = isMethod ? endingAt.get(named - 2) : undefined
    const parent = around.at(-1)?.call
    const call: Call = {
      name: name.text,
      nameStart: name.start,
      nameEnd: name.end,
      ...(isMethod ? { dot: before.start } : {}),
      start: isMethod ? beginOf(tokens, pairs, endingAt, named - 2) : name.start,
      open: token.end,
      close,
      isClosed,
      end: isClosed ? close + 1 : length,
      // Each of these reaches to the end of the text.
      args: isClosed || unclosed < mostUnclosed ? partsBetween(tokens, pairs, at, after) : [],
      ...(receiver ? { receiver } : {}),
      ...(parent ? { parent } : {}),
    }
    calls.push(call)
    if (isClosed) endingAt.set(after, call)
    around.push({ call, last: after })
  })
  return calls
}

import type { Answer, Question } from './answer.js'
import { partsOf } from './shape-text.js'

/*
 * The hover of a name as an answer: `(method) Network<A>.conv2d<8, 3>(filters: 8, kernel: 3): Network<B>`.
 */

/** Longer hovers are not read. */
const longestHover = 200_000

/** What a hover says. The text is the code in it, without a fence and without the docstring. */
export const answerOfHover = (hover: string | undefined, kind: Question['kind']): Answer => {
  if (hover === undefined || hover.length > longestHover) return {}
  // The hover of an imported function has the import in a line of its own.
  const code = hover
    .replace(/\n(?:import|export) [^\n]*\s*$/, '')
    .replace(/ \(\+\d+ overloads?\)\s*$/, '')
    .trim()
  const [, label = '', declared = code] = /^(\([\w ]+\) )?([\s\S]*)$/.exec(code) ?? []
  const plain = declared.replace(/^(?:const|let|var|function) /, '')
  if (kind === 'name') return typeOfName(plain)
  const open = firstOpening(plain)
  if (open === undefined) return {}
  const close = matching(plain, open)
  if (close === undefined) return {}
  const [, type] = /^(?:: | => )([\s\S]*)$/.exec(plain.slice(close + 1)) ?? []
  const { receiver, args } = beforeParentheses(plain.slice(0, open), /method|property/.test(label))
  return { ...(type === undefined ? {} : { type }), ...(receiver === undefined ? {} : { receiver }), ...(args ? { args } : {}) }
}

/** The type behind a name: `net: Network<...>`, `Model<3>.net: Network<...>` of a property. */
const typeOfName = (text: string): Answer => {
  let rest = text
  for (;;) {
    const [name] = /^#?[\p{ID_Start}$_][\p{ID_Continue}$]*\??/u.exec(rest) ?? []
    if (name === undefined) return {}
    rest = rest.slice(name.length)
    if (rest.startsWith('<')) {
      const close = matching(rest, 0)
      if (close === undefined) return {}
      rest = rest.slice(close + 1)
    }
    if (rest.startsWith(': ')) return { type: rest.slice(2) }
    // `function build(): Network<...>`, as the type `() => Network<...>`.
    const close = rest.startsWith('(') ? matching(rest, 0) : undefined
    if (close !== undefined && rest.startsWith(': ', close + 1)) return { type: `${rest.slice(0, close + 1)} => ${rest.slice(close + 3)}` }
    if (!rest.startsWith('.')) return {}
    rest = rest.slice(1)
  }
}

const brackets: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' }

/** Index behind a quoted text that begins at an index. */
const behindQuotes = (text: string, at: number): number => {
  const quote = text[at]
  let end = at + 1
  while (end < text.length && text[end] !== quote) end += text[end] === '\\' ? 2 : 1
  return end + 1
}

/** Index of the bracket that closes one. */
const matching = (text: string, open: number): number | undefined => {
  const waiting: string[] = []
  for (let at = open; at < text.length; at += 1) {
    const sign = text[at] as string
    if (sign === '"' || sign === "'" || sign === '`') at = behindQuotes(text, at) - 1
    else if (sign in brackets) waiting.push(brackets[sign] as string)
    else if (sign === waiting.at(-1) && !(sign === '>' && text[at - 1] === '=')) {
      waiting.pop()
      if (waiting.length === 0) return at
    }
  }
  return undefined
}

/** Index of the first parenthesis that stands in no other brackets. */
const firstOpening = (text: string): number | undefined => {
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] as string
    if (sign === '(') return at
    if (sign === '<' || sign === '[' || sign === '{') {
      const close = matching(text, at)
      if (close === undefined) return undefined
      at = close
    }
  }
  return undefined
}

/** What stands before the parentheses: `Network<A>.conv2d<8, 3>`, or `block<...>`. */
const beforeParentheses = (text: string, isMember: boolean): { receiver: string | undefined; args: readonly string[] | undefined } => {
  const head = text.replace(/: $/, '')
  const start = head.indexOf('<')
  const first = start < 0 ? undefined : matching(head, start)
  if (!isMember) return { receiver: undefined, args: first === undefined ? undefined : argumentsIn(head.slice(start + 1, first)) }
  const dot = first !== undefined && head[first + 1] === '.' ? first + 1 : -1
  const rest = dot < 0 ? '' : head.slice(dot + 1)
  const [, inside] = /^[^<]*<([\s\S]*)>$/.exec(rest) ?? []
  return { receiver: dot < 0 ? undefined : head.slice(0, dot), args: inside === undefined ? undefined : argumentsIn(inside) }
}

const argumentsIn = (text: string): readonly string[] => partsOf(text, ',')

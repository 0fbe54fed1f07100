import { afterSign, closingTags, type Elements, elementText } from './elements.js'

/*
 * The words and signs of a TypeScript or JavaScript text. The native compiler hands out no syntax tree in a language server, and 5.4 to
 * 7.1 have to give the same answers, so the text itself is read: strings, templates, comments and regular expressions are told apart, no more.
 */

/** A word, a value or a sign of the language. */
export interface Token {
  readonly kind: 'name' | 'number' | 'string' | 'template' | 'regex' | 'sign'
  readonly text: string
  /** Index of its first character, from 0, in UTF-16 units. */
  readonly start: number
  /** Index behind its last character. */
  readonly end: number
}

/** Longer texts are not read. */
export const longestText = 2_000_000

const space = /(?:\s|\/\/[^\n\r\u2028\u2029]*|\/\*[\s\S]*?(?:\*\/|$))+/y
const name = /[\p{ID_Start}$_#@][\p{ID_Continue}$\u200c\u200d]*/uy
const number = /(?:0[xXbBoO][\da-fA-F_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?)n?/y
const string = /"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?/y
const regex = /\/(?![/*])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y
const templatePart = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*(?:`|\$\{|$)/y
const sign = /=>|\?\.(?!\d)|\.\.\.|[\s\S]/y

/** Letters that are read in vain for regular expressions, each up to the end of its line. Then a slash is a sign. */
const mostInVain = 20_000_000

/** The quoted value of an attribute, in which nothing is escaped. */
const attribute = /"[^"]*"?|'[^']*'?/y

/** Words after which a slash begins a regular expression. */
const beforeValue = new Set(['return', 'typeof', 'case', 'in', 'of', 'void', 'delete', 'new', 'await', 'yield', 'throw', 'else', 'do'])

/** Other words that a string may touch: `from'stridewise'`. */
const beforeString = new Set([...beforeValue, 'from', 'import', 'export', 'as', 'default', 'extends', 'keyof', 'is', 'infer', 'instanceof'])

const matchAt = (pattern: RegExp, text: string, at: number): string | undefined => {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}

/** Whether a slash behind a token divides; else it begins a regular expression. */
const divides = (before: Token | undefined, at: number): boolean => {
  if (!before) return false
  if (before.kind === 'name') return !beforeValue.has(before.text)
  // `</` ends an element of JSX.
  return before.kind !== 'sign' || [')', ']', '}'].includes(before.text) || (before.text === '<' && before.end === at)
}

/** Whether an apostrophe that touches a token is one in the text of an element of JSX, as in `<p>don't</p>`; else it begins a string. */
const isApostrophe = (before: Token | undefined, at: number): boolean =>
  before?.end === at && (before.kind === 'number' || (before.kind === 'name' && !beforeString.has(before.text)))

/** The tokens of a text, without comments and the text in elements of JSX; none of a text that is longer than {@link longestText}. */
export const tokensOf = (text: string): readonly Token[] => {
  if (text.length > longestText) return []
  const closing = closingTags(text)
  // An element without an end may be none: then nothing is taken for its text.
  return (closing.size > 0 ? tokensWith(text, closing) : undefined) ?? tokensWith(text, new Map()) ?? []
}

/** What a closing brace ends, and where that leads back to. */
interface Level extends Elements {
  readonly isTemplate: boolean
}

/** The tokens of a text, with the places of the last closing tags in it; undefined where an element has no end. */
const tokensWith = (text: string, closing: ReadonlyMap<string, number>): readonly Token[] | undefined => {
  const tokens: Token[] = []
  const levels: Level[] = []
  const elements: Elements = { open: 0, tag: 'none', angles: 0 }
  const add = (kind: Token['kind'], start: number, length: number): number => {
    tokens.push({ kind, text: text.slice(start, start + length), start, end: start + length })
    return start + length
  }
  const enter = (isTemplate: boolean): void => {
    levels.push({ ...elements, isTemplate })
    Object.assign(elements, { open: 0, tag: 'none', angles: 0 })
  }
  /** The rest of a template up to its end, or up to a value in it. */
  const template = (start: number, at: number): number => {
    const part = matchAt(templatePart, text, at) ?? ''
    if (part.endsWith('${')) enter(true)
    return add('template', start, at + part.length - start)
  }
  let inVain = 0
  const regexAt = (start: number): string | undefined => {
    if (inVain > mostInVain) return undefined
    const found = matchAt(regex, text, start)
    if (found === undefined) inVain += (text.indexOf('\n', start) + 1 || text.length) - start
    return found
  }
  const signAt = (start: number, first: string): number => {
    if (first === '{') enter(false)
    const begins = elements.tag === 'none' && (elements.open > 0 || !divides(tokens.at(-1), start))
    const end = add('sign', start, (matchAt(sign, text, start) ?? first).length)
    return afterSign(text, closing, elements, tokens, begins) ? (matchAt(elementText, text, end) ?? '').length + end : end
  }
  let at = 0
  while (at < text.length) {
    at += matchAt(space, text, at)?.length ?? 0
    const first = text[at]
    if (first === undefined) break
    const isTag = elements.tag !== 'none'
    if (first === '`') at = template(at, at + 1)
    else if (first === '}') {
      const level = levels.pop()
      Object.assign(elements, level ? { open: level.open, tag: level.tag, angles: level.angles } : {})
      at = level?.isTemplate ? template(at, at + 1) : add('sign', at, 1)
      // Behind a value in an element its text goes on.
      if (level && !level.isTemplate && level.open > 0 && level.tag === 'none') at += (matchAt(elementText, text, at) ?? '').length
    } else if (first === '"' || (first === "'" && (isTag || !isApostrophe(tokens.at(-1), at))))
      at = add('string', at, (matchAt(isTag ? attribute : string, text, at) ?? first).length)
    else {
      const word = matchAt(name, text, at)
      const digits = word === undefined ? matchAt(number, text, at) : undefined
      const pattern = first === '/' && !isTag && !divides(tokens.at(-1), at) ? regexAt(at) : undefined
      if (word !== undefined) at = add('name', at, word.length)
      else if (digits !== undefined) at = add('number', at, digits.length)
      else if (pattern !== undefined) at = add('regex', at, pattern.length)
      else at = signAt(at, first)
    }
  }
  return elements.open === 0 && levels.every(({ open }) => open === 0) ? tokens : undefined
}

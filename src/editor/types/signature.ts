/*
 * The type of a function as text.
 */

/** The parameters and the return type of `(a: A, b?: B) => R`; undefined for a type of another form, such as overloads. */
export const signatureIn = (type: string): { readonly needsArguments: boolean; readonly returns: string } | undefined => {
  const start = type.startsWith('<') ? closing(type, 0) + 1 : 0
  if (type[start] !== '(') return undefined
  const end = closing(type, start)
  const arrow = ' => '
  if (end < 0 || !type.startsWith(arrow, end + 1)) return undefined
  const parameters = splitAtCommas(type.slice(start + 1, end))
  return {
    needsArguments: parameters.some((parameter) => !/^\s*(\.\.\.|[\w$]+\?:)/.test(parameter)),
    returns: type.slice(end + 1 + arrow.length),
  }
}

const pairs: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' }

/** The index of the bracket that closes the one at `start`; -1 if there is none. The `>` of an arrow closes nothing. */
const closing = (text: string, start: number): number => {
  const open: string[] = []
  for (let at = start; at < text.length; at++) {
    const sign = text[at] as string
    if (sign === '"') at = endOfString(text, at)
    else if (pairs[sign]) open.push(pairs[sign])
    else if (sign === open.at(-1) && !(sign === '>' && text[at - 1] === '=')) {
      open.pop()
      if (open.length === 0) return at
    }
  }
  return -1
}

/** The index of the quote that ends a string literal type. */
const endOfString = (text: string, start: number): number => {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"') return at
  }
  return text.length
}

const splitAtCommas = (text: string): string[] => {
  const parts: string[] = []
  let from = 0
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] as string
    if (pairs[sign]) at = Math.max(at, closing(text, at))
    else if (sign === '"') at = endOfString(text, at)
    else if (sign === ',') {
      parts.push(text.slice(from, at))
      from = at + 1
    }
  }
  return [...parts, text.slice(from)].filter((part) => part.trim() !== '')
}

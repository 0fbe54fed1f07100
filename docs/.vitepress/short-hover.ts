/** A hover of a page: short enough to read beside the code. The reference has the rest. */

/** The signatures that are shown as they are. */
const longest = 120

/** Where the bracket that opens at a place is closed. An arrow closes none. */
const closedAt = (text: string, start: number): number => {
  let depth = 0
  for (let at = start; at < text.length; at += 1) {
    const sign = text[at] as string
    if ('<([{'.includes(sign)) depth += 1
    else if (')]}'.includes(sign) || (sign === '>' && text[at - 1] !== '=')) depth -= 1
    if (depth === 0) return at
  }
  return text.length
}

/** A function's signature without its parameters where it is long: `(method) conv2d(…): Network<[8, 8, 3], [8, 8, 4], 16>`. */
export const shortSignature = (text: string, name: string): string => {
  const begin = text.length > longest ? text.search(new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}[<(]`)) : -1
  if (begin < 0) return text
  let at = begin + name.length
  if (text[at] === '<') at = closedAt(text, at) + 1
  if (text[at] !== '(') return text
  const result = text.slice(closedAt(text, at) + 1)
  return `${/^\(\w+\) /.exec(text)?.[0] ?? ''}${name}(…)${result}`
}

/** The first sentence of a docstring; "et al." ends none. */
export const firstSentence = (docs: string): string => (/^[\s\S]*?(?<!\bal)\.(?=\s|$)/.exec(docs)?.[0] ?? docs).trim()

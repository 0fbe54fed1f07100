import { type Source, type Span, tokenAt } from '../source/source.js'

/**
 * Where a cursor asks for the fixes of a mistake: on the mistake, and for an option on its value too. The compiler marks the name in
 * `stride: 4`, and the user wants to change the 4.
 */
export const reachOf = (source: Source, { start, end }: Span): Span => {
  const { tokens, pairs } = source
  const name = tokenAt(source, start)
  if (name === undefined || tokens[name]?.end !== end || tokens[name + 1]?.text !== ':') return { start, end }
  let last = name + 1
  for (let at = name + 2; at < tokens.length; at += 1) {
    const { text, kind } = tokens[at] as (typeof tokens)[number]
    if (kind !== 'string' && [',', '}', ')', ']', ';'].includes(text)) break
    at = Math.max(at, pairs.get(at) ?? at)
    last = at
  }
  return { start, end: tokens[last]?.end ?? end }
}

import type { Source } from '../source/source.js'
import type { Answer } from './answer.js'

/*
 * The types that a text names: `type Features = Network<[7, 7, 512], [7, 7, 512], 0>`. A hover shows the name for every network of that type.
 */

/** The types with type arguments that a text names, by their names; of names that are declared once. */
const typesIn = (source: Source): ReadonlyMap<string, string> => {
  const { text, tokens } = source
  const found = new Map<string, string | undefined>()
  tokens.forEach((token, at) => {
    const [name, equals, first] = tokens.slice(at + 1, at + 4)
    if (token.text !== 'type' || token.kind !== 'name' || name?.kind !== 'name' || equals?.text !== '=' || first?.kind !== 'name') return
    const last = lastOfArguments(source, at + 3)
    const type = last === undefined ? undefined : text.slice(first.start, tokens[last]?.end)
    found.set(name.text, found.has(name.text) ? undefined : type)
  })
  return new Map([...found].flatMap(([name, type]) => (type === undefined ? [] : [[name, type] as const])))
}

/** Longer types are not read. */
const longestType = 2_000

/** The last token of a type with arguments that begins at a token; undefined where it has none, or is part of another type. */
const lastOfArguments = ({ tokens, pairs }: Source, begin: number): number | undefined => {
  let angles = 0
  for (let at = begin + 1; at < tokens.length && at < begin + longestType; at += 1) {
    const text = tokens[at]?.text
    if (text === '<') angles += 1
    else if (text === '>') angles -= 1
    else if (angles === 0 && text !== '.' && tokens[at]?.kind === 'sign') return undefined
    if (text === '>' && angles === 0) return ['&', '|', '['].includes(tokens[at + 1]?.text ?? '') ? undefined : at
    at = Math.max(at, pairs.get(at) ?? at)
  }
  return undefined
}

const known = new WeakMap<Source, ReadonlyMap<string, string>>()

/** An answer with what the text says that the types are which it names. */
export const withNamedTypes = (source: Source, answer: Answer): Answer => {
  const types = known.get(source) ?? typesIn(source)
  known.set(source, types)
  if (types.size === 0) return answer
  const { type, receiver } = answer
  const meant = (name: string): string => types.get(name) ?? name
  return {
    ...answer,
    ...(type === undefined ? {} : { type: meant(type) }),
    ...(receiver === undefined ? {} : { receiver: meant(receiver) }),
  }
}

import { declaredNames, isDeclaring } from '../source/declared.js'
import { untypedFields } from '../source/fields.js'
import { untypedParameters } from '../source/functions.js'
import type { Source, Span } from '../source/source.js'
import type { Question } from '../types/answer.js'

/*
 * Names that may hold networks, and have no type in the text: variables, parameters and fields.
 */

const known = new WeakMap<Source, readonly Question[]>()

/** The names whose types are asked for, as questions. */
export const namedPlaces = (source: Source): readonly Question[] => {
  const places = known.get(source) ?? placesIn(source)
  known.set(source, places)
  return places
}

const placesIn = (source: Source): readonly Question[] => {
  const { tokens } = source
  const variables = tokens.flatMap((_, at) => (isDeclaring(source, at) ? untypedVariables(source, at) : []))
  return [...new Set([...variables, ...untypedParameters(source), ...untypedFields(source)])].map((at): Question => {
    const { start, end } = tokens[at] as Span
    return { kind: 'name', position: start, end }
  })
}

/** `const net = ...`, `const { net } = nets`, `for (const net of nets)`. */
const untypedVariables = (source: Source, word: number): readonly number[] =>
  declaredNames(source, word + 1).flatMap(({ at, isPart }) => {
    const behind = source.tokens[at + 1]?.text
    return isPart || behind === '=' || behind === 'of' ? [at] : []
  })

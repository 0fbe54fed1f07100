import { knownOptions, wordsOnAnyInput } from '../layers/refusals.js'
import { kindOfCall } from '../layers/rule.js'
import type { Call } from '../source/calls.js'
import { inOwnQuotes, optionsAt } from '../source/edits.js'
import type { Source } from '../source/source.js'
import { isObject, type Member, membersOf } from '../source/values.js'
import type { Change } from './changes/change.js'
import { optionChanges } from './changes/options.js'
import { nearestWord } from './nearest-name.js'
import type { Diagnostic } from './sentence.js'

/*
 * Options that TypeScript refuses in its own words: a name that no option has, and a word that an option does not accept.
 */

/** The changes for an option that TypeScript refuses; none for any other message. */
export const refusedOptionChanges = (source: Source, diagnostic: Diagnostic): readonly Change[] => {
  const { text } = diagnostic
  const isUnknown = /'([^']{1,100})' does not exist in type '[^']*Options/.test(text)
  const isWord = /Type '"[^"]{0,100}"' is not assignable to type '/.test(text)
  const option = isUnknown || isWord ? optionAt(source, diagnostic) : undefined
  if (!option) return []
  const { call, member, kind } = option
  if (!isUnknown) return wordChanges(source, kind, member)
  const names = knownOptions(kind)
  return names.length === 0
    ? []
    : optionChanges({ source, diagnostic, target: call, operation: kind }, { kind: 'option', wrong: member.name, names })
}

/** The most words that are offered. */
const mostWords = 5

const wordChanges = (source: Source, kind: string, { name, value }: Member): readonly Change[] => {
  const given = value && source.tokens[value.first]
  if (given?.kind !== 'string' || value?.first !== value?.last) return []
  const words = wordsOnAnyInput(kind, name)
  const meant = nearestWord(given.text.slice(1, -1), words)
  return [...new Set([...(meant === undefined ? [] : [meant]), ...words])].slice(0, mostWords).map((word) => {
    const code = inOwnQuotes(source, `'${word}'`)
    const edits = [{ start: given.start, end: given.end, text: code }]
    return { title: `Change to ${code}`, kind: 'word', allTitle: 'Change all words that options do not accept', edits }
  })
}

/** The option that is underlined, and the layer that it is of. */
const optionAt = (source: Source, { start, end }: Diagnostic): { call: Call; member: Member; kind: string } | undefined => {
  for (const call of source.calls) {
    const kind = kindOfCall(source, call)
    const at = optionsAt(kind)
    const options = at === undefined ? undefined : call.args[at]
    if (!options || start < options.start || options.end < end || !isObject(source, options)) continue
    const member = membersOf(source, options).find((each) => each.nameStart === start && each.nameEnd === end)
    if (member) return { call, member, kind }
  }
  return undefined
}

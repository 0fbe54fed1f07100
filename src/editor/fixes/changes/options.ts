import { wordsOf } from '../../layers/refusals.js'
import { kindOfCall } from '../../layers/rule.js'
import type { Call } from '../../source/calls.js'
import { type Edit, inOwnQuotes, withoutArgument } from '../../source/edits.js'
import { type Source, textOf } from '../../source/source.js'
import { isObject, type Member, membersOf } from '../../source/values.js'
import { nearestName, nearestWord } from '../nearest-name.js'
import type { Suggestion } from '../suggestion.js'
import type { Change, Place } from './change.js'

/** An option, and its value where that has to change, too. */
interface Meant {
  readonly name: string
  readonly value?: string
}

/** What an unknown option means; undefined where no option is near, or takes its value. */
const meantBy = (source: Source, kind: string, { name, value }: Member, others: readonly string[]): Meant | undefined => {
  const given = value ? textOf(source, value) : ''
  // PyTorch's way to say how a window is rounded.
  if (/^ceil_?mode$/i.test(name) && others.includes('rounding') && /^(?:true|false)$/.test(given))
    return { name: 'rounding', value: inOwnQuotes(source, given === 'true' ? "'ceil'" : "'floor'") }
  const meant = nearestName(name, others)
  const word = /^(["'])([\w-]*)\1$/.exec(given)?.[2]
  if (meant === undefined || word === undefined || meant === 'name') return meant === undefined ? undefined : { name: meant }
  const words = wordsOf(kind, meant)
  if (words.includes(word)) return { name: meant }
  const own = nearestWord(word, words)
  return own === undefined ? undefined : { name: meant, value: inOwnQuotes(source, `'${own}'`) }
}

const renamed = (source: Source, { part, nameStart, nameEnd, name, value }: Member, meant: Meant): readonly Edit[] => {
  if (!value) return [{ start: part.start, end: part.end, text: `${meant.name}: ${name}` }]
  const own = { start: nameStart, end: nameEnd, text: meant.name }
  return meant.value === undefined ? [own] : [own, { start: value.start, end: value.end, text: inOwnQuotes(source, meant.value) }]
}

/** Another name for an unknown option, where one is near, and the option taken out. */
export const optionChanges = (
  { source, target }: Place & { readonly target: Call },
  { wrong, names }: Extract<Suggestion, { kind: 'option' }>,
): readonly Change[] => {
  const given = target.args.filter((part) => isObject(source, part)).at(-1)
  const members = given ? membersOf(source, given) : []
  const at = members.findIndex(({ name }) => name === wrong)
  const member = members[at]
  if (!given || !member) return []
  const others = names.filter((name) => !members.some((each) => each.name === name))
  const meant = meantBy(source, kindOfCall(source, target), member, others)
  const [next, before] = [members[at + 1], members[at - 1]]
  const [start, end] = next
    ? [member.part.start, next.part.start]
    : before
      ? [before.part.end, member.part.end]
      : [member.part.start, member.part.end]
  const isOnly = members.length === 1
  // Without rounding a window may not fit.
  const isRounding = meant?.name === 'rounding' && meant.value !== undefined
  const without = isRounding ? undefined : isOnly ? withoutArgument(target, target.args.indexOf(given)) : [{ start, end, text: '' }]
  return [
    ...(meant === undefined
      ? []
      : [
          {
            title: `Change to ${meant.value === undefined ? meant.name : `${meant.name}: ${meant.value}`}`,
            kind: 'option name',
            allTitle: 'Fix all names of options',
            edits: renamed(source, member, meant),
          },
        ]),
    ...(without && without.length > 0
      ? [{ title: `Remove ${wrong}`, kind: 'unknown option', allTitle: 'Remove all unknown options', edits: without }]
      : []),
  ]
}

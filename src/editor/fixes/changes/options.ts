import type { Call } from '../../source/calls.js'
import { withoutArgument } from '../../source/edits.js'
import { isObject, membersOf } from '../../source/values.js'
import { nearestName } from '../nearest-name.js'
import type { Suggestion } from '../suggestion.js'
import type { Change, Place } from './change.js'

/** Another name for an unknown option, where one is near, and the option taken out. */
export const optionChanges = (
  { source, target }: Place & { readonly target: Call },
  { wrong, names }: Extract<Suggestion, { kind: 'option' }>,
): readonly Change[] => {
  const given = target.args.find((part) => isObject(source, part))
  const members = given ? membersOf(source, given) : []
  const at = members.findIndex(({ name }) => name === wrong)
  const member = members[at]
  if (!given || !member) return []
  const meant = nearestName(
    wrong,
    names.filter((name) => !members.some((each) => each.name === name)),
  )
  const [next, before] = [members[at + 1], members[at - 1]]
  const [start, end] = next
    ? [member.part.start, next.part.start]
    : before
      ? [before.part.end, member.part.end]
      : [member.part.start, member.part.end]
  const isOnly = members.length === 1
  const without = isOnly ? withoutArgument(target, target.args.indexOf(given)) : [{ start, end, text: '' }]
  return [
    ...(meant === undefined
      ? []
      : [
          {
            title: `Change to ${meant}`,
            kind: 'option name',
            allTitle: 'Fix all names of options',
            edits: [{ start: member.nameStart, end: member.nameEnd, text: member.value ? meant : `${meant}: ${member.name}` }],
          },
        ]),
    ...(without && without.length > 0
      ? [{ title: `Remove ${wrong}`, kind: 'unknown option', allTitle: 'Remove all unknown options', edits: without }]
      : []),
  ]
}

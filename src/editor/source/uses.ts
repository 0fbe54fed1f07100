import type { Call, Part } from './calls.js'
import { meantBy } from './constants.js'
import { type Source, tokenAt } from './source.js'

/*
 * Where the value of a constant is used.
 */

/** The call that takes the constant whose value is a call, and its name there; undefined where nothing or more than one place does. */
export const onlyUseOf = (source: Source, call: Call): { readonly parent: Call; readonly part: Part } | undefined => {
  const { tokens, calls } = source
  const at = tokenAt(source, call.start)
  const [declared, name, equals] = at === undefined || at < 3 ? [] : tokens.slice(at - 3, at)
  if (declared?.text !== 'const' || equals?.text !== '=' || name?.kind !== 'name') return undefined
  const uses = tokens.flatMap(({ kind, text }, index) => (kind === 'name' && text === name.text && tokens[index] !== name ? [index] : []))
  const [use] = uses
  if (use === undefined || uses.length > 1) return undefined
  const taken = calls.flatMap((parent) =>
    parent.args.filter(({ first, last }) => first === use && last === use).map((part) => ({ parent, part })),
  )
  const [only] = taken
  // The name may stand for something else there.
  const meant = only && meantBy(source, only.part)
  return only && only.part.start > call.end && meant?.start === call.start && meant.end === call.end ? only : undefined
}

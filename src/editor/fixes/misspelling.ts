import type { Source } from '../source/source.js'
import { membersOf } from '../source/values.js'
import type { Fix } from './fixes.js'
import type { Diagnostic } from './sentence.js'

/*
 * TypeScript's own suggestions, `Did you mean to write 'classes'?`: the native compiler has no fix for them, and others only for some.
 */

/** The fix for a misspelt name or word in a call of this package's; none for any other message. */
export const misspellingFix = (source: Source, { start, end, text }: Diagnostic): readonly Fix[] => {
  const last = text.split('\n').at(-1) ?? ''
  const meant = /Did you mean (?:to write )?'([^']{1,100})'\?$/.exec(last)?.[1]
  if (meant === undefined || !source.calls.some((call) => call.nameStart <= start && end <= call.end)) return []
  const change = /^"(\w+)"$/.test(meant) ? wordChange(source, start, end, meant) : nameChange(source, start, end, meant)
  if (!change) return []
  const title = `Change to ${change.text}`
  return [{ title, kind: 'spelling', allTitle: 'Fix all misspelt names and words', edits: [change], isPreferred: true }]
}

/** A word in quotes: where an option is underlined, its value. */
const wordChange = (source: Source, start: number, end: number, meant: string) => {
  const first = source.tokens.findIndex((token) => token.start === start && token.end === end)
  const value = [source.tokens[first], source.tokens[first + 2]].find((token) => token?.kind === 'string')
  return value && { start: value.start, end: value.end, text: value.text.startsWith('"') ? meant : meant.replaceAll('"', "'") }
}

const nameChange = (source: Source, start: number, end: number, meant: string) => {
  const isName =
    /^[\w$]+$/.test(meant) && source.tokens.some((token) => token.start === start && token.end === end && token.kind === 'name')
  // The name may be given already, rightly spelt.
  return isName && !isGiven(source, start, meant) ? { start, end, text: meant } : undefined
}

const isGiven = (source: Source, start: number, name: string): boolean =>
  source.calls.some(({ args }) =>
    args.some((part) => {
      if (source.tokens[part.first]?.text !== '{' || start < part.start || start > part.end) return false
      const names = membersOf(source, part)
      return names.some((member) => member.nameStart === start) && names.some((member) => member.name === name)
    }),
  )

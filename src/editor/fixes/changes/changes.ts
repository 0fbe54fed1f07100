import type { Suggestion } from '../suggestion.js'
import { argumentMakers } from './arguments.js'
import type { Change, MakerOf, Place } from './change.js'
import { layerMakers } from './layers.js'
import { optionChanges } from './options.js'

/*
 * A suggestion as a change to the text.
 */

/** The change for a suggestion; none where the text is written in a way that it cannot be made in. */
export const changeFor = (place: Place, suggestion: Suggestion): readonly Change[] => {
  if (suggestion.kind === 'call') return present(called(place, suggestion))
  const { target } = place
  if (!target) return []
  if (suggestion.kind === 'option') return optionChanges({ ...place, target }, suggestion)
  return present((makers[suggestion.kind] as MakerOf<string>)({ ...place, target }, suggestion as never))
}

const present = (change: Change | undefined): readonly Change[] => (change && change.edits.length > 0 ? [change] : [])

const makers: { readonly [Kind in Exclude<Suggestion['kind'], 'call' | 'option'>]: MakerOf<Kind> } = { ...layerMakers, ...argumentMakers }

const called = ({ source, diagnostic }: Place, { name, inside }: Extract<Suggestion, { kind: 'call' }>): Change | undefined => {
  const at = source.tokens.find(
    ({ start, end, text }) => diagnostic.start <= start && end <= diagnostic.end && text === (source.imports.names.get(name) ?? name),
  )
  if (!at || inside.includes('...')) return undefined
  return {
    title: `Call ${at.text}(${inside})`,
    kind: 'call',
    allTitle: 'Call all functions that make layers',
    edits: [{ start: at.end, end: at.end, text: `(${inside})` }],
  }
}

import type { Source, Span } from '../source/source.js'
import type { Answer, Question } from '../types/answer.js'
import { type NetworkType, networkIn, shownNumber, shownShape } from '../types/network-type.js'
import { namedPlaces } from './names.js'

/*
 * Shapes in the text: behind each call of a chain, and behind each name that holds a network.
 */

/** What the hints show. */
export interface HintSettings {
  /** Shapes behind every call of a chain, only behind those that change the shape, or behind none. */
  readonly calls: 'every' | 'changes' | 'none'
  /** Shapes behind variables, parameters and fields. */
  readonly names: boolean
  /** Parameters of the layer (`+34,944`), of the network so far (`34,944`), both, or none. */
  readonly parameters: 'none' | 'layer' | 'total' | 'both'
}

/** What the hints show by default. */
export const standardHints: HintSettings = { calls: 'every', names: true, parameters: 'none' }

/** A text that an editor draws between the characters of a file. */
export interface Hint {
  /** Index before which it stands. */
  readonly position: number
  /** `55×55×96`. */
  readonly label: string
  /** More about it, as plain text. */
  readonly tooltip: string
}

/** A place that may get a hint. */
export interface HintPlace extends Question {
  /** Where the hint stands. */
  readonly at: number
}

/** The places in a range that may get a hint, in the order of the text. A compiler is asked about these and no others. */
export const hintPlaces = (source: Source, range: Span, settings: HintSettings = standardHints): readonly HintPlace[] => {
  const isInside = (at: number): boolean => range.start <= at && at <= range.end
  const calls = settings.calls === 'none' ? [] : source.calls.filter((call) => call.isClosed && isInside(call.end))
  const places = [
    ...calls.map(({ nameStart, end }): HintPlace => ({ kind: 'call', position: nameStart, end, at: end })),
    ...(settings.names
      ? namedPlaces(source)
          .filter(({ end }) => isInside(end))
          .map((place) => ({ ...place, at: place.end }))
      : []),
  ]
  return places.sort((a, b) => a.at - b.at)
}

/** The hint at a place; undefined where there is no network. */
export const hintAt = (place: HintPlace, answer: Answer | undefined, settings: HintSettings = standardHints): Hint | undefined => {
  const network = networkIn(answer?.type)
  if (!network || network.output === undefined) return undefined
  const label = shownShape(network.output)
  const before = networkIn(answer?.receiver)
  if (place.kind === 'call' && settings.calls === 'changes' && before && label === shownShape(before.output)) return undefined
  const parameters = place.kind === 'call' ? parameterText(network, before, settings.parameters) : ''
  return { position: place.at, label: label + parameters, tooltip: tooltipOf(network) }
}

const parameterText = ({ params }: NetworkType, before: NetworkType | undefined, shown: HintSettings['parameters']): string => {
  if (shown === 'none' || params === undefined) return ''
  const own = before?.params === undefined ? undefined : params - before.params
  const layer = shown !== 'total' && own ? `+${shownNumber(own)}` : ''
  const total = shown !== 'layer' && (own === undefined || own > 0 || shown === 'total') && params > 0 ? shownNumber(params) : ''
  const text = layer && total ? `${layer} = ${total}` : layer || total
  return text === '' ? '' : `  ${text}`
}

const tooltipOf = ({ input, output, params }: NetworkType): string => {
  const parameters = params === undefined ? 'an unknown number of parameters' : `${shownNumber(params)} parameters`
  return `${shownShape(input)} → ${shownShape(output)}, ${parameters} so far`
}

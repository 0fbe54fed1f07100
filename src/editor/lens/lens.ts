import type { Source } from '../source/source.js'
import type { Answer, Question } from '../types/answer.js'
import { networkIn, shownNumber, shownShape } from '../types/network-type.js'

/*
 * The totals of each exported network, above its line.
 */

/** An exported constant. */
export interface ExportPlace extends Question {
  /** The name of the export. */
  readonly name: string
}

/** The exported constants of a text: `export const vgg16 = ...`. */
export const exportPlaces = ({ tokens }: Source): readonly ExportPlace[] =>
  tokens.flatMap((token, at) => {
    const [declared, name, equals] = tokens.slice(at + 1, at + 4)
    const isExport = token.kind === 'name' && token.text === 'export' && declared?.text === 'const' && name?.kind === 'name'
    return isExport && (equals?.text === '=' || equals?.text === ':')
      ? [{ kind: 'name', position: name.start, end: name.end, name: name.text } as const]
      : []
  })

/** What is known of a network only when its file has run, as texts: MACs, memory, a budget that is exceeded. */
export type RunTotals = readonly string[]

/** What stands above an exported network; undefined where it is none. */
export const lensAt = (answer: Answer | undefined, totals: RunTotals = []): string | undefined => {
  const network = networkIn(answer?.type)
  if (!network) return undefined
  const parameters = network.params === undefined ? 'parameters unknown' : `${shownNumber(network.params)} parameters`
  return [`${shownShape(network.input)} → ${shownShape(network.output)}`, parameters, ...totals].join(' · ')
}

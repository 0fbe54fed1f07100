import { listOf } from '../shape/message.js'
import type { Layer, Report } from './report.js'

/** Names in a list that are shown. */
const mostNames = 20

/** What a row says of itself beside its numbers: where its layer stands in a network that is no chain of calls. */

/**
 * Whether a network has what its rows alone do not show: several inputs, kept values, shared layers, or layers that reach no output.
 * Branches and heads are written inside one another, and their rows stand in that order.
 */
const needsOrigins = ({ layers, unreached }: Report): boolean =>
  layers.filter(({ kind, from }) => kind === 'input' && from?.length === 0).length > 1 ||
  layers.some(({ kept, shared }) => kept !== undefined || shared !== undefined) ||
  (unreached !== undefined && unreached.layers.length + unreached.inputs.length > 0)

/**
 * The notes of a report's rows, in their order; nothing where no row has one.
 *
 * @param nameText how a name is written
 * @param connections whether each row says what it takes where that is not the row before it; otherwise only in networks whose layers have names
 */
export const rowNotesOf = (report: Report, nameText: (name: string) => string, connections = true): string[] | undefined => {
  const names = (all: readonly string[], most = 8): string => few(all, nameText, most).join(', ')
  const origins = needsOrigins(report)
  const unreached = new Set(origins ? [...report.unreached.layers, ...report.unreached.inputs] : [])
  const keptAs = new Map(report.layers.flatMap(({ name, kept }) => (kept?.[0] === undefined ? [] : [[name, kept[0]] as const])))
  const last = report.layers.length - 1
  const notes = report.layers.map((layer, index): string => {
    const { name, from, kept = [], outputs = [], shared, sharedWith, elementType } = layer
    const isNext = from?.length === 1 && from[0] === report.layers[index - 1]?.name
    const named = outputs.filter((each) => each !== 'output' || kept.includes(each))
    const others = kept.filter((each) => each !== name && !named.includes(each))
    const parts = [
      (connections || origins) && from !== undefined && from.length > 0 && !isNext
        ? `<- ${names(from.map((each) => keptAs.get(each) ?? each))}`
        : '',
      elementType === undefined ? '' : `${elementType} indices`,
      sharedWith === undefined ? '' : `weights of ${nameText(sharedWith)}`,
      shared === undefined || sharedWith !== undefined ? '' : `shared: ${nameText(shared)}`,
      others.length === 0 ? '' : `kept as ${names(others)}`,
      origins && named.length > 0 ? `output ${names(named)}` : '',
      origins && outputs.includes('output') && named.length < outputs.length && index < last ? 'output' : '',
      unreached.has(name) ? reachesNone(layer) : '',
    ]
    return parts.filter((part) => part !== '').join('; ')
  })
  return notes.some((note) => note !== '') ? notes : undefined
}

const reachesNone = ({ kind }: Layer): string => (kind === 'input' ? 'not used by any output' : 'reaches no output')

/**
 * What to say of layers and inputs that no output depends on: a sentence, without a full stop; nothing where there are none.
 *
 * @param nameText how a name is written
 */
export const unreachedText = ({ unreached }: Pick<Report, 'unreached'>, nameText: (name: string) => string): string | undefined => {
  if (unreached === undefined) return undefined
  const { layers, inputs } = unreached
  const parts = [
    ...(layers.length === 0 ? [] : [`the ${layers.length === 1 ? 'layer' : 'layers'} ${listOf(few(layers, nameText))}`]),
    ...(inputs.length === 0 ? [] : [`the ${inputs.length === 1 ? 'input' : 'inputs'} ${listOf(few(inputs, nameText))}`]),
  ]
  return parts.length === 0 ? undefined : `no output depends on ${parts.join(', nor on ')}`
}

const few = (names: readonly string[], nameText: (name: string) => string, most = mostNames): string[] =>
  names.length <= most ? names.map(nameText) : [...names.slice(0, most - 1).map(nameText), `${names.length - most + 1} more`]

import { isLayer } from '../layers/kind/value.js'
import { shown } from '../shape/message.js'
import { holds, isObject } from '../shape/objects.js'
import type { AnyNetwork } from './network.js'

/** The property that marks networks made by either build of the package. */
export const madeHere = Symbol.for('stridewise.network')

/** Whether a value is a network made by either build of the package, with its methods. A proxy of one cannot be read. */
export const isMade = (value: unknown): value is AnyNetwork => isNetwork(value) && madeHere in (value as object)

/** Whether a value is a network, or at least has the graph that a report reads. */
export const isNetwork = (value: unknown): boolean => holds(value, ({ graph }) => isObject(graph) && Array.isArray(graph['nodes']))

/** Whether a value is a report. */
export const isReport = (value: unknown): boolean => holds(value, ({ layers, totals }) => Array.isArray(layers) && isObject(totals))

/** A value as messages describe it: its type, or the value itself if that is short. */
export const described = (value: unknown): string => {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'function') return 'a function'
  if (!isObject(value) || isLayer(value)) return shown(value)
  if (isNetwork(value)) return isMade(value) ? 'a network' : 'a copy of a network'
  return isReport(value) ? 'a report' : 'an object'
}

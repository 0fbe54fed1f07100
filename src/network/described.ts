import type { Arguments } from '../layers/kind/layer-rules.js'
import type { Layer } from '../layers/kind/value.js'
import { shown } from '../shape/message.js'
import type { AnyNetwork } from './network.js'

/** Whether a value is a layer value: a kind and its arguments. */
export const isLayer = (value: unknown): value is Layer<string, Arguments> =>
  isObject(value) && typeof value['kind'] === 'string' && Array.isArray(value['given'])

/** What marks the networks that either build of the package made. */
export const madeHere = Symbol.for('stridewise.network')

/** Whether a value is a network that either build of the package made, with its methods. */
export const isMade = (value: unknown): value is AnyNetwork => isObject(value) && madeHere in value

/** Whether a value is a network, or what a report needs of one: a graph. */
export const isNetwork = (value: unknown): boolean => isObject(value) && isObject(value['graph']) && Array.isArray(value['graph']['nodes'])

/** Whether a value is a report. */
export const isReport = (value: unknown): boolean => isObject(value) && Array.isArray(value['layers']) && isObject(value['totals'])

/** Whether a value has properties to look at. */
export const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** A value as messages name it: what it is, or itself where that is short. */
export const described = (value: unknown): string => {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'function') return 'a function'
  if (!isObject(value)) return shown(value)
  if (isLayer(value)) return 'a layer value'
  if (isNetwork(value)) return isMade(value) ? 'a network' : 'a copy of a network'
  return isReport(value) ? 'a report' : 'an object'
}

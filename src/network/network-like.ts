import { isObject } from '../shape/objects.js'
import type { NetworkData } from './data.js'
import { described, isMade, isNetwork } from './described.js'
import { FormatError } from './format-error.js'
import { kinds } from './kinds.js'
import type { AnyNetwork } from './network.js'
import { networkFrom } from './network-from.js'

/** A network, or its data as `JSON.parse`, `structuredClone` and `postMessage` return it. */
export type NetworkLike = AnyNetwork | NetworkData

/**
 * Reads a value as a network; `undefined` if it is not one.
 *
 * @throws {FormatError} when it is the data of a network but invalid
 */
export const asNetwork = (value: unknown): AnyNetwork | undefined => {
  // The text of data is no data, which networkFrom says.
  if (typeof value === 'string' && value.trimStart().startsWith('{')) return networkFrom(value)
  if (!isObject(value)) return undefined
  if (isMade(value)) return value
  if (typeof value['format'] === 'string' && 'layers' in value) return networkFrom(value)
  if (!isNetwork(value)) return undefined
  const { nodes } = value['graph'] as { nodes: readonly unknown[] }
  // The rules compute what a copy says, and refuse what does not fit.
  if (nodes.every((node) => isObject(node) && (node['kind'] === 'input' || kinds.has(node['kind'] as string)))) return networkFrom(value)
  requireCopy(value)
  return value as unknown as AnyNetwork
}

/**
 * Checks the structure of a copied network, as `structuredClone` makes it, with a kind that is not defined here, so that its layers cannot
 * be built again.
 */
const requireCopy = (network: Record<string, unknown>): void => {
  const { nodes, inputs, output, outputs, kept } = network['graph'] as Record<string, unknown> & { nodes: readonly unknown[] }
  if (!isAnyShape(network['input']) || !isAnyShape(network['output']) || !isCount(network['params']))
    refuse('', 'the copy of a network needs its input, its output and its params.')
  const names = new Set<unknown>()
  for (const [index, node] of nodes.entries()) {
    if (!isNode(node)) refuse(`graph.nodes[${index}]`, `is no node of a graph, but ${described(node)}.`)
    const { name, inputs } = node as CopiedNode
    const missing = inputs.find((input) => !names.has(input))
    if (missing !== undefined) refuse(name, `takes '${missing}', which is no node before it.`)
    if (names.has(name)) refuse(name, 'there are two nodes of this name.')
    names.add(name)
  }
  const namesIn = (value: unknown): unknown[] => (isObject(value) ? Object.values(value) : [value])
  const ends = output === undefined ? [] : [output]
  for (const name of [...(Array.isArray(inputs) ? inputs : [inputs]), ...ends, ...namesIn(outputs), ...namesIn(kept)])
    if (!names.has(name)) refuse('graph', `has no node ${described(name)}.`)
}

const refuse = (place: string, message: string): never => {
  throw new FormatError(message, 'network', place)
}

const isCount = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value <= Number.MAX_VALUE

const isShape = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size > 0)

const isAnyShape = (value: unknown): boolean =>
  isShape(value) || (isObject(value) && !Array.isArray(value) && Object.values(value).every(isShape))

/** The parts of a copied node that other nodes refer to. */
interface CopiedNode {
  readonly name: string
  readonly inputs: readonly string[]
}

const isNode = (node: unknown): node is CopiedNode =>
  isObject(node) &&
  typeof node['name'] === 'string' &&
  typeof node['kind'] === 'string' &&
  isObject(node['settings']) &&
  isListOf(node['inputs'], (name) => typeof name === 'string') &&
  isListOf(node['inputShapes'], isShape) &&
  (node['inputShapes'] as unknown[]).length === (node['inputs'] as unknown[]).length &&
  isShape(node['output']) &&
  isListOf(node['weights'], (weight) => isObject(weight) && typeof weight['name'] === 'string' && isShape(weight['shape'])) &&
  isCount(node['macs']) &&
  ['shared', 'sharedWith'].every((key) => node[key] === undefined || typeof node[key] === 'string') &&
  ['own', 'overwrites', 'view'].includes(node['memory'] as string) &&
  (node['window'] === undefined || isWindow(node['window'])) &&
  (node['reach'] === undefined || isListOf(node['reach'], (reach) => hasNumbers(reach, ['span', 'step'])))

const isWindow = (window: unknown): boolean =>
  isObject(window) &&
  isListOf(window['axes'], (axis) => hasNumbers(axis, ['size', 'kernel', 'stride', 'dilation'])) &&
  isListOf(window['fits'], (fit) => hasNumbers(fit, ['positions', 'remainder', 'span', 'before', 'after']))

const hasNumbers = (value: unknown, names: readonly string[]): boolean =>
  isObject(value) && names.every((name) => typeof value[name] === 'number')

const isListOf = (value: unknown, isItem: (item: unknown) => boolean): boolean => Array.isArray(value) && value.every(isItem)

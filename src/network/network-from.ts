import { isPlain } from '../layers/kind/value.js'
import { shown } from '../shape/message.js'
import { isObject, isRecord } from '../shape/objects.js'
import { sameShape } from '../shape/same.js'
import type { Shape } from '../shape/shape.js'
import { dataVersions } from './data.js'
import { described, isNetwork } from './described.js'
import { atNode, FormatError } from './format-error.js'
import type { Network } from './network.js'
import { type Plan, type PlannedNode, rebuild } from './rebuild.js'

/** The name of the format in error messages. */
const format = 'network'

const refuse = (place: string, message: string): never => {
  throw new FormatError(message, format, place)
}

/**
 * Builds the network that the data describes: the inverse of `JSON.stringify(network)`.
 *
 * Accepts the result of `JSON.parse`, a copy made by `structuredClone` or `postMessage`, or a network. Every layer passes its rule
 * again, so shapes and parameters are computed, never trusted. The type has no literals; `expect` checks the shape at run time.
 *
 * @param data the data, from any source
 * @throws {FormatError} with what is wrong and where: another format or version, an unknown kind of layer, a layer that does not fit
 * @example
 * const text = JSON.stringify(input(784).dense(10))
 * networkFrom(JSON.parse(text)) // Network<Shape, Shape, number>
 */
export const networkFrom = (data: unknown): Network<Shape, Shape, number> =>
  atNode(format, '', () => {
    left = maxItems
    const { plan, output, params } = readData(data)
    const network = rebuild(plan, format, 'kept')
    if (!sameShapes(network.output, output))
      refuse('output', `is ${shown(output)} in the data, and the layers give ${shown(network.output)}.`)
    if (!Object.is(network.params, params)) refuse('params', `is ${shown(params)} in the data, and the layers have ${network.params}.`)
    return network
  })

interface ReadData {
  readonly plan: Plan
  readonly output: unknown
  readonly params: unknown
}

const readData = (data: unknown): ReadData => {
  if (typeof data === 'string') refuse('', 'needs the data of a network, not its text: give it JSON.parse(text).')
  if (!isRecord(data)) return refuse('', `needs the data of a network, not ${described(data)}.`)
  if (Object.hasOwn(data, 'format')) return { plan: planOfData(data), output: data['output'], params: data['params'] }
  if (isNetwork(data))
    return { plan: planOfGraph(data['graph'] as Record<string, unknown>, data['input']), output: data['output'], params: data['params'] }
  return refuse('', "needs the data of a network, which has a format: 'stridewise', a version and layers.")
}

/** The plan in a network's JSON. */
const planOfData = (data: Record<string, unknown>): Plan => {
  if (data['format'] !== 'stridewise') refuse('format', `must be 'stridewise', not ${shown(data['format'])}.`)
  const { version } = data
  if (!(dataVersions as readonly unknown[]).includes(version))
    refuse('version', `must be ${dataVersions.join(' or ')}, not ${shown(version)}: another release of stridewise wrote this data.`)
  const nodes: PlannedNode[] = readInputNodes(data['input'])
  const inputs = nodes.map(({ name }) => name)
  for (const layer of readList('layers', data['layers'])) {
    const before = nodes.at(-1) as PlannedNode
    const place = `layers[${nodes.length - 1}]`
    nodes.push(readNode(layer, place, isObject(layer) && layer['from'] === undefined ? [before.name] : undefined))
    for (const key of Object.keys(layer as object)) if (!layerKeys.includes(key)) refuse(place, `cannot have ${shown(key)}.`)
  }
  for (const key of ['last', 'heads'])
    if (data['outputs'] !== undefined && data[key] !== undefined) refuse(key, 'cannot stand beside outputs.')
  const last = readMaybe('last', data['last']) ?? (nodes.at(-1) as PlannedNode).name
  return {
    nodes,
    input: inputs[0] as string,
    inputs: Array.isArray(data['input']) ? undefined : inputs,
    output: data['outputs'] === undefined ? last : undefined,
    outputs: readNames('heads', data['outputs'] ?? data['heads']),
    inBranches: readTexts('inBranches', data['inBranches']),
    kept: readNames('kept', data['kept']),
  }
}

/** What a layer of the data can have: a misspelt `settings` would leave a layer with its defaults. */
const layerKeys = ['name', 'kind', 'settings', 'from', 'shared', 'sharedWith']

/** The maximum number of inputs of a network. */
const maxInputs = 1000

const readInputNodes = (input: unknown): PlannedNode[] => {
  const node = (name: string, shape: unknown): PlannedNode => ({
    name,
    kind: 'input',
    settings: {},
    inputs: [],
    output: readShape(name, shape),
  })
  if (!isRecord(input)) return [node('input', input)]
  const entries = Object.entries(input)
  if (entries.length === 0 || entries.length > maxInputs) refuse('input', `must have 1 to ${maxInputs} inputs, not ${entries.length}.`)
  return entries.map(([name, shape]) => node(readText('input', name), shape))
}

/** The plan in the graph of a copied network. */
const planOfGraph = (graph: Record<string, unknown>, input: unknown): Plan => {
  const inputs = readTexts('graph.inputs', graph['inputs'])
  const areInputs = new Set(inputs)
  const nodes = readList('graph.nodes', graph['nodes']).map((node, index): PlannedNode => {
    const planned = readNode(isObject(node) ? { ...node, from: node['inputs'] } : node, `graph.nodes[${index}]`)
    const isInput = isObject(node) && (index === 0 || areInputs.has(planned.name))
    return isInput ? { ...planned, output: readShape(planned.name, node['output']) } : planned
  })
  return {
    nodes,
    input: readText('graph.input', graph['input']),
    inputs: isRecord(input) ? inputs : undefined,
    output: readMaybe('graph.output', graph['output']),
    outputs: readNames('graph.outputs', graph['outputs']),
    inBranches: readTexts('graph.inBranches', graph['inBranches']),
    kept: readNames('graph.kept', graph['kept']),
  }
}

const readNode = (layer: unknown, place: string, from?: readonly string[]): PlannedNode => {
  if (!isObject(layer)) return refuse(place, `must be an object with a name and a kind, not ${described(layer)}.`)
  const name = readText(`${place}.name`, layer['name'])
  const { settings = {} } = layer
  if (!isRecord(settings)) refuse(name, `settings must be an object, not ${described(settings)}.`)
  if (layer['sharedWith'] !== undefined && layer['shared'] === undefined) refuse(name, 'has sharedWith, and needs shared beside it.')
  for (const [key, value] of Object.entries(settings as object)) {
    if (!isSetting(value))
      refuse(name, `the setting ${shown(key)} must be a number, a string, a boolean, or a short list or object of these.`)
  }
  return {
    name,
    kind: readText(`${place}.kind`, layer['kind']),
    settings: settings as Record<string, unknown>,
    inputs: from ?? readInputs(`${place}.from`, layer['from']),
    shared: readMaybe(`${place}.shared`, layer['shared']),
    sharedWith: readMaybe(`${place}.sharedWith`, layer['sharedWith']),
  }
}

/** The maximum number of values in a setting. A layer has a few per axis. A list that occurs several times counts each time. */
const maxValues = 10_000

/** The maximum nesting of lists and objects in a setting, which a circular one exceeds. */
const maxDepth = 16

const plainTypes = ['number', 'string', 'boolean', 'undefined']

/** Whether a setting consists of numbers, strings and booleans, in lists and objects. `seen` counts its values. */
const isSetting = (value: unknown, depth = 0, seen = { values: 0 }): boolean => {
  seen.values += 1
  if (seen.values > maxValues || depth > maxDepth) return false
  if (!isObject(value)) return value === null || plainTypes.includes(typeof value)
  const isItem = (item: unknown): boolean => isSetting(item, depth + 1, seen)
  if (Array.isArray(value)) return value.length <= maxValues && Array.from(value).every(isItem)
  return isPlain(value) && Object.values(value).every(isItem)
}

/** The maximum number of branches of a join, since each becomes an argument of a function call. */
const maxBranches = 50_000

const readInputs = (place: string, value: unknown): string[] => {
  const inputs = readList(place, value)
  if (inputs.length > maxBranches) refuse(place, `must be a list of at most ${maxBranches} layers, not ${inputs.length}.`)
  return inputs.map((name) => readText(place, name))
}

const readNames = (place: string, value: unknown): Readonly<Record<string, string>> => {
  if (value === undefined) return {}
  if (!isRecord(value)) return refuse(place, `must be an object of names, not ${described(value)}.`)
  // In an object without a prototype, untrusted names such as '__proto__' are ordinary keys.
  const names: Record<string, string> = Object.create(null)
  for (const [name, node] of Object.entries(value)) names[name] = readText(`${place}.${name}`, node)
  return names
}

const readTexts = (place: string, value: unknown): string[] =>
  value === undefined ? [] : readList(place, value).map((name) => readText(place, name))

const readMaybe = (place: string, value: unknown): string | undefined => (value === undefined ? undefined : readText(place, value))

const readText = (place: string, value: unknown): string =>
  typeof value === 'string' && value.trim() !== '' ? value : refuse(place, `must be a string that is not empty, not ${described(value)}.`)

/** The maximum number of items in all lists. A list that occurs several times counts each time. */
const maxItems = 4e6

let left: number

const readList = (place: string, value: unknown): readonly unknown[] => {
  if (!Array.isArray(value)) return refuse(place, `must be a list, not ${described(value)}.`)
  // JSON has no sparse arrays. An array of holes takes no memory, whatever its length.
  if (value.length > 0 && !(value.length - 1 in value)) refuse(place, 'must be a list without holes.')
  left -= value.length
  if (left < 0) refuse(place, 'is too long.')
  return value
}

/** The maximum number of axes of a shape. */
const maxAxes = 16

const readShape = (place: string, value: unknown): Shape => {
  const shape = readList(place, value)
  if (shape.length > maxAxes) refuse(place, `must be a shape, not a list of ${shape.length}.`)
  return shape.every((size) => typeof size === 'number')
    ? (shape as Shape)
    : refuse(place, `must be a list of whole numbers, not ${shown(value)}.`)
}

const sameNumbers = (one: readonly number[], other: unknown): boolean => Array.isArray(other) && sameShape(one, other)

/** Whether a network's shapes are those in its data. */
const sameShapes = (shapes: unknown, other: unknown): boolean => {
  if (Array.isArray(shapes)) return sameNumbers(shapes, other)
  if (!isObject(shapes) || !isObject(other) || Object.keys(shapes).length !== Object.keys(other).length) return false
  return Object.entries(shapes).every(([name, shape]) => Object.hasOwn(other, name) && sameNumbers(shape as number[], other[name]))
}

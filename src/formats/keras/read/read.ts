import { atNode, FormatError } from '../../../network/format-error.js'
import type { Network } from '../../../network/network.js'
import { type Plan as NetworkPlan, rebuild } from '../../../network/rebuild.js'
import { isObject } from '../../../shape/objects.js'
import type { Shape } from '../../../shape/shape.js'
import { requireOptions } from '../../checked-input.js'
import { inputNames } from '../../input-names.js'
import { type InputSizesGiven, settledShapes } from '../../input-sizes.js'
import { LayerConfig, text } from '../config.js'
import { toKeras } from '../write/write.js'
import { type ExpandedModel, expanded } from './expand.js'
import { Plan, type Value } from './layer.js'
import { modelIn } from './links.js'
import { readerOf } from './readers.js'
import { type Writer, writerOf } from './writer.js'

const joins: readonly string[] = ['Add', 'Average', 'Concatenate', 'Dot', 'Maximum', 'Minimum', 'Multiply', 'Subtract']

/** Options of {@link fromKeras}. */
export interface FromKerasOptions {
  /**
   * Sizes of one example, channels last, where the file leaves them open: `[224, 224, 3]`, or for several inputs
   * `{ image: [224, 224, 3] }`. Sizes that the file has must be the same.
   */
  readonly input?: InputSizesGiven
}

/** What a file of Keras holds. */
export interface FromKeras {
  readonly network: Network<Shape, Shape, number>
}

/**
 * The network in a file of Keras: what `model.to_json()` of Keras 2 and 3 and `model.toJSON()` of TensorFlow.js write, a `model.json`
 * of TensorFlow.js, and what {@link toKeras} makes.
 *
 * Of a file that this package wrote it is the same network. Of others every layer is a layer here, under its name; its activation is one
 * more. The layers of a model inside another are layers of the network. A layer or an option that is not known is refused: nothing is guessed.
 *
 * @param json the file as text, or as an object
 * @param options `input`: the sizes that the file leaves open
 * @throws {FormatError} with the layer at fault
 * @example
 * const { network } = fromKeras(readFileSync('model.json', 'utf8'))
 */
export const fromKeras = (json: unknown, options: FromKerasOptions = {}): FromKeras =>
  atNode('keras', '', () => {
    requireOptions('keras', options, ['input'])
    const file = modelFile(typeof json === 'string' ? parsed(json) : json)
    const own = options.input === undefined ? ownNetwork(file) : undefined
    return { network: own ?? readLayers(file, options.input).network }
  })

/** A network, and for each of its nodes the layer of the file that it stands for. */
export interface NetworkOfLayers {
  readonly network: Network<Shape, Shape, number>
  /** The names of the models that the layer stands in, and its own. */
  readonly layers: ReadonlyMap<string, readonly string[]>
}

/** The network that a file's layers say. */
export const readLayers = (file: Readonly<Record<string, unknown>>, input: unknown): NetworkOfLayers =>
  foundNetwork(expanded(modelIn(file)), input, writerOf(file))

export const parsed = (json: string, format = 'keras'): unknown => {
  requireFewParts(json, format)
  try {
    return JSON.parse(json)
  } catch (error) {
    const isPath = /^[^{}[\]\n]*\.[a-z\d]+$/i.test(json)
    const advice = isPath ? ` It needs the text of the file, not its path: readFileSync(${JSON.stringify(json)}, 'utf8').` : ''
    throw new FormatError(`is not valid JSON: ${(error as Error).message}${advice && '.'}${advice}`, format, '')
  }
}

/** Refuses a text of hardly more than empty lists: they would take many times the memory of the file. */
const requireFewParts = (json: string, format: string): void => {
  let left = 2 ** 18 + json.length / 12
  for (let at = 0; at < json.length && left >= 0; at += 1) {
    const letter = json.charCodeAt(at)
    // [ and {
    if (letter === 91 || letter === 123) left -= 1
  }
  if (left < 0) throw new FormatError('has more lists and objects than a model of its size.', format, '')
}

/** The model itself: TensorFlow.js wraps it up. */
export const modelFile = (json: unknown): Readonly<Record<string, unknown>> => {
  if (!isObject(json)) throw new FormatError(`needs a model, not ${text(json)}.`, 'keras', '')
  const topology = json['modelTopology']
  if (isObject(topology)) return isObject(topology['model_config']) ? topology['model_config'] : topology
  return isObject(json['model_config']) ? json['model_config'] : json
}

/** The network that a file of this package says it was made of; `undefined` when its layers are not those of that network. */
const ownNetwork = (file: Readonly<Record<string, unknown>>): Network<Shape, Shape, number> | undefined => {
  const { stridewise, config } = file
  if (!isPlan(stridewise) || !isObject(config)) return undefined
  try {
    const network = rebuild(stridewise, 'keras')
    const name = typeof config['name'] === 'string' ? config['name'] : 'network'
    const { stridewise: _, ...again } = toKeras(network, { name })
    const { stridewise: __, ...stated } = file
    return sortedText(again) === sortedText(stated) ? network : undefined
  } catch {
    // Then the layers say what there is.
    return undefined
  }
}

/** What {@link rebuild} takes, as far as its types say. */
const isPlan = (value: unknown): value is NetworkPlan => {
  if (!isObject(value) || !Array.isArray(value['nodes']) || (value['outputs'] !== undefined && !isObject(value['outputs']))) return false
  return value['nodes'].every(
    (node) =>
      isObject(node) &&
      typeof node['name'] === 'string' &&
      typeof node['kind'] === 'string' &&
      isObject(node['settings']) &&
      isSmall(node['kind'], node['settings']) &&
      Array.isArray(node['inputs']) &&
      node['inputs'].every((input) => typeof input === 'string') &&
      (node['output'] === undefined || (Array.isArray(node['output']) && node['output'].every((size) => typeof size === 'number'))),
  )
}

/** Sizes for which there is a list, or a layer, each: more than that is no network but an attempt on the memory. */
const isSmall = (kind: string, settings: Readonly<Record<string, unknown>>): boolean => {
  const stated = kind.startsWith('adaptive') ? settings['size'] : settings['groups']
  return [stated ?? 0].flat().every((size) => typeof size === 'number' && size <= 65_536)
}

/** JSON whose keys are in order, so that files can be compared. */
const sortedText = (value: unknown): string =>
  JSON.stringify(value, (_, each) =>
    isObject(each) && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([one], [other]) => (one < other ? -1 : 1)))
      : each,
  )

const foundNetwork = ({ calls, inputs, outputs }: ExpandedModel, sizes: unknown, writer: Writer): NetworkOfLayers => {
  const plan = new Plan(calls.map(({ name }) => name))
  const values = new Map<string, Value>()
  const own = new Map<string, LayerConfig>()
  for (const { name, className, config } of calls) own.set(name, new LayerConfig(name, className, config, writer))
  const place = (name: string): LayerConfig => own.get(name) as LayerConfig
  const names = inputNames(inputs)
  const shapes = settledShapes(
    'keras',
    inputs.map((name) => ({ name, sizes: inputSizes(place(name)) })),
    sizes,
  )
  for (const [index, name] of inputs.entries()) values.set(name, plan.input(names[index] as string, shapes[index] as Shape))
  for (const { name, className, inputs: taken, sharedWith, eachStep, way } of calls) {
    if (className === 'InputLayer') continue
    const config = place(name)
    const reader = readerOf(config, eachStep)
    if (taken.length === 0) config.refuse('it takes nothing.')
    if (taken.length > 1 && !joins.includes(className)) config.refuse(`it takes one input, not ${taken.length}.`)
    const before = taken.map((input) => values.get(input) as Value)
    const value = plan.call(name, sharedWith, way, () => reader(plan, config, before))
    config.close()
    values.set(name, value)
  }
  const nodeOf = (name: string): string => plan.nodeOf(values.get(name) as Value)
  const [[, main]] = outputs as [readonly [string, string]]
  const isOne = outputs.length === 1
  // An output may add a layer, so the outputs come before the nodes.
  const ends = isOne ? { output: nodeOf(main) } : { outputs: Object.fromEntries(outputs.map(([name, call]) => [name, nodeOf(call)])) }
  const nodes = plan.finished()
  const network = rebuild({ nodes, input: names[0] as string, ...(names.length > 1 ? { inputs: names } : {}), ...ends }, 'keras')
  return { network, layers: plan.ways }
}

/** The sizes of one example as the file says them. */
const inputSizes = (config: LayerConfig): (number | undefined)[] | undefined => {
  const stated = config.any('batch_input_shape', config.any('batch_shape', undefined))
  // Keras writes what it left out itself.
  for (const name of ['input_tensor', 'ragged', 'sparse']) config.only(name, [null, false], 'is not known here.')
  config.close()
  if (stated === undefined) return undefined
  const [batch, ...shape] = Array.isArray(stated) ? stated : [undefined]
  const isSize = (size: unknown): boolean => size === null || (Number.isSafeInteger(size) && (size as number) > 0)
  if ((batch === null || Number.isSafeInteger(batch)) && shape.length > 0 && shape.length <= 8 && shape.every(isSize))
    return shape.map((size) => (size === null ? undefined : size))
  return config.refuse(`batch_input_shape must be a list with null for the batch and then whole sizes or null, not ${text(stated)}.`)
}

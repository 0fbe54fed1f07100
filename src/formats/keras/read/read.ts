import { isObject } from '../../../network/described.js'
import { atNode, FormatError } from '../../../network/format-error.js'
import type { Network } from '../../../network/network.js'
import { type Plan as NetworkPlan, rebuild } from '../../../network/rebuild.js'
import type { Shape } from '../../../shape/shape.js'
import { inputNames } from '../../input-names.js'
import { LayerConfig, text } from '../config.js'
import { toKeras } from '../write/write.js'
import { Plan, type Value } from './layer.js'
import { type FoundModel, modelIn } from './links.js'
import { shapeReaders } from './shapes.js'
import { valueReaders } from './values.js'
import { type Reader, windowReaders } from './windows.js'

const readers: Readonly<Record<string, Reader>> = { ...windowReaders, ...valueReaders, ...shapeReaders }

const joins: readonly string[] = ['Add', 'Average', 'Concatenate', 'Dot', 'Maximum', 'Multiply', 'Subtract']

/** What a file of Keras holds. */
export interface FromKeras {
  readonly network: Network<Shape, Shape, number>
}

/**
 * The network in a file of Keras: what `model.to_json()` of Keras 2 and 3 and `model.toJSON()` of TensorFlow.js write, a `model.json`
 * of TensorFlow.js, and what {@link toKeras} makes.
 *
 * Of a file that this package wrote it is the same network. Of others every layer is a layer here, under its name; its activation is one
 * more. A layer or an option that is not known is refused: nothing is guessed.
 *
 * @param json the file as text, or as an object
 * @throws {FormatError} with the layer at fault
 * @example
 * const { network } = fromKeras(readFileSync('model.json', 'utf8'))
 */
export const fromKeras = (json: unknown): FromKeras =>
  atNode('keras', '', () => {
    const file = modelFile(typeof json === 'string' ? parsed(json) : json)
    return { network: ownNetwork(file) ?? foundNetwork(modelIn(file)) }
  })

const parsed = (json: string): unknown => {
  try {
    return JSON.parse(json)
  } catch (error) {
    const isPath = /^[^{}[\]\n]*\.[a-z\d]+$/i.test(json)
    const advice = isPath ? ` It needs the text of the file, not its path: readFileSync(${JSON.stringify(json)}, 'utf8').` : ''
    throw new FormatError(`is not valid JSON: ${(error as Error).message}${advice && '.'}${advice}`, 'keras', '')
  }
}

/** The model itself: TensorFlow.js wraps it up. */
const modelFile = (json: unknown): Readonly<Record<string, unknown>> => {
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

const foundNetwork = ({ calls, inputs, outputs }: FoundModel): Network<Shape, Shape, number> => {
  const plan = new Plan(calls.map(({ name }) => name))
  const values = new Map<string, Value>()
  const own = new Map<string, LayerConfig>()
  for (const { name, className, config } of calls) own.set(name, new LayerConfig(name, className, config))
  const place = (name: string): LayerConfig => own.get(name) as LayerConfig
  // An input that is not one of the model's would be lost without a word.
  const given = new Set(inputs)
  for (const { name, className } of calls)
    if (className === 'InputLayer' && !given.has(name)) place(name).refuse('it is none of the inputs of the model.')
  const names = inputNames(inputs)
  for (const [index, name] of inputs.entries()) values.set(name, plan.input(names[index] as string, inputShape(place(name))))
  for (const { name, className, inputs: taken, sharedWith } of calls) {
    if (className === 'InputLayer') continue
    const config = place(name)
    if (!Object.hasOwn(readers, className)) config.refuse('there is no layer here for this class.')
    if (taken.length === 0) config.refuse('it takes nothing.')
    if (taken.length > 1 && !joins.includes(className)) config.refuse(`it takes one input, not ${taken.length}.`)
    const before = taken.map((input) => values.get(input) as Value)
    const value = plan.call(name, sharedWith, () => (readers[className] as Reader)(plan, config, before))
    config.close()
    values.set(name, value)
  }
  const nodeOf = (name: string): string => plan.nodeOf(values.get(name) as Value)
  const [[, main]] = outputs as [readonly [string, string]]
  const isOne = outputs.length === 1
  // An output may add a layer, so the outputs come before the nodes.
  const ends = isOne ? { output: nodeOf(main) } : { outputs: Object.fromEntries(outputs.map(([name, call]) => [name, nodeOf(call)])) }
  const nodes = plan.finished()
  return rebuild({ nodes, input: names[0] as string, ...(names.length > 1 ? { inputs: names } : {}), ...ends }, 'keras')
}

/** The shape of one example. */
const inputShape = (config: LayerConfig): Shape => {
  const stated = config.any('batch_input_shape', config.any('batch_shape', undefined))
  config.close()
  const [batch, ...shape] = Array.isArray(stated) ? stated : [undefined]
  if (
    (batch === null || Number.isSafeInteger(batch)) &&
    shape.length > 0 &&
    shape.every((size) => Number.isSafeInteger(size) && (size as number) > 0)
  ) {
    return shape as Shape
  }
  return config.refuse(`batch_input_shape must be a list with null for the batch and then whole sizes, not ${text(stated)}.`)
}

import { isObject } from '../../../network/described.js'
import { FormatError } from '../../../network/format-error.js'
import { text } from '../config.js'

/** The layers of a file of Keras and how they are linked, in the forms that Keras 2, Keras 3 and TensorFlow.js write. */

/** A layer as it stands in a file. */
export interface FoundLayer {
  readonly name: string
  readonly className: string
  readonly config: Readonly<Record<string, unknown>>
  /** The names of the layers that it takes. */
  readonly inputs: readonly string[]
}

/** A model as it stands in a file. */
export interface FoundModel {
  /** Each behind its inputs. */
  readonly layers: readonly FoundLayer[]
  /** The layers whose outputs are the model's. */
  readonly outputs: readonly string[]
}

/** @throws {FormatError} always */
const refuse = (sentence: string, place = ''): never => {
  throw new FormatError(sentence, 'keras', place)
}

/**
 * The model in a file.
 *
 * @throws {FormatError} for what is no model, and for links that cannot be
 */
export const modelIn = (file: Readonly<Record<string, unknown>>): FoundModel => {
  const { class_name: className, config } = file
  if (className === 'Sequential') return sequential(config)
  if (className === 'Model' || className === 'Functional') return functional(config)
  return refuse(`needs a model: class_name must be 'Sequential', 'Model' or 'Functional', not ${text(className)}.`)
}

const listOf = (value: unknown): Readonly<Record<string, unknown>>[] => {
  if (!Array.isArray(value) || value.length === 0) return refuse(`the model has no layers, but ${text(value)}.`)
  const wrong = value.findIndex((layer) => !isObject(layer) || typeof layer['class_name'] !== 'string' || !isObject(layer['config']))
  if (wrong >= 0) refuse(`layer ${wrong + 1} must have a class_name and a config, and is ${text(value[wrong])}.`)
  return value
}

const nameOf = (layer: Readonly<Record<string, unknown>>, index: number): string => {
  const name = layer['name'] ?? (layer['config'] as Record<string, unknown>)['name'] ?? `layer_${index + 1}`
  return typeof name === 'string' && name.trim() !== '' ? name : refuse(`layer ${index + 1} must have a name, not ${text(name)}.`)
}

const requireDifferent = (layers: readonly { readonly name: string }[]): void => {
  const seen = new Set<string>()
  for (const { name } of layers) {
    if (seen.has(name)) refuse('there are two layers of this name.', name)
    seen.add(name)
  }
}

const sequential = (config: unknown): FoundModel => {
  const list = listOf(isObject(config) && !Array.isArray(config) ? config['layers'] : config)
  const names = list.map(nameOf)
  const layers = list.map(
    (layer, index): FoundLayer => ({
      name: names[index] as string,
      className: layer['class_name'] as string,
      config: layer['config'] as Record<string, unknown>,
      inputs: index === 0 ? [] : [names[index - 1] as string],
    }),
  )
  // The first layer may say what goes in.
  const first = layers[0] as FoundLayer
  const begun =
    first.className === 'InputLayer' ? layers : [inputBefore(first), { ...first, inputs: [`${first.name}_input`] }, ...layers.slice(1)]
  requireDifferent(begun)
  return { layers: begun, outputs: [(begun.at(-1) as FoundLayer).name] }
}

const inputBefore = ({ name, config }: FoundLayer): FoundLayer => {
  const shape = config['batch_input_shape'] ?? config['batch_shape']
  if (shape === undefined)
    return refuse('the model does not say the shape of its input: its first layer must be an InputLayer, or have batch_input_shape.', name)
  return { name: `${name}_input`, className: 'InputLayer', config: { batch_input_shape: shape }, inputs: [] }
}

const functional = (config: unknown): FoundModel => {
  if (!isObject(config)) return refuse(`the model has no config, but ${text(config)}.`)
  const layers = listOf(config['layers']).map((layer, index): FoundLayer => {
    const name = nameOf(layer, index)
    return {
      name,
      className: layer['class_name'] as string,
      config: layer['config'] as Record<string, unknown>,
      inputs: inputsOf(layer['inbound_nodes'], name),
    }
  })
  requireDifferent(layers)
  const inputs = tensorsIn(config['input_layers'], 'input_layers')
  const [input] = inputs
  if (inputs.length !== 1 || input === undefined) return refuse(`the model has ${inputs.length} inputs: one is known here.`)
  const outputs = tensorsIn(config['output_layers'], 'output_layers')
  if (outputs.length === 0) refuse('the model has no output.')
  const known = new Map(layers.map((layer) => [layer.name, layer]))
  for (const name of [input, ...outputs]) if (!known.has(name)) refuse(`there is no layer of this name.`, name)
  if (known.get(input)?.className !== 'InputLayer') refuse('an input must be an InputLayer.', input)
  return { layers: inOrder(layers, known), outputs }
}

/** Layers behind their inputs, however they stand in the file. */
const inOrder = (layers: readonly FoundLayer[], known: ReadonlyMap<string, FoundLayer>): FoundLayer[] => {
  const state = new Map<string, 'open' | 'done'>()
  const ordered: FoundLayer[] = []
  for (const start of layers) {
    const waiting = [start]
    while (waiting.length > 0) {
      const layer = waiting.at(-1) as FoundLayer
      const missing = layer.inputs.filter((name) => state.get(name) !== 'done')
      if (state.get(layer.name) === 'done') waiting.pop()
      else if (missing.length === 0) {
        state.set(layer.name, 'done')
        ordered.push(layer)
        waiting.pop()
      } else {
        if (state.get(layer.name) === 'open') refuse('it takes itself, by way of other layers.', layer.name)
        state.set(layer.name, 'open')
        for (const name of missing) waiting.push(known.get(name) ?? refuse(`it takes '${name}', and there is no such layer.`, layer.name))
      }
    }
  }
  return ordered
}

/** The layers that a layer takes, of its only use. */
const inputsOf = (value: unknown, layer: string): string[] => {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) return refuse(`inbound_nodes must be a list, not ${text(value)}.`, layer)
  if (value.length === 0) return []
  if (isTensor(value[0])) return value.map((tensor) => tensorName(tensor, layer))
  if (value.length > 1) return refuse('it is used more than once: weights that layers share are not known here.', layer)
  const [use] = value as [unknown]
  if (Array.isArray(use)) return use.map((tensor) => tensorName(tensor, layer))
  if (!isObject(use) || !Array.isArray(use['args'])) return refuse(`inbound_nodes must say what it takes, and is ${text(value)}.`, layer)
  requireNoArguments(use['kwargs'], layer)
  return use['args'].flat().map((tensor) => historyName(tensor, layer))
}

/** `['conv2d_1', 0, 0, {}]`, as Keras 2 has it. */
const isTensor = (value: unknown): value is unknown[] => Array.isArray(value) && typeof value[0] === 'string'

const tensorName = (value: unknown, layer: string): string => {
  if (!isTensor(value)) return refuse(`inbound_nodes must say what it takes, not ${text(value)}.`, layer)
  const [name, use, output, rest] = value
  requireFirst(use, output, layer)
  requireNoArguments(rest, layer)
  return name as string
}

/** `{ class_name: '__keras_tensor__', config: { keras_history: ['conv2d_1', 0, 0] } }`, as Keras 3 has it. */
const historyName = (value: unknown, layer: string): string => {
  const config = isObject(value) && value['class_name'] === '__keras_tensor__' ? value['config'] : undefined
  const history = isObject(config) ? config['keras_history'] : undefined
  if (!isTensor(history)) return refuse(`it takes ${text(value)}, which is no output of a layer.`, layer)
  requireFirst(history[1], history[2], layer)
  return history[0] as string
}

const requireFirst = (use: unknown, output: unknown, layer: string): void => {
  if ((use ?? 0) !== 0 || (output ?? 0) !== 0)
    refuse('it takes a layer that is used more than once, or has several outputs: neither is known here.', layer)
}

/** Refuses arguments of a layer that are not tensors, except those that change nothing. */
const requireNoArguments = (value: unknown, layer: string): void => {
  const passed = isObject(value)
    ? Object.entries(value).filter(([name, value]) => !(value === null || (name === 'training' && value === false)))
    : []
  if (passed.length > 0) refuse(`it is called with ${text(passed[0]?.[0])}, which is not known here.`, layer)
}

/** The names in `input_layers` and `output_layers`: a list of `['name', 0, 0]`, or one of them. */
const tensorsIn = (value: unknown, name: string): string[] => {
  if (isTensor(value)) return [tensorName(value, name)]
  if (!Array.isArray(value)) return refuse(`${name} must be a list, not ${text(value)}.`)
  return value.map((tensor) => tensorName(tensor, name))
}

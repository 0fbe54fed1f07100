import { isObject } from '../../../shape/objects.js'
import { LayerConfig, text } from '../config.js'
import { type Call, callsOf, type End, refuse, tensorsIn } from './calls.js'

/** The layers of a file of Keras and how they are linked, in the forms that Keras 2, Keras 3 and TensorFlow.js write. */

/** A layer as it stands in a file. */
export interface FoundLayer {
  readonly name: string
  readonly className: string
  readonly config: Readonly<Record<string, unknown>>
  /** For each call of the layer, what it takes. */
  readonly calls: readonly (readonly Call[])[]
  /** The model that it is, where it is one. */
  readonly model?: FoundModel
  /** Whether it works on each step of a sequence: it stands in a TimeDistributed. */
  readonly eachStep?: true
}

/** A model as it stands in a file, and in another model. */
export interface FoundModel {
  readonly layers: readonly FoundLayer[]
  readonly inputs: readonly End[]
  readonly outputs: readonly End[]
}

/** Models inside models inside models: more than that is an attempt on the stack. */
const deepest = 64

/**
 * The model in a file.
 *
 * @throws {FormatError} for what is no model, and for links that cannot be
 */
export const modelIn = (file: Readonly<Record<string, unknown>>, place = '', depth = 0): FoundModel => {
  const { class_name: className, config } = file
  if (depth > deepest) refuse(`models stand in each other more than ${deepest} deep.`, place)
  if (className === 'Sequential') return sequential(config, place, depth)
  if (isFunctional(className)) return functional(config, place, depth)
  return refuse(`needs a model: class_name must be 'Sequential', 'Model' or 'Functional', not ${text(className)}.`, place)
}

const isFunctional = (className: unknown): boolean => className === 'Model' || className === 'Functional'

const isModel = (className: unknown): boolean => className === 'Sequential' || isFunctional(className)

type LayerFile = Readonly<Record<string, unknown>>

const isLayerFile = (layer: unknown): layer is LayerFile =>
  isObject(layer) && typeof layer['class_name'] === 'string' && isObject(layer['config'])

const listOf = (value: unknown, place: string): LayerFile[] => {
  if (!Array.isArray(value) || value.length === 0) return refuse(`the model has no layers, but ${text(value)}.`, place)
  // An old form of a Sequential is a list as its config.
  const wrong = value.findIndex((layer) => !isLayerFile(layer))
  if (wrong >= 0) refuse(`layer ${wrong + 1} must have a class_name and a config, and is ${text(value[wrong])}.`, place)
  return value
}

const nameOf = (layer: LayerFile, index: number): string => {
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

const foundLayer = (layer: LayerFile, name: string, calls: FoundLayer['calls'], depth: number): FoundLayer => {
  const [className, config] = [layer['class_name'] as string, layer['config'] as Record<string, unknown>]
  if (isModel(className)) return { name, className, config, calls, model: modelIn(layer, name, depth + 1) }
  if (className !== 'TimeDistributed') return { name, className, config, calls }
  const wrapper = new LayerConfig(name, className, config)
  const inner = wrapper.any('layer', undefined)
  wrapper.close()
  if (!isLayerFile(inner)) return wrapper.refuse(`layer must have a class_name and a config, and is ${text(inner)}.`)
  return { ...foundLayer(inner, name, calls, depth + 1), eachStep: true }
}

const sequential = (config: unknown, place: string, depth: number): FoundModel => {
  const list = listOf(isObject(config) && !Array.isArray(config) ? config['layers'] : config, place)
  const names = list.map(nameOf)
  const layers = list.map((layer, index) => {
    const before = names[index - 1]
    return foundLayer(layer, names[index] as string, before === undefined ? [[]] : [[{ layer: before, call: 0, output: 0 }]], depth)
  })
  // The first layer may say what goes in.
  const first = layers[0] as FoundLayer
  const input = first.className === 'InputLayer' ? first : inputBefore(first, list[0] as LayerFile)
  const begun = input === first ? layers : [input, { ...first, calls: [[{ layer: input.name, call: 0, output: 0 }]] }, ...layers.slice(1)]
  requireDifferent(begun)
  requireKnownInputs(begun, new Set([input.name]))
  return { layers: begun, inputs: [endOf(input)], outputs: [endOf(begun.at(-1) as FoundLayer)] }
}

const endOf = ({ name, model, calls }: FoundLayer): End => ({ layer: name, call: model ? firstCall(calls.length, []) : 0, output: 0 })

/** An input for a layer that says the shape itself, or has it in its own first layer. Of a model inside another it may be unknown. */
const inputBefore = (layer: FoundLayer, { config }: LayerFile): FoundLayer => {
  const { batch_input_shape: shape, batch_shape: newShape } = config as Record<string, unknown>
  const { model } = layer
  const isWhole = model?.inputs.length === 1 && !layer.eachStep
  const inner = isWhole ? model.layers.find(({ name }) => name === model.inputs[0]?.layer) : undefined
  const found = inner ? { ...inner.config } : { batch_input_shape: shape ?? newShape }
  return { name: `${layer.name}_input`, className: 'InputLayer', config: found, calls: [[]] }
}

/** The number of a model's first call: in some versions its own making counts as call 0, and then another layer takes the call behind the last. */
export const firstCall = (calls: number, used: readonly number[]): number => (used.includes(calls) && !used.includes(0) ? 1 : 0)

const functional = (config: unknown, place: string, depth: number): FoundModel => {
  if (!isObject(config)) return refuse(`the model has no config, but ${text(config)}.`, place)
  const layers = listOf(config['layers'], place).map((layer, index) => {
    const name = nameOf(layer, index)
    const calls = callsOf(layer['inbound_nodes'], name)
    // An input, which takes nothing, is there once.
    return foundLayer(layer, name, calls.length === 0 ? [[]] : calls, depth)
  })
  requireDifferent(layers)
  const inputs = tensorsIn(config['input_layers'], 'input_layers')
  if (inputs.length === 0) refuse('the model has no input.', place)
  const outputs = tensorsIn(config['output_layers'], 'output_layers')
  if (outputs.length === 0) refuse('the model has no output.', place)
  const known = new Map(layers.map((layer) => [layer.name, layer]))
  for (const { layer } of [...inputs, ...outputs]) if (!known.has(layer)) refuse(`there is no layer of this name.`, layer)
  const seen = new Set<string>()
  for (const { layer } of inputs) {
    if (known.get(layer)?.className !== 'InputLayer') refuse('an input must be an InputLayer.', layer)
    if (seen.has(layer)) refuse('it is an input twice.', layer)
    seen.add(layer)
  }
  requireKnownInputs(layers, seen)
  return { layers, inputs, outputs }
}

/** An input that is not one of the model's would be lost without a word. */
const requireKnownInputs = (layers: readonly FoundLayer[], known: ReadonlySet<string>): void => {
  for (const { name, className, config } of layers)
    if (className === 'InputLayer' && !known.has(name))
      new LayerConfig(name, className, config).refuse('it is none of the inputs of the model.')
}

import { isObject } from '../../../network/described.js'
import { untakenIn } from '../../../network/names.js'
import { text } from '../config.js'
import { untaken } from '../names.js'
import { type Call, callsOf, refuse, tensorsIn } from './calls.js'

/** The layers of a file of Keras and how they are linked, in the forms that Keras 2, Keras 3 and TensorFlow.js write. */

/** A layer as it stands in a file. */
interface FoundLayer {
  readonly name: string
  readonly className: string
  readonly config: Readonly<Record<string, unknown>>
  /** For each call of the layer, what it takes. */
  readonly calls: readonly (readonly Call[])[]
}

/** A call of a layer. */
export interface FoundCall {
  /** The name of the layer, and of further calls with the number of the call behind it. */
  readonly name: string
  /** The first call, whose weights it has; left out where it is the first. */
  readonly sharedWith?: string
  readonly className: string
  readonly config: Readonly<Record<string, unknown>>
  /** The names of the calls whose outputs it takes. */
  readonly inputs: readonly string[]
}

/** A model as it stands in a file. */
export interface FoundModel {
  /** Each behind its inputs. */
  readonly calls: readonly FoundCall[]
  /** The names of the layers of its inputs. */
  readonly inputs: readonly string[]
  /** The names of its outputs, and the calls that give them. */
  readonly outputs: readonly (readonly [name: string, call: string])[]
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
    (layer, index): FoundCall => ({
      name: names[index] as string,
      className: layer['class_name'] as string,
      config: layer['config'] as Record<string, unknown>,
      inputs: index === 0 ? [] : [names[index - 1] as string],
    }),
  )
  // The first layer may say what goes in.
  const first = layers[0] as FoundCall
  const begun =
    first.className === 'InputLayer' ? layers : [inputBefore(first), { ...first, inputs: [`${first.name}_input`] }, ...layers.slice(1)]
  requireDifferent(begun)
  const { name } = begun.at(-1) as FoundCall
  return { calls: begun, inputs: [(begun[0] as FoundCall).name], outputs: [[name, name]] }
}

const inputBefore = ({ name, config }: FoundCall): FoundCall => {
  const shape = config['batch_input_shape'] ?? config['batch_shape']
  if (shape === undefined)
    return refuse('the model does not say the shape of its input: its first layer must be an InputLayer, or have batch_input_shape.', name)
  return { name: `${name}_input`, className: 'InputLayer', config: { batch_input_shape: shape }, inputs: [] }
}

const functional = (config: unknown): FoundModel => {
  if (!isObject(config)) return refuse(`the model has no config, but ${text(config)}.`)
  const layers = listOf(config['layers']).map((layer, index): FoundLayer => {
    const name = nameOf(layer, index)
    const calls = callsOf(layer['inbound_nodes'], name)
    return {
      name,
      className: layer['class_name'] as string,
      config: layer['config'] as Record<string, unknown>,
      // An input, which takes nothing, is there once.
      calls: calls.length === 0 ? [[]] : calls,
    }
  })
  requireDifferent(layers)
  const inputs = tensorsIn(config['input_layers'], 'input_layers')
  if (inputs.length === 0) refuse('the model has no input.')
  const outputs = tensorsIn(config['output_layers'], 'output_layers')
  if (outputs.length === 0) refuse('the model has no output.')
  const known = new Map(layers.map((layer) => [layer.name, layer]))
  for (const { layer } of [...inputs, ...outputs]) if (!known.has(layer)) refuse(`there is no layer of this name.`, layer)
  const seen = new Set<string>()
  for (const { layer } of inputs) {
    if (known.get(layer)?.className !== 'InputLayer') refuse('an input must be an InputLayer.', layer)
    if (seen.has(layer)) refuse('it is an input twice.', layer)
    seen.add(layer)
  }
  const nameOfCall = callNames(layers)
  const calls = layers.flatMap(({ name, className, config, calls }) =>
    calls.map((taken, call): FoundCall => {
      const place = nameOfCall({ layer: name, call }, name)
      const own = { name: place, className, config, inputs: taken.map((each) => nameOfCall(each, name)) }
      return call === 0 ? own : { ...own, sharedWith: name }
    }),
  )
  return {
    calls: inOrder(calls),
    inputs: inputs.map(({ layer }) => layer),
    outputs: outputNames(outputs).map((name, index) => [name, nameOfCall(outputs[index] as Call, 'output_layers')]),
  }
}

/** A name for each call of a layer: that of the layer, and with a number that no layer has for the others. */
const callNames = (layers: readonly FoundLayer[]): ((call: Call, place: string) => string) => {
  const taken = new Set(layers.map(({ name }) => name))
  const names = new Map(
    layers.map(({ name, calls }) => [name, calls.map((_, call) => (call === 0 ? name : untaken(`${name}_${call + 1}`, taken)))]),
  )
  return ({ layer, call }, place) => {
    const known = names.get(layer)
    if (!known) return refuse(`it takes '${layer}', and there is no such layer.`, place)
    return known[call] ?? refuse(`it takes call ${call + 1} of '${layer}', which has ${known.length}.`, place)
  }
}

/** A name for each output: that of its layer, with a number where an output has it already. */
const outputNames = (outputs: readonly Call[]): string[] => {
  const name = untakenIn(new Set())
  return outputs.map(({ layer }) => name(layer))
}

/** Calls behind their inputs, however the layers stand in the file. */
const inOrder = (calls: readonly FoundCall[]): FoundCall[] => {
  const known = new Map(calls.map((call) => [call.name, call]))
  const state = new Map<string, 'open' | 'done'>()
  const ordered: FoundCall[] = []
  for (const start of calls) {
    const waiting = [start]
    while (waiting.length > 0) {
      const call = waiting.at(-1) as FoundCall
      // The first call of a layer comes before the others.
      const before = call.sharedWith === undefined ? call.inputs : [call.sharedWith, ...call.inputs]
      const missing = before.filter((name) => state.get(name) !== 'done')
      if (state.get(call.name) === 'done') waiting.pop()
      else if (missing.length === 0) {
        state.set(call.name, 'done')
        ordered.push(call)
        waiting.pop()
      } else {
        if (state.get(call.name) === 'open') refuse('it takes itself, by way of other layers.', call.name)
        state.set(call.name, 'open')
        for (const name of missing) waiting.push(known.get(name) as FoundCall)
      }
    }
  }
  return ordered
}

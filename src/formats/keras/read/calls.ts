import { FormatError } from '../../../network/format-error.js'
import { isObject } from '../../../shape/objects.js'
import { text } from '../config.js'

/** What the layers of a file take: outputs of calls of other layers. */

/** An output of a call of a layer. */
export interface Call {
  readonly layer: string
  /** Which of its calls, from 0. */
  readonly call: number
  /** Which of the outputs, from 0: only a model inside another has several. */
  readonly output: number
}

/** @throws {FormatError} always */
export const refuse = (sentence: string, place = ''): never => {
  throw new FormatError(sentence, 'keras', place)
}

/** For each call of a layer, what it takes. */
export const callsOf = (value: unknown, layer: string): Call[][] => {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) return refuse(`inbound_nodes must be a list, not ${text(value)}.`, layer)
  if (value.length === 0) return []
  if (isTensor(value[0])) return [value.map((tensor) => tensorCall(tensor, layer))]
  return value.map((use: unknown) => {
    if (Array.isArray(use)) return use.map((tensor) => tensorCall(tensor, layer))
    if (!isObject(use) || !Array.isArray(use['args'])) return refuse(`inbound_nodes must say what it takes, and is ${text(use)}.`, layer)
    requireNoArguments(use['kwargs'], layer)
    return use['args'].flatMap(tensorsOf).map((tensor) => historyCall(tensor, layer))
  })
}

/** Inputs are listed, or stand under their names. */
const tensorsOf = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : isObject(value) && value['class_name'] === undefined ? Object.values(value) : [value]

/** `['conv2d_1', 0, 0, {}]`, as Keras 2 has it. */
const isTensor = (value: unknown): value is unknown[] => Array.isArray(value) && typeof value[0] === 'string'

const tensorCall = (value: unknown, layer: string): Call => {
  if (!isTensor(value)) return refuse(`inbound_nodes must say what it takes, not ${text(value)}.`, layer)
  const [name, use, output, rest] = value
  requireNoArguments(rest, layer)
  return callOf(name, use, output, layer)
}

/** `{ class_name: '__keras_tensor__', config: { keras_history: ['conv2d_1', 0, 0] } }`, as Keras 3 has it. */
const historyCall = (value: unknown, layer: string): Call => {
  const config = isObject(value) && value['class_name'] === '__keras_tensor__' ? value['config'] : undefined
  const history = isObject(config) ? config['keras_history'] : undefined
  if (!isTensor(history)) return refuse(`it takes ${text(value)}, which is no output of a layer.`, layer)
  return callOf(history[0], history[1], history[2], layer)
}

const callOf = (name: unknown, use: unknown, output: unknown, layer: string): Call => ({
  layer: name as string,
  call: numberOf(use, 'a call', layer),
  output: numberOf(output, 'an output', layer),
})

const numberOf = (value: unknown, what: string, layer: string): number => {
  const number = value ?? 0
  if (!Number.isSafeInteger(number) || (number as number) < 0)
    return refuse(`the number of ${what} must be a whole number, not ${text(number)}.`, layer)
  return number as number
}

/** Refuses arguments of a layer that are not tensors, except those that change nothing. */
const requireNoArguments = (value: unknown, layer: string): void => {
  const passed = isObject(value)
    ? Object.entries(value).filter(([name, value]) => !(value === null || (name === 'training' && value === false)))
    : []
  if (passed.length > 0) refuse(`it is called with ${text(passed[0]?.[0])}, which is not known here.`, layer)
}

/** An input or output of a model; where Keras 3 has them in a dictionary, with its key. */
export interface End extends Call {
  readonly key?: string
}

/** What is in `input_layers` and `output_layers`: a list of `['name', 0, 0]`, one of them, or a dictionary. */
export const tensorsIn = (value: unknown, name: string): End[] => {
  if (isTensor(value)) return [tensorCall(value, name)]
  if (Array.isArray(value)) return value.map((tensor) => tensorCall(tensor, name))
  if (!isObject(value)) return refuse(`${name} must be a list, not ${text(value)}.`)
  return Object.entries(value).map(([key, tensor]) => ({ ...tensorCall(tensor, name), key }))
}

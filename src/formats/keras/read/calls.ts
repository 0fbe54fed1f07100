import { isObject } from '../../../network/described.js'
import { FormatError } from '../../../network/format-error.js'
import { text } from '../config.js'

/** What the layers of a file take: outputs of calls of other layers. */

/** An output of a layer: of which of its calls, from 0. */
export interface Call {
  readonly layer: string
  readonly call: number
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
    if (!isObject(use) || !Array.isArray(use['args'])) return refuse(`inbound_nodes must say what it takes, and is ${text(value)}.`, layer)
    requireNoArguments(use['kwargs'], layer)
    return use['args'].flat().map((tensor) => historyCall(tensor, layer))
  })
}

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

const callOf = (name: unknown, use: unknown, output: unknown, layer: string): Call => {
  if ((output ?? 0) !== 0) refuse('it takes a layer that has several outputs, which is not known here.', layer)
  const call = use ?? 0
  if (!Number.isSafeInteger(call) || (call as number) < 0) refuse(`the number of a call must be a whole number, not ${text(call)}.`, layer)
  return { layer: name as string, call: call as number }
}

/** Refuses arguments of a layer that are not tensors, except those that change nothing. */
const requireNoArguments = (value: unknown, layer: string): void => {
  const passed = isObject(value)
    ? Object.entries(value).filter(([name, value]) => !(value === null || (name === 'training' && value === false)))
    : []
  if (passed.length > 0) refuse(`it is called with ${text(passed[0]?.[0])}, which is not known here.`, layer)
}

/** The names in `input_layers` and `output_layers`: a list of `['name', 0, 0]`, or one of them. */
export const tensorsIn = (value: unknown, name: string): Call[] => {
  if (isTensor(value)) return [tensorCall(value, name)]
  if (!Array.isArray(value)) return refuse(`${name} must be a list, not ${text(value)}.`)
  return value.map((tensor) => tensorCall(tensor, name))
}

import { copied } from '../layers/kind/value.js'
import { listOf, shown } from '../shape/message.js'
import { isObject } from '../shape/objects.js'
import { named } from '../shape/printable.js'
import { isTooLarge } from '../shape/whole.js'

/** Number formats, and how many bytes a value takes. */
export const bytesOf = { f32: 4, f16: 2, bf16: 2, i8: 1, i4: 0.5 } as const

/** Bytes of an index, which an embedding takes: 64-bit whole numbers, as PyTorch and ONNX have them, whatever the number format. */
export const bytesOfIndex = 8

/** A number format: 32-bit or 16-bit floats, brain floats, or integers of 8 or 4 bits (two in a byte). */
export type DataType = keyof typeof bytesOf

/** Copies of the parameters that an optimizer keeps: plain SGD none, momentum one, Adam two moments. */
export const copiesOf = { sgd: 0, momentum: 1, adam: 2 } as const

/** An optimizer, for the memory that its state takes. */
export type Optimizer = keyof typeof copiesOf

/** Options of {@link report}. */
export interface ReportOptions {
  /** Batch size, default 1. */
  readonly batch?: number
  /** Format of parameters and activations, default `'f32'`. */
  readonly dtype?: DataType
  /** Format of the parameters where it is another, for quantized weights; default that of `dtype`. Scales and zero points are not counted. */
  readonly weights?: DataType
  /** Optimizer whose state training memory includes, default `'sgd'` (no state). */
  readonly optimizer?: Optimizer
  /** Whether biases count as parameters, default `true`; `false` gives the convention of CS231n's tables. */
  readonly biases?: boolean
}

/**
 * The options with their defaults filled in.
 *
 * @throws {TypeError} when they are no object, or when there is no such option
 * @throws {RangeError} when an option is none of the values that it can be
 */
export const settledOptions = (options: ReportOptions): Required<ReportOptions> => {
  if (!isObject(options as unknown) || Array.isArray(options)) {
    throw new TypeError(`report: the options must be an object such as { batch: 32 }, not ${shown(options)}.`)
  }
  const { batch = 1, dtype = 'f32', weights = dtype, optimizer = 'sgd', biases = true, ...unknown } = copied(options, 'report')
  const [name] = Object.keys(unknown)
  if (name !== undefined) {
    throw new TypeError(
      `report: there is no option '${named(name)}'. The options are ${listOf(['batch', 'dtype', 'weights', 'optimizer', 'biases'])}.`,
    )
  }
  if (isTooLarge(batch)) refuse('batch', 'at most 9007199254740991 (2^53 - 1)', batch)
  if (!Number.isSafeInteger(batch) || batch < 1) refuse('batch', 'a whole number of at least 1', batch)
  requireOneOf('dtype', dtype, bytesOf)
  requireOneOf('weights', weights, bytesOf)
  requireOneOf('optimizer', optimizer, copiesOf)
  if (typeof biases !== 'boolean') refuse('biases', 'true or false', biases)
  return { batch, dtype, weights, optimizer, biases }
}

const requireOneOf = (name: string, value: unknown, values: object): void => {
  if (typeof value !== 'string' || !Object.hasOwn(values, value)) refuse(name, `one of ${Object.keys(values).join(', ')}`, value)
}

const refuse = (name: string, wanted: string, value: unknown): never => {
  throw new RangeError(`report: ${name} must be ${wanted}, not ${shown(value)}.`)
}

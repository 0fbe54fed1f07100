import { elementTypes, type OnnxTensor, type OnnxValue } from '../model.js'
import { listed } from '../words.js'
import { mostAxes } from './limits.js'
import { delimited, fieldsOf, type Message } from './message.js'

/** The tensors and the named values of a model. */

/** A text under a name. */
export const readEntry = (message: Message): [string, string] => {
  const entry: [string, string] = ['', '']
  fieldsOf(
    message,
    {
      1: () => {
        entry[0] = message.text()
      },
      2: () => {
        entry[1] = message.text()
      },
    },
    delimited(1, 2),
  )
  return entry
}

/** The ends of ONNX's whole numbers, as far as numbers here hold them: a slice to the end has the largest. */
const [least, most] = [-(2n ** 63n), 2n ** 63n - 1n]

/** A whole number in 64 bits. */
const in64 = (value: number): bigint => {
  const exact = BigInt(value)
  return exact > most ? most : exact < least ? least : exact
}

/** A tensor; its values stand in it as bytes or as numbers, or in another file. */
export const readTensor = (message: Message): OnnxTensor => {
  if (!message.count('tensors and values')) message.limit('tensors and values')
  const found = { name: '', type: 0, location: 0 }
  const dims: number[] = []
  const external: Record<string, string> = Object.create(null)
  let raw: Uint8Array | undefined
  let packed: Uint8Array | undefined
  const floats: number[] = []
  const int32s: number[] = []
  const int64s: number[] = []
  fieldsOf(
    message,
    {
      1: (wire) => message.wholes(wire, dims),
      2: () => {
        found.type = message.varint()
      },
      3: () => message.fail('has a tensor in segments, which ONNX has given up.'),
      4: (wire) => {
        if (packed || (wire === 2 && floats.length > 0)) message.fail('has the floats of a tensor in several lists.')
        if (wire === 2) packed = message.bytes()
        else if (wire === 5) floats.push(message.float())
        else message.fail('has a list of another type.')
      },
      5: (wire) => message.wholes(wire, int32s),
      7: (wire) => message.wholes(wire, int64s),
      8: () => {
        found.name = message.text()
      },
      9: () => {
        raw = message.bytes()
      },
      13: () => {
        const [key, value] = message.message(readEntry)
        external[key] = value
      },
      14: () => {
        found.location = message.varint()
      },
    },
    { 2: 0, 8: 2, 9: 2, 13: 2, 14: 0 },
  )
  const { name, type } = found
  if (dims.length > mostAxes) message.failOn('the tensor', name, `has ${dims.length} axes: more than ${mostAxes} are not read.`)
  if (dims.some((size) => !Number.isSafeInteger(size) || size < 0)) message.failOn('the tensor', name, `is of the shape ${listed(dims)}.`)
  if (found.location === 1) return { name, dims, type, external }
  if (raw) return { name, dims, type, raw }
  // Packed floats are bytes as they stand.
  if (type === elementTypes.float && packed) return { name, dims, type, raw: packed }
  const typed = { 1: () => Float32Array.from(floats), 6: () => Int32Array.from(int32s), 7: () => BigInt64Array.from(int64s, in64) }[
    type as 1
  ]?.()
  return typed ? { name, dims, type, raw: new Uint8Array(typed.buffer) } : { name, dims, type }
}

/** A value that is named, with its type and its shape. */
export const readValue = (message: Message): OnnxValue => {
  if (!message.count('tensors and values')) message.limit('tensors and values')
  const value: { name: string; type: number; dims: (number | string)[] | undefined } = { name: '', type: 0, dims: undefined }
  const readDimension = (dimension: Message): void => {
    let size: number | string = ''
    fieldsOf(
      dimension,
      {
        1: () => {
          // Some tools write -1 or 0 for a size that is open.
          const known = dimension.varint()
          size = known > 0 ? known : ''
        },
        2: () => {
          size = dimension.text()
        },
      },
      { 1: 0, 2: 2 },
    )
    if ((value.dims?.push(size) ?? 0) > mostAxes) message.failOn('the value', value.name, `has more than ${mostAxes} axes.`)
  }
  const readShape = (shape: Message): void => {
    value.dims = []
    fieldsOf(shape, { 1: () => shape.message(readDimension) }, delimited(1))
  }
  const readTensorType = (type: Message): void =>
    fieldsOf(
      type,
      {
        1: () => {
          value.type = type.varint()
        },
        2: () => type.message(readShape),
      },
      { 1: 0, 2: 2 },
    )
  const readType = (type: Message): void => fieldsOf(type, { 1: () => type.message(readTensorType) }, delimited(1))
  fieldsOf(
    message,
    {
      1: () => {
        value.name = message.text()
      },
      2: () => message.message(readType),
    },
    delimited(1, 2),
  )
  return value
}

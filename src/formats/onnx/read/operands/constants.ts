import { valuesIn } from '../../../../layers/kind/layer.js'
import { FormatError } from '../../../../network/format-error.js'
import { asFloats } from '../../../../weights/floats.js'
import { elementTypes, type OnnxTensor } from '../../model.js'
import type { External } from '../../wire/external.js'
import { longestList } from '../../wire/limits.js'
import { listed } from '../../words.js'
import type { ConstantTensor, SizesOperand } from './operand.js'

/** The types of floats, and the bytes of each. */
const floatBytes: Readonly<Record<number, number>> = { [elementTypes.float]: 4, [elementTypes.float16]: 2, [elementTypes.double]: 8 }

/** The types of whole numbers, and of what is true or false. */
const wholeBytes: Readonly<Record<number, number>> = { [elementTypes.int64]: 8, [elementTypes.int32]: 4, [elementTypes.bool]: 1 }

/** Numbers of a file: floats as a tensor, whole numbers as sizes. Their bytes are counted before any is copied. */
export const constantTensor = (tensor: OnnxTensor, place: string, external: External): ConstantTensor | SizesOperand => {
  const { name, dims, type } = tensor
  const fail = (fault: string): never => {
    throw new FormatError(fault, 'onnx', place)
  }
  const each = floatBytes[type] ?? wholeBytes[type]
  if (each === undefined) return fail(`is of the element type ${type}, which no layer takes.`)
  const wanted = valuesIn(dims) * each
  const bytes = tensor.external ? external(tensor, wanted) : (tensor.raw ?? new Uint8Array(0))
  if (bytes && bytes.length !== wanted) return fail(`${listed(dims)} has ${wanted} bytes, and there are ${bytes.length}.`)
  if (type in floatBytes) return { is: 'tensor', name, dims, data: bytes && floatsOf(type, bytes) }
  if (!bytes) return fail('is whole numbers in another file.')
  if (valuesIn(dims) > longestList) return fail(`has more than ${longestList} whole numbers, which no layer takes.`)
  if (type === elementTypes.bool) return { is: 'sizes', sizes: Array.from(bytes, (value) => Number(value !== 0)), dims, type: 'truth' }
  const own = bytes.slice().buffer
  const sizes = type === elementTypes.int64 ? [...new BigInt64Array(own)].map(Number) : [...new Int32Array(own)]
  return { is: 'sizes', sizes, dims, type: 'whole' }
}

const floatsOf = (type: number, bytes: Uint8Array): Float32Array => {
  if (type === elementTypes.double) return Float32Array.from(new Float64Array(bytes.slice().buffer))
  return asFloats(type === elementTypes.float16 ? 'F16' : 'F32', bytes) as Float32Array
}

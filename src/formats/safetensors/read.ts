import { FormatError } from '../../network/format-error.js'
import { shown } from '../../shape/message.js'
import { isObject } from '../../shape/objects.js'
import { asFloats, bytesOf } from '../../weights/floats.js'
import type { Tensor, Weights } from '../../weights/weights.js'
import { requireBytes } from '../checked-input.js'
import { textOf } from '../text.js'
import { type Entry, headerLimit } from './format.js'

const fail = (message: string, place = ''): never => {
  throw new FormatError(message, 'safetensors', place)
}

/**
 * Reads the tensors of a safetensors file (Hugging Face), as saved from a PyTorch module's `state_dict`.
 *
 * Half-precision floats, F16 and BF16, become F32, which represents them exactly. PyTorch's batch counters (`num_batches_tracked`, I64)
 * are skipped, since no computation uses them. Every size is checked before memory is allocated.
 *
 * @throws {FormatError} when a tensor has another type or overlaps another, or the file is invalid
 * @example
 * checkWeights(network, readSafetensors(readFileSync('model.safetensors')))
 */
export const readSafetensors = (file: Uint8Array): Weights => {
  const bytes = requireBytes('safetensors', file)
  const { entries, start } = headerOf(bytes)
  const tensors = new Map<string, Tensor>()
  let end = 0
  for (const [name, entry] of [...entries].sort(([, first], [, second]) => first.from - second.from || first.to - second.to)) {
    if (entry.from !== end)
      fail(entry.from < end ? `overlaps the tensor before it, at byte ${entry.from}.` : `leaves a hole before it, from byte ${end}.`, name)
    end = entry.to
  }
  if (start + end !== bytes.length) fail(`the tensors end at byte ${start + end}, and the file at byte ${bytes.length}.`)
  for (const [name, { dtype, shape, from, to }] of entries) {
    if (dtype === 'I64' && name.endsWith('num_batches_tracked')) continue
    const data = asFloats(dtype, bytes.subarray(start + from, start + to))
    if (!data) return fail(`is ${dtype}: only F32, F16 and BF16 can be read.`, name)
    tensors.set(name, { shape, dtype: 'F32', data })
  }
  return tensors
}

/** The header's entries, and the offset of the first byte after it. */
const headerOf = (bytes: Uint8Array): { entries: Map<string, Entry>; start: number } => {
  if (bytes.length < 8) return fail(`is cut off: it has ${bytes.length} bytes, and its first 8 say how long the header is.`)
  const size = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true)
  if (size > BigInt(headerLimit)) return fail(`the header says that it has ${size} bytes: more than ${headerLimit} are not allowed.`)
  const start = 8 + Number(size)
  if (start > bytes.length) return fail(`is cut off: the header ends at byte ${start}, and the file at byte ${bytes.length}.`)
  const header = parseHeader(bytes.subarray(8, start))
  const entries = new Map<string, Entry>()
  for (const [name, entry] of Object.entries(header)) {
    if (name !== '__metadata__') entries.set(name, entryOf(name, entry))
  }
  return { entries, start }
}

const parseHeader = (bytes: Uint8Array): Record<string, unknown> => {
  let header: unknown
  try {
    header = JSON.parse(textOf(bytes))
  } catch (error) {
    return fail(`the header is not valid JSON: ${(error as Error).message}`)
  }
  return isObject(header) && !Array.isArray(header) ? header : fail('the header is no object.')
}

const isSize = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

const entryOf = (name: string, entry: unknown): Entry => {
  if (!isObject(entry)) return fail('its entry is no object.', name)
  const { dtype, shape, data_offsets: offsets } = entry
  if (typeof dtype !== 'string') return fail(`dtype must be a name, not ${shown(dtype)}.`, name)
  if (!Array.isArray(shape) || !shape.every(isSize)) return fail(`shape must be a list of sizes, not ${shown(shape)}.`, name)
  const [from, to] = Array.isArray(offsets) && offsets.length === 2 && offsets.every(isSize) ? (offsets as [number, number]) : [1, 0]
  if (from > to) return fail(`data_offsets must be two bytes, the first before the second, not ${shown(offsets)}.`, name)
  const valueSize = bytesOf[dtype]
  if (valueSize === undefined) return fail(`there is no dtype ${shown(dtype)}.`, name)
  const size = shape.reduce((product, axis) => product * axis, valueSize)
  if (size !== to - from) return fail(`[${shape.join(', ')}] of ${dtype} has ${size} bytes, and its place ${to - from}.`, name)
  return { dtype, shape, from, to }
}

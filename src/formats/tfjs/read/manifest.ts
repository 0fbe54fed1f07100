import { valuesIn } from '../../../layers/kind/layer.js'
import { FormatError } from '../../../network/format-error.js'
import { isObject } from '../../../shape/objects.js'
import { named } from '../../../shape/printable.js'
import { asFloats } from '../../../weights/floats.js'
import { text } from '../../keras/config.js'
import { mostLetters } from './graph-def.js'

/*
 * The weights of a model of TensorFlow.js: what stands where in which files, whose bytes follow each other as if they were one.
 */

/** Where a tensor stands. */
export interface Place {
  /** The files of its group. */
  readonly paths: readonly string[]
  /** The byte in these files. */
  readonly offset: number
  /** The byte in the files of all groups; `undefined` where it is not known. */
  readonly start: number | undefined
  readonly length: number
  /** The tensor's name, for messages. */
  readonly name: string
}

/** Bytes of the files; `undefined` where they are not at hand. */
export type ReadBytes = (place: Place) => Uint8Array | undefined

/** A tensor in a file. */
export interface StoredTensor {
  readonly name: string
  readonly shape: readonly number[]
  readonly dtype: string
  /** Its numbers; `undefined` where the files are not at hand. */
  readonly read: () => Float32Array | Int32Array | undefined
}

const bytesOf: Readonly<Record<string, number>> = { float32: 4, int32: 4, bool: 1, complex64: 8, float16: 2, uint8: 1, uint16: 2 }

/** The tensors of a file by their names. @throws {FormatError} where one is not said as it must be */
export const tensorsOf = (manifest: unknown, bytes: ReadBytes): Map<string, StoredTensor> => {
  const tensors = new Map<string, StoredTensor>()
  if (manifest === undefined) return tensors
  if (!Array.isArray(manifest)) throw new FormatError(`weightsManifest must be a list, not ${text(manifest)}.`, 'tfjs', '')
  let start: number | undefined = 0
  for (const group of manifest) {
    const { paths, weights } = isObject(group) ? group : {}
    if (!Array.isArray(paths) || !paths.every((path) => typeof path === 'string') || !Array.isArray(weights))
      throw new FormatError('weightsManifest must have a list of paths and a list of weights in each group.', 'tfjs', '')
    let offset: number | undefined = 0
    for (const weight of weights) {
      const spec = specOf(weight)
      if (tensors.has(spec.name)) throw new FormatError('there are two weights of this name.', 'tfjs', named(spec.name))
      const [at, all]: (number | undefined)[] = [offset, start]
      tensors.set(spec.name, { ...spec, read: () => valuesOf(spec, at, all, paths as string[], bytes) })
      // How long a text is says only the text.
      const isText = spec.dtype === 'string'
      offset = offset === undefined || isText ? undefined : offset + spec.bytes
      start = start === undefined || isText ? undefined : start + spec.bytes
    }
  }
  return tensors
}

interface Spec {
  readonly name: string
  readonly shape: readonly number[]
  readonly dtype: string
  /** What its numbers are in the file. */
  readonly stored: string
  readonly scale: number
  readonly min: number
  readonly bytes: number
}

const specOf = (weight: unknown): Spec => {
  const { name, shape, dtype, quantization } = isObject(weight) ? weight : {}
  if (typeof name !== 'string') throw new FormatError(`a weight must have a name, and is ${text(weight)}.`, 'tfjs', '')
  if (name.length > mostLetters) throw new FormatError(`a weight has a name of ${name.length} letters.`, 'tfjs', '')
  const fail = (sentence: string): never => {
    throw new FormatError(sentence, 'tfjs', named(name))
  }
  if (!Array.isArray(shape) || shape.length > 16 || !shape.every((size) => Number.isSafeInteger(size) && size >= 0))
    return fail(`its shape must be a list of sizes, not ${text(shape)}.`)
  if (typeof dtype !== 'string' || (dtype !== 'string' && !['float32', 'int32', 'bool', 'complex64'].includes(dtype)))
    return fail(`its dtype must be 'float32', 'int32', 'bool', 'string' or 'complex64', not ${text(dtype)}.`)
  const { dtype: stored = dtype, scale = 1, min = 0 } = isObject(quantization) ? quantization : {}
  if (quantization !== undefined && (typeof stored !== 'string' || !['uint8', 'uint16', 'float16'].includes(stored)))
    return fail(`its quantization must be to 'uint8', 'uint16' or 'float16', not ${text(stored)}.`)
  if (!Number.isFinite(scale) || !Number.isFinite(min)) return fail('its quantization must have numbers as scale and min.')
  const count = valuesIn(shape)
  const bytes = count * (bytesOf[stored as string] ?? 0)
  if (!Number.isSafeInteger(bytes)) return fail(`it has more values than any file: ${shape.join('x')}.`)
  return { name, shape, dtype, stored: stored as string, scale: scale as number, min: min as number, bytes }
}

const valuesOf = (
  spec: Spec,
  offset: number | undefined,
  start: number | undefined,
  paths: readonly string[],
  read: ReadBytes,
): Float32Array | Int32Array | undefined => {
  const { name, dtype, stored, scale, min, bytes } = spec
  const fail = (sentence: string): never => {
    throw new FormatError(sentence, 'tfjs', named(name))
  }
  if (offset === undefined) return fail('stands behind text in the file, whose length is not known here.')
  if (dtype === 'string' || dtype === 'complex64') return fail(`is of the type ${dtype}, which no layer takes.`)
  const found = read({ paths, offset, start, length: bytes, name: named(name) })
  if (found === undefined) return undefined
  if (found.length !== bytes) return fail(`needs ${bytes} bytes from byte ${offset} on, and the files end before.`)
  if (stored === 'float32') return asFloats('F32', found)
  if (stored === 'float16') return asFloats('F16', found)
  if (stored === 'int32') return new Int32Array(found.slice().buffer)
  if (stored === 'bool') return Int32Array.from(found)
  const numbers = stored === 'uint16' ? new Uint16Array(found.slice().buffer) : found
  const values = dtype === 'float32' ? new Float32Array(numbers.length) : new Int32Array(numbers.length)
  for (let at = 0; at < numbers.length; at += 1) {
    const value = (numbers[at] as number) * scale + min
    values[at] = dtype === 'float32' ? value : Math.round(value)
  }
  return values
}

import { FormatError } from '../../../network/format-error.js'
import type { OnnxTensor } from '../model.js'
import { named } from '../words.js'

/** Tensors whose values stand in a file beside the model. */

/** The bytes of a tensor that stands in another file, which are so many; nothing where they are not at hand. */
export type External = (tensor: OnnxTensor, bytes: number) => Uint8Array | undefined

/** The place of tensors of the file whose bytes were left out: their shapes are enough. */
export const leftOut: Readonly<Record<string, string>> = {}

/** What is taken of the files beside one model. */
export class ExternalFiles {
  readonly #taken = new Map<string, number>()

  /**
   * Where a tensor stands in a file of so many bytes.
   *
   * All tensors together have no more bytes than their file: ranges that overlap beyond that would make much memory of a small file.
   *
   * @param file what tells the file from others
   * @throws {FormatError} when it is not there, or of another length than its shape says
   */
  place(tensor: OnnxTensor, file: string, size: number, bytes: number): number {
    const { name, external = {} } = tensor
    const fail = (fault: string): never => {
      throw new FormatError(fault, 'onnx', named(name))
    }
    const whole = (key: string, standard: number): number => {
      const text = external[key]
      if (text === undefined) return standard
      return /^\d{1,15}$/.test(text) ? Number(text) : fail(`its ${key} '${named(text)}' in another file is no whole number of bytes.`)
    }
    const offset = whole('offset', 0)
    const length = whole('length', size - offset)
    if (length < 0 || offset + length > size)
      return fail(`stands at byte ${offset} to the length of ${Math.max(length, 0)}, and the file has ${size}.`)
    if (length !== bytes) return fail(`has ${bytes} bytes by its shape, and ${length} in another file.`)
    const taken = (this.#taken.get(file) ?? 0) + length
    this.#taken.set(file, taken)
    if (taken > size) return fail(`overlaps others: they have ${taken} bytes together, and their file ${size}.`)
    return offset
  }
}

/** Takes tensors from the bytes of the one file beside the model, where it was given. */
export const fromBytes = (file: Uint8Array | undefined): External => {
  const files = new ExternalFiles()
  let known: string | undefined
  return (tensor, bytes) => {
    if (!file) return undefined
    const location = tensor.external?.['location'] ?? ''
    known ??= location
    if (location !== known)
      throw new FormatError(
        `stands in '${named(location)}', and others in '${named(known)}': externalData is one file.`,
        'onnx',
        named(tensor.name),
      )
    const offset = files.place(tensor, '', file.length, bytes)
    return file.subarray(offset, offset + bytes)
  }
}

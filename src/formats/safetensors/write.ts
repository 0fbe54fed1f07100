import { valuesIn } from '../../layers/kind/layer.js'
import { FormatError } from '../../network/format-error.js'
import { shown } from '../../shape/message.js'
import type { Weights } from '../../weights/weights.js'
import { requireUtf8 } from '../checked-input.js'
import { bytesOfText } from '../text.js'

/**
 * Writes weights as a safetensors file, which PyTorch's `load_file` reads.
 *
 * @param metadata texts by name, for the header
 * @throws {FormatError} when the number of a tensor's values does not match its shape
 * @example
 * writeFileSync('model.safetensors', writeSafetensors(initialize(network, { seed: 1 })))
 */
export const writeSafetensors = (weights: Weights, metadata: Readonly<Record<string, string>> = {}): Uint8Array => {
  const { length, pieces } = safetensorsPieces(weights, metadata)
  const bytes = new Uint8Array(length)
  let offset = 0
  for (const piece of pieces) {
    bytes.set(piece, offset)
    offset += piece.length
  }
  return bytes
}

/** The same file as a list: its header, and the bytes of each tensor without copying them. */
export const safetensorsPieces = (
  weights: Weights,
  metadata: Readonly<Record<string, string>> = {},
): { readonly length: number; readonly pieces: readonly Uint8Array[] } => {
  if (!(weights instanceof Map)) throw new FormatError(`needs a Map of tensors, not ${shown(weights)}.`, 'safetensors', '')
  requireUtf8('safetensors', [...weights.keys(), ...Object.entries(metadata).flat()])
  const header: Record<string, unknown> = Object.create(null)
  if (Object.keys(metadata).length > 0) header['__metadata__'] = metadata
  let size = 0
  for (const [name, { shape, dtype, data }] of weights) {
    if (name === '__metadata__') throw new FormatError('is a name that the format keeps for itself.', 'safetensors', name)
    if (!(data instanceof Float32Array) || data.length !== valuesIn(shape)) {
      throw new FormatError(`needs a Float32Array of ${valuesIn(shape)} values for [${shape.join(', ')}].`, 'safetensors', name)
    }
    header[name] = { dtype, shape, data_offsets: [size, size + data.byteLength] }
    size += data.byteLength
  }
  const text = bytesOfText(JSON.stringify(header))
  // Padded with spaces, so that readers can memory-map the tensors.
  const headerBytes = new Uint8Array(8 + Math.ceil(text.length / 8) * 8).fill(0x20, 8)
  new DataView(headerBytes.buffer).setBigUint64(0, BigInt(headerBytes.length - 8), true)
  headerBytes.set(text, 8)
  const tensors = [...weights.values()].map(({ data }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
  return { length: headerBytes.length + size, pieces: [headerBytes, ...tensors] }
}

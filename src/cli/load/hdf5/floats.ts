import { fromHalf } from '../../../weights/floats.js'

/* Numbers of an HDF5 file as floats. */

/** How floats of each size are read. */
const readers: Readonly<Record<string, (view: DataView, at: number, isLittle: boolean) => number>> = {
  f2: (view, at, isLittle) => fromHalf(view.getUint16(at, isLittle)),
  f4: (view, at, isLittle) => view.getFloat32(at, isLittle),
}

/** Whether a type of NumPy is one of floats that these can represent exactly. */
export const areFloats = (type: string): boolean => /^[<>]f[24]$/.test(type)

/**
 * The numbers in some bytes.
 *
 * @param type `'<f4'`, as NumPy writes it
 * @returns `undefined` for another type than of floats, and for a part of a number
 */
export const floatsIn = (bytes: Uint8Array, type: string): Float32Array | undefined => {
  const [isLittle, kind] = [type.startsWith('<'), type.slice(1)]
  const read = areFloats(type) ? readers[kind] : undefined
  const size = Number(kind.slice(1))
  if (!read || bytes.length % size !== 0) return undefined
  const start = bytes.byteOffset
  if (type === '<f4' && start % 4 === 0) return new Float32Array(bytes.buffer, start, bytes.length / 4)
  const view = new DataView(bytes.buffer, start, bytes.length)
  return Float32Array.from({ length: bytes.length / size }, (_, at) => read(view, at * size, isLittle))
}

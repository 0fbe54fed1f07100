/** The data types of safetensors, with the bytes per value. */
export const bytesOf: Readonly<Record<string, number | undefined>> = Object.assign(Object.create(null), {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  I64: 8,
  I32: 4,
  I16: 2,
  I8: 1,
  U64: 8,
  U32: 4,
  U16: 2,
  U8: 1,
  BOOL: 1,
  F8_E4M3: 1,
  F8_E5M2: 1,
})

/** Converts little-endian values to floats; `undefined` for a type that floats cannot represent exactly. */
export const asFloats = (dtype: string, bytes: Uint8Array): Float32Array | undefined => {
  const copy = bytes.slice()
  if (dtype === 'F32') return new Float32Array(copy.buffer)
  if (dtype === 'BF16') return new Float32Array(Uint32Array.from(new Uint16Array(copy.buffer), (half) => half << 16).buffer)
  return dtype === 'F16' ? Float32Array.from(new Uint16Array(copy.buffer), fromHalf) : undefined
}

/** Converts an IEEE 754 half-precision float: 1 sign bit, 5 exponent bits, 10 fraction bits. */
export const fromHalf = (half: number): number => {
  const sign = half & 0x8000 ? -1 : 1
  const exponent = (half >> 10) & 0x1f
  const fraction = half & 0x3ff
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

/** The types of safetensors, and how many bytes a value takes. */
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

/** Little-endian values of a type as floats; `undefined` for a type that floats do not hold exactly. */
export const asFloats = (dtype: string, bytes: Uint8Array): Float32Array | undefined => {
  const own = bytes.slice()
  if (dtype === 'F32') return new Float32Array(own.buffer)
  if (dtype === 'BF16') return new Float32Array(Uint32Array.from(new Uint16Array(own.buffer), (half) => half << 16).buffer)
  return dtype === 'F16' ? Float32Array.from(new Uint16Array(own.buffer), fromHalf) : undefined
}

/** A 16-bit float of IEEE 754: a sign, 5 bits of exponent, 10 of fraction. */
const fromHalf = (half: number): number => {
  const sign = half & 0x8000 ? -1 : 1
  const exponent = (half >> 10) & 0x1f
  const fraction = half & 0x3ff
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

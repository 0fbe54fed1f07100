/** What a PDF says of a TrueType font. All measures are in thousandths of its size. */
export interface Font {
  readonly bytes: Uint8Array
  readonly box: readonly number[]
  readonly ascent: number
  readonly descent: number
  /** The width of a character. */
  readonly widthOf: (code: number) => number
}

/**
 * Reads what a PDF needs of a font: https://learn.microsoft.com/typography/opentype/spec/otff.
 *
 * @param bytes a TrueType font with a Unicode character map of format 4
 */
export const fontOf = (bytes: Uint8Array): Font => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const tables = new Map<string, number>()
  for (let index = 0; index < view.getUint16(4); index += 1) {
    const at = 12 + 16 * index
    tables.set(String.fromCharCode(...bytes.subarray(at, at + 4)), view.getUint32(at + 8))
  }
  const table = (name: string): number => tables.get(name) as number
  const units = view.getUint16(table('head') + 18)
  const inThousandths = (value: number): number => Math.round((value * 1000) / units)
  const measured = view.getUint16(table('hhea') + 34)
  const glyphOf = mapOf(view, table('cmap'))
  return {
    bytes,
    box: [36, 38, 40, 42].map((at) => inThousandths(view.getInt16(table('head') + at))),
    ascent: inThousandths(view.getInt16(table('hhea') + 4)),
    descent: inThousandths(view.getInt16(table('hhea') + 6)),
    // The last width is that of all glyphs after it.
    widthOf: (code) => inThousandths(view.getUint16(table('hmtx') + 4 * Math.min(glyphOf(code), measured - 1))),
  }
}

/** The character map: the glyph of a character's code, 0 for one that the font lacks. */
const mapOf = (view: DataView, cmap: number): ((code: number) => number) => {
  const records = Array.from({ length: view.getUint16(cmap + 2) }, (_, index) => cmap + 4 + 8 * index)
  const found = records.map((at) => cmap + view.getUint32(at + 4)).find((at) => view.getUint16(at) === 4)
  if (found === undefined) return () => 0
  const segments = view.getUint16(found + 6) / 2
  const [ends, starts, deltas, offsets] = [14, 16 + 2 * segments, 16 + 4 * segments, 16 + 6 * segments].map((at) => found + at) as [
    number,
    number,
    number,
    number,
  ]
  return (code) => {
    let segment = 0
    while (segment < segments - 1 && view.getUint16(ends + 2 * segment) < code) segment += 1
    const start = view.getUint16(starts + 2 * segment)
    if (code < start || code > view.getUint16(ends + 2 * segment)) return 0
    const delta = view.getInt16(deltas + 2 * segment)
    const offset = view.getUint16(offsets + 2 * segment)
    if (offset === 0) return (code + delta) & 0xffff
    const glyph = view.getUint16(offsets + 2 * segment + offset + 2 * (code - start))
    return glyph === 0 ? 0 : (glyph + delta) & 0xffff
  }
}

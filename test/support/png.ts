import { inflateSync } from 'node:zlib'

/** The pixels of a PNG file of 8 bits with red, green, blue and alpha: https://www.w3.org/TR/png-3/. */
export interface Pixels {
  readonly width: number
  readonly height: number
  /** How much of what is behind a pixel it hides: 0 to 255. */
  readonly alphaAt: (x: number, y: number) => number
  /** How many pixels there are of each colour, as `#rrggbb` and two digits of alpha. */
  readonly counts: ReadonlyMap<string, number>
}

/** @throws {Error} for what is no such file */
export const decodedPng = (file: Buffer): Pixels => {
  if (file.toString('latin1', 1, 4) !== 'PNG') throw new Error('It is no PNG.')
  const chunks: { readonly type: string; readonly data: Buffer }[] = []
  for (let start = 8; start < file.length; ) {
    const length = file.readUInt32BE(start)
    chunks.push({ type: file.toString('latin1', start + 4, start + 8), data: file.subarray(start + 8, start + 8 + length) })
    start += 12 + length
  }
  const header = chunks[0]?.data as Buffer
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const [depth, colour, , , interlaced] = header.subarray(8)
  if (depth !== 8 || colour !== 6 || interlaced) throw new Error('It is a PNG of another kind.')
  const data = inflateSync(Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map((chunk) => chunk.data)))
  const pixels = unfiltered(data, width * 4, height)
  const counts = new Map<number, number>()
  for (let start = 0; start < pixels.length; start += 4) {
    const pixel = pixels.readUInt32BE(start)
    counts.set(pixel, (counts.get(pixel) ?? 0) + 1)
  }
  return {
    width,
    height,
    alphaAt: (x, y) => pixels[(y * width + x) * 4 + 3] as number,
    counts: new Map([...counts].map(([pixel, count]) => [`#${pixel.toString(16).padStart(8, '0')}`, count])),
  }
}

/** The bytes of rows that are told as differences to their neighbours: https://www.w3.org/TR/png-3/#9Filters. */
const unfiltered = (data: Buffer, row: number, rows: number): Buffer => {
  const pixels = Buffer.alloc(row * rows)
  for (let y = 0; y < rows; y++) {
    const filter = data[y * (row + 1)] as number
    for (let x = 0; x < row; x++) {
      const here = y * row + x
      const left = x < 4 ? 0 : (pixels[here - 4] as number)
      const above = y === 0 ? 0 : (pixels[here - row] as number)
      let guess = 0
      if (filter === 1) guess = left
      else if (filter === 2) guess = above
      else if (filter === 3) guess = (left + above) >> 1
      else if (filter === 4) guess = nearest(left, above, x < 4 || y === 0 ? 0 : (pixels[here - row - 4] as number))
      pixels[here] = (data[y * (row + 1) + 1 + x] as number) + guess
    }
  }
  return pixels
}

/** Paeth's guess. */
const nearest = (left: number, above: number, corner: number): number => {
  const toLeft = Math.abs(above - corner)
  const toAbove = Math.abs(left - corner)
  const toCorner = Math.abs(left + above - 2 * corner)
  if (toLeft <= toAbove && toLeft <= toCorner) return left
  return toAbove <= toCorner ? above : corner
}
